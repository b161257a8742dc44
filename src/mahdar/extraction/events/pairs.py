"""Where in the text a possible part of an event stands to its mentions: what the network reads."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.extraction.events.candidates import distance
from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.times import find_times
from mahdar.extraction.events.triggers import Trigger
from mahdar.extraction.heads import Pair

# Mentions of an event that are looked at, and places of one part that are read.
_MOST_MENTIONS, _MOST_PAIRS = 4, 3
# What a mention in another sentence than the event's counts in words, and one behind it besides.
_APART, _BEHIND = 20, 15


def entity_pairs(context: Context, group: Sequence[Trigger], entity_id: str) -> list[Pair]:
    """Return the mentions of an entity that are nearest to those of an event, nearest first."""
    spots = context.spots_of.get(entity_id)
    if not spots:
        return []
    out = []
    for trigger in group[:_MOST_MENTIONS]:
        spot = min(spots, key=lambda s, at=trigger.word: _cost(context, s, at))  # type: ignore[misc]
        out.append(Pair(trigger.word, spot.first, spot.last))
    return _nearest(out)


def date_pairs(context: Context, group: Sequence[Trigger], value: str) -> list[Pair]:
    """Return the times with a value (EDTF) nearest to an event; one open after «منذ» begins there."""
    times = [time for time in find_times(context) if time.value == value]
    if not times:
        return []
    out = []
    for trigger in group[:_MOST_MENTIONS]:
        time = min(times, key=lambda t, at=trigger.word: abs(t.first - at))  # type: ignore[misc]
        out.append(Pair(trigger.word, time.first, time.last))
    return _nearest(out)


def trigger_pair(group: Sequence[Trigger]) -> Pair:
    """Return what is read for the answer «none»: the event's first mention with itself."""
    at = group[0].word
    return Pair(at, at, at)


def _cost(context: Context, spot: Spot, at: int) -> int:
    gap = distance(spot, at)
    if context.words.sentence[spot.first] == context.words.sentence[at]:
        return gap
    return gap + _APART + (_BEHIND if spot.first > at else 0)


def _nearest(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda p: abs(p.trigger - p.first))[:_MOST_PAIRS]
