"""Export: choose format and filters, see what is left out and how the files begin, take them away."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response

from mahdar.cli.output import plain
from mahdar.export.formats import FORMATS, TLP
from mahdar.views import Filters
from mahdar.web.errors import WebError
from mahdar.web.exports import Export, Exports, Order
from mahdar.web.questions import FiltersDep, make_filters
from mahdar.web.registry import require
from mahdar.web.rendering import render
from mahdar.web.routes.measures import DEFAULT_CIRCLE, Circle
from mahdar.web.security import check_token
from mahdar.web.visitor import HouseDep, Visitor, VisitorDep

router = APIRouter(dependencies=[Depends(require("read"))])
_Text = Annotated[str, Form(max_length=200)]


async def exports_of(request: Request) -> Exports:
    """Return the application's exports."""
    exports: Exports = request.app.state.exports
    return exports


ExportsDep = Annotated[Exports, Depends(exports_of)]
ExportId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


@dataclass(frozen=True, slots=True)
class ExportData:
    """The formats (name, and whether it is many files), the filters so far, and the visitor's exports."""

    formats: tuple[tuple[str, bool], ...]
    format: str
    filters: Filters
    tlp: str
    circles: tuple[str, ...]
    processes: tuple[str, ...]
    exports: tuple[Export, ...]


def circles_of(visitor: Visitor) -> tuple[str, ...]:
    """Return the circles of readers that a visitor may export for: RED is not for every reader."""
    return TLP if visitor.may("judge") else tuple(mark for mark in TLP if mark != "RED")


@dataclass(frozen=True, slots=True)
class BriefData:
    """What a brief may be about, and the visitor's briefs. ``packs`` are pairs of a pack's id and its titles."""

    packs: tuple[tuple[str, dict[str, str]], ...]
    processes: tuple[str, ...]
    filters: Filters
    tlp: str
    circles: tuple[str, ...]
    briefs: tuple[Export, ...]


def load_brief(
    house: HouseDep,
    visitor: VisitorDep,
    exports: ExportsDep,
    filters: FiltersDep,
    tlp: Circle = DEFAULT_CIRCLE,
) -> BriefData:
    """What a brief may be about, and the briefs written in this run, sentence by sentence."""
    known = house.knowledge
    of_packs = {process.pack for process in known.processes.values()}
    return BriefData(
        packs=tuple((p.name, dict(p.title)) for p in known.packs if p.name in of_packs),
        processes=tuple(known.processes),
        filters=filters,
        tlp=tlp,
        circles=circles_of(visitor),
        briefs=exports.list_exports(visitor.name, briefs=True),
    )


def load_export(
    house: HouseDep,
    visitor: VisitorDep,
    exports: ExportsDep,
    filters: FiltersDep,
    format_: Annotated[str, Query(alias="format", pattern="^[a-z]{0,20}$")] = "csv",
    tlp: Circle = DEFAULT_CIRCLE,
) -> ExportData:
    """The formats to choose from, and the exports made in this run with how their files begin."""
    return ExportData(
        formats=tuple((f.name, f.folder) for f in FORMATS.values()),
        format=format_ if format_ in FORMATS else "csv",
        filters=filters,
        tlp=tlp,
        circles=circles_of(visitor),
        processes=tuple(house.knowledge.processes),
        exports=exports.list_exports(visitor.name),
    )


@router.post("/export", dependencies=[Depends(check_token)], include_in_schema=False)
def begin_export(
    visitor: VisitorDep,
    exports: ExportsDep,
    format_: Annotated[str, Form(alias="format", max_length=20)],
    tlp: Annotated[Circle, Form()] = DEFAULT_CIRCLE,
    labels: Annotated[Literal["ar", "en"], Form()] = "ar",
    actor: _Text = "",
    place: _Text = "",
    process: _Text = "",
    since: Annotated[str, Form(alias="from", max_length=40)] = "",
    until: Annotated[str, Form(alias="to", max_length=40)] = "",
    pages: Annotated[int, Form(ge=0, le=20)] = 2,
) -> Response:
    """Let an export or a brief begin and return to the page, where its progress shows."""
    if format_ not in FORMATS and format_ != "brief":
        raise WebError(400, "bad_question", f"format: {format_}")
    if tlp not in circles_of(visitor):
        raise WebError(403, "forbidden")
    asked = make_filters(actor, place, process, since, until)
    asked.first_day()
    asked.last_day()
    order = Order(
        format=format_,
        by=visitor.name,
        tlp=tlp,
        labels=labels,
        actor=asked.actor or "",
        place=asked.place or "",
        process=asked.process or "",
        since=asked.since or "",
        until=asked.until or "",
        pages=pages,
        digits=visitor.digits,
    )
    begun = exports.begin(order)
    page = "/brief" if format_ == "brief" else f"/export?format={format_}"
    return RedirectResponse(f"{page}#x-{begun.id}", status_code=303)


@router.post(
    "/export/{export_id}/remove", dependencies=[Depends(check_token)], include_in_schema=False
)
def remove_export(visitor: VisitorDep, exports: ExportsDep, export_id: ExportId) -> Response:
    """Stop an export that is being made, or take one away."""
    of_brief = exports.find(export_id, visitor.name).order.format == "brief"
    exports.remove(export_id, visitor.name)
    return RedirectResponse("/brief" if of_brief else "/export", status_code=303)


@router.get("/export/{export_id}/row", include_in_schema=False)
def show_export(
    request: Request, visitor: VisitorDep, house: HouseDep, exports: ExportsDep, export_id: ExportId
) -> Response:
    """Give one export's part of the page, for live renewal."""
    export = exports.find(export_id, visitor.name)
    template = "brief_row.html.j2" if export.order.format == "brief" else "export_row.html.j2"
    return render(request, visitor, house, template, values={"export": export, "page": None})


@router.get("/api/export/{export_id}", tags=["data"], operation_id="export_one")
def give_export(visitor: VisitorDep, exports: ExportsDep, export_id: ExportId) -> JSONResponse:
    """One export with its progress, what was left out and how its files begin."""
    return JSONResponse(plain(exports.find(export_id, visitor.name)))


@router.get("/export/{export_id}/download", tags=["data"], operation_id="export_file")
def download_export(visitor: VisitorDep, exports: ExportsDep, export_id: ExportId) -> FileResponse:
    """The files of an export as one ZIP file."""
    path = exports.file_of(export_id, visitor.name, "export.zip")
    name = exports.find(export_id, visitor.name).file_name
    return FileResponse(path, media_type="application/zip", filename=name)


@router.get("/brief/{export_id}/{form}", tags=["data"], operation_id="brief_file")
def download_brief(
    visitor: VisitorDep,
    exports: ExportsDep,
    export_id: ExportId,
    form: Literal["html", "md"],
) -> FileResponse:
    """A brief as a page to print or as Markdown."""
    made = exports.find(export_id, visitor.name)
    path = exports.file_of(export_id, visitor.name, "brief.html" if form == "html" else "brief.md")
    return FileResponse(
        path,
        media_type="text/html" if form == "html" else "text/markdown",
        filename=f"mahdar-brief-{made.created[:10]}.{form}",
    )
