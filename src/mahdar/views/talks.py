"""Talks: the rounds of each peace process, who attended, and what comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import Connection, func, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.rows import EntryRow, Ref, load_entries, load_named, load_refs

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
        found = load_entries(connection, ("meeting",), filters, limit=0)
        rows = [row for row in found if row.type in _ROUNDS and row.processes]
        refs = load_named(connection, rows, "track", "sponsor", "mediator")
        refs |= load_refs(connection, {p for row in rows for p in row.processes})
        today = as_of.isoformat() if as_of else _last_day(connection)
    out = [
        _talk(row, refs[process], refs, today)
        for row in rows
        for process in row.processes
        if filters.process in (None, process)
    ]
    out.sort(key=lambda t: (t.process.key, t.entry.day is None, t.entry.day or "", t.entry.id))
    return out[: filters.limit] if filters.limit else out


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


def _last_day(connection: Connection) -> str | None:
    a = tables.articles.c
    last: str | None = connection.scalar(select(func.max(func.coalesce(a.published, a.anchor))))
    return last[:10] if last else None


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
    talks: dict[str, list[TalkRow]] = {}
    for talk in list_talks(record, replace(filters, limit=0), as_of=as_of):
        talks.setdefault(talk.process.key, []).append(talk)
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
        refs = load_refs(connection, [p for p in tallies if p])
    rows = [
        _process(refs[key] if key else None, tally, talks.get(key or "", []))
        for key, tally in tallies.items()
    ]
    rows.sort(key=lambda r: (r.process is None, -r.entries, r.process.key if r.process else ""))
    return rows[: filters.limit] if filters.limit else rows


def _process(
    process: Ref | None,
    tally: list[tuple[str, int, str | None, str | None]],
    talks: list[TalkRow],
) -> ProcessRow:
    attended: Counter[Ref] = Counter()
    for talk in talks:
        if not talk.to_come:
            attended.update(talk.attended)
    past = [t for t in talks if not t.to_come and t.state in ("held", "ongoing") and t.entry.day]
    ahead = [t for t in talks if t.to_come and t.state != "proposed"]
    ahead.sort(key=lambda t: (t.entry.time is None, t.entry.day or "", -t.entry.articles))
    return ProcessRow(
        process=process,
        entries=sum(count for _, count, _, _ in tally),
        kinds=tuple(sorted(((k, n) for k, n, _, _ in tally), key=lambda item: (-item[1], item[0]))),
        tracks=tuple(dict.fromkeys(t.track for t in talks if t.track)),
        attended=tuple(sorted(attended.items(), key=lambda item: (-item[1], item[0].key))),
        first=min((f for _, _, f, _ in tally if f), default=None),
        last=max((last for _, _, _, last in tally if last), default=None),
        last_talk=past[-1] if past else None,
        next_talk=ahead[0] if ahead else None,
    )
