"""Entries a page at a time, and as light marks for pictures of thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, case, func, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.rows import EntryRow, Ref, load_by_id, load_refs

Order = Literal["latest", "earliest", "attested"]
Lane = Literal["process", "actor", "kind"]

_EVERY = Filters()
_LOOKUP = 500


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries of ``total``."""

    rows: tuple[EntryRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class EntryMark:
    """An entry as a mark in a picture: ISO days, and the lanes it stands in (keys of ``lanes``)."""

    id: str
    kind: str
    type: str
    first: str
    last: str
    modality: str | None
    standing: str
    articles: int
    lanes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Swimlanes:
    """Marks on lanes, the fullest lane first. ``left_out`` counts marks past the limit.

    ``by`` says what a lane is; a lane's key is a process id, an actor key or a kind. Entries of no
    process have the lane ``""``.
    """

    by: Lane
    lanes: tuple[Ref, ...]
    marks: tuple[EntryMark, ...]
    left_out: int


def browse_entries(
    record: Record,
    kinds: Sequence[str],
    filters: Filters = _EVERY,
    *,
    order: Order = "latest",
    limit: int = 50,
    offset: int = 0,
    horizon: str | None = None,
) -> EntryPage:
    """Return a page of the entries of some kinds; undated ones last.

    With an ISO day as ``horizon``, ``latest`` puts what is told of later days behind the rest: a
    forecast for 2050 is not the latest news.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    e = tables.entries.c
    beyond = [case((e.first_day > horizon, 1), else_=0)] if horizon else []
    latest, earliest = e.first_day.desc().nulls_last(), e.first_day.nulls_last()
    orders: dict[Order, list[ColumnElement[Any]]] = {
        "latest": [*beyond, latest, e.articles.desc(), e.id],
        "earliest": [earliest, e.articles.desc(), e.id],
        "attested": [e.origins.desc(), e.articles.desc(), e.first_day.desc(), e.id.desc()],
    }
    with record.reading() as connection:
        where = [e.kind.in_(kinds), *entry_conditions(connection, filters)]
        total = connection.scalar(select(func.count()).select_from(tables.entries).where(*where))
        # The ids first: what sorts them stands in an index, whole entries are wide.
        ids = list(
            connection.scalars(
                select(e.id).where(*where).order_by(*orders[order]).limit(limit).offset(offset)
            )
        )
        rows = load_by_id(connection, ids)
        return EntryPage(tuple(rows[id_] for id_ in ids), total or 0)


def load_swimlanes(
    record: Record,
    kinds: Sequence[str],
    filters: Filters = _EVERY,
    *,
    by: Lane = "process",
    most_lanes: int = 12,
    most_marks: int = 4000,
) -> Swimlanes:
    """Return the dated entries of some kinds as marks on lanes; the best attested where too many.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    e = tables.entries.c
    with record.reading() as connection:
        where = [
            e.kind.in_(kinds),
            e.first_day.is_not(None),
            *entry_conditions(connection, filters),
        ]
        total = connection.scalar(select(func.count()).select_from(tables.entries).where(*where))
        rows = connection.execute(
            select(
                e.id, e.kind, e.type, e.first_day, e.last_day, e.modality, e.standing, e.articles
            )
            .where(*where)
            .order_by(e.articles.desc(), e.first_day.desc(), e.id)
            .limit(most_marks)
        ).all()
        on = _lanes_of(connection, [row.id for row in rows], by)
        count: dict[str, int] = {}
        for row in rows:
            for lane in on.get(row.id, (row.kind,) if by == "kind" else ("",)):
                count[lane] = count.get(lane, 0) + 1
        ranked = sorted(count, key=lambda lane: (lane == "", -count[lane], lane))
        kept = ranked[:most_lanes]
        refs = load_refs(connection, kept) if by == "actor" else {k: Ref(k) for k in kept}
    shown = set(kept)
    marks = []
    for row in rows:
        lanes = on.get(row.id, (row.kind,) if by == "kind" else ("",))
        mine = tuple(lane for lane in lanes if lane in shown)
        if mine:
            marks.append(
                EntryMark(
                    row.id,
                    row.kind,
                    row.type,
                    row.first_day,
                    row.last_day or row.first_day,
                    row.modality,
                    row.standing,
                    row.articles,
                    mine,
                )
            )
    lanes_shown = tuple(refs[key] for key in kept)
    return Swimlanes(by, lanes_shown, tuple(marks), max(0, (total or 0) - len(rows)))


def _lanes_of(connection: Connection, ids: Sequence[str], by: Lane) -> dict[str, tuple[str, ...]]:
    """Return the lanes of entries; entries that stand in none are left out."""
    if by == "kind":
        return {}
    table = tables.entry_processes if by == "process" else tables.entry_actors
    value = tables.entry_processes.c.process if by == "process" else tables.entry_actors.c.actor
    found: dict[str, dict[str, None]] = {}
    for at in range(0, len(ids), _LOOKUP):
        for entry, lane in connection.execute(
            select(table.c.entry, value).where(table.c.entry.in_(ids[at : at + _LOOKUP]))
        ):
            found.setdefault(entry, {})[lane] = None
    return {entry: tuple(lanes) for entry, lanes in found.items()}
