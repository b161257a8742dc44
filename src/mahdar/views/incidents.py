"""Incidents: violence, ground, moves and protests, with every toll told and the truce in force."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.store import Record
from mahdar.views.filters import Filters, load_parents
from mahdar.views.rows import EntryRow, load_entries
from mahdar.views.truces import Truces

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class Toll:
    """People counted: the figure most articles tell, and the lowest and highest told."""

    best: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident: its entry, the tolls (``None`` where nobody gives one), and the ids of the
    ceasefires told to be in force on its day at its place."""

    entry: EntryRow
    killed: Toll | None
    injured: Toll | None
    truces: tuple[str, ...] = ()


def list_incidents(record: Record, filters: Filters = _EVERY) -> list[IncidentRow]:
    """Return the incidents of a record, earliest first.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        rows = load_entries(connection, ("incident",), filters)
        truces = load_entries(connection, ("ceasefire",), Filters()) if rows else []
        found = Truces(truces, load_parents(connection) if truces else {})
    return [
        IncidentRow(
            row,
            read_toll(row, "killed"),
            read_toll(row, "injured"),
            tuple(truce.id for truce in found.in_force(row)),
        )
        for row in rows
    ]


def read_toll(row: EntryRow, field: str) -> Toll | None:
    """Return the figures told of people; ``None`` where none is."""
    told = [int(value) for value in row.told(field) if value.isdigit()]
    return Toll(told[0], min(told), max(told)) if told else None
