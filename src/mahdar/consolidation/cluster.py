"""Leader clustering with blocking: each claim meets only the entries that share a block with it.

Claims are taken in a fixed order, the most precise first, and join the best entry that the rule
accepts or open a new one. Work grows with the number of claims: a claim looks at no more than
``MAX_CANDIDATES`` entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.days import Days, intersect
from mahdar.consolidation.decided import NOTHING_DECIDED, Decided
from mahdar.consolidation.flatten import hash64

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


JUDGED = Match(1.0, (("judged_same",),))
"""A person said that the claim belongs here."""


def rank_of(claim: Claim) -> str:
    """Return the sort key by which claims are taken: dated and well-populated ones first, then by
    appearance. A blank sorts before all that a date may hold.
    """
    days = claim.days
    exact = 0 if days and days.exact else 1
    length = min(days.length if days else 9999, 9_999_999)
    told = min(len(claim.actors) + (1 if claim.place else 0), 99)
    return f"{exact}{length:07d}{99 - told:02d}{claim.published or '9999'} {claim.uid}"


def block_keys(rule: Rule, claim: Claim, context: Context) -> list[int]:
    """Return the blocks of a claim as 64-bit numbers, each once, in the rule's order."""
    return list(
        dict.fromkeys(hash64(f"{rule.kind}|{key!r}") for key in rule.blocks(claim, context))
    )


class Partings:
    """Which groups of claims people told apart: nothing may bring them into one entry."""

    def __init__(self, decided: Decided) -> None:
        self._groups = decided.groups
        self._apart: dict[str, set[str]] = {}
        for claim, others in decided.apart.items():
            self._apart.setdefault(self.unit(claim), set()).update(map(self.unit, others))

    def unit(self, claim: str) -> str:
        """Return the group of a claim, the claim itself where it is in none."""
        return self._groups.get(claim, claim)

    def forbid(self, cluster: Cluster, claim: Claim) -> bool:
        """Tell whether a claim may not join an entry."""
        apart = self._apart.get(self.unit(claim.uid), ())
        return any(self.unit(member.uid) in apart for member in cluster.members) if apart else False


def choose(
    claim: Claim,
    candidates: Iterable[Cluster],
    rule: Rule,
    context: Context,
    partings: Partings,
) -> tuple[Cluster, Match] | None:
    """Return the entry that a claim fits best, of equals the one opened first; ``None`` for none."""
    best: tuple[float, str, Cluster, Match] | None = None
    for cluster in candidates:
        match = rule.match(cluster, claim, context)
        if match is None or match.score < MERGE_AT or partings.forbid(cluster, claim):
            continue
        if best is not None and match.score < best[0]:
            continue
        opened = rank_of(cluster.leader)
        if best is None or match.score > best[0] or opened < best[1]:
            best = (match.score, opened, cluster, match)
    return (best[2], best[3]) if best else None


@dataclass(frozen=True, slots=True)
class Clustered:
    """Entries in the making, and the blocks in which later claims can meet each claim."""

    clusters: list[Cluster]
    blocks: dict[str, list[int]]


def cluster_claims(
    claims: Iterable[Claim], rule: Rule, context: Context, decided: Decided = NOTHING_DECIDED
) -> Clustered:
    """Return the entries that a rule makes of claims; the same whatever order they come in.

    What people decided comes first: claims of one group are one entry, claims that are apart never
    meet in one, and a rejected claim stands by itself where nothing joins it.
    """
    clusters: list[Cluster] = []
    blocks: dict[int, list[int]] = {}
    blocks_of: dict[str, list[int]] = {}
    number: dict[int, int] = {}
    homes: dict[str, int] = {}
    partings = Partings(decided)
    for _, claim in sorted(((rank_of(claim), claim) for claim in claims), key=itemgetter(0)):
        alone = claim.uid in decided.alone
        group = decided.groups.get(claim.uid)
        keys = [] if alone else block_keys(rule, claim, context)
        found: tuple[Cluster, Match] | None = None
        if group in homes and not alone:
            found = clusters[homes[group]], JUDGED
        elif not alone:
            met = (clusters[n] for n in _candidates(keys, blocks))
            found = choose(claim, met, rule, context, partings)
        if found is None:
            found = Cluster(), Match(1.0)
            number[id(found[0])] = len(clusters)
            clusters.append(found[0])
        home = number[id(found[0])]
        found[0].add(claim, found[1])
        if group is not None and not alone:
            homes.setdefault(group, home)
        blocks_of[claim.uid] = keys
        for key in keys:
            block = blocks.setdefault(key, [])
            if not block or block[-1] != home:
                block.append(home)
    return Clustered(clusters, blocks_of)


def _candidates(keys: list[int], blocks: dict[int, list[int]]) -> Iterator[int]:
    seen: set[int] = set()
    for key in keys:
        for number in blocks.get(key, ())[-MAX_CANDIDATES:]:
            if number not in seen:
                seen.add(number)
                yield number
