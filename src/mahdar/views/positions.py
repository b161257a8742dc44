"""Positions: how each actor stands to an issue over time, and who contradicts whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions, find_actors
from mahdar.views.issues import find_issue
from mahdar.views.rows import EntryRow, Ref, load_by_id, load_refs

_EVERY = Filters()
OVERLAP_DAYS = 30
"""Two stances this many days apart still are of one period."""
_MOST_CONTRARY = 5
_OPPOSITE = {"supports": "opposes", "opposes": "supports"}
_LOOKUP = 500


@dataclass(frozen=True, slots=True)
class Contrary:
    """An actor who takes the opposite stance on the same issue in the same period."""

    actor: Ref
    stance: str
    day: str
    entry: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One actor on one issue on one day. ``entry`` is the statement: its text, sources and claims.

    ``stance`` is ``supports``, ``opposes``, ``conditional`` or ``None`` where the words carry none.
    ``before`` is the actor's stance before, where it was another one. ``contradicted_by`` holds those of the
    same period first by day.
    """

    actor: Ref
    issue: str
    day: str | None
    stance: str | None
    hedged: bool
    before: str | None
    contradicted_by: tuple[Contrary, ...]
    entry: EntryRow


def list_positions(record: Record, filters: Filters = _EVERY) -> list[PositionRow]:
    """Return positions by issue, actor and day; ``type`` filters by stance.

    Without an actor and an issue, only statements that carry a stance are given.

    Raises:
        SettingError: a date that is none, or an unknown issue.
        RecordError: the record cannot be read.
    """
    issue = find_issue(filters.issue) if filters.issue else None
    stance = filters.type.lower() if filters.type else None
    with record.reading() as connection:
        wanted = find_actors(connection, filters.actor) if filters.actor else None
        query = _query(connection, filters, issue, stance)
        found = [row for row in connection.execute(query) if wanted is None or row.actor in wanted]
        found.sort(key=lambda r: (r.issue, r.actor, r.first_day is None, r.first_day or "", r.id))
        found = found[: filters.limit] if filters.limit else found
        entries = load_by_id(connection, dict.fromkeys(row.id for row in found))
        refs = load_refs(connection, {row.actor for row in found})
        rows = [
            PositionRow(
                refs[row.actor],
                row.issue,
                row.first_day,
                row.stance,
                bool(entries[row.id].told("hedged")),
                None,
                (),
                entries[row.id],
            )
            for row in found
        ]
        contrary = _load_contrary(connection, rows)
    return _compare(rows, contrary)


def load_sides(record: Record, entries: Iterable[str]) -> dict[str, EntryRow]:
    """Return the statements of contradicting sides by id: a position names the other side's only by it."""
    with record.reading() as connection:
        return load_by_id(connection, dict.fromkeys(entries))


def _query(
    connection: Connection, filters: Filters, issue: str | None, stance: str | None
) -> Select[Any]:
    of, e, link = tables.entry_issues.c, tables.entries.c, tables.entry_actors.c
    plain = replace(filters, type=None, issue=None, limit=0)
    query = (
        select(e.id, e.first_day, of.issue, of.stance, link.actor)
        .select_from(
            tables.entry_issues.join(tables.entries, of.entry == e.id).join(
                tables.entry_actors, link.entry == e.id
            )
        )
        .where(link.role == "speaker", *entry_conditions(connection, plain))
    )
    if issue:
        query = query.where(of.issue == issue)
    if stance:
        query = query.where(of.stance == stance)
    elif not (issue or filters.actor):
        query = query.where(of.stance.is_not(None))
    return query


_Contrary = dict[tuple[str, str], list[tuple[str, str, Ref]]]
"""Issue and stance to day, entry and speaker, by day."""


def _load_contrary(connection: Connection, rows: list[PositionRow]) -> _Contrary:
    """Return who takes the opposite stances, in the period that the rows span."""
    wanted = {(r.issue, _OPPOSITE[r.stance]) for r in rows if r.stance in _OPPOSITE and r.day}
    days = [r.day for r in rows if r.stance in _OPPOSITE and r.day]
    if not wanted:
        return {}
    of, e, link = tables.entry_issues.c, tables.entries.c, tables.entry_actors.c
    issues = sorted({issue for issue, _ in wanted})
    found = connection.execute(
        select(of.issue, of.stance, e.first_day, e.id, link.actor)
        .select_from(
            tables.entry_issues.join(tables.entries, of.entry == e.id).join(
                tables.entry_actors, link.entry == e.id
            )
        )
        .where(
            of.issue.in_(issues),
            of.stance.in_(tuple(_OPPOSITE)),
            link.role == "speaker",
            e.first_day >= _shift(min(days), -OVERLAP_DAYS),
            e.first_day <= _shift(max(days), OVERLAP_DAYS),
            *entry_conditions(connection, _EVERY),
        )
        .order_by(e.first_day, e.id)
    ).all()
    refs = load_refs(connection, {row.actor for row in found})
    out: _Contrary = {}
    for row in found:
        if (row.issue, row.stance) in wanted:
            out.setdefault((row.issue, row.stance), []).append(
                (row.first_day, row.id, refs[row.actor])
            )
    return out


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _compare(rows: list[PositionRow], contrary: _Contrary) -> list[PositionRow]:
    """Return rows, which are by issue, actor and day, with changes and who contradicts."""
    out: list[PositionRow] = []
    held: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row.issue, row.actor.key)
        before = held.get(key)
        if row.stance:
            held[key] = row.stance
        changed = before if row.stance and before != row.stance else None
        out.append(replace(row, before=changed, contradicted_by=_contradictions(row, contrary)))
    return out


def _contradictions(row: PositionRow, contrary: _Contrary) -> tuple[Contrary, ...]:
    opposite = _OPPOSITE.get(row.stance or "")
    if opposite is None or row.day is None:
        return ()
    told = contrary.get((row.issue, opposite), [])
    first = bisect_left(told, (_shift(row.day, -OVERLAP_DAYS),))
    last = bisect_right(told, (_shift(row.day, OVERLAP_DAYS), "\uffff"))
    found: dict[str, Contrary] = {}
    mine = {ref.key for ref in row.entry.people("speaker")}
    for day, entry, actor in told[first:last]:
        if actor.key not in mine:
            found.setdefault(actor.key, Contrary(actor, opposite, day, entry))
    near = sorted(found.values(), key=lambda c: (_apart(c.day, row.day), c.actor.key))
    return tuple(near[:_MOST_CONTRARY])


def _apart(a: str, b: str | None) -> int:
    return abs((date.fromisoformat(a) - date.fromisoformat(b or a)).days)
