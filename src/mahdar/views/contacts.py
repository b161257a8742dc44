"""Contacts: who met, called or visited whom, how often, and when last."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from mahdar.store import Record
from mahdar.views.filters import Filters, find_actors
from mahdar.views.rows import EntryRow, Ref, load_entries

_EVERY = Filters()
_MEDIA = ("MEET", "CALL", "VISIT", "NEGOTIATE")
_MAX_TABLE = 12
"""A round with more parties is a conference: its pairs say little about who talks to whom."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Two actors and their contacts. Counts are of entries that happened; ``planned`` apart.

    ``first`` and ``last`` are ISO days; ``entries`` the ids, earliest first.
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


def list_contacts(record: Record, filters: Filters = _EVERY) -> list[ContactRow]:
    """Return pairs of actors by number of contacts, then by the latest one.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        rows = load_entries(connection, ("meeting",), filters, limit=0)
        wanted = find_actors(connection, filters.actor) if filters.actor else None
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
        _contact(refs[a], refs[b], met)
        for (a, b), met in pairs.items()
        if wanted is None or a in wanted or b in wanted
    ]
    out.sort(key=lambda c: (-c.times, -c.planned, _descending(c.last), c.a.key, c.b.key))
    return out[: filters.limit] if filters.limit else out


def _contact(a: Ref, b: Ref, met: list[EntryRow]) -> ContactRow:
    done = [row for row in met if row.modality != "planned"]
    days = sorted(row.day for row in done if row.day)
    count = {medium: sum(row.type == medium for row in done) for medium in _MEDIA}
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
    )


def _descending(day: str | None) -> int:
    return -int(day.replace("-", "")) if day else 0
