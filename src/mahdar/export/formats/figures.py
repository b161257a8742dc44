"""Small values that several formats work out of an entry: tolls, days, names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mahdar.consolidation.days import Days, format_day
from mahdar.export.formats.bundles import EntryBundle
from mahdar.views.rows import EntryRow, Ref


@dataclass(frozen=True, slots=True)
class Toll:
    """People: the figure most claims tell, and the lowest and highest told; ``None`` if nobody tells."""

    best: int | None = None
    low: int | None = None
    high: int | None = None


def toll_of(entry: EntryRow, field: str) -> Toll:
    """Return the figures told for ``killed`` or ``injured``."""
    told = [int(t.value) for t in entry.fields.get(field, ())]
    return Toll(told[0], min(told), max(told)) if told else Toll()


def window(bundle: EntryBundle) -> tuple[str | None, str | None, bool]:
    """Return an entry's first and last day, and whether they are told.

    Where no claim tells a time, both are the day of the first article.
    """
    days = bundle.days
    if days is None:
        return bundle.row.day, bundle.row.day, False
    return format_day(days.first), format_day(days.last), True


def first_last(days: Days | None) -> tuple[str | None, str | None]:
    """Return the first and last day of a window as ISO days."""
    return (format_day(days.first), format_day(days.last)) if days else (None, None)


def arabic(refs: Iterable[Ref]) -> list[str]:
    """Return Arabic names, the key where there is none."""
    return [ref.ar or ref.en or ref.key for ref in refs]


def english(refs: Iterable[Ref]) -> list[str]:
    """Return English names where known, else the Arabic ones, so that lists stay in step."""
    return [ref.en or ref.ar or ref.key for ref in refs]


def keys(refs: Iterable[Ref]) -> list[str]:
    """Return the keys of actors."""
    return [ref.key for ref in refs]


def claim_ids(bundle: EntryBundle) -> list[str]:
    """Return the claims behind an entry, in the order in which they joined it."""
    return [told.claim.uid for told in bundle.told]
