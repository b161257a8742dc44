"""Humanitarian measures: aid, corridors and evacuations, from where, to where, for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mahdar.store import Record
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, Ref, field_is, load_entries, load_named
from mahdar.views.stages import State, state_of

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class HumanitarianRow:
    """A measure of aid.

    ``measure`` is delivery, corridor, evacuation, return, pledge, or ``aid``. ``beneficiaries`` are
    categories of docs/reference/details.md, ``people`` numbers of them as told, ``quantities`` figures
    with their unit («30 trucks»). ``to_places`` is the place told where no goal is.
    """

    entry: EntryRow
    measure: str
    state: State
    by: tuple[Ref, ...]
    from_places: tuple[Ref, ...]
    to_places: tuple[Ref, ...]
    beneficiaries: tuple[str, ...]
    people: tuple[int, ...]
    quantities: tuple[str, ...]
    under: tuple[Ref, ...]


def list_humanitarian(record: Record, filters: Filters = _EVERY) -> list[HumanitarianRow]:
    """Return the humanitarian measures of a record, earliest first; ``type`` filters by measure.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        kind = (field_is("subtype", filters.type.lower()),) if filters.type else ()
        rows = load_entries(connection, ("humanitarian",), replace(filters, type=None), where=kind)
        refs = load_named(connection, rows, "from", "to", "under")
    return [_measure(row, refs) for row in rows]


def _measure(row: EntryRow, refs: dict[str, Ref]) -> HumanitarianRow:
    goals = tuple(refs[v] for v in row.told("to"))
    return HumanitarianRow(
        entry=row,
        measure=row.best("subtype") or "aid",
        state=state_of(row.modality),
        by=row.people("actor"),
        from_places=tuple(refs[v] for v in row.told("from")),
        to_places=goals or ((row.place,) if row.place else ()),
        beneficiaries=row.told("beneficiary_category"),
        people=tuple(int(v) for v in row.told("beneficiaries") if v.isdigit()),
        quantities=row.told("quantity"),
        under=tuple(refs[v] for v in row.told("under")),
    )
