"""Which truce is told to be in force on a day at a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from mahdar.consolidation.days import parse_days
from mahdar.views.rows import EntryRow
from mahdar.views.stages import UNREAL

BREACH_DAYS = 14
"""A breach told this long after a truce of unknown length still is laid to it."""


def lies_within(inner: str, outer: str, parents: Mapping[str, str]) -> bool:
    """Tell whether a place is another one or lies in it."""
    seen: set[str] = set()
    at: str | None = inner
    while at is not None and at not in seen:
        if at == outer:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


class Truces:
    """The truces of a record, found by the day of what is said to break them."""

    def __init__(self, truces: Iterable[EntryRow], parents: Mapping[str, str]) -> None:
        self.parents = parents
        self._by_day: dict[int, list[EntryRow]] = {}
        for truce in truces:
            window = self.window(truce)
            if window is not None:
                for day in range(window[0], min(window[1], window[0] + 400) + 1):
                    self._by_day.setdefault(day, []).append(truce)

    @staticmethod
    def window(truce: EntryRow) -> tuple[int, int] | None:
        """Return the first and last day (ordinals) on which a truce is told to hold.

        ``None`` for one that is only proposed, demanded or denied, and for an undated one.
        """
        if truce.day is None or truce.modality in UNREAL:
            return None
        first = _ordinal(truce.day)
        days = parse_days(truce.time)
        if days is not None and days.length > 1:
            return first, days.last
        return first, first + BREACH_DAYS

    def in_force(self, incident: EntryRow) -> list[EntryRow]:
        """Return the truces told to hold on the day and at the place of an incident.

        Where one of the two has no place, a shared party or process must tie them.
        """
        if incident.day is None:
            return []
        return [
            truce
            for truce in self._by_day.get(_ordinal(incident.day), ())
            if self._covers(truce, incident)
        ]

    def _covers(self, truce: EntryRow, incident: EntryRow) -> bool:
        if incident.place and truce.place:
            return lies_within(incident.place.key, truce.place.key, self.parents)
        mine = {ref.key for ref in incident.people()}
        return bool(
            mine & {ref.key for ref in truce.people()}
            or set(incident.processes) & set(truce.processes)
        )
