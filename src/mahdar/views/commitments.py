"""Commitments: who is to do what by when, and which are overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mahdar.consolidation.days import parse_days
from mahdar.store import Record
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, Ref, load_entries

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A promise. ``due`` is EDTF; ``state`` is ``undated`` when no time limit is told.

    Whether a promise was kept is for people to judge: ``overdue`` says only that its time is up.
    """

    id: str
    by: tuple[Ref, ...]
    act: str
    due: str | None
    state: Literal["open", "overdue", "undated"]
    condition: str | None
    made: str | None
    standing: str
    articles: int
    origins: int


def list_commitments(
    record: Record, filters: Filters = _EVERY, *, as_of: date | None = None
) -> list[CommitmentRow]:
    """Return the commitments of a record, the earliest due first, undated ones last.

    Args:
        record: an open record.
        filters: what narrows them.
        as_of: the day on which they are open or overdue; today if ``None``.
    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    today = as_of or date.today()
    with record.reading() as connection:
        rows = load_entries(connection, ("commitment",), filters, limit=0)
    out = [_commitment(row, today) for row in rows]
    out.sort(key=lambda c: (c.due is None, c.due or "", c.made or "9999", c.id))
    return out[: filters.limit] if filters.limit else out


def _commitment(row: EntryRow, today: date) -> CommitmentRow:
    due = row.best("due")
    days = parse_days(due)
    return CommitmentRow(
        id=row.id,
        by=row.people("by"),
        act=row.text,
        due=due,
        state="undated" if days is None else "overdue" if days.last < today.toordinal() else "open",
        condition=row.best("subtype"),
        made=row.day,
        standing=row.standing,
        articles=row.articles,
        origins=row.origins,
    )
