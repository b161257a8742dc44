"""Incidents and measures: kind + actors + place or its parent + overlapping time.

Shelling and clashes, ground taken, withdrawals, aid, detentions, releases, listings, bodies formed
and protests follow one rule. A whole country is no place to tell two of them apart by: there the
toll or the words must agree as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Reason, Rule
from mahdar.consolidation.evidence import (
    VAGUE_DAYS,
    Copied,
    compare_place,
    compare_time,
    iter_days,
    reason_actors,
    search_window,
    shared_actors,
    told_apart,
)

_DATED = 0.8
"""What ``compare_time`` gives at least when both sides tell a date."""
_UNDATED_ACTORS = 2
"""Without a date on both sides, two shared parties or the same toll must say that it is the same."""
_DAILY = frozenset(("ATTACK", "VIOLATION", "ADVANCE", "WITHDRAW", "MOBILIZE", "PROTEST", "DETAIN"))
"""What the same parties do in one town day after day: without dates only a toll tells which."""
_TELLING_TOLL = 3
"""A toll from which two reports with the same number hardly speak of two happenings."""


def _precise(claim: Claim, context: Context) -> bool:
    return claim.place is not None and not context.is_country(claim.place)


def _blocks(claim: Claim, context: Context) -> Iterator[Hashable]:
    yield from Copied.blocks(claim, context)
    base = (claim.type, claim.real)
    scopes: list[str] = []
    if claim.place is not None and not context.is_country(claim.place):
        above = (p for p in context.places_above(claim.place) if not context.is_country(p))
        scopes = [claim.place, *above]
    for day in iter_days(search_window(claim)):
        for scope in scopes[:3]:
            yield (*base, day, "place", scope)
        for actor in claim.actors[:3]:
            yield (*base, day, "actor", actor)
        if claim.killed and claim.killed >= _TELLING_TOLL:
            yield (*base, day, "killed", claim.killed)
    days = claim.days
    if days is not None and days.length > VAGUE_DAYS and scopes:
        yield (*base, "vague", days.first, days.last, scopes[0])


def _same_toll(cluster: Cluster, claim: Claim) -> bool:
    return any(
        ((claim.killed or 0) >= _TELLING_TOLL and member.killed == claim.killed)
        or ((claim.injured or 0) >= _TELLING_TOLL and member.injured == claim.injured)
        for member in cluster.members[:8]
    )


def _tolls_part(cluster: Cluster, claim: Claim) -> bool:
    """Tell whether the dead are counted so differently that two happenings are likelier."""
    if not claim.killed:
        return False
    told = [m.killed for m in cluster.members if m.killed]
    return bool(told) and all(max(k, claim.killed) > 3 * min(k, claim.killed) for k in told)


def _match(cluster: Cluster, claim: Claim, context: Context) -> Match | None:
    copied = Copied.match(cluster, claim, context)
    if copied is not None:
        return copied
    leader = cluster.leader
    if (
        claim.type != leader.type
        or claim.real != leader.real
        or (claim.modality == "planned") != (leader.modality == "planned")
        or told_apart(cluster, claim, context, alike=True)
    ):
        return None
    time = compare_time(cluster, claim)
    place = compare_place(cluster, claim, context)
    if time is None or place is None or _tolls_part(cluster, claim):
        return None
    shared, could = shared_actors(cluster, claim, context)
    if could and not shared:
        return None
    toll = _same_toll(cluster, claim)
    precise = _precise(claim, context) and any(not context.is_country(p) for p in cluster.places)
    if not precise or place[0] < 0.8:
        if not (toll and (shared or place[0] >= 0.8)):
            return None
    elif not toll and (
        (time[0] < _DATED and (claim.type in _DAILY or len(shared) < _UNDATED_ACTORS))
        or (not shared and time[0] < 1.0)
    ):
        return None
    people = len(shared) / could if could else 0.5
    score = 0.2 + 0.25 * time[0] + 0.25 * place[0] + 0.2 * people + (0.15 if toll else 0.0)
    reasons: list[Reason] = [time[1]]
    if place[1]:
        reasons.append(place[1])
    if shared:
        reasons.append(reason_actors(shared))
    if toll:
        reasons.append(("same_toll",))
    return Match(min(0.95, round(score, 3)), tuple(reasons))


INCIDENTS = Rule("incident", _blocks, _match)
