"""Agreements: the same instrument, or parties + venue + date within three days."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Reason, Rule
from mahdar.consolidation.days import overlap
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
from mahdar.consolidation.flatten import normalize_words
from mahdar.extraction.instruments import slug_of

SLACK_DAYS = 3
"""An agreement is initialled, announced and signed within days: the rule of domain.md."""
_NAME_DAYS = 10
"""A name without parties or place means what the papers of these days speak of."""
_BELOW_NAME = 0.89
"""A named instrument joins an agreement without a name only where no entry bears its name yet."""
_FIRST_MEMBERS = 24
"""Members whose days are looked at, the most exactly dated first."""


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
    if claim.instrument and named:
        # A named instrument is itself wherever it is told of; parties and days are for unnamed ones.
        known = not _only_named(claim.instrument, context)
        if claim.instrument in named and (known or _same_bearer(cluster, claim, context)):
            return Match(0.9, (("same_instrument", claim.instrument),))
        return None
    if told_apart(cluster, claim, context) or _planned_and_made(cluster, claim):
        return None
    shared, could = shared_actors(cluster, claim, context)
    if not shared or len(shared) < min(2, could) or len(shared) / could < 0.6:
        return None
    time = _compare_time(cluster, claim, bool(named))
    place = compare_place(cluster, claim, context)
    if time is None or place is None:
        return None
    dated, placed = time[0] >= 0.7, place[0] >= 0.8
    if not (dated and placed if could < 2 or claim.instrument else dated or placed):
        return None
    score = (0.6 + 0.4 * len(shared) / could) * (0.5 + 0.3 * time[0] + 0.2 * place[0])
    reasons = [reason_actors(shared), time[1]]
    if place[1]:
        reasons.append(place[1])
    if claim.instrument:
        score = min(score, _BELOW_NAME)
    return Match(round(score, 3), tuple(reasons))


def _only_named(instrument: str, context: Context) -> bool:
    """Tell whether an instrument is in no pack, so that its id is only its words: «اتفاقية التجارة
    الحرة» is many."""
    facts = context.actors.get(instrument)
    return facts is not None and slug_of(normalize_words(facts.ar).split()) == instrument


def _same_bearer(cluster: Cluster, claim: Claim, context: Context) -> bool:
    """Tell whether a name that others may bear is borne by the same agreement here."""
    shared, could = shared_actors(cluster, claim, context)
    if could:
        return bool(shared)
    place = compare_place(cluster, claim, context)
    if place is None or place[0] >= 0.8:
        return place is not None
    mine, theirs = claim.published_days, cluster.leader.published_days
    return mine is not None and theirs is not None and overlap(mine, theirs, _NAME_DAYS)


def _planned_and_made(cluster: Cluster, claim: Claim) -> bool:
    """Tell whether one is only planned and nothing but the day of print brings both together."""
    planned = (claim.modality == "planned") != (cluster.leader.modality == "planned")
    return planned and claim.days is None and cluster.window is None


def _compare_time(cluster: Cluster, claim: Claim, named: bool) -> tuple[float, Reason] | None:
    """Return how well days fit. An agreement is dated by its announcement, its adoption and its
    effect: the days of a named one lie apart, and any of them may be meant."""
    time = compare_time(cluster, claim, SLACK_DAYS)
    days = claim.days
    if time is None and days is not None and named:
        told = (member.days for member in cluster.members[:_FIRST_MEMBERS])
        if any(other is not None and overlap(days, other, SLACK_DAYS) for other in told):
            return 0.7, ("near_days", str(SLACK_DAYS))
    return time


AGREEMENTS = Rule("agreement", _blocks, _match)
