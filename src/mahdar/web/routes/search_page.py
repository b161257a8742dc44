"""Search over articles, statements and entries, with facets."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from mahdar.search import KINDS, Kind, SearchFilters, SearchPage, search
from mahdar.views import Filters
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep

_ROWS = 20
FACETS = (("publisher", "publishers"), ("month", "months"), ("process", "processes"))
"""Parameter of the page and the facet that fills it."""


@dataclass(frozen=True, slots=True)
class SearchData:
    """What a search found; ``found`` is ``None`` before anything was asked."""

    query: str
    kind: str
    kinds: tuple[str, ...]
    publisher: str
    month: str
    newest: bool
    filters: Filters
    found: SearchPage | None
    pager: Pager


def load_search(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    q: Annotated[str, Query(max_length=500, description="Words; see docs/how-to/search.md.")] = "",
    kind: Kind = "article",
    publisher: Annotated[str, Query(max_length=200)] = "",
    month: Annotated[str, Query(pattern=r"^(\d{4}-\d{2})?$")] = "",
    newest: bool = False,
) -> SearchData:
    """Full text over articles, statements and entries, with how the results divide."""
    wanted = SearchFilters(
        kind=kind,
        actor=filters.actor,
        place=filters.place,
        process=filters.process,
        publisher=publisher or None,
        since=month or filters.since,
        until=month or filters.until,
        type=filters.type,
        newest=newest,
    )
    asked = bool(q.strip() or publisher or month or _narrowed(filters))
    size = min(rows.size, _ROWS)
    found = (
        search(house.record, q, wanted, limit=size, offset=(rows.page - 1) * size, facets=True)
        if asked
        else None
    )
    pager = Pager(rows.page, size, found.total if found else 0)
    return SearchData(q, kind, KINDS, publisher, month, newest, filters, found, pager)


def _narrowed(filters: Filters) -> bool:
    return any((filters.actor, filters.place, filters.process, filters.since, filters.until))
