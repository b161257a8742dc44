"""Ceasefires: status by what is told, terms, and the breaches reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import func

from mahdar.consolidation.days import format_day
from mahdar.store import Record
from mahdar.views.filters import Filters, load_parents
from mahdar.views.rows import EntryRow, Ref, field_of, load_entries, load_named
from mahdar.views.truces import Truces, find_end

Status = Literal["proposed", "agreed", "in_force", "declared", "ended", "denied"]

_EVERY = Filters()
_STATUS: dict[str, Status] = {
    "occurred": "declared",
    "ongoing": "in_force",
    "planned": "agreed",
    "proposed": "proposed",
    "demanded": "proposed",
    "conditional": "proposed",
    "denied": "denied",
}
_ENDING = ("end", "collapse", "expire", "cancel")
"""Beginnings of event subtypes that tell of a truce's end."""
_PEOPLE = ("guarantor", "mediator", "monitor", "under")


@dataclass(frozen=True, slots=True)
class CeasefireRow:
    """A truce. ``scope`` is its place; ``breaches`` are entries of type VIOLATION.

    ``first`` and ``last`` are the ISO days of its window of effect, as told or as its length leads to,
    ``last`` ``None`` when open or unknown; ``time`` the EDTF as told; ``duration`` ISO 8601 as told (``P5D``). ``entry`` holds every
    value told, with the claims behind it.
    """

    id: str
    time: str | None
    first: str | None
    last: str | None
    declarers: tuple[Ref, ...]
    scope: Ref | None
    status: Status
    processes: tuple[str, ...]
    breaches: tuple[EntryRow, ...]
    standing: str
    articles: int
    origins: int
    entry: EntryRow
    duration: str | None = None
    starts: str | None = None
    ends: str | None = None
    guarantors: tuple[Ref, ...] = ()
    mediators: tuple[Ref, ...] = ()
    monitors: tuple[Ref, ...] = ()
    under: tuple[Ref, ...] = ()


def list_ceasefires(record: Record, filters: Filters = _EVERY) -> list[CeasefireRow]:
    """Return the ceasefires of a record with their breaches, earliest first; zones have a view of theirs.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        no_zone = func.coalesce(field_of("subtype"), "") != "zone"
        rows = load_entries(
            connection, ("ceasefire",), replace(filters, type=None), where=(no_zone,)
        )
        violations = load_entries(connection, ("incident",), Filters(type="VIOLATION"))
        parents = load_parents(connection)
        refs = load_named(connection, rows, *_PEOPLE)
    truces = Truces(rows, parents)
    breaches: dict[str, list[EntryRow]] = {}
    for violation in violations:
        for truce in truces.in_force(violation):
            breaches.setdefault(truce.id, []).append(violation)
    return [_ceasefire(row, breaches.get(row.id, []), refs) for row in rows]


def _ceasefire(row: EntryRow, breaches: list[EntryRow], refs: dict[str, Ref]) -> CeasefireRow:
    last = find_end(row)
    ended = (row.best("subtype") or "").startswith(_ENDING)
    named = {field: tuple(refs[v] for v in row.told(field)) for field in _PEOPLE}
    return CeasefireRow(
        id=row.id,
        time=row.time,
        first=row.day,
        last=format_day(last) if last is not None else None,
        declarers=row.people(),
        scope=row.place,
        status="ended" if ended else _STATUS.get(row.modality or "", "declared"),
        processes=row.processes,
        breaches=tuple(breaches),
        standing=row.standing,
        articles=row.articles,
        origins=row.origins,
        entry=row,
        duration=row.best("duration"),
        starts=row.best("starts"),
        ends=row.best("ends"),
        guarantors=named["guarantor"],
        mediators=named["mediator"],
        monitors=named["monitor"],
        under=named["under"],
    )
