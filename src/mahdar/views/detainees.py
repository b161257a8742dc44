"""Detainees and exchanges: who is held or released, how many, done or promised.

Rows may name private persons: see ``tlp``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters
from mahdar.views.incidents import Toll, read_toll
from mahdar.views.rows import EntryRow, Ref, field_is, load_entries, load_named
from mahdar.views.stages import State, state_of

_EVERY = Filters()
_LOOKUP = 500


@dataclass(frozen=True, slots=True)
class DetaineeRow:
    """A detention, release or exchange.

    ``kind`` is the event's subtype (arrest, abduction, sentence, release, exchange, amnesty ...);
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
    """Return detentions, releases and exchanges, earliest first; ``type`` filters by kind.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        kind = (field_is("subtype", filters.type.lower()),) if filters.type else ()
        rows = load_entries(connection, ("detention",), replace(filters, type=None), where=kind)
        refs = load_named(connection, rows, "mediator")
        private = _private(connection, rows)
        marks = _load_marks(connection, rows)
    return [_row(row, refs, private, marks.get(row.id)) for row in rows]


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
