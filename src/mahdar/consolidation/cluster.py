"""Leader clustering with blocking: each claim meets only the entries that share a block with it.

Claims are taken in a fixed order, the most precise first, and join the best entry that the rule
accepts or open a new one. Work grows with the number of claims: a claim looks at no more than
``MAX_CANDIDATES`` entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.days import Days, intersect

MAX_CANDIDATES = 48
"""Entries looked at per block, the latest first."""
MERGE_AT = 0.6
"""Confidence from which claims are shown as one entry (stated in docs/how-to/record.md)."""

Reason = tuple[str, ...]
"""Why two claims are one: a message key and its details, put into words by the views."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's judgement that a claim belongs to an entry: confidence 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class Cluster:
    """An entry in the making. ``window`` is what the days of all dated members share."""

    members: list[Claim] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    actors: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    window: Days | None = None

    @property
    def leader(self) -> Claim:
        """The claim that opened the entry."""
        return self.members[0]

    @property
    def place(self) -> str | None:
        """The place told most often, ``None`` when no member tells one."""
        if not self.places:
            return None
        return min(self.places, key=lambda p: (-self.places[p], p))

    def core_actors(self) -> set[str]:
        """Return the actors that at least a third of the members name."""
        need = len(self.members) / 3
        return {actor for actor, n in self.actors.items() if n >= need}

    def add(self, claim: Claim, match: Match) -> None:
        """Take a claim in."""
        self.members.append(claim)
        self.matches.append(match)
        self.actors.update(claim.actors)
        self.articles.add(claim.article)
        if claim.place:
            self.places[claim.place] += 1
        days = claim.days
        if days is not None:
            self.window = days if self.window is None else intersect(self.window, days)


@dataclass(frozen=True, slots=True)
class Rule:
    """The identity rule of one kind of entry.

    ``blocks`` gives the keys under which a claim can meet its like; ``match`` judges a claim
    against an entry, ``None`` for not the same.
    """

    kind: str
    blocks: Callable[[Claim, Context], Iterable[Hashable]]
    match: Callable[[Cluster, Claim, Context], Match | None]


def _order(claim: Claim) -> tuple[int, int, int, str, str]:
    """Return the sort key of a claim: dated and well-populated ones first, then by appearance."""
    days = claim.days
    return (
        0 if days and days.exact else 1,
        days.length if days else 9999,
        -len(claim.actors) - (1 if claim.place else 0),
        claim.published or "9999",
        claim.uid,
    )


def cluster_claims(claims: Iterable[Claim], rule: Rule, context: Context) -> list[Cluster]:
    """Return the entries that a rule makes of claims; the same whatever order they come in."""
    clusters: list[Cluster] = []
    blocks: dict[Hashable, list[int]] = {}
    for claim in sorted(claims, key=_order):
        keys = list(dict.fromkeys(rule.blocks(claim, context)))
        best: tuple[float, int, Match] | None = None
        for number in _candidates(keys, blocks):
            match = rule.match(clusters[number], claim, context)
            if match is None or match.score < MERGE_AT:
                continue
            if best is None or (match.score, -number) > (best[0], -best[1]):
                best = (match.score, number, match)
        if best is None:
            home = len(clusters)
            clusters.append(Cluster())
            clusters[home].add(claim, Match(1.0))
        else:
            home = best[1]
            clusters[home].add(claim, best[2])
        for key in keys:
            block = blocks.setdefault(key, [])
            if not block or block[-1] != home:
                block.append(home)
    return clusters


def _candidates(keys: list[Hashable], blocks: dict[Hashable, list[int]]) -> Iterator[int]:
    seen: set[int] = set()
    for key in keys:
        for number in blocks.get(key, ())[-MAX_CANDIDATES:]:
            if number not in seen:
                seen.add(number)
                yield number
