"""Stances in short, thousands at a time: who took which stance on what, and who takes the opposite one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from mahdar.consolidation.days import format_day
from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions, find_actors
from mahdar.views.issues import find_issue
from mahdar.views.rows import Ref, load_refs

_EVERY = Filters()
OVERLAP_DAYS = 30
"""Two stances this many days apart still are of one period."""
_MOST_CONTRARY = 5
_OPPOSITE = {"supports": "opposes", "opposes": "supports"}


@dataclass(frozen=True, slots=True)
class Contrary:
    """An actor who takes the opposite stance on the same issue in the same period."""

    actor: Ref
    stance: str
    day: str
    entry: str


@dataclass(frozen=True, slots=True)
class Stand:
    """One actor on one issue on one day. ``entry`` is the id of the statement, told by ``articles``.

    ``before`` is the actor's stance before, where it was another one. ``contradicted_by`` holds those of
    the same period nearest in time, each with their nearest statement.
    """

    actor: Ref
    issue: str
    day: str | None
    stance: str | None
    entry: str
    articles: int
    before: str | None
    contradicted_by: tuple[Contrary, ...]


def list_stands(record: Record, filters: Filters = _EVERY) -> list[Stand]:
    """Return stances by issue, actor and day; ``type`` filters by stance.

    Without an actor and an issue, only statements that carry a stance are given.

    Raises:
        SettingError: a date that is none, or an unknown issue.
        RecordError: the record cannot be read.
    """
    issue = find_issue(filters.issue) if filters.issue else None
    stance = filters.type.lower() if filters.type else None
    with record.reading() as connection:
        wanted = find_actors(connection, filters.actor) if filters.actor else None
        rows = connection.execute(_query(connection, filters, issue, stance)).all()
        speakers: dict[str, set[str]] = {}
        for row in rows:
            speakers.setdefault(row.id, set()).add(row.actor)
        found = [row for row in rows if wanted is None or row.actor in wanted]
        found.sort(key=lambda r: (r.issue, r.actor, r.first_day is None, r.first_day or "", r.id))
        found = found[: filters.limit] if filters.limit else found
        opposed = _load_opposed(connection, found)
        contrary = [tuple(_contradictions(row, speakers[row.id], opposed)) for row in found]
        keys = {row.actor for row in found}
        keys.update(actor for some in contrary for actor, _, _ in some)
        refs = load_refs(connection, keys)
    return _compare(found, contrary, refs)


def _query(
    connection: Connection, filters: Filters, issue: str | None, stance: str | None
) -> Select[Any]:
    of, e, link = tables.entry_issues.c, tables.entries.c, tables.entry_actors.c
    plain = replace(filters, type=None, issue=None, limit=0)
    query = (
        select(e.id, e.first_day, e.articles, of.issue, of.stance, link.actor)
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


class _Opposed:
    """Statements of one stance on one issue, found outward from a day."""

    def __init__(self) -> None:
        self._told: dict[int, tuple[str, dict[str, str]]] = {}
        self._days: list[int] | None = None

    def add(self, day: str, actor: str, entry: str) -> None:
        """Take a statement; of one actor and day the first counts."""
        self._told.setdefault(_ordinal(day), (day, {}))[1].setdefault(actor, entry)

    def iter_near(self, day: int) -> Iterator[tuple[str, str, str]]:
        """Yield actor, day and statement within the period, the nearest first."""
        if self._days is None:
            self._days = sorted(self._told)
        days = self._days
        right = bisect_left(days, day)
        left = right - 1
        while left >= 0 or right < len(days):
            back = day - days[left] if left >= 0 else OVERLAP_DAYS + 1
            ahead = days[right] - day if right < len(days) else OVERLAP_DAYS + 1
            apart = min(back, ahead)
            if apart > OVERLAP_DAYS:
                return
            at = [n for n, distance in ((left, back), (right, ahead)) if distance == apart]
            told = [self._told[days[n]] for n in at]
            yield from sorted((a, when, e) for when, by in told for a, e in by.items())
            left -= back == apart
            right += ahead == apart


def _load_opposed(connection: Connection, rows: Sequence[Any]) -> dict[tuple[str, str], _Opposed]:
    """Return the stances opposite to those of the rows, in the period that these span."""
    sided = [row for row in rows if row.stance in _OPPOSITE and row.first_day]
    if not sided:
        return {}
    wanted = {(row.issue, _OPPOSITE[row.stance]) for row in sided}
    days = [row.first_day for row in sided]
    of, e, link = tables.entry_issues.c, tables.entries.c, tables.entry_actors.c
    found = connection.execute(
        select(of.issue, of.stance, e.first_day, e.id, link.actor)
        .select_from(
            tables.entry_issues.join(tables.entries, of.entry == e.id).join(
                tables.entry_actors, link.entry == e.id
            )
        )
        .where(
            of.issue.in_(sorted({issue for issue, _ in wanted})),
            of.stance.in_(tuple(_OPPOSITE)),
            link.role == "speaker",
            e.first_day >= format_day(_ordinal(min(days)) - OVERLAP_DAYS),
            e.first_day <= format_day(_ordinal(max(days)) + OVERLAP_DAYS),
            *entry_conditions(connection, _EVERY),
        )
        .order_by(e.first_day, e.id)
    )
    out: dict[tuple[str, str], _Opposed] = {}
    for row in found:
        if (row.issue, row.stance) in wanted:
            opposed = out.setdefault((row.issue, row.stance), _Opposed())
            opposed.add(row.first_day, row.actor, row.id)
    return out


def _contradictions(
    row: Any, mine: set[str], opposed: dict[tuple[str, str], _Opposed]
) -> Iterator[tuple[str, str, str]]:
    """Yield the actors who contradict a stance with the day and id of their nearest statement."""
    told = opposed.get((row.issue, _OPPOSITE.get(row.stance or "", "")))
    if told is None or row.first_day is None:
        return
    seen = set(mine)
    for actor, day, entry in told.iter_near(_ordinal(row.first_day)):
        if actor not in seen:
            seen.add(actor)
            yield actor, day, entry
            if len(seen) - len(mine) == _MOST_CONTRARY:
                return


def _compare(
    rows: Sequence[Any],
    contrary: Sequence[Sequence[tuple[str, str, str]]],
    refs: dict[str, Ref],
) -> list[Stand]:
    """Return rows, which are by issue, actor and day, with changes and who contradicts."""
    out: list[Stand] = []
    held: dict[tuple[str, str], str] = {}
    for row, against in zip(rows, contrary, strict=True):
        key = (row.issue, row.actor)
        before = held.get(key)
        if row.stance:
            held[key] = row.stance
        opposite = _OPPOSITE.get(row.stance or "", "")
        out.append(
            Stand(
                refs[row.actor],
                row.issue,
                row.first_day,
                row.stance,
                row.id,
                row.articles,
                before if row.stance and before != row.stance else None,
                tuple(Contrary(refs[a], opposite, day, e) for a, day, e in against),
            )
        )
    return out


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
