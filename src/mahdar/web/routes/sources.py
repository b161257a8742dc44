"""Sources: papers and agencies, what they are rated, how much is their own, and groups of copies."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response

from mahdar.judgements import Judgement
from mahdar.judgements.kinds import RELIABILITY
from mahdar.views import Filters, SourceRow, list_sources
from mahdar.views.articles import list_publishers
from mahdar.views.copies import CopyGroup, Rating, list_copies, load_ratings
from mahdar.web.judging import keep_judgement
from mahdar.web.paging import cut_page
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.registry import require
from mahdar.web.routes.choices import back
from mahdar.web.security import check_token
from mahdar.web.visitor import HouseDep, VisitorDep

router = APIRouter(
    dependencies=[Depends(check_token), Depends(require("judge"))], include_in_schema=False
)
_COPY_ROWS = 20


@dataclass(frozen=True, slots=True)
class RatedSource:
    """A paper or agency with its rating, ``None`` where nobody has rated it."""

    source: SourceRow
    rating: Rating | None


@dataclass(frozen=True, slots=True)
class SourcesData:
    """Papers and agencies, or (``show`` copies) groups of articles that share their text."""

    show: str
    rows: tuple[RatedSource, ...]
    copies: tuple[CopyGroup, ...]
    pager: Pager
    filters: Filters
    kind: str
    name: str
    publisher: str
    publishers: tuple[str, ...]
    levels: tuple[str, ...] = RELIABILITY


def load_sources(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    show: Literal["sources", "copies"] = "sources",
    kind: Literal["", "paper", "agency"] = "",
    name: Annotated[str, Query(max_length=200)] = "",
    publisher: Annotated[str, Query(max_length=200)] = "",
) -> SourcesData:
    """Papers and agencies with reliability and independence; groups of copies."""
    record = house.record
    publishers = tuple(sorted(name for name, _ in list_publishers(record)))
    if show == "copies":
        size = min(rows.size, _COPY_ROWS)
        groups = list_copies(
            record,
            filters,
            publisher=publisher or None,
            limit=size,
            offset=(rows.page - 1) * size,
        )
        pager = Pager(rows.page, size, groups.total)
        return SourcesData(show, (), groups.rows, pager, filters, kind, name, publisher, publishers)
    wanted = name.strip().casefold()
    found = [
        row
        for row in list_sources(record, filters)
        if (not kind or row.kind == kind)
        and (not wanted or any(wanted in n.casefold() for n in (row.source.ar, row.source.en)))
    ]
    shown, pager = cut_page(found, rows)
    ratings = load_ratings(record)
    rated = tuple(RatedSource(row, ratings.get(row.source.key)) for row in shown)
    return SourcesData(show, rated, (), pager, filters, kind, name, publisher, publishers)


@router.post("/ratings")
def rate_source(
    request: Request,
    house: HouseDep,
    visitor: VisitorDep,
    source: Annotated[str, Form(min_length=1, max_length=300)],
    reliability: Annotated[Literal["", "A", "B", "C", "D", "E", "F"], Form()] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Rate a paper or agency by the Admiralty code, or take the rating away."""
    detail = {"reliability": reliability or None}
    keep_judgement(house, Judgement("rate", "source", source, visitor.name, reason, detail))
    return back(request, "/sources")


@router.post("/markings")
def mark_entry(
    request: Request,
    house: HouseDep,
    visitor: VisitorDep,
    entry: Annotated[str, Form(pattern="^[0-9A-Za-z_-]{4,40}$")],
    tlp: Annotated[Literal["", "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"], Form()] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Mark an entry by TLP 2.0, or take the marking away."""
    detail = {"tlp": tlp or None}
    keep_judgement(house, Judgement("mark", "entry", entry, visitor.name, reason, detail))
    return back(request, "/detainees")
