"""Ceasefires and de-escalation zones: status by what is told, and the breaches reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from mahdar.consolidation.days import format_day, parse_days
from mahdar.store import Record
from mahdar.views.filters import Filters, load_parents
from mahdar.views.rows import EntryRow, Ref, load_entries

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
_BREACH_DAYS = 14
"""A breach told this long after a truce of unknown length still is laid to it."""


@dataclass(frozen=True, slots=True)
class CeasefireRow:
    """A truce or zone. ``scope`` is its place; ``breaches`` are entries of type VIOLATION.

    ``first`` and ``last`` are the ISO days of its window of effect, ``last`` ``None`` when open
    or unknown; ``time`` the EDTF as told.
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


def list_ceasefires(record: Record, filters: Filters = _EVERY) -> list[CeasefireRow]:
    """Return the ceasefires of a record with their breaches, earliest first.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    of_truce = replace(filters, type=None)
    with record.reading() as connection:
        rows = load_entries(connection, ("ceasefire",), of_truce)
        violations = load_entries(connection, ("incident",), Filters(type="VIOLATION"))
        parents = load_parents(connection)
    return [_ceasefire(row, violations, parents) for row in rows]


def _ceasefire(row: EntryRow, violations: list[EntryRow], parents: dict[str, str]) -> CeasefireRow:
    days = parse_days(row.time)
    ended = (row.best("subtype") or "").startswith(_ENDING)
    return CeasefireRow(
        id=row.id,
        time=row.time,
        first=row.day,
        last=format_day(days.last) if days and days.length > 1 else None,
        declarers=row.people(),
        scope=row.place,
        status="ended" if ended else _STATUS.get(row.modality or "", "declared"),
        processes=row.processes,
        breaches=tuple(v for v in violations if _breaks(v, row, parents)),
        standing=row.standing,
        articles=row.articles,
        origins=row.origins,
    )


def _breaks(violation: EntryRow, truce: EntryRow, parents: dict[str, str]) -> bool:
    """Tell whether a reported violation falls in a truce's days and scope."""
    if violation.day is None or truce.day is None:
        return False
    if truce.modality in ("proposed", "demanded", "conditional", "denied"):
        return False
    days = parse_days(truce.time)
    end = truce.last_day if days and days.length > 1 else None
    day = date.fromisoformat(violation.day)
    begun = date.fromisoformat(truce.day)
    if day < begun or (end is not None and violation.day > end):
        return False
    if end is None and (day - begun).days > _BREACH_DAYS:
        return False
    if violation.place and truce.place:
        return _within(violation.place.key, truce.place.key, parents)
    mine = {ref.key for ref in violation.people()}
    return bool(
        mine & {ref.key for ref in truce.people()}
        or set(violation.processes) & set(truce.processes)
    )


def _within(inner: str, outer: str, parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    at: str | None = inner
    while at is not None and at not in seen:
        if at == outer:
            return True
        seen.add(at)
        at = parents.get(at)
    return False
