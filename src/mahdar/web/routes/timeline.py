"""Timeline and statements as pages, and the timeline's swimlanes for its picture."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse

from mahdar.i18n import tr, tr_code
from mahdar.views import EntryRow, Filters
from mahdar.views.browse import browse_entries, load_swimlanes
from mahdar.views.fresh import find_present
from mahdar.views.timeline import KINDS
from mahdar.web.figures import format_date
from mahdar.web.questions import AHEAD_DAYS, FiltersDep, Order, Pager, RowsDep
from mahdar.web.registry import require
from mahdar.web.visitor import HouseDep, VisitorDep

router = APIRouter()
Kind = Annotated[str, Query(pattern="^[a-z]{0,20}$", description="One kind of entry.")]


@dataclass(frozen=True, slots=True)
class EntriesData:
    """A page of entries with what narrows it and the choices for its filters."""

    rows: tuple[EntryRow, ...]
    pager: Pager
    filters: Filters
    kind: str
    kinds: tuple[str, ...]
    order: str
    lanes: str
    processes: tuple[str, ...]


def load_timeline_page(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    kind: Kind = "",
    order: Order = "latest",
    lanes: Literal["process", "actor", "kind"] = "process",
) -> EntriesData:
    """Everything that happened or is to happen, by day."""
    kinds = (kind,) if kind else KINDS
    ahead = find_present(house.record) + timedelta(days=AHEAD_DAYS)
    found = browse_entries(
        house.record,
        kinds,
        filters,
        order=order,
        limit=rows.size,
        offset=rows.offset,
        horizon=ahead.isoformat(),
    )
    return EntriesData(
        rows=found.rows,
        pager=Pager(rows.page, rows.size, found.total),
        filters=filters,
        kind=kind,
        kinds=KINDS,
        order=order,
        lanes=lanes,
        processes=tuple(house.knowledge.processes),
    )


def load_statements_page(
    house: HouseDep, filters: FiltersDep, rows: RowsDep, order: Order = "latest"
) -> EntriesData:
    """Who said what, when, through whom."""
    found = browse_entries(
        house.record, ("statement",), filters, order=order, limit=rows.size, offset=rows.offset
    )
    return EntriesData(
        rows=found.rows,
        pager=Pager(rows.page, rows.size, found.total),
        filters=filters,
        kind="statement",
        kinds=("statement",),
        order=order,
        lanes="process",
        processes=tuple(house.knowledge.processes),
    )


@router.get(
    "/api/timeline/lanes",
    tags=["record"],
    operation_id="timeline_lanes",
    dependencies=[Depends(require("read"))],
)
def give_lanes(
    house: HouseDep,
    visitor: VisitorDep,
    filters: FiltersDep,
    kind: Kind = "",
    by: Annotated[Literal["process", "actor", "kind"], Query(alias="lanes")] = "process",
) -> JSONResponse:
    """The dated entries as marks on lanes, for the picture."""
    found = load_swimlanes(house.record, (kind,) if kind else KINDS, filters, by=by)
    lang = visitor.lang

    def lane_name(key: str, label: str) -> str:
        if by == "kind":
            return tr_code("kind", key, lang)
        if not key:
            return tr("web.timeline.no_lane", lang)
        return house.process_name(key, lang) if by == "process" else label

    return JSONResponse(
        {
            "lanes": [
                {"key": lane.key, "name": lane_name(lane.key, lane.label(lang))}
                for lane in found.lanes
            ],
            "marks": [
                {
                    "id": mark.id,
                    "kind": mark.kind,
                    "type": mark.type,
                    "first": mark.first,
                    "last": mark.last,
                    "modality": mark.modality,
                    "articles": mark.articles,
                    "lanes": list(mark.lanes),
                    "label": tr_code("event", mark.type, lang),
                    "state": tr_code("modality", mark.modality, lang) if mark.modality else "",
                    "day": format_date(mark.first, lang, visitor.digits),
                }
                for mark in found.marks
            ],
            "left_out": found.left_out,
        }
    )
