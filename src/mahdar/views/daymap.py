"""What is told of each place by day: violence, breaches, truces and zones, as marks for a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import Connection, func, select

from mahdar.consolidation.days import format_day
from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.rows import EntryRow, Ref, load_by_id, load_entries, load_refs
from mahdar.views.stages import UNREAL
from mahdar.views.truces import BREACH_DAYS, Truces
from mahdar.views.zones import Stage, ZoneRow, list_zones

Layer = Literal["incident", "breach", "truce", "zone"]
LAYERS: tuple[Layer, ...] = ("incident", "breach", "truce", "zone")

_RANK: dict[Layer, int] = {"breach": 0, "truce": 1, "zone": 2, "incident": 3}
_LOOKUP = 500
CLOSE_DAYS = 7
"""What is told of a longer stretch («in 2015») happened on no day that a map of days could show."""
_GONE = frozenset(("ended", "lifted"))
_STANDING = frozenset(("agreed", "declared", "operational", "expanded", "joined"))


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """Entries of one layer at one place over the same days (ISO, both included).

    ``hollow`` marks what is only planned, proposed, demanded or named. ``killed`` sums the best told tolls.
    """

    layer: Layer
    place: Ref
    first: str
    last: str
    hollow: bool
    killed: int
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayMap:
    """Marks of a stretch of days, and how many entries could not be put on it.

    ``no_place`` have no place, ``no_day`` no day or one told too loosely.
    """

    first: str
    last: str
    marks: tuple[PlaceMark, ...]
    no_place: int
    no_day: int

    def on(self, day: str, place: str | None = None) -> list[PlaceMark]:
        """Return the marks of a day, at one place if it is given."""
        return [m for m in self.marks if m.first <= day <= m.last and place in (None, m.place.key)]


@dataclass(frozen=True, slots=True)
class _Told:
    layer: Layer
    entries: tuple[str, ...]
    place: str | None
    first: str | None
    last: str | None
    hollow: bool
    killed: int = 0


def load_day_map(record: Record, filters: Filters, first: str, last: str) -> DayMap:
    """Return what is told of places from one day to another.

    Args:
        record: an open record.
        filters: actor, place and process narrow it; dates and type are not asked.
        first: ISO day.
        last: ISO day.
    Raises:
        RecordError: the record cannot be read.
    """
    plain = Filters(actor=filters.actor, place=filters.place, process=filters.process)
    with record.reading() as connection:
        dated = replace(plain, since=first, until=last)
        told = [*_iter_incidents(connection, dated), *_iter_truces(connection, plain)]
    told += _iter_zones(list_zones(record, plain))
    inside: list[_Told] = []
    no_place = no_day = 0
    for one in told:
        if one.first is None or one.last is None:
            no_day += len(one.entries)
        elif one.first > last or one.last < first:
            continue
        elif one.place is None:
            no_place += len(one.entries)
        else:
            inside.append(one)
    with record.reading() as connection:
        refs = load_refs(connection, {one.place for one in inside if one.place})
    return DayMap(first, last, tuple(_gather(inside, refs)), no_place, no_day)


def load_rows(record: Record, marks: Iterable[PlaceMark], limit: int) -> list[EntryRow]:
    """Return the entries of marks: breaches, truces and zones before all else, then the best attested."""
    order = {id_: _RANK[mark.layer] for mark in marks for id_ in mark.entries}
    e = tables.entries.c
    wanted = list(order)
    ranked: list[tuple[int, int, str]] = []
    with record.reading() as connection:
        for at in range(0, len(wanted), _LOOKUP):
            some = e.id.in_(wanted[at : at + _LOOKUP])
            for id_, articles in connection.execute(select(e.id, e.articles).where(some)):
                ranked.append((order[id_], -articles, id_))
        chosen = [id_ for _, _, id_ in sorted(ranked)[:limit]]
        rows = load_by_id(connection, chosen)
    return [rows[id_] for id_ in chosen]


def _iter_incidents(connection: Connection, filters: Filters) -> Iterator[_Told]:
    """Yield incidents, those that a map cannot tell apart together: the database counts them."""
    e = tables.entries.c
    killed = e.fields[("killed", 0, 0)].as_string()
    alike = (e.type, e.place, e.first_day, e.last_day, e.modality)
    for row in connection.execute(
        select(
            *alike,
            func.aggregate_strings(e.id, ",").label("ids"),
            func.aggregate_strings(killed, ",").label("killed"),
        )
        .where(e.kind == "incident", *entry_conditions(connection, filters))
        .group_by(*alike)
    ):
        close = row.first_day and row.last_day and _apart(row.first_day, row.last_day) < CLOSE_DAYS
        yield _Told(
            "breach" if row.type == "VIOLATION" else "incident",
            tuple(sorted(row.ids.split(","))),
            row.place,
            row.first_day if close else None,
            row.last_day if close else None,
            row.modality in UNREAL or row.modality == "planned",
            sum(int(told) for told in (row.killed or "").split(",") if told.isdigit()),
        )


def _iter_truces(connection: Connection, filters: Filters) -> Iterator[_Told]:
    """Yield truces over the days on which they are told to hold; proposals on their own days only."""
    for row in load_entries(connection, ("ceasefire",), filters):
        window = Truces.window(row)
        if window is not None:
            first, last = format_day(window[0]), format_day(window[1])
            planned = row.modality == "planned"
            yield _place_truce(row, first, last, hollow=planned)
        elif row.day is not None:
            yield _place_truce(row, row.day, row.last_day or row.day, hollow=True)
        else:
            yield _place_truce(row, None, None, hollow=True)


def _place_truce(row: EntryRow, first: str | None, last: str | None, *, hollow: bool) -> _Told:
    place = row.place.key if row.place else None
    return _Told("truce", (row.id,), place, first, last, hollow)


def _iter_zones(zones: Iterable[ZoneRow]) -> Iterator[_Told]:
    """Yield the stages of zones: each lasts until the next one, the last for as long as it is believed."""
    for zone in zones:
        place = zone.place.key if zone.place else None
        dated = [stage for stage in zone.history if stage.day and stage.status not in _GONE]
        for stage, first, last in _windows(zone, dated):
            stands = stage.status in _STANDING and stage.modality not in UNREAL
            yield _Told("zone", (stage.entry.id,), place, first, last, not stands)
        for stage in zone.history:
            if stage.day is None:
                yield _Told("zone", (stage.entry.id,), place, None, None, True)


def _windows(zone: ZoneRow, stages: list[Stage]) -> Iterator[tuple[Stage, str, str]]:
    ended = min((s.day for s in zone.history if s.day and s.status in _GONE), default=None)
    for n, stage in enumerate(stages):
        first = stage.day or ""
        later = next((s.day for s in stages[n + 1 :] if s.day and s.day > first), None)
        until = _shift(later, -1) if later else ended or _shift(first, BREACH_DAYS)
        yield stage, first, max(first, min(until, ended) if ended else until)


def _gather(told: list[_Told], refs: dict[str, Ref]) -> Iterator[PlaceMark]:
    groups: dict[tuple[Layer, str, str, str, bool], list[_Told]] = {}
    for one in told:
        key = (one.layer, one.place or "", one.first or "", one.last or "", one.hollow)
        groups.setdefault(key, []).append(one)
    for (layer, place, first, last, hollow), some in sorted(groups.items()):
        yield PlaceMark(
            layer,
            refs[place],
            first,
            last,
            hollow,
            sum(one.killed for one in some),
            tuple(entry for one in some for entry in one.entries),
        )


def _apart(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
