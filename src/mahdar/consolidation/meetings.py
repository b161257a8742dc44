"""Meetings, calls, visits, rounds and press events: participants + medium + overlapping day."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Reason, Rule
from mahdar.consolidation.days import overlap
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
_MIN_SHARE_UNDATED = 0.85
"""Without a day the same suite attends one reception after the other."""
_FIRST_MEMBERS = 8
"""Members whose day of print is looked at."""
_DATED = 0.8
"""What ``compare_time`` gives at least when both sides tell a date."""
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
    days = claim.days
    if days is not None and days.length == 1 and claim.type not in _ONE_SIDED:
        for pair in actor_pairs(claim):  # for _misdated
            yield (medium, claim.real, days.first + 1, pair)


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
    one_sided = claim.type in _ONE_SIDED
    if (
        medium != MEDIA[leader.type]
        or claim.real != leader.real
        or told_apart(cluster, claim, context, least=1 if one_sided else 2)
    ):
        return None
    time = compare_time(cluster, claim, _VISIT_SLACK_DAYS if medium == "visit" else 0)
    shared, could = shared_actors(cluster, claim, context)
    if not shared:
        return None
    share = len(shared) / could
    if time is None and not one_sided and share == 1.0:
        time = _misdated(cluster, claim, context, shared)
    if time is None:
        return None
    place = _compare_place(cluster, claim, context, time[0], shared, share)
    if place is None:
        return None
    if one_sided:
        people = _one_side(time[0], place[0], share, shared, context)
    elif len(shared) >= 2:
        least = _MIN_SHARE if time[0] >= _DATED else _MIN_SHARE_UNDATED
        people = 0.6 + 0.4 * share if share >= least else None
    else:
        people = _one_known(cluster, claim, context, time[0], place[0], could)
    if people is None:
        return None
    score = people * (0.4 + 0.45 * time[0] + 0.15 * place[0])
    reasons = [reason_actors(shared), time[1]]
    if place[1]:
        reasons.append(place[1])
    return Match(round(score, 3), (*reasons, *reason_agency(cluster, claim, context)))


def _misdated(
    cluster: Cluster, claim: Claim, context: Context, shared: list[str]
) -> tuple[float, Reason] | None:
    """Return the time of a meeting that papers of one day put a day apart: «اليوم» and «أمس» are
    counted from datelines of the evening and of the morning. Printed on two days it may be two."""
    published = claim.published_days
    known = sum(1 for key in shared if _is_person(key, context))
    if published is None or known < 2 or claim.days is None:
        return None
    printed = (member.published_days for member in cluster.members[:_FIRST_MEMBERS])
    if not any(other is not None and overlap(published, other) for other in printed):
        return None
    return compare_time(cluster, claim, 1)


def _compare_place(
    cluster: Cluster,
    claim: Claim,
    context: Context,
    time: float,
    shared: list[str],
    share: float,
) -> tuple[float, Reason] | None:
    """Return how well places fit. A call has none; and where the same people met on the same day, a
    country beside a town is likelier what they spoke of («مستجدات الأوضاع في لبنان»)."""
    if claim.type == "CALL":
        return 0.5, ()
    place = compare_place(cluster, claim, context)
    if place is None and claim.type not in _ONE_SIDED and time == 1.0 and share == 1.0:
        wide = context.is_country(claim.place) != context.is_country(cluster.place)
        if wide and sum(1 for key in shared if _is_person(key, context)) >= 2:
            return 0.3, ()
    return place


def _one_side(
    time: float, place: float, share: float, shared: list[str], context: Context
) -> float | None:
    """Return how well visitors or speakers fit: without a day, a body has many people on the road."""
    if place < 0.8 and time < 1.0:
        return None
    if time < _DATED and (
        share < _MIN_SHARE or not any(_is_person(key, context) for key in shared)
    ):
        return None
    return 0.8 + 0.2 * share


def _one_known(
    cluster: Cluster, claim: Claim, context: Context, time: float, place: float, could: int
) -> float | None:
    """Return how well one known participant on a side fits: the day and the place must both speak
    for it, or the words by which both call the other side."""
    if could > 1 or not (_in_time(claim) and _in_time(cluster.leader)):
        return None
    described = {a for a in claim.actors if context.unnamed(a)} & set(cluster.actors)
    if described and place >= 0.8:
        return 0.78
    if time < _DATED or (place < 0.8 and len(cluster.core_actors()) > 1):
        return None
    return 0.62


def _in_time(claim: Claim) -> bool:
    """Tell whether what is told as past lies before its report: else the day is that of something
    else («انتخاب رئيس جديد في فبراير»)."""
    days, published = claim.days, claim.published_days
    if claim.modality == "planned" or days is None or published is None:
        return True
    return days.first <= published.last


def _is_person(key: str, context: Context) -> bool:
    facts = context.actors.get(key)
    return facts is not None and facts.type == "PER"


MEETINGS = Rule("meeting", _blocks, _match)
