"""Ceasefires: declarers × scope × window of effect."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Reason, Rule
from mahdar.consolidation.days import Days, overlap
from mahdar.consolidation.evidence import (
    Copied,
    compare_place,
    iter_days,
    reason_actors,
    reported_window,
    shared_actors,
    told_apart,
)

_REACH_DAYS = 5
"""A truce without dates of its own is looked for among those of the days around its report."""
_EFFECT_DAYS = 3
"""A paper may date a truce by its announcement, its first day or the day of a breach."""


def _window(claim: Claim) -> Days | None:
    return claim.days or reported_window(claim)


def _scopes(claim: Claim, context: Context) -> tuple[str, ...]:
    """Return what a truce covers: its place and the places above, else its processes."""
    if claim.place:
        return (claim.place, *context.places_above(claim.place))
    return tuple(f"process:{p}" for p in claim.processes)


def _blocks(claim: Claim, context: Context) -> Iterator[Hashable]:
    yield from Copied.blocks(claim, context)
    window = _window(claim)
    if window is None:
        return
    weeks = sorted({day // 7 for day in iter_days(window)})
    for week in weeks:
        for at in (week - 1, week):
            for scope in _scopes(claim, context)[:3]:
                yield ("scope", claim.real, at, scope)
            for actor in claim.actors[:4]:
                yield ("declarer", claim.real, at, actor)


def _match(cluster: Cluster, claim: Claim, context: Context) -> Match | None:
    copied = Copied.match(cluster, claim, context)
    if copied is not None:
        return copied
    leader = cluster.leader
    if claim.real != leader.real or told_apart(cluster, claim, context, least=0):
        return None
    mine, theirs = _window(claim), cluster.window or _window(leader)
    if mine is None or theirs is None:
        return None
    dated = claim.days is not None and cluster.window is not None
    if not overlap(mine, theirs, _EFFECT_DAYS if dated else _REACH_DAYS):
        return None
    place = compare_place(cluster, claim, context)
    if place is None:
        return None
    if place[0] == 0.5:
        both = set(claim.processes) & {p for m in cluster.members for p in m.processes}
        if not both and (claim.place or cluster.place or claim.processes):
            return None
    shared, could = shared_actors(cluster, claim, context)
    if not shared and (could or not dated):
        return None
    declarers = len(shared) / could if could else 0.5
    if place[0] < 0.8 and declarers < 0.6:
        return None
    same = dated and overlap(mine, theirs)
    score = 0.25 + 0.3 * place[0] + 0.25 * declarers + (0.2 if same else 0.08)
    reasons: list[Reason] = [
        ("overlapping_time",)
        if same
        else ("near_days", str(_EFFECT_DAYS))
        if dated
        else ("reported_together",)
    ]
    if place[1]:
        reasons.append(place[1])
    if shared:
        reasons.append(reason_actors(shared))
    return Match(round(score, 3), tuple(reasons))


CEASEFIRES = Rule("ceasefire", _blocks, _match)
