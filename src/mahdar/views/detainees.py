"""Detainees and exchanges: who is held or released, how many, done or promised.

Rows may name private persons: see ``tlp``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import Connection, select

from mahdar.consolidation.flatten import normalize_words
from mahdar.lexicon.tables import load_table
from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.incidents import Toll, read_toll
from mahdar.views.rows import (
    EntryRow,
    Ref,
    field_is,
    field_of,
    load_by_id,
    load_entries,
    load_named,
)
from mahdar.views.stages import State, state_of

_EVERY = Filters()
_LOOKUP = 500


@dataclass(frozen=True, slots=True)
class DetaineeRow:
    """A detention, release or exchange.

    ``kind`` is the event's subtype (arrest, abduction, sentence, release, exchange, amnesty ...), or
    ``committee`` for a body whose mandate names people in custody;
    ``persons`` how many, with the lowest and highest figure told; ``categories`` of docs/reference/details.md.
    ``tlp`` is the marking that people gave the entry (``marked``), else a proposal: ``AMBER`` where somebody is
    named whom no knowledge pack knows, who may be a private person, else ``GREEN``.
    """

    entry: EntryRow
    kind: str
    state: State
    by: tuple[Ref, ...]
    of: tuple[Ref, ...]
    mediators: tuple[Ref, ...]
    persons: Toll | None
    categories: tuple[str, ...]
    exchange_for: str | None
    tlp: str
    marked: bool


def list_detainees(record: Record, filters: Filters = _EVERY) -> list[DetaineeRow]:
    """Return detentions, releases, exchanges and committees on them, earliest first; ``type`` filters by kind.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        kind = (field_is("subtype", filters.type.lower()),) if filters.type else ()
        plain = replace(filters, type=None)
        rows = load_entries(connection, ("detention",), plain, where=kind)
        if filters.type in (None, "committee"):
            rows += _load_committees(connection, plain)
            rows.sort(key=lambda row: (row.day is None, row.day or "", row.id))
            rows = rows[: filters.limit] if filters.limit else rows
        return _open(connection, rows)


@dataclass(frozen=True, slots=True)
class DetaineeMark:
    """A row of ``list_detainees`` in short: by which it is sorted, counted and withheld."""

    id: str
    day: str | None
    state: str
    tlp: str


def rank_detainees(record: Record, filters: Filters = _EVERY) -> list[DetaineeMark]:
    """Return what ``list_detainees`` does in short; ``open_detainees`` opens some of it.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    e, link, a, s = (
        tables.entries.c,
        tables.entry_actors.c,
        tables.actors.c,
        tables.entry_states.c,
    )
    with record.reading() as connection:
        plain = replace(filters, type=None, limit=0)
        where = [e.kind == "detention", *entry_conditions(connection, plain)]
        if filters.type:
            where.append(field_is("subtype", filters.type.lower()))
        rows = connection.execute(
            select(e.id, e.first_day, e.modality)
            .where(*where)
            .order_by(e.first_day.is_(None), e.first_day, e.articles.desc(), e.id)
        ).all()
        named = select(link.entry).select_from(
            tables.entry_actors.join(tables.entries, e.id == link.entry).join(
                tables.actors, a.key == link.actor
            )
        )
        private = set(
            connection.scalars(
                named.where(e.kind == "detention", a.type == "PER", a.kb.is_(None), a.source == 0)
            )
        )
        marked = select(s.entry, s.tlp).where(s.tlp.is_not(None))
        marks = {row.entry: row.tlp for row in connection.execute(marked)}
        found = [
            DetaineeMark(
                row.id,
                row.first_day,
                state_of(row.modality),
                marks.get(row.id) or ("AMBER" if row.id in private else "GREEN"),
            )
            for row in rows
        ]
        if filters.type in (None, "committee"):
            bodies = _open(connection, _load_committees(connection, plain))
            found += [DetaineeMark(b.entry.id, b.entry.day, b.state, b.tlp) for b in bodies]
            found.sort(key=lambda one: (one.day is None, one.day or "", one.id))
    return found


def open_detainees(record: Record, ids: Sequence[str]) -> list[DetaineeRow]:
    """Return the rows of some entries, in their order.

    Raises:
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        entries = load_by_id(connection, ids)
        return _open(connection, [entries[id_] for id_ in ids if id_ in entries])


def _open(connection: Connection, rows: list[EntryRow]) -> list[DetaineeRow]:
    refs = load_named(connection, rows, "mediator")
    private = _private(connection, rows)
    marks = _load_marks(connection, rows)
    return [_row(row, refs, private, marks.get(row.id)) for row in rows]


def _load_committees(connection: Connection, filters: Filters) -> list[EntryRow]:
    """Return the bodies that are to deal with detainees, prisoners or the missing."""
    has_mandate = field_of("mandate").is_not(None)
    found = load_entries(connection, ("body",), replace(filters, limit=0), where=(has_mandate,))
    return [row for row in found if _categories(row)]


@cache
def _captives() -> dict[str, str]:
    """Return words for people in custody in normal form, with their category."""
    rows = load_table("details_counted")
    return {
        normalize_words(row["word"]): row["category"]
        for row in rows
        if row["name"] == "persons" and row["category"] != "persons"
    }


def _categories(row: EntryRow) -> tuple[str, ...]:
    """Return which people in custody a body's mandate names."""
    words = (word for text in row.told("mandate") for word in normalize_words(text).split())
    stems = (word.removeprefix("و").removeprefix("لل").removeprefix("ال") for word in words)
    return tuple(dict.fromkeys(_captives()[s] for s in stems if s in _captives()))


def _load_marks(connection: Connection, rows: list[EntryRow]) -> dict[str, str]:
    """Return the markings that people gave entries."""
    state = tables.entry_states.c
    out: dict[str, str] = {}
    for at in range(0, len(rows), _LOOKUP):
        some = [row.id for row in rows[at : at + _LOOKUP]]
        query = select(state.entry, state.tlp).where(state.entry.in_(some), state.tlp.is_not(None))
        out.update({row.entry: row.tlp for row in connection.execute(query)})
    return out


def _private(connection: Connection, rows: list[EntryRow]) -> set[str]:
    """Return the persons who are named and whom no pack knows."""
    keys = sorted({ref.key for row in rows for ref in row.people() if ref.type == "PER"})
    a = tables.actors.c
    out: set[str] = set()
    for at in range(0, len(keys), _LOOKUP):
        some = keys[at : at + _LOOKUP]
        out.update(
            connection.scalars(select(a.key).where(a.key.in_(some), a.kb.is_(None), a.source == 0))
        )
    return out


def _row(row: EntryRow, refs: dict[str, Ref], private: set[str], mark: str | None) -> DetaineeRow:
    if row.kind == "body":
        return DetaineeRow(
            row,
            "committee",
            "proposed" if row.best("status") == "proposed" else state_of(row.modality),
            row.people("founder"),
            (),
            row.people("mediator"),
            None,
            _categories(row),
            None,
            mark or "GREEN",
            mark is not None,
        )
    kind = row.best("subtype") or ("release" if row.type == "RELEASE" else "detention")
    named = any(ref.key in private for ref in row.people())
    return DetaineeRow(
        entry=row,
        kind=kind,
        state=state_of(row.modality),
        by=row.people("actor"),
        of=row.people("target"),
        mediators=(*row.people("mediator"), *(refs[v] for v in row.told("mediator"))),
        persons=read_toll(row, "persons"),
        categories=row.told("category"),
        exchange_for=row.best("exchange_for"),
        tlp=mark or ("AMBER" if named else "GREEN"),
        marked=mark is not None,
    )
