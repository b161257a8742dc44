"""Commitments: who is to do what by when, what is due, and what is told that may keep or break it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import select

from mahdar.consolidation.days import parse_days
from mahdar.errors import SettingError
from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.promises import ProposedLink, propose_links
from mahdar.views.rows import EntryRow, Ref, field_of, load_by_id

_EVERY = Filters()
DUE_WITHIN_DAYS = 7
"""A promise whose time is up within a week is due."""
PromiseState = Literal["open", "due", "overdue", "undated"]


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A promise. ``due`` is EDTF; ``state`` is ``undated`` when no time limit is told.

    Whether a promise was kept is for people to judge: ``overdue`` says only that its time is up, and
    ``links`` are proposals of what may keep, break or deny it, the likeliest first.
    """

    id: str
    by: tuple[Ref, ...]
    act: str
    due: str | None
    state: PromiseState
    condition: str | None
    made: str | None
    standing: str
    articles: int
    origins: int
    entry: EntryRow
    links: tuple[ProposedLink, ...] = ()


def list_commitments(
    record: Record,
    filters: Filters = _EVERY,
    *,
    as_of: date | None = None,
    due_before: str | None = None,
    links: bool = True,
) -> list[CommitmentRow]:
    """Return the commitments of a record, the earliest due first, undated ones last.

    Args:
        record: an open record.
        filters: what narrows them; ``type`` filters by state.
        as_of: the day on which they are open, due or overdue; today if ``None``.
        due_before: EDTF; only those whose last day lies before its first.
        links: also propose what may keep or break them.
    Raises:
        SettingError: a date that is none.
        RecordError: the record cannot be read.
    """
    today = as_of or date.today()
    limit = parse_days(due_before)
    if due_before and limit is None:
        raise SettingError(
            f"--due-before {due_before}: not a date. Mend: give a day, month or year, as in 2015-08-03."
        )
    e = tables.entries.c
    told_due = field_of("due").label("due")
    with record.reading() as connection:
        query = select(e.id, e.first_day, told_due).where(
            e.kind == "commitment", *entry_conditions(connection, replace(filters, type=None))
        )
        found = [
            row
            for row in connection.execute(query)
            if (limit is None or _is_before(row.due, limit.first))
            and (not filters.type or _state(row.due, today.toordinal()) == filters.type.lower())
        ]
        found.sort(key=lambda r: (r.due is None, r.due or "", r.first_day or "9999", r.id))
        found = found[: filters.limit] if filters.limit else found
        rows = load_by_id(connection, [row.id for row in found])
        proposed = propose_links(connection, list(rows.values())) if links else {}
    return [_commitment(rows[row.id], today, proposed.get(row.id, ())) for row in found]


def find_due(
    record: Record, *, as_of: date, close_days: int, limit: int
) -> tuple[tuple[CommitmentRow, ...], int]:
    """Return the promises whose time limit comes next, the nearest first, and how many are still to come.

    Args:
        record: an open record.
        as_of: the day on which they are judged.
        close_days: only limits told within so many days: «in 2015» is a year's time.
        limit: at most so many rows.
    Raises:
        RecordError: the record cannot be read.
    """
    today = as_of.toordinal()
    e = tables.entries.c
    with record.reading() as connection:
        told = select(e.id, field_of("due")).where(
            e.kind == "commitment", *entry_conditions(connection, _EVERY)
        )
        dated = ((parse_days(due), id_) for id_, due in connection.execute(told))
        found = sorted(
            (days.last, id_)
            for days, id_ in dated
            if days is not None and days.last >= today and days.length <= close_days
        )
        ids = [id_ for _, id_ in found[:limit]]
        rows = load_by_id(connection, ids)
    return tuple(_commitment(rows[id_], as_of, ()) for id_ in ids), len(found)


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """Some commitments, how many there are in all, and how many of each state without a filter by state."""

    rows: tuple[CommitmentRow, ...]
    total: int
    states: dict[PromiseState, int]


def browse_commitments(
    record: Record,
    filters: Filters = _EVERY,
    *,
    as_of: date,
    limit: int = 50,
    offset: int = 0,
) -> CommitmentPage:
    """Return some commitments as a due list: what is due, what is to come, what is overdue, then undated ones.

    Args:
        record: an open record.
        filters: what narrows them; ``type`` filters by state.
        as_of: the day on which they are open, due or overdue.
        limit: most rows.
        offset: rows to pass over.
    Raises:
        SettingError: a date that is none.
        RecordError: the record cannot be read.
    """
    today = as_of.toordinal()
    e = tables.entries.c
    with record.reading() as connection:
        query = select(e.id, e.first_day, field_of("due").label("due")).where(
            e.kind == "commitment", *entry_conditions(connection, replace(filters, type=None))
        )
        found = [(_rank(row, today), row.id) for row in connection.execute(query)]
        states = dict.fromkeys(_ORDER, 0)
        for (_, _, state, _), _ in found:
            states[state] += 1
        wanted = filters.type.lower() if filters.type else None
        found = sorted(one for one in found if wanted in (None, one[0][2]))
        ids = [id_ for _, id_ in found[offset : offset + limit]]
        rows = load_by_id(connection, ids)
        proposed = propose_links(connection, list(rows.values()))
    shown = tuple(_commitment(rows[i], as_of, proposed.get(i, ())) for i in ids)
    return CommitmentPage(shown, len(found), states)


_ORDER: tuple[PromiseState, ...] = ("due", "open", "overdue", "undated")


def _rank(row: Any, today: int) -> tuple[int, int, PromiseState, str]:
    """Return the place of a promise in a due list: the nearest time limit first, among past ones the latest."""
    state = _state(row.due, today)
    days = parse_days(row.due)
    near = abs(days.last - today) if days else 0
    return _ORDER.index(state), near, state, row.first_day or "9999"


def _is_before(due: str | None, day: int) -> bool:
    days = parse_days(due)
    return days is not None and days.last < day


def _commitment(row: EntryRow, today: date, links: tuple[ProposedLink, ...]) -> CommitmentRow:
    due = row.best("due")
    return CommitmentRow(
        id=row.id,
        by=row.people("by"),
        act=row.text,
        due=due,
        state=_state(due, today.toordinal()),
        condition=row.best("subtype"),
        made=row.day,
        standing=row.standing,
        articles=row.articles,
        origins=row.origins,
        entry=row,
        links=links,
    )


def _state(due: str | None, today: int) -> PromiseState:
    days = parse_days(due)
    if days is None:
        return "undated"
    if days.last < today:
        return "overdue"
    return "due" if days.last - today <= DUE_WITHIN_DAYS else "open"
