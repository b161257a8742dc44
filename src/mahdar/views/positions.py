"""Positions: how each actor stands to an issue over time, and who contradicts whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mahdar.store import Record
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, Ref, load_by_id
from mahdar.views.stances import Contrary, Stand, list_stands

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One actor on one issue on one day. ``entry`` is the statement: its text, sources and claims.

    ``stance`` is ``supports``, ``opposes``, ``conditional`` or ``None`` where the words carry none.
    ``before`` is the actor's stance before, where it was another one. ``contradicted_by`` holds those of the
    same period, the nearest in time first.
    """

    actor: Ref
    issue: str
    day: str | None
    stance: str | None
    hedged: bool
    before: str | None
    contradicted_by: tuple[Contrary, ...]
    entry: EntryRow


def list_positions(record: Record, filters: Filters = _EVERY) -> list[PositionRow]:
    """Return positions by issue, actor and day; ``type`` filters by stance.

    Without an actor and an issue, only statements that carry a stance are given.

    Raises:
        SettingError: a date that is none, or an unknown issue.
        RecordError: the record cannot be read.
    """
    return open_stands(record, list_stands(record, filters))


def open_stands(record: Record, stands: Sequence[Stand]) -> list[PositionRow]:
    """Return stances with the statements that carry them, in the same order.

    Raises:
        RecordError: the record cannot be read.
    """
    entries = load_sides(record, (stand.entry for stand in stands))
    return [
        PositionRow(
            stand.actor,
            stand.issue,
            stand.day,
            stand.stance,
            bool(entries[stand.entry].told("hedged")),
            stand.before,
            stand.contradicted_by,
            entries[stand.entry],
        )
        for stand in stands
        if stand.entry in entries  # a judgement between the two questions may have renamed it
    ]


def load_sides(record: Record, entries: Iterable[str]) -> dict[str, EntryRow]:
    """Return the statements of contradicting sides by id: a position names the other side's only by it."""
    with record.reading() as connection:
        return load_by_id(connection, dict.fromkeys(entries))
