"""Which truce is told to be in force on a day at a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mahdar.consolidation.days import parse_days
from mahdar.views.rows import EntryRow
from mahdar.views.stages import UNREAL

BREACH_DAYS = 14
"""A breach told this long after a truce of unknown length still is laid to it."""
_DURATION = re.compile(r"P(?:(?P<weeks>\d+)W|(?P<days>\d+)D)")
_HOURS_A_DAY = 24
_HOURS = re.compile(r"PT(?P<hours>\d+)H")


def duration_days(told: Sequence[str]) -> int | None:
    """Return the length of a truce in days, where exactly one is told; part of a day counts whole."""
    days = set()
    for value in told:
        if found := _DURATION.fullmatch(value):
            days.add(int(found["weeks"] or 0) * 7 + int(found["days"] or 0))
        elif found := _HOURS.fullmatch(value):
            days.add(-(-int(found["hours"]) // _HOURS_A_DAY))
    return days.pop() if len(days) == 1 else None


def find_end(truce: EntryRow) -> int | None:
    """Return the last day (ordinal) on which a dated truce is told to hold; ``None`` where nothing tells it.

    That is the end told, else the later of the last day of its window and of the day to which its length
    leads: a truce of five days from the evening of 26 July ends on 31 July.
    """
    if truce.day is None:
        return None
    first = _ordinal(truce.day)
    ends = parse_days(truce.best("ends"))
    if ends is not None and ends.last >= first:
        return ends.last
    days, length = parse_days(truce.time), duration_days(truce.told("duration"))
    told = [days.last] if days is not None and days.length > 1 else []
    if length:
        told.append(first + length)
    return max(told, default=None)


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
        """Return the first and last day (ordinals) on which a truce is told to hold, a fortnight where no end is.

        ``None`` for one that is only proposed, demanded or denied, and for an undated one.
        """
        if truce.day is None or truce.modality in UNREAL:
            return None
        first = _ordinal(truce.day)
        return first, find_end(truce) or first + BREACH_DAYS

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
