"""Entities of an article that are likely one, joined: the likeliest first, never against the packs."""

from __future__ import annotations

from collections.abc import Iterable

from mahdar.annotation.names.clusters import Cluster, Clusters
from mahdar.annotation.names.profiles import Profile
from mahdar.annotation.names.sameness import Company, Sameness, may_be_one

# Which entity of a group keeps its name and record.
_NAMED = ("kb", "name")
_FIRST = {"kb": 0, "known": 1, "name": 2, "noun": 3}


def join_same(clusters: Clusters, sameness: Sameness) -> None:
    """Join the persons and bodies that the model takes for one.

    Pairs are followed from the likeliest to the least likely. Two that packs know as two are never
    joined, nor two groups of which any pair is unlikely.

    Args:
        clusters: the entities of an article, all mentions given.
        sameness: the model with its thresholds.
    """
    company = Company(clusters.view, clusters.all)
    chances: dict[tuple[int, int], float] = {}
    likely: list[tuple[float, int, Profile, Profile]] = []
    weigh = sameness.model.chance
    for n, (x, y) in enumerate(company.pairs(sameness.partners)):
        chance = weigh(company.features(x, y))
        chances[id(x), id(y)] = chances[id(y), id(x)] = chance
        if chance >= sameness.same_at:
            likely.append((-chance, n, x, y))
    groups: dict[int, list[Profile]] = {}
    for _, _, x, y in sorted(likely, key=lambda item: item[:2]):
        one, two = groups.setdefault(id(x), [x]), groups.setdefault(id(y), [y])
        if one is two:
            continue
        if any(
            chances.get((id(p), id(q)), _unasked(p, q)) < sameness.never_at
            for p in one
            for q in two
        ):
            continue
        one += two
        groups.update((id(p), one) for p in two)
    _join(clusters, {id(group): group for group in groups.values() if len(group) > 1}.values())


def _unasked(one: Profile, two: Profile) -> float:
    """Return the chance of a pair not asked about: none where something parts the two, or where they
    are names without a word in common; else they may follow a third."""
    apart = not may_be_one(one, two) or (one.status in _NAMED and two.status in _NAMED)
    return 0.0 if apart else 1.0


def _join(clusters: Clusters, groups: Iterable[list[Profile]]) -> None:
    moved: dict[int, Cluster] = {}
    for group in groups:
        first, *rest = sorted(group, key=lambda p: (_FIRST[p.status], p.words[0]))
        keep = first.cluster
        for profile in rest:
            drop = profile.cluster
            clusters.merge(keep, drop)
            keep.source = keep.source and drop.source
            keep.country = keep.country or drop.country
            moved[id(drop)] = keep
    if not moved:
        return
    for cluster in clusters.all:
        if cluster.members:
            members = [moved.get(id(m), m) for m in cluster.members]
            cluster.members = list({id(m): m for m in members}.values())
