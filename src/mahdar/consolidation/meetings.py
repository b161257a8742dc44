"""Meetings, calls, visits, rounds and press events: participants + medium + overlapping day."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Rule
from mahdar.consolidation.evidence import (
    Copied,
    actor_pairs,
    compare_place,
    compare_time,
    iter_days,
    reason_actors,
    reason_agency,
    shared_actors,
    told_apart,
)
from mahdar.consolidation.evidence import search_window as _window

MEDIA = {
    "MEET": "in-person",
    "NEGOTIATE": "in-person",
    "CALL": "call",
    "VISIT": "visit",
    "PRESS": "press",
}
"""One happening may be called a meeting in one paper and a round of talks in another."""
_ONE_SIDED = frozenset({"VISIT", "PRESS"})
"""Kinds that one actor makes: one shared actor and the day tell which."""
_MIN_SHARE = 0.75
"""Of the smaller party list so much must be shared: the same two people meet in one city on one day
with a third here and a fourth there, and these are two meetings."""
_VISIT_SLACK_DAYS = 2
"""Arrival, talks and departure of one visit are told on different days."""


def _blocks(claim: Claim, context: Context) -> Iterator[Hashable]:
    yield from Copied.blocks(claim, context)
    medium = MEDIA[claim.type]
    states = list(combinations(_states(claim, context), 2))
    for day in iter_days(_window(claim)):
        for pair in states:
            yield (medium, claim.real, day, "states", pair)
        for pair in actor_pairs(claim):
            yield (medium, claim.real, day, pair)
        for actor in claim.actors[:4]:
            yield (medium, claim.real, day, actor)


def _states(claim: Claim, context: Context) -> list[str]:
    """Return the states that the participants are or belong to: a block for both levels."""
    found = set()
    for key in claim.actors[:6]:
        facts = context.actors.get(key)
        if facts is not None:
            found.add(key if facts.type == "LOC" else facts.country)
    return sorted(state for state in found if state)


def _match(cluster: Cluster, claim: Claim, context: Context) -> Match | None:
    copied = Copied.match(cluster, claim, context)
    if copied is not None:
        return copied
    leader = cluster.leader
    medium = MEDIA[claim.type]
    if medium != MEDIA[leader.type] or claim.real != leader.real or told_apart(cluster, claim):
        return None
    time = compare_time(cluster, claim, _VISIT_SLACK_DAYS if medium == "visit" else 0)
    place = compare_place(cluster, claim, context)
    if time is None or place is None:
        return None
    shared, could = shared_actors(cluster, claim, context)
    if not shared:
        return None
    share = len(shared) / could
    if claim.type in _ONE_SIDED:
        if place[0] < 0.8 and time[0] < 1.0:
            return None
        people = 0.8 + 0.2 * share
    elif len(shared) >= 2:
        if share < _MIN_SHARE:
            return None
        people = 0.6 + 0.4 * share
    else:
        # One known participant on a side: the day and the place must both speak for it.
        if could > 1 or time[0] < 0.8 or (place[0] < 0.8 and len(cluster.core_actors()) > 1):
            return None
        people = 0.62
    score = people * (0.4 + 0.45 * time[0] + 0.15 * place[0])
    reasons = [reason_actors(shared), time[1]]
    if place[1]:
        reasons.append(place[1])
    return Match(round(score, 3), (*reasons, *reason_agency(cluster, claim, context)))


MEETINGS = Rule("meeting", _blocks, _match)
