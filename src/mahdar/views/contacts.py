"""Contacts: who met, called or visited whom, how often, and when last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from statistics import median

from sqlalchemy import Connection, func, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, find_actors
from mahdar.views.rows import EntryRow, Ref, load_entries

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
        rows = load_entries(connection, ("meeting",), filters, limit=0)
        wanted = find_actors(connection, filters.actor) if filters.actor else None
        until = filters.last_day() or _last_day(connection)
    pairs: dict[tuple[str, str], list[EntryRow]] = {}
    refs: dict[str, Ref] = {}
    for row in rows:
        if row.type not in _MEDIA or row.modality in (
            "denied",
            "demanded",
            "proposed",
            "conditional",
        ):
            continue
        people = row.people()
        refs.update((ref.key, ref) for ref in people)
        if not 2 <= len(people) <= _MAX_TABLE:
            continue
        for a, b in combinations(sorted(ref.key for ref in people), 2):
            pairs.setdefault((a, b), []).append(row)
    out = [
        _contact(refs[a], refs[b], met, until)
        for (a, b), met in pairs.items()
        if wanted is None or a in wanted or b in wanted
    ]
    out.sort(key=lambda c: (-c.times, -c.planned, _descending(c.last), c.a.key, c.b.key))
    return out[: filters.limit] if filters.limit else out


def _contact(a: Ref, b: Ref, met: list[EntryRow], until: str | None) -> ContactRow:
    done = [row for row in met if row.modality != "planned"]
    days = sorted(row.day for row in done if row.day)
    count = {medium: sum(row.type == medium for row in done) for medium in _MEDIA}
    told = [date.fromisoformat(day).toordinal() for day in dict.fromkeys(days)]
    gap = int(median(b - a for a, b in pairwise(told))) if len(told) > 2 else None
    quiet = date.fromisoformat(until).toordinal() - told[-1] if told and until else None
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


def _last_day(connection: Connection) -> str | None:
    """Return the last day on which something in the record happened that is no plan."""
    e = tables.entries.c
    query = select(func.max(e.first_day)).where(e.kind == "meeting", e.modality == "occurred")
    last: str | None = connection.scalar(query)
    return last


def _descending(day: str | None) -> int:
    return -int(day.replace("-", "")) if day else 0
