"""What is told later that may keep, break or deny a promise: proposals, never findings.

A happening may keep a promise when it is of the kind promised, later, and shares whoever promised.
An accusation or reported breach, and a denial, by or of the same people within the same time are
proposed with less confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, select

from mahdar.consolidation.days import format_day, parse_days
from mahdar.store import tables
from mahdar.views.rows import EntryRow, assemble_rows

Relation = Literal["fulfilled_by", "alleges_breach_of", "denies"]
AFTER_DUE_DAYS = 30
"""What happens later than this after the time limit is not laid to the promise."""
OPEN_DAYS = 90
"""An undated promise is looked after so long."""
_MOST_LINKS = 5
_MIN_CONFIDENCE = 0.4
_REAL = frozenset(("occurred", "ongoing"))
_LOOKUP = 400
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
    reasons: tuple[tuple[str, ...], ...]


def propose_links(
    connection: Connection, promises: Sequence[EntryRow]
) -> dict[str, tuple[ProposedLink, ...]]:
    """Return proposed links by the id of the promise, the likeliest first.

    Args:
        connection: a connection to the record.
        promises: entries of kind commitment.
    """
    wanted = [p for p in promises if p.day and p.people("by")]
    if not wanted:
        return {}
    actors = sorted({ref.key for p in wanted for ref in p.people("by")})
    first = min(p.day for p in wanted if p.day)
    found: dict[str, Any] = {}
    by_actor: dict[str, list[str]] = {}
    e, link = tables.entries.c, tables.entry_actors.c
    for at in range(0, len(actors), _LOOKUP):
        rows = connection.execute(
            select(tables.entries, link.actor)
            .select_from(tables.entry_actors.join(tables.entries, link.entry == e.id))
            .where(
                link.actor.in_(actors[at : at + _LOOKUP]),
                e.first_day >= first,
                e.kind != "commitment",
                (e.kind != "statement") | e.type.in_(("deny", "accuse")),
            )
            .order_by(e.first_day, e.id)
        )
        for row in rows:
            found.setdefault(row.id, row)
            by_actor.setdefault(row.actor, []).append(row.id)
    chosen: dict[str, list[tuple[float, Relation, str, tuple[tuple[str, ...], ...]]]] = {}
    for promise in wanted:
        near = dict.fromkeys(i for ref in promise.people("by") for i in by_actor.get(ref.key, ()))
        links = [
            (score, relation, i, reasons)
            for i in near
            for score, relation, reasons in _judge(promise, found[i])
            if score >= _MIN_CONFIDENCE
        ]
        links.sort(key=lambda item: (-item[0], found[item[2]].first_day, item[2]))
        if links:
            chosen[promise.id] = links[:_MOST_LINKS]
    ids = dict.fromkeys(i for links in chosen.values() for _, _, i, _ in links)
    entries = {row.id: row for row in assemble_rows(connection, [found[i] for i in ids])}
    return {
        promise: tuple(ProposedLink(rel, entries[i], score, why) for score, rel, i, why in links)
        for promise, links in chosen.items()
    }


def _judge(
    promise: EntryRow, other: Any
) -> Iterator[tuple[float, Relation, tuple[tuple[str, ...], ...]]]:
    """Yield what a later entry that shares an actor may mean for a promise."""
    reach = _reach(promise)
    if reach is None or not (promise.day or "") <= other.first_day <= reach:
        return
    shared: tuple[tuple[str, ...], ...] = (
        ("same_participants", *(ref.key for ref in promise.people("by"))),
    )
    if other.kind == "statement":
        if other.first_day > (promise.day or "") and (
            near := _shared_words(promise.text, other.text)
        ):
            score = round(min(0.7, 0.25 + 0.08 * near), 2)
            relation: Relation = "denies" if other.type == "deny" else "alleges_breach_of"
            yield score, relation, (*shared, ("shared_words", str(near)))
        return
    types = set(promise.told("act_type"))
    alike = any(other.type in group and types & group for group in _ALIKE)
    if other.type == "VIOLATION":
        if types & {"CEASEFIRE", "AGREE", "WITHDRAW"}:
            yield 0.5, "alleges_breach_of", (*shared, ("breach_told",))
        return
    if other.type not in types and not alike:
        return
    if other.modality == "denied":
        yield 0.5, "denies", (*shared, ("same_kind",))
        return
    if other.modality not in _REAL:
        return
    score = 0.4 if other.type in types else 0.32
    reasons: list[tuple[str, ...]] = [*shared, ("same_kind",)]
    if other.time is not None:
        score += 0.1
    if other.place and other.place in promise.told("act_place"):
        score += 0.2
        reasons.append(("same_place", other.place))
    days = parse_days(promise.best("due"))
    if days is not None and other.first_day <= format_day(days.last):
        score += 0.15
        reasons.append(("before_due", promise.best("due") or ""))
    yield round(min(0.85, score), 2), "fulfilled_by", tuple(reasons)


def _reach(promise: EntryRow) -> str | None:
    """Return the last day on which something still is laid to a promise."""
    if promise.day is None:
        return None
    days = parse_days(promise.best("due"))
    if days is not None:
        return format_day(days.last + AFTER_DUE_DAYS)
    return (date.fromisoformat(promise.day) + timedelta(days=OPEN_DAYS)).isoformat()


def _shared_words(a: str, b: str) -> int:
    """Return how many telling words two texts share; 0 for fewer than two."""
    first = {w for w in a.split() if len(w) > 4}
    shared = len(first & {w for w in b.split() if len(w) > 4})
    return shared if shared > 1 else 0
