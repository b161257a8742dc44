"""Designations: who lists, or asks to list, whom as terrorist or under sanctions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, select

from mahdar.consolidation.claims import LIST_TYPES
from mahdar.store import Record, tables
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, Ref, field_is, load_entries, load_named, load_refs

_EVERY = Filters()
_LOOKUP = 500
DesignationState = Literal["listed", "asked", "lifted", "reviewed", "rejected", "planned", "denied"]
_ASKED = frozenset(("proposed", "demanded", "conditional"))
_OF_STATUS: dict[str, DesignationState] = {
    "listed": "listed",
    "lifted": "lifted",
    "under-negotiation": "reviewed",
    "contested": "rejected",
    "proposed": "asked",
    "named": "listed",
}


@dataclass(frozen=True, slots=True)
class DesignationRow:
    """A listing, a sanction, or the telling apart of groups, as told.

    ``kind`` is the subtype of sanction (designation, imposed, freeze, lifted ...) or the type of list
    (terrorist-list, terrorist-label, sanctions-list, separation). ``listers`` list, ``listed`` are listed;
    ``told_by`` are the speakers who say so, none where papers tell it themselves; ``name`` is the list's.
    """

    entry: EntryRow
    kind: str
    state: DesignationState
    listers: tuple[Ref, ...]
    listed: tuple[Ref, ...]
    told_by: tuple[Ref, ...]
    name: str | None


def list_designations(record: Record, filters: Filters = _EVERY) -> list[DesignationRow]:
    """Return designations, sanctions and lists, earliest first; ``type`` filters by kind.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    kind = filters.type.lower() if filters.type else None
    of_kind = (
        tables.entries.c.type == kind if kind in LIST_TYPES else field_is("subtype", kind or "")
    )
    with record.reading() as connection:
        rows = load_entries(
            connection,
            ("designation", "listing"),
            replace(filters, type=None),
            where=(of_kind,) if kind else (),
        )
        refs = load_named(connection, rows, "listed", "lister")
        speakers = load_speakers(connection, rows)
    return [_row(row, refs, speakers.get(row.id, ())) for row in rows]


def load_speakers(connection: Connection, rows: list[EntryRow]) -> dict[str, tuple[Ref, ...]]:
    """Return who tells each entry: the last of the chain of each claim that somebody is quoted with."""
    link, c = tables.entry_claims.c, tables.claims.c
    found: dict[str, dict[str, None]] = {}
    ids = [row.id for row in rows]
    for at in range(0, len(ids), _LOOKUP):
        for entry, chain in connection.execute(
            select(link.entry, c.chain)
            .select_from(tables.entry_claims.join(tables.claims, link.claim == c.uid))
            .where(link.entry.in_(ids[at : at + _LOOKUP]), c.statement.is_not(None))
            .order_by(link.entry, link.position)
        ):
            if chain:
                found.setdefault(entry, {})[chain[-1]] = None
    refs = load_refs(connection, (key for keys in found.values() for key in keys))
    return {entry: tuple(refs[key] for key in keys) for entry, keys in found.items()}


def _row(row: EntryRow, refs: dict[str, Ref], speakers: tuple[Ref, ...]) -> DesignationRow:
    if row.kind == "listing":
        kind = row.type
        state = _OF_STATUS.get(row.best("status") or "", "listed")
        listers, listed = row.people("lister"), row.people("listed")
    else:
        kind = row.best("subtype") or "imposed"
        state = "lifted" if kind == "lifted" else "listed"
        listers, listed = row.people("actor"), row.people("target")
    if row.modality in _ASKED and state in ("listed", "lifted"):
        state = "asked"
    elif row.modality in ("planned", "denied") and state in ("listed", "lifted"):
        state = "planned" if row.modality == "planned" else "denied"
    return DesignationRow(row, kind, state, listers, listed, speakers, row.best("name"))
