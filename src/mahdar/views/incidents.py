"""Incidents: violence, ground, moves and protests, with every toll that is told."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.store import Record
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, load_entries

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class Toll:
    """People killed or injured: the figure most articles tell, and the lowest and highest told."""

    best: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident: its entry, and the tolls (``None`` where nobody gives one)."""

    entry: EntryRow
    killed: Toll | None
    injured: Toll | None


def list_incidents(record: Record, filters: Filters = _EVERY) -> list[IncidentRow]:
    """Return the incidents of a record, earliest first.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        rows = load_entries(connection, ("incident",), filters)
    return [IncidentRow(row, _toll(row, "killed"), _toll(row, "injured")) for row in rows]


def _toll(row: EntryRow, field: str) -> Toll | None:
    told = [int(t.value) for t in row.fields.get(field, ())]
    return Toll(told[0], min(told), max(told)) if told else None
