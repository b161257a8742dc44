"""Zones: where, of what kind, and how it stood with each by date, with breaches and guarantors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from mahdar.store import Record, tables
from mahdar.views.designations import load_speakers
from mahdar.views.filters import Filters, entry_conditions, load_parents
from mahdar.views.rows import EntryRow, Ref, load_by_id, load_entries, load_named
from mahdar.views.stages import UNREAL

_EVERY = Filters()
_PEOPLE = ("guarantor", "mediator", "monitor", "under")
_BEGUN = frozenset(("agreed", "declared", "operational", "expanded"))
_MOST_BREACHES = 100
_LOOKUP = 500
_BREACHES = frozenset(("VIOLATION", "ATTACK"))


@dataclass(frozen=True, slots=True)
class Stage:
    """What is told of a zone or body at one time, and by whom.

    ``day`` is the day it is told of, else that of the first article that tells it; ``time`` the EDTF as
    told. ``status`` and ``modality`` are of docs/reference/details.md (declared and planned: to be declared).
    ``told_by`` are the speakers quoted, none where papers tell it themselves.
    """

    day: str | None
    time: str | None
    status: str
    modality: str | None
    standing: str
    articles: int
    origins: int
    told_by: tuple[Ref, ...]
    text: str
    entry: EntryRow


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A zone: its place and kind, its history, and what is told to have broken it.

    ``status`` is the latest stage's; ``breaches`` are attacks and violations told at its place from the
    day on which it is first told to be agreed, declared or in operation, the latest hundred.
    """

    place: Ref | None
    kind: str
    status: str
    modality: str | None
    history: tuple[Stage, ...]
    guarantors: tuple[Ref, ...]
    mediators: tuple[Ref, ...]
    monitors: tuple[Ref, ...]
    under: tuple[Ref, ...]
    breaches: tuple[EntryRow, ...]
    processes: tuple[str, ...]
    articles: int
    claims: tuple[str, ...]


def list_zones(record: Record, filters: Filters = _EVERY) -> list[ZoneRow]:
    """Return the zones of a record by kind and place, the most told of first.

    ``type`` filters by kind (de-escalation, safe-zone, buffer, demilitarised, no-fly).

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        rows = load_entries(connection, ("zone",), replace(filters, limit=0))
        parents = load_parents(connection)
        stages = load_stages(connection, rows)
        refs = load_named(connection, rows, *_PEOPLE)
        groups: dict[tuple[str, ...], list[EntryRow]] = {}
        for row in rows:
            groups.setdefault(_identity(row), []).append(row)
        out = [_zone(group, stages, refs) for group in groups.values()]
        out.sort(key=lambda z: (-z.articles, z.kind, z.place.key if z.place else "~"))
        out = out[: filters.limit] if filters.limit else out
        broken = _load_breaches(connection, out, parents)
    return [replace(zone, breaches=broken.get(n, ())) for n, zone in enumerate(out)]


def _identity(row: EntryRow) -> tuple[str, ...]:
    """Return what makes entries tell of one zone: kind and place, else kind and process."""
    if row.place:
        return row.type, row.place.key
    return row.type, "", row.processes[0] if row.processes else ""


def _load_breaches(
    connection: Connection, zones: Sequence[ZoneRow], parents: dict[str, str]
) -> dict[int, tuple[EntryRow, ...]]:
    """Return attacks and violations told in each zone while it stood, by its number.

    In a whole country (a place that lies in none) only violations count: not every attack in it is
    one on the zone.
    """
    inside: dict[str, list[int]] = {}
    spans: dict[int, tuple[str, str]] = {}
    children: dict[str, list[str]] = {}
    for place, parent in parents.items():
        children.setdefault(parent, []).append(place)
    for n, zone in enumerate(zones):
        begun = min((s.day for s in zone.history if s.day and _has_begun(s)), default=None)
        if zone.place is None or begun is None:
            continue
        ended = min((s.day for s in zone.history if s.day and s.status == "ended"), default="9999")
        spans[n] = (begun, ended)
        todo = [zone.place.key]
        while todo:
            at = todo.pop()
            if n not in inside.setdefault(at, []):
                inside[at].append(n)
                todo += children.get(at, ())
    found: dict[int, list[str]] = {}
    for entry, type_, place, day in _iter_incidents(connection, inside, spans):
        for n in inside[place]:
            own = zones[n].place
            wide = own is not None and own.key not in parents
            if spans[n][0] <= day <= spans[n][1] and not (wide and type_ == "ATTACK"):
                found.setdefault(n, []).append(entry)
    rows = load_by_id(connection, {i for ids in found.values() for i in ids[-_MOST_BREACHES:]})
    return {n: tuple(rows[i] for i in ids[-_MOST_BREACHES:]) for n, ids in found.items()}


def _iter_incidents(
    connection: Connection, inside: dict[str, list[int]], spans: dict[int, tuple[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield id, type, place and day of what may break zones, by place and day."""
    e = tables.entries.c
    places = sorted(inside)
    first = min((begun for begun, _ in spans.values()), default="9999")
    for at in range(0, len(places), _LOOKUP):
        for row in connection.execute(
            select(e.id, e.type, e.place, e.first_day)
            .where(
                e.place.in_(places[at : at + _LOOKUP]),
                e.kind == "incident",
                e.type.in_(_BREACHES),
                e.modality.not_in(UNREAL),
                e.first_day >= first,
                *entry_conditions(connection, _EVERY),
            )
            .order_by(e.first_day, e.id)
        ):
            yield row.id, row.type, row.place, row.first_day


def _has_begun(stage: Stage) -> bool:
    return stage.status in _BEGUN and stage.modality not in UNREAL


def load_stages(connection: Connection, rows: Sequence[EntryRow]) -> dict[str, Stage]:
    """Return what each entry of a zone or body tells, by the entry's id."""
    speakers = load_speakers(connection, list(rows))
    return {
        row.id: Stage(
            row.day,
            row.time,
            row.best("status") or "named",
            row.modality,
            row.standing,
            row.articles,
            row.origins,
            speakers.get(row.id, ()),
            row.text,
            row,
        )
        for row in rows
    }


def history_of(rows: Sequence[EntryRow], stages: dict[str, Stage]) -> tuple[Stage, ...]:
    """Return stages by day, undated ones last."""
    ordered = sorted(rows, key=lambda r: (r.day is None, r.day or "", r.id))
    return tuple(stages[row.id] for row in ordered)


def latest(history: Sequence[Stage]) -> Stage:
    """Return the stage that says how it stands: the last dated one that tells more than the name."""
    telling = [s for s in history if s.status != "named"] or list(history)
    dated = [s for s in telling if s.day]
    return (dated or telling)[-1]


def _zone(
    rows: list[EntryRow],
    stages: dict[str, Stage],
    refs: dict[str, Ref],
) -> ZoneRow:
    history = history_of(rows, stages)
    now = latest(history)
    place = rows[0].place
    named = {field: _all(rows, field, refs) for field in _PEOPLE}
    return ZoneRow(
        place=place,
        kind=rows[0].type,
        status=now.status,
        modality=now.modality,
        history=history,
        guarantors=named["guarantor"],
        mediators=named["mediator"],
        monitors=named["monitor"],
        under=named["under"],
        breaches=(),
        processes=tuple(sorted({p for row in rows for p in row.processes})),
        articles=sum(row.articles for row in rows),
        claims=tuple(uid for row in rows for uid in row.claims),
    )


def _all(rows: Sequence[EntryRow], field: str, refs: dict[str, Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs[v] for row in rows for v in row.told(field)))
