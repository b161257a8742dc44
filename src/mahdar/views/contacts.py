"""Contacts: who met, called or visited whom, how often, and when last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions, find_actors, load_last_day
from mahdar.views.rows import EntryRow, Ref, load_by_id, load_refs
from mahdar.views.stages import UNREAL

_EVERY = Filters()
_MEDIA = ("MEET", "CALL", "VISIT", "NEGOTIATE")
_STOPPED_AFTER = 3
"""So many usual gaps without a contact count as stopped ..."""
_STOPPED_DAYS = 14
"""... if it is at least two weeks: within a fortnight of news nobody has stopped talking."""
_MAX_TABLE = 12
"""A round with more parties is a conference: its pairs say little about who talks to whom."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Two actors and their contacts. Counts are of entries that happened; ``planned`` apart.

    ``first`` and ``last`` are ISO days; ``entries`` the ids, earliest first. ``gap_days`` is the usual time
    between two contacts (median, from three contacts on); ``quiet_days`` the time since the last one until the
    record ends or the question does; ``stopped`` marks a silence that is far longer than usual.
    """

    a: Ref
    b: Ref
    times: int
    meetings: int
    calls: int
    visits: int
    rounds: int
    planned: int
    first: str | None
    last: str | None
    entries: tuple[str, ...]
    gap_days: int | None = None
    quiet_days: int | None = None
    stopped: bool = False


def list_contacts(record: Record, filters: Filters = _EVERY) -> list[ContactRow]:
    """Return pairs of actors by number of contacts, then by the latest one.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        ranked = _rank_contacts(connection, filters)
        shown = ranked[: filters.limit] if filters.limit else ranked
        return _name(connection, shown)


def rank_contacts(record: Record, filters: Filters = _EVERY) -> list[ContactRow]:
    """Return pairs as ``list_contacts`` does, all of them and by their keys alone: see ``name_contacts``.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        return _rank_contacts(connection, filters)


def name_contacts(record: Record, contacts: Sequence[ContactRow]) -> list[ContactRow]:
    """Return pairs with the names of their actors.

    Raises:
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        return _name(connection, contacts)


def _rank_contacts(connection: Connection, filters: Filters) -> list[ContactRow]:
    wanted = find_actors(connection, filters.actor) if filters.actor else None
    until = filters.last_day() or load_last_day(connection)
    pairs: dict[tuple[str, str], list[_Met]] = {}
    for met, people in _iter_meetings(connection, filters):
        if not 2 <= len(people) <= _MAX_TABLE:
            continue
        for pair in combinations(sorted(people), 2):
            if wanted is None or pair[0] in wanted or pair[1] in wanted:
                pairs.setdefault(pair, []).append(met)
    refs = {key: Ref(key) for pair in pairs for key in pair}
    found = [_contact(refs[a], refs[b], met, until) for (a, b), met in pairs.items()]
    return sorted(found, key=_rank)


def _name(connection: Connection, contacts: Sequence[ContactRow]) -> list[ContactRow]:
    refs = load_refs(connection, {ref.key for row in contacts for ref in (row.a, row.b)})
    return [replace(row, a=refs[row.a.key], b=refs[row.b.key]) for row in contacts]


def load_pair(
    record: Record, filters: Filters, one: str, other: str
) -> tuple[tuple[Ref, ...], tuple[EntryRow, ...]]:
    """Return two actors by their keys and their contacts, earliest first; nobody where they have none.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    wanted = {one, other}
    with record.reading() as connection:
        ids = [
            met.id
            for met, people in _iter_meetings(connection, replace(filters, actor=one))
            if wanted <= people.keys() and len(people) <= _MAX_TABLE
        ]
        rows = load_by_id(connection, ids)
        refs = load_refs(connection, wanted)
    return ((refs[one], refs[other]) if ids else ()), tuple(rows[i] for i in ids)


class _Met(NamedTuple):
    """What is needed of one meeting, call or visit."""

    id: str
    type: str
    planned: bool
    day: str | None


def _iter_meetings(
    connection: Connection, filters: Filters
) -> Iterator[tuple[_Met, dict[str, None]]]:
    """Yield the meetings that happened or are planned with the keys of who takes part, by day."""
    e, link = tables.entries.c, tables.entry_actors.c
    rows = connection.execute(
        select(e.id, e.type, e.modality, e.first_day, link.actor)
        .select_from(tables.entries.join(tables.entry_actors, link.entry == e.id))
        .where(
            e.kind == "meeting",
            e.type.in_(_MEDIA),
            or_(e.modality.is_(None), e.modality.not_in(UNREAL)),
            *entry_conditions(connection, filters),
        )
        .order_by(e.first_day.is_(None), e.first_day, e.id)
    )
    for key, group in groupby(rows, key=itemgetter(0, 1, 2, 3)):
        met = _Met(key[0], key[1], key[2] == "planned", key[3])
        yield met, dict.fromkeys(row[4] for row in group)


def _rank(row: ContactRow) -> tuple[int, int, int, str, str]:
    """Return the sort key of a pair: most contacts first, then most planned, then the latest."""
    return -row.times, -row.planned, _descending(row.last), row.a.key, row.b.key


def _contact(a: Ref, b: Ref, met: list[_Met], until: str | None) -> ContactRow:
    done = [row for row in met if not row.planned]
    days = sorted({row.day for row in done if row.day})
    count = dict.fromkeys(_MEDIA, 0)
    for row in done:
        count[row.type] += 1
    gap = quiet = None
    if len(days) > 2:  # most pairs met once: what follows is for the others
        told = [date.fromisoformat(day).toordinal() for day in days]
        gap = int(median(b - a for a, b in pairwise(told)))
    if days and until:
        quiet = date.fromisoformat(until).toordinal() - date.fromisoformat(days[-1]).toordinal()
    return ContactRow(
        a=a,
        b=b,
        times=len(done),
        meetings=count["MEET"],
        calls=count["CALL"],
        visits=count["VISIT"],
        rounds=count["NEGOTIATE"],
        planned=len(met) - len(done),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        entries=tuple(row.id for row in met),
        gap_days=gap,
        quiet_days=max(0, quiet) if quiet is not None else None,
        stopped=gap is not None
        and quiet is not None
        and quiet >= max(_STOPPED_DAYS, _STOPPED_AFTER * max(1, gap)),
    )


def _descending(day: str | None) -> int:
    return -int(day.replace("-", "")) if day else 0
