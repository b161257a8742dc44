"""Zones, bodies and lists: what is told of one is one claim with others that tell the same of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from mahdar.consolidation.claims import BODY_TYPES, ZONE_TYPES, Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Reason, Rule
from mahdar.consolidation.days import Days, overlap
from mahdar.consolidation.evidence import Copied, reported_window
from mahdar.consolidation.flatten import normalize_words

REPORTED_DAYS = 10
"""What is told of a zone or body without a date is the same news for so long."""
_UNIQUE = frozenset(("channel", "security-strip", "government", "contact-group"))
"""Types of which a process hardly has two at once, so that the name need not be the same."""


def _window(claim: Claim) -> Days | None:
    return claim.days or reported_window(claim)


def _name(claim: Claim) -> str:
    """Return the name in normal form, without the article that one paper sets and another does not."""
    names = claim.told("called") or claim.told("name")
    words = normalize_words(names[0] if names else "").split()
    return " ".join(word.removeprefix("لل").removeprefix("ال") for word in words)


def _subjects(claim: Claim) -> tuple[str, ...]:
    """Return what makes two mentions mean the same: a zone's place, a body's name and members."""
    if claim.type in ZONE_TYPES:
        return (f"place:{claim.place}",) if claim.place else ()
    members = [actor for actor, role in claim.roles if role in ("member", "listed")]
    out = [f"member:{actor}" for actor in members]
    out += [f"{process}:{_name(claim)}" for process in claim.processes or ("",)]
    if claim.type in _UNIQUE:
        out += [f"of:{process}" for process in claim.processes]
    return tuple(out)


def _blocks(claim: Claim, context: Context) -> Iterator[Hashable]:
    yield from Copied.blocks(claim, context)
    window = _window(claim)
    weeks = range(window.first // 7, window.last // 7 + 2) if window is not None else range(1)
    for subject in _subjects(claim):
        for week in list(weeks)[:8]:
            yield (claim.type, claim.subtype, claim.real, subject, week if window else None)


def _match(cluster: Cluster, claim: Claim, context: Context) -> Match | None:
    leader = cluster.leader
    if (claim.type, claim.subtype, claim.real) != (leader.type, leader.subtype, leader.real):
        return None
    if claim.place and cluster.place and claim.place != cluster.place:
        return None
    shared = sorted(set(_subjects(claim)) & set(_subjects(leader)))
    if not shared:
        return None
    mine, theirs = _window(claim), cluster.window or _window(leader)
    same_article = claim.article in cluster.articles
    if mine is not None and theirs is not None:
        dated = claim.days is not None and cluster.window is not None
        if not overlap(mine, theirs, 0 if dated else REPORTED_DAYS):
            return None
        reason: Reason = ("overlapping_time",) if dated else ("reported_together",)
        score = 0.9 if dated else 0.75
    elif same_article:
        reason, score = ("same_words",), 0.8
    else:
        return None
    reasons: list[Reason] = [reason]
    if claim.type in ZONE_TYPES and claim.place:
        reasons.append(("same_place", claim.place))
    elif claim.type in BODY_TYPES:
        reasons.append(("same_name",))
    return Match(score, tuple(reasons))


ARRANGEMENTS = Rule("arrangement", _blocks, _match)
