"""Commitments: who is to do what by when, what is due, and what is told that may keep or break it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from mahdar.consolidation.days import parse_days
from mahdar.errors import SettingError
from mahdar.store import Record
from mahdar.views.filters import Filters
from mahdar.views.promises import ProposedLink, propose_links
from mahdar.views.rows import EntryRow, Ref, load_entries

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
    plain = Filters(filters.actor, filters.place, filters.process, filters.since, filters.until)
    with record.reading() as connection:
        rows = load_entries(connection, ("commitment",), plain, limit=0)
        out = [_commitment(row, today) for row in rows]
        if limit is not None:
            out = [
                c
                for c in out
                if (days := parse_days(c.due)) is not None and days.last < limit.first
            ]
        if filters.type:
            out = [c for c in out if c.state == filters.type.lower()]
        out.sort(key=lambda c: (c.due is None, c.due or "", c.made or "9999", c.id))
        out = out[: filters.limit] if filters.limit else out
        found = propose_links(connection, [c.entry for c in out]) if links else {}
    return [replace(c, links=found[c.id]) if c.id in found else c for c in out]


def _commitment(row: EntryRow, today: date) -> CommitmentRow:
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
    )


def _state(due: str | None, today: int) -> PromiseState:
    days = parse_days(due)
    if days is None:
        return "undated"
    if days.last < today:
        return "overdue"
    return "due" if days.last - today <= DUE_WITHIN_DAYS else "open"
