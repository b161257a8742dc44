"""Zones: where, of what kind, and how it stood with each by date, with breaches and guarantors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from mahdar.store import Record
from mahdar.views.designations import load_speakers
from mahdar.views.filters import Filters, load_parents
from mahdar.views.rows import EntryRow, Ref, load_entries, load_named
from mahdar.views.stages import UNREAL
from mahdar.views.truces import lies_within

_EVERY = Filters()
_PEOPLE = ("guarantor", "mediator", "monitor", "under")
_BEGUN = frozenset(("agreed", "declared", "operational", "expanded"))
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
    day on which it is first told to be agreed, declared or in operation.
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
        incidents = (
            [
                row
                for row in load_entries(connection, ("incident",), Filters(), limit=0)
                if row.type in _BREACHES and row.place and row.day and row.modality not in UNREAL
            ]
            if rows
            else []
        )
        parents = load_parents(connection)
        stages = load_stages(connection, rows)
        refs = load_named(connection, rows, *_PEOPLE)
    groups: dict[tuple[str, str], list[EntryRow]] = {}
    for row in rows:
        groups.setdefault((row.type, row.place.key if row.place else ""), []).append(row)
    out = [_zone(group, stages, refs, incidents, parents) for group in groups.values()]
    out.sort(key=lambda z: (-z.articles, z.kind, z.place.key if z.place else "~"))
    return out[: filters.limit] if filters.limit else out


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
    incidents: list[EntryRow],
    parents: dict[str, str],
) -> ZoneRow:
    history = history_of(rows, stages)
    now = latest(history)
    place = rows[0].place
    begun = min(
        (s.day for s in history if s.day and s.status in _BEGUN and s.modality not in UNREAL),
        default=None,
    )
    ended = min((s.day for s in history if s.day and s.status == "ended"), default=None)
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
        breaches=tuple(
            i
            for i in incidents
            if place is not None
            and begun is not None
            and (i.day or "") >= begun
            and (ended is None or (i.day or "") <= ended)
            and i.place is not None
            and lies_within(i.place.key, place.key, parents)
        ),
        processes=tuple(sorted({p for row in rows for p in row.processes})),
        articles=sum(row.articles for row in rows),
        claims=tuple(uid for row in rows for uid in row.claims),
    )


def _all(rows: Sequence[EntryRow], field: str, refs: dict[str, Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs[v] for row in rows for v in row.told(field)))
