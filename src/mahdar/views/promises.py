"""What is told later that may keep, break or deny a promise: proposals, never findings.

A happening may keep a promise when it is of the kind promised, later, and shares whoever promised.
An accusation or reported breach, and a denial, by or of the same people within the same time are
proposed with less confidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, and_, or_, select

from mahdar.consolidation.days import format_day, parse_days
from mahdar.store import tables
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.rows import EntryRow, load_by_id

Relation = Literal["fulfilled_by", "alleges_breach_of", "denies"]
Reasons = tuple[tuple[str, ...], ...]
_EVERY = Filters()
AFTER_DUE_DAYS = 30
"""What happens later than this after the time limit is not laid to the promise."""
OPEN_DAYS = 90
"""An undated promise is looked after so long."""
_MOST_LINKS = 5
_MIN_CONFIDENCE = 0.45
"""Below this, kind and people agree but neither place, nor party, nor time limit speaks for it."""
_MOST_CANDIDATES = 200
"""Of an actor's later entries of one type the first ones: what keeps a promise comes soon."""
_REAL = frozenset(("occurred", "ongoing"))
_LOOKUP = 400
_BREAKABLE = frozenset(("CEASEFIRE", "AGREE", "WITHDRAW"))
_MEETING_LIKE = frozenset(("MEET", "NEGOTIATE", "CALL", "VISIT", "PRESS"))
_ALIKE = (_MEETING_LIKE, frozenset(("AGREE", "CEASEFIRE")))


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """A proposal that an entry keeps, breaks or denies a promise: confidence 0 to 1, and why.

    ``reasons`` are message keys (``reason.*``) with details, as for merges.
    """

    relation: Relation
    entry: EntryRow
    confidence: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class _Promise:
    """What is needed of a promise: who made it, what is to happen with whom and where, ISO days."""

    entry: EntryRow
    by: tuple[str, ...]
    day: str
    reach: str
    due: str | None
    types: frozenset[str]
    looked_for: frozenset[str]
    places: frozenset[str]
    parties: frozenset[str]


def _read_promise(entry: EntryRow) -> _Promise | None:
    by = tuple(ref.key for ref in entry.people("by"))
    if entry.day is None or not by:
        return None
    days = parse_days(entry.best("due"))
    due = format_day(days.last) if days is not None else None
    after = AFTER_DUE_DAYS if due else OPEN_DAYS
    reach = (date.fromisoformat(due or entry.day) + timedelta(days=after)).isoformat()
    types = frozenset(entry.told("act_type"))
    looked_for = types.union(*(group for group in _ALIKE if group & types))
    if types & _BREAKABLE:
        looked_for |= {"VIOLATION"}
    return _Promise(
        entry,
        by,
        entry.day,
        reach,
        due,
        types,
        looked_for | {"deny", "accuse"},
        frozenset(entry.told("act_place")),
        frozenset(entry.told("act_party")),
    )


def propose_links(
    connection: Connection, promises: Sequence[EntryRow]
) -> dict[str, tuple[ProposedLink, ...]]:
    """Return proposed links by the id of the promise, the likeliest first.

    Args:
        connection: a connection to the record.
        promises: entries of kind commitment.
    """
    wanted = [p for entry in promises if (p := _read_promise(entry)) is not None]
    if not wanted:
        return {}
    later = _load_later(connection, wanted)
    chosen: dict[str, list[tuple[float, Relation, str, Reasons]]] = {}
    for promise in wanted:
        near = dict.fromkeys(i for by in promise.by for i in later.iter_after(promise, by))
        links = [
            (score, relation, i, reasons)
            for i in near
            for score, relation, reasons in _judge(promise, later.rows[i], later.actors[i])
            if score >= _MIN_CONFIDENCE
        ]
        links.sort(key=lambda item: (-item[0], later.rows[item[2]].first_day, item[2]))
        if links:
            chosen[promise.entry.id] = links[:_MOST_LINKS]
    ids = dict.fromkeys(i for links in chosen.values() for _, _, i, _ in links)
    entries = load_by_id(connection, ids)
    return {
        promise: tuple(ProposedLink(rel, entries[i], score, why) for score, rel, i, why in links)
        for promise, links in chosen.items()
    }


@dataclass(frozen=True, slots=True)
class _Later:
    """What is told after promises were made: entries by actor and type, in order of days."""

    rows: dict[str, Any]
    actors: dict[str, set[str]]
    days: dict[tuple[str, str], list[tuple[str, str]]]

    def iter_after(self, promise: _Promise, by: str) -> Iterator[str]:
        """Yield the entries of an actor after a promise that may concern it, the first of each type."""
        for type_ in sorted(promise.looked_for):
            days = self.days.get((by, type_), [])
            first = bisect_right(days, (promise.day, "\uffff"))
            last = bisect_right(days, (promise.reach, "\uffff"))
            for _, entry in days[first : min(last, first + _MOST_CANDIDATES)]:
                yield entry


def _load_later(connection: Connection, promises: Sequence[_Promise]) -> _Later:
    later = _Later({}, {}, {})
    actors = sorted({key for p in promises for key in (*p.by, *p.parties)})
    first, last = min(p.day for p in promises), max(p.reach for p in promises)
    kinds = sorted({t for p in promises for t in p.looked_for} - {"deny", "accuse"})
    e, link = tables.entries.c, tables.entry_actors.c
    for at in range(0, len(actors), _LOOKUP):
        rows = connection.execute(
            select(
                e.id, e.kind, e.type, e.modality, e.time, e.first_day, e.place, e.text, link.actor
            )
            .select_from(tables.entry_actors.join(tables.entries, link.entry == e.id))
            .where(
                link.actor.in_(actors[at : at + _LOOKUP]),
                e.first_day.between(first, last),
                *entry_conditions(connection, _EVERY),
                or_(
                    and_(e.kind == "statement", e.type.in_(("deny", "accuse"))),
                    and_(e.kind != "statement", e.type.in_(kinds)),
                ),
            )
            .order_by(e.first_day, e.id)
        )
        for row in rows:
            later.rows.setdefault(row.id, row)
            later.actors.setdefault(row.id, set()).add(row.actor)
            later.days.setdefault((row.actor, row.type), []).append((row.first_day, row.id))
    return later


def _judge(
    promise: _Promise, other: Any, actors: set[str]
) -> Iterator[tuple[float, Relation, Reasons]]:
    """Yield what a later entry by the same people may mean for a promise."""
    shared: tuple[str, ...] = ("same_participants", *sorted(actors & set(promise.by)))
    if other.kind == "statement":
        if near := _shared_words(promise.entry.text, other.text):
            relation: Relation = "denies" if other.type == "deny" else "alleges_breach_of"
            yield (
                round(min(0.7, 0.25 + 0.08 * near), 2),
                relation,
                (shared, ("shared_words", str(near))),
            )
        return
    if other.type == "VIOLATION":
        yield 0.5, "alleges_breach_of", (shared, ("breach_told",))
        return
    score = 0.3 if other.type in promise.types else 0.25
    reasons: list[tuple[str, ...]] = [shared, ("same_kind",)]
    if other.time is not None:
        score += 0.1
    if other.place in promise.places:
        score += 0.2
        reasons.append(("same_place", other.place))
    if parties := sorted(actors & promise.parties):
        score += 0.2
        reasons.append(("same_participants", *parties))
    if promise.due and other.first_day <= promise.due:
        score += 0.1
        reasons.append(("before_due", promise.due))
    if other.modality == "denied":
        yield round(min(0.8, score), 2), "denies", tuple(reasons)
    elif other.modality in _REAL:
        yield round(min(0.85, score), 2), "fulfilled_by", tuple(reasons)


def _shared_words(a: str, b: str) -> int:
    """Return how many telling words two texts share; 0 for fewer than two."""
    first = {w for w in a.split() if len(w) > 4}
    shared = len(first & {w for w in b.split() if len(w) > 4})
    return shared if shared > 1 else 0
