"""Home: what came in, what waits, what falls due, which truces hold."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Query

from mahdar.errors import SettingError
from mahdar.views import CeasefireRow, CommitmentRow, Filters, list_ceasefires
from mahdar.views.commitments import find_due
from mahdar.views.fresh import Fresh, find_present, load_fresh
from mahdar.views.reviews import Waiting, list_waiting
from mahdar.web.visitor import HouseDep, VisitorDep

_NEW_ROWS = 8
_DUE_ROWS = 8
_TRUCE_ROWS = 8
_WAITING_ROWS = 6
_IN_FORCE = ("declared", "in_force", "agreed")
_CLOSE_DAYS = 31
_LOOK_BACK_DAYS = 180


@dataclass(frozen=True, slots=True)
class Truce:
    """A truce that is said to be in force, with the number and last day of breaches told."""

    row: CeasefireRow
    breaches: int
    last_breach: str | None


@dataclass(frozen=True, slots=True)
class HomeData:
    """What the first page shows. ``present`` is the ISO day on which things are judged."""

    counts: dict[str, int]
    present: str
    since: str | None
    fresh: Fresh
    waiting: Waiting
    due: tuple[CommitmentRow, ...]
    due_total: int
    truces: tuple[Truce, ...]
    truces_total: int


def load_home(
    house: HouseDep,
    visitor: VisitorDep,
    as_of: Annotated[str | None, Query(max_length=10)] = None,
) -> HomeData:
    """What is new since the visitor last looked, falls due, and is in force."""
    record = house.record
    present = _day(as_of) if as_of else find_present(record)
    due, due_total = find_due(record, as_of=present, close_days=_CLOSE_DAYS, limit=_DUE_ROWS)
    since = date.fromordinal(present.toordinal() - _LOOK_BACK_DAYS).isoformat()
    truces = [
        Truce(row, len(row.breaches), max((b.day for b in row.breaches if b.day), default=None))
        for row in list_ceasefires(record, Filters(since=since, until=present.isoformat()))
        if row.status in _IN_FORCE and (row.last is None or row.last >= present.isoformat())
    ]
    truces.sort(key=lambda t: (-t.row.origins, -t.row.articles, t.row.first or ""))
    return HomeData(
        counts=record.counts(),
        present=present.isoformat(),
        since=visitor.seen,
        fresh=load_fresh(record, visitor.seen, limit=_NEW_ROWS),
        waiting=list_waiting(record, who=visitor.name, limit=_WAITING_ROWS),
        due=due,
        due_total=due_total,
        truces=tuple(truces[:_TRUCE_ROWS]),
        truces_total=len(truces),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingError(f"as_of {text}: not a day. Mend: give one as in 2015-08-03.") from None
