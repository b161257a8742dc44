"""Talks: the rounds of each peace process, who attended, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Connection, func, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions, load_last_day
from mahdar.views.rows import EntryRow, Ref, field_of, load_entries, load_named, load_refs

_EVERY = Filters()
_ROUNDS = frozenset(("NEGOTIATE", "MEET"))
TalkState = Literal["held", "ongoing", "planned", "proposed", "postponed", "denied"]
_STATE: dict[str, TalkState] = {
    "occurred": "held",
    "ongoing": "ongoing",
    "planned": "planned",
    "proposed": "proposed",
    "demanded": "proposed",
    "conditional": "proposed",
    "denied": "denied",
}
_MOST_ATTENDED, _MOST_TRACKS, _FIRST_COMING = 12, 8, 3
_TO_COME = frozenset(("planned", "proposed", "postponed"))


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One round, session or meeting of a process.

    ``track`` is the place a track is called by (Geneva, Astana); ``round`` a number as told, or
    ``next``, ``new``, ``last``, ``current``. ``attended`` holds the participants told, ``sponsors`` under
    whose auspices, ``mediators`` who mediates. ``to_come`` marks what is still to be held.
    """

    process: Ref
    track: Ref | None
    round: str | None
    state: TalkState
    attended: tuple[Ref, ...]
    hosts: tuple[Ref, ...]
    sponsors: tuple[Ref, ...]
    mediators: tuple[Ref, ...]
    to_come: bool
    entry: EntryRow


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A peace process: how much is told of it, who takes part, what was last and what is next.

    ``process`` is ``None`` for what belongs to no known process. ``kinds`` counts its entries by kind,
    ``attended`` those who took part in its talks, most often first.
    """

    process: Ref | None
    entries: int
    kinds: tuple[tuple[str, int], ...]
    tracks: tuple[Ref, ...]
    attended: tuple[tuple[Ref, int], ...]
    first: str | None
    last: str | None
    last_talk: TalkRow | None
    next_talk: TalkRow | None


def list_talks(
    record: Record, filters: Filters = _EVERY, *, as_of: date | None = None
) -> list[TalkRow]:
    """Return the talks of each process, by process and day, undated ones last.

    Args:
        record: an open record.
        filters: what narrows them.
        as_of: the day from which talks are still to come; without it the last day of the record.
    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        today = as_of.isoformat() if as_of else load_last_day(connection)
        of = tables.entry_processes.c
        known = select(of.process).distinct().order_by(of.process)
        wanted = [filters.process] if filters.process else list(connection.scalars(known))
        # What narrows is looked up once: names of places and actors take longer than a process's talks.
        narrowed = entry_conditions(connection, replace(filters, process=None))
        out: list[TalkRow] = []
        for process in wanted:
            left = filters.limit - len(out) if filters.limit else 0
            of_process = Filters(process=process, limit=left, rejected=True)
            out += _load_talks(connection, of_process, today, *narrowed)
            if filters.limit and len(out) >= filters.limit:
                break
    return out


def _load_talks(
    connection: Connection,
    filters: Filters,
    today: str | None,
    *where: ColumnElement[bool],
    newest_first: bool = False,
) -> list[TalkRow]:
    """Return the talks of the one process that the filters name."""
    assert filters.process is not None
    rounds = tables.entries.c.type.in_(_ROUNDS)
    rows = load_entries(
        connection, ("meeting",), filters, newest_first=newest_first, where=(rounds, *where)
    )
    refs = load_named(connection, rows, "track", "sponsor", "mediator")
    process = load_refs(connection, [filters.process])[filters.process]
    return [_talk(row, process, refs, today) for row in rows]


def _talk(row: EntryRow, process: Ref, refs: dict[str, Ref], today: str | None) -> TalkRow:
    state = "postponed" if row.best("subtype") == "postponed" else _STATE.get(row.modality or "")
    day = row.last_day or row.day
    track = row.best("track")
    return TalkRow(
        process=process,
        track=refs[track] if track else None,
        round=row.best("round"),
        state=state or "held",
        attended=row.people("actor", "target"),
        hosts=row.people("host"),
        sponsors=tuple(refs[v] for v in row.told("sponsor")),
        mediators=(*row.people("mediator"), *(refs[v] for v in row.told("mediator"))),
        to_come=state in _TO_COME and (today is None or row.time is None or (day or "") >= today),
        entry=row,
    )


def list_processes(
    record: Record, filters: Filters = _EVERY, *, as_of: date | None = None
) -> list[ProcessRow]:
    """Return the peace processes of a record, the most told of first, then what belongs to none.

    Args:
        record: an open record.
        filters: what narrows the entries counted.
        as_of: as in ``list_talks``.
    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    e, of = tables.entries.c, tables.entry_processes.c
    with record.reading() as connection:
        query = (
            select(of.process, e.kind, func.count(), func.min(e.first_day), func.max(e.first_day))
            .select_from(tables.entries.outerjoin(tables.entry_processes, of.entry == e.id))
            .where(*entry_conditions(connection, filters))
            .group_by(of.process, e.kind)
        )
        if filters.process:
            query = query.where(of.process == filters.process)
        tallies: dict[str | None, list[tuple[str, int, str | None, str | None]]] = {}
        for process, kind, count, first, last in connection.execute(query):
            tallies.setdefault(process, []).append((kind, count, first, last))
        today = as_of.isoformat() if as_of else load_last_day(connection)
        ranked = sorted(
            tallies, key=lambda p: (p is None, -sum(n for _, n, _, _ in tallies[p]), p or "")
        )
        shown = ranked[: filters.limit] if filters.limit else ranked
        return [_load_process(connection, key, tallies[key], filters, today) for key in shown]


def _load_process(
    connection: Connection,
    process: str | None,
    tally: list[tuple[str, int, str | None, str | None]],
    filters: Filters,
    today: str | None,
) -> ProcessRow:
    row = ProcessRow(
        process=None,
        entries=sum(count for _, count, _, _ in tally),
        kinds=tuple(sorted(((k, n) for k, n, _, _ in tally), key=lambda item: (-item[1], item[0]))),
        tracks=(),
        attended=(),
        first=min((f for _, _, f, _ in tally if f), default=None),
        last=max((last for _, _, _, last in tally if last), default=None),
        last_talk=None,
        next_talk=None,
    )
    if process is None:
        return row
    e, of, link = tables.entries.c, tables.entry_processes.c, tables.entry_actors.c
    plain = replace(filters, process=process, limit=1)
    told = (
        of.process == process,
        e.kind == "meeting",
        e.type.in_(_ROUNDS),
        *entry_conditions(connection, replace(plain, process=None)),
    )
    held = e.modality.in_(("occurred", "ongoing"))
    attended = connection.execute(
        select(link.actor, func.count())
        .select_from(
            tables.entry_processes.join(tables.entries, of.entry == e.id).join(
                tables.entry_actors, link.entry == e.id
            )
        )
        .where(*told, held, link.role.in_(("actor", "target")))
        .group_by(link.actor)
        .order_by(func.count().desc(), link.actor)
        .limit(_MOST_ATTENDED)
    ).all()
    track = field_of("track")
    tracks = connection.execute(
        select(track, func.count())
        .select_from(tables.entry_processes.join(tables.entries, of.entry == e.id))
        .where(*told, track.is_not(None))
        .group_by(track)
        .order_by(func.count().desc(), track)
        .limit(_MOST_TRACKS)
    ).all()
    past: list[ColumnElement[bool]] = [held]
    if today:
        past.append(e.first_day <= today)
    last = _load_talks(connection, plain, today, *past, newest_first=True)
    planned = e.modality == "planned"
    dated = (planned, e.time.is_not(None), *((e.first_day >= today,) if today else ()))
    coming = _load_talks(connection, replace(plain, limit=_FIRST_COMING), today, *dated)
    # Of those without a day of their own the one told of last is likeliest still to come.
    undated = (planned, e.time.is_(None))
    coming += _load_talks(connection, plain, today, *undated, newest_first=True)
    refs = load_refs(connection, [process, *(k for k, _ in attended), *(k for k, _ in tracks)])
    return replace(
        row,
        process=refs[process],
        tracks=tuple(refs[key] for key, _ in tracks),
        attended=tuple((refs[key], n) for key, n in attended),
        last_talk=last[0] if last else None,
        next_talk=next((t for t in coming if t.to_come), None),
    )
