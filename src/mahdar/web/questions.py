"""What pages are asked with: filters and pages of rows, the same words on every page.

Dependencies that only look at a request are asynchronous: each other one waits in line for a thread.
"""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Query

from mahdar.views import Filters

_TEXT = Query(max_length=200)
PAGE_ROWS = 50
AHEAD_DAYS = 400
"""What is told of days further ahead than this stands behind the rest of a list."""


async def filters_of(
    actor: Annotated[str | None, _TEXT] = None,
    place: Annotated[str | None, _TEXT] = None,
    process: Annotated[str | None, _TEXT] = None,
    since: Annotated[str | None, Query(alias="from", max_length=40)] = None,
    until: Annotated[str | None, Query(alias="to", max_length=40)] = None,
    type_: Annotated[str | None, Query(alias="type", max_length=40)] = None,
) -> Filters:
    """Return what narrows a page."""
    return make_filters(actor, place, process, since, until, type_)


def make_filters(
    actor: str | None,
    place: str | None,
    process: str | None,
    since: str | None,
    until: str | None,
    type_: str | None = None,
) -> Filters:
    """Return filters of what a form says; its empty fields narrow nothing."""
    return Filters(
        actor=_given(actor),
        place=_given(place),
        process=_given(process),
        since=_given(since),
        until=_given(until),
        type=_given(type_),
    )


def _given(value: str | None) -> str | None:
    return value.strip() or None if value else None


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a long list: ``page`` from 1."""

    page: int = 1
    size: int = PAGE_ROWS

    @property
    def offset(self) -> int:
        """How many rows come before."""
        return (self.page - 1) * self.size


async def rows_of(
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=500)] = PAGE_ROWS,
) -> Rows:
    """Return which rows are asked for."""
    return Rows(page, size)


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of rows stands in the whole list."""

    page: int
    size: int
    total: int

    @property
    def first(self) -> int:
        """Number of its first row, 0 in an empty list."""
        return min((self.page - 1) * self.size + 1, self.total)

    @property
    def last(self) -> int:
        """Number of its last row."""
        return min(self.page * self.size, self.total)

    @property
    def more(self) -> bool:
        """Whether rows come after."""
        return self.last < self.total


FiltersDep = Annotated[Filters, Depends(filters_of)]
RowsDep = Annotated[Rows, Depends(rows_of)]
Order = Literal["latest", "earliest", "attested"]
