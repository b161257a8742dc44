"""Agreements: the same instrument, or parties + venue + date within three days."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Rule
from mahdar.consolidation.evidence import (
    Copied,
    compare_place,
    compare_time,
    iter_days,
    reason_actors,
    search_window,
    shared_actors,
    told_apart,
)

SLACK_DAYS = 3
"""An agreement is initialled, announced and signed within days: the rule of domain.md."""


def _blocks(claim: Claim, context: Context) -> Iterator[Hashable]:
    yield from Copied.blocks(claim, context)
    if claim.instrument:
        yield ("instrument", claim.real, claim.instrument)
    for day in iter_days(search_window(claim)):
        for actor in claim.actors[:6]:
            yield ("party", claim.real, day // (SLACK_DAYS + 1), actor)
            yield ("party", claim.real, day // (SLACK_DAYS + 1) + 1, actor)


def _match(cluster: Cluster, claim: Claim, context: Context) -> Match | None:
    copied = Copied.match(cluster, claim, context)
    if copied is not None:
        return copied
    leader = cluster.leader
    if claim.real != leader.real:
        return None
    named = {m.instrument for m in cluster.members if m.instrument}
    if claim.instrument:
        # A named instrument is itself wherever it is told of; parties and days are for unnamed ones.
        if claim.instrument in named:
            return Match(0.9, (("same_instrument", claim.instrument),))
        return None
    if told_apart(cluster, claim, context):
        return None
    shared, could = shared_actors(cluster, claim, context)
    if not shared or len(shared) < min(2, could) or len(shared) / could < 0.6:
        return None
    time = compare_time(cluster, claim, SLACK_DAYS)
    place = compare_place(cluster, claim, context)
    if time is None or place is None:
        return None
    if could < 2 and (time[0] < 0.7 or place[0] < 0.8):
        return None
    score = (0.6 + 0.4 * len(shared) / could) * (0.5 + 0.3 * time[0] + 0.2 * place[0])
    reasons = [reason_actors(shared), time[1]]
    if place[1]:
        reasons.append(place[1])
    return Match(round(score, 3), tuple(reasons))


AGREEMENTS = Rule("agreement", _blocks, _match)
