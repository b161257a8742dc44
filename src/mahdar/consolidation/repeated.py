"""Statements and commitments repeated: same speaker and near-same content."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterator
from itertools import pairwise

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Reason, Rule
from mahdar.consolidation.flatten import hash64

_BLOCK_SHINGLES = 6
"""Smallest-hash word pairs of a content that serve as blocks: two contents that share half of
their pairs share one of six 98 times in 100."""
_REACH_DAYS = 10
"""A statement is still repeated in the press this long; the same words later are said anew."""
_MIN_WORDS = 4
_AGAIN = 0.75
"""How near two contents of one article must be: a headline repeats the text, a list only its form."""
_NEGATORS = frozenset(
    ("لا", "لم", "لن", "ليس", "ليست", "ليسوا", "عدم", "غير", "دون", "بدون", "ما", "نفي", "رفض")
)
"""Normal forms: two contents that differ in one of these say the opposite."""


def _words(claim: Claim) -> list[str]:
    return claim.words.split()


def _blocks(claim: Claim, context: Context) -> Iterator[Hashable]:
    words = _words(claim)
    if len(words) < _MIN_WORDS:
        return
    pairs = {hash64(f"{a} {b}") for a, b in pairwise(words)}
    for pair in heapq.nsmallest(_BLOCK_SHINGLES, pairs):
        yield (claim.kind, pair)


def _speakers_fit(cluster: Cluster, claim: Claim, context: Context) -> tuple[float, Reason] | None:
    mine = {a for a in claim.actors if not context.unnamed(a)}
    theirs = {a for a in cluster.actors if not context.unnamed(a)}
    shared = sorted(mine & theirs)
    if shared:
        return 1.0, ("same_speaker", *shared)
    if not mine or not theirs:
        return 0.75, ("speaker_not_named",)
    return None


def _near(a: list[str], b: list[str]) -> float:
    """Return how near two contents are, 0 to 1: shared words over those of the shorter one,
    lowered where the longer one says much more."""
    first, second = set(a), set(b)
    if (first ^ second) & _NEGATORS:
        return 0.0
    both = len(first & second)
    containment = both / min(len(first), len(second))
    jaccard = both / len(first | second)
    return 0.5 * containment + 0.5 * jaccard if jaccard >= 0.35 else 0.0


def _match(cluster: Cluster, claim: Claim, context: Context) -> Match | None:
    leader = cluster.leader
    speakers = _speakers_fit(cluster, claim, context)
    if speakers is None:
        return None
    mine, theirs = claim.published_days, leader.published_days
    if mine and theirs and abs(mine.first - theirs.first) > _REACH_DAYS:
        return None
    words = _words(claim)
    if len(words) < _MIN_WORDS:
        return None
    near = max(_near(words, _words(member)) for member in cluster.members[:6])
    again = claim.article in cluster.articles
    if near < (_AGAIN if again else 0.6 if speakers[0] == 1.0 else 0.8):
        return None
    reason: Reason = ("same_words",) if near >= 0.95 else ("near_same_words", f"{near:.0%}")
    return Match(round(min(0.98, near * speakers[0] + 0.1 * speakers[0]), 3), (speakers[1], reason))


STATEMENTS = Rule("statement", _blocks, _match)
COMMITMENTS = Rule("commitment", _blocks, _match)
