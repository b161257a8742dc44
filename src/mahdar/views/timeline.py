"""The timeline: everything that happened or is to happen, by day."""

from __future__ import annotations

from mahdar.store import Record
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, load_entries

KINDS = (
    "meeting",
    "agreement",
    "ceasefire",
    "incident",
    "humanitarian",
    "detention",
    "designation",
    "formation",
)
"""Statements and commitments have views of their own."""
_EVERY = Filters()


def list_timeline(record: Record, filters: Filters = _EVERY) -> list[EntryRow]:
    """Return the happenings of a record, earliest first, undated ones last.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        return load_entries(connection, KINDS, filters)
