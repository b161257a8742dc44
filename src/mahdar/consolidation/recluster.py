"""The entries of a few changed claims made anew, with the result of making all of them anew.

Claims are taken in the order of their ranks, and what one finds depends only on those before it with
which it shares a block. So a change spreads from the changed claims to later claims that share a
block with an entry that is now another, and no further. Those are decided again, in order, against the
entries as they stood when their turn came; a claim that stays where it was spreads nothing.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import (
    JUDGED,
    MAX_CANDIDATES,
    Cluster,
    Match,
    Partings,
    Rule,
    block_keys,
    choose,
    rank_of,
)
from mahdar.consolidation.decided import Decided

_LAST = "\U0010ffff"
"""After every rank."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stood: its rank, the claim that opened its entry, why it joined, its blocks."""

    claim: str
    rank: str
    leader: str
    match: Match
    blocks: tuple[int, ...] = ()


class History(Protocol):
    """The entries as they were, without the changed claims. Answers may be kept and given again."""

    def sharing(self, blocks: Collection[int]) -> Mapping[int, Sequence[Place]]:
        """Return the claims that meet in each of some blocks."""
        ...

    def members(self, leaders: Collection[str]) -> Mapping[str, Sequence[Place]]:
        """Return the claims of the entries that some claims opened, with their blocks."""
        ...

    def places(self, claims: Collection[str]) -> Mapping[str, Place]:
        """Return where claims stood; those that are changed or gone are left out."""
        ...

    def claims(self, uids: Collection[str]) -> Mapping[str, Claim]:
        """Return claims as people have corrected them."""
        ...


@dataclass(frozen=True, slots=True)
class Reclustered:
    """Entries that are other than they were, and the claims that opened those they replace."""

    clusters: list[Cluster]
    replaced: frozenset[str]
    blocks: dict[str, list[int]]


@dataclass(slots=True)
class _Growing:
    """An entry as it stands at the present rank, and who of its old claims is still to come."""

    cluster: Cluster = field(default_factory=Cluster)
    waiting: list[Place] = field(default_factory=list)
    at: int = 0


def recluster(
    changed: Iterable[Claim],
    before: Iterable[Place],
    history: History,
    rule: Rule,
    context: Context,
    decided: Decided,
) -> Reclustered:
    """Return what becomes of the entries of one kind when some of their claims change.

    Args:
        changed: claims that are new, told otherwise, or newly decided about, as they now are.
        before: where those of them stood that are not new, and those that are gone.
        history: everything else.
        rule: the identity rule of the kind.
        context: actors, articles and places.
        decided: all that people have decided about these claims and those in one group with them.
    """
    run = _Run(history, rule, context, decided)
    for claim in changed:
        run.take(claim)
    for place in before:
        run.leave(place)
    run.decide_all()
    return run.finish()


class _Run:
    """One run of ``recluster``: what has been decided so far, and what is waiting."""

    def __init__(self, history: History, rule: Rule, context: Context, decided: Decided) -> None:
        self.history = history
        self.rule = rule
        self.context = context
        self.decided = decided
        self.partings = Partings(decided)
        self.groups: dict[str, list[str]] = {}
        for claim, group in decided.groups.items():
            self.groups.setdefault(group, []).append(claim)
        self.changed: dict[str, Claim] = {}
        self.left: dict[str, Place] = {}
        # Rank, whether a claim is decided there (else it leaves there), and its uid. What happens
        # at one rank is done before anything later is looked at.
        self.heap: list[tuple[str, bool, str]] = []
        self.queued: set[str] = set()
        self.now: dict[str, Place] = {}
        self.placed: dict[int, list[Place]] = {}  # by block, claims that moved or are new
        self.growing: dict[str, _Growing] = {}
        self.spread_blocks: dict[str, set[int]] = {}
        self.touched: set[str] = set()  # leaders of entries that are now others
        self.blocks: dict[str, list[int]] = {}
        self.keys: dict[str, list[int]] = {}

    def take(self, claim: Claim) -> None:
        """Take in a changed claim."""
        self.changed[claim.uid] = claim
        self._queue(rank_of(claim), claim.uid)

    def leave(self, place: Place) -> None:
        """Take note of where a changed claim stood."""
        self.left[place.claim] = place
        heapq.heappush(self.heap, (place.rank, False, place.claim))

    def _queue(self, rank: str, uid: str) -> None:
        if uid not in self.queued:
            self.queued.add(uid)
            heapq.heappush(self.heap, (rank, True, uid))

    def spread(self, leader: str, rank: str, more: Iterable[int] = ()) -> None:
        """Let later claims be decided again that meet an entry which is now another from a rank on."""
        self.touched.add(leader)
        old = self.history.members([leader])[leader]
        blocks = {block for place in old for block in place.blocks}.union(more)
        done = self.spread_blocks.get(leader)
        fresh = blocks if done is None else blocks - done
        self.spread_blocks[leader] = fresh if done is None else done | fresh
        if done is None:
            for place in old:
                if place.rank > rank:
                    self._queue(place.rank, place.claim)
        for places in self.history.sharing(fresh).values():
            for place in places:
                if place.rank > rank:
                    self._queue(place.rank, place.claim)

    def decide_all(self) -> None:
        """Decide what is queued, in the order of ranks."""
        while self.heap:
            rank, deciding, uid = heapq.heappop(self.heap)
            if not deciding:
                left = self.left[uid]
                self.spread(left.leader, rank, left.blocks)
                continue
            claim, old = self._look_up(uid)
            alone = uid in self.decided.alone
            keys = self.keys[uid]
            found = None if alone else self._find(claim, rank, keys)
            leader = found[0].leader.uid if found else uid
            place = Place(uid, rank, leader, found[1] if found else Match(1.0), tuple(keys))
            self.blocks[uid] = keys
            self.now[uid] = place
            if old is not None and old.leader == leader:
                if old.match != place.match:
                    self.touched.add(leader)
                continue  # it is added when its entry is next looked at
            if leader == uid:
                self.growing[uid] = self._start(uid, without=uid)
            self.growing[leader].cluster.add(claim, place.match)
            for key in keys:
                self.placed.setdefault(key, []).append(place)
            if old is not None:
                self.spread(old.leader, rank)
            self.spread(leader, rank, keys)
            self._queue_group(uid, rank)

    def _look_up(self, uid: str) -> tuple[Claim, Place | None]:
        """Return a queued claim and where it stood."""
        if uid not in self.keys:
            self._fetch_queued(uid)
        if uid in self.changed:
            return self.changed[uid], None
        return self.history.claims([uid])[uid], self.history.places([uid])[uid]

    def _fetch_queued(self, uid: str) -> None:
        """Ask at once for all that deciding the queued claims will look at."""
        queued = {uid, *(u for _, deciding, u in self.heap if deciding)} - self.keys.keys()
        old = queued - self.changed.keys()
        claims = {**self.changed, **self.history.claims(old)}
        self.history.places(old)
        for each in queued:
            alone = each in self.decided.alone
            keys = [] if alone else block_keys(self.rule, claims[each], self.context)
            self.keys[each] = keys
        shared = self.history.sharing({key for each in queued for key in self.keys[each]})
        self.history.members({place.leader for places in shared.values() for place in places})

    def _queue_group(self, uid: str, rank: str) -> None:
        mates = [m for m in self.groups.get(self.decided.groups.get(uid, ""), ()) if m != uid]
        for place in self.history.places(mates).values():
            if place.rank > rank:
                self._queue(place.rank, place.claim)

    def _find(self, claim: Claim, rank: str, keys: list[int]) -> tuple[Cluster, Match] | None:
        group = self.decided.groups.get(claim.uid)
        if group is not None:
            for mate in self.groups[group]:
                place = self._place(mate)
                if place is not None and place.rank < rank and mate not in self.decided.alone:
                    return self._cluster(place.leader, rank), JUDGED
        leaders: dict[str, None] = {}
        shared = self.history.sharing(keys)
        for key in keys:
            meeting = [p for p in shared.get(key, ()) if p.rank < rank]
            meeting = [now for p in meeting if (now := self.now.get(p.claim, p)).leader == p.leader]
            meeting += self.placed.get(key, ())
            meeting.sort(key=lambda p: p.rank)
            block: list[str] = []
            for place in meeting:
                if not block or block[-1] != place.leader:
                    block.append(place.leader)
            leaders |= dict.fromkeys(block[-MAX_CANDIDATES:])
        self.history.members(list(leaders))
        met = [self._cluster(leader, rank) for leader in leaders]
        return choose(claim, met, self.rule, self.context, self.partings)

    def _place(self, uid: str) -> Place | None:
        if uid in self.now:
            return self.now[uid]
        return None if uid in self.changed else self.history.places([uid]).get(uid)

    def _start(self, leader: str, *, without: str | None = None) -> _Growing:
        waiting = sorted(
            (p for p in self.history.members([leader])[leader] if p.claim != without),
            key=lambda p: p.rank,
        )
        return _Growing(waiting=waiting)

    def _cluster(self, leader: str, rank: str) -> Cluster:
        """Return an entry as it stands when the turn comes to a rank."""
        growing = self.growing.get(leader)
        if growing is None:
            growing = self.growing[leader] = self._start(leader)
        due: list[Place] = []
        while growing.at < len(growing.waiting) and growing.waiting[growing.at].rank < rank:
            place = growing.waiting[growing.at]
            growing.at += 1
            now = self.now.get(place.claim, place)
            if now.leader == leader:
                due.append(now)
        if due:
            claims = self.history.claims([p.claim for p in due])
            for place in due:
                growing.cluster.add(claims[place.claim], place.match)
        return growing.cluster

    def finish(self) -> Reclustered:
        """Return what changed."""
        clusters = [self._cluster(leader, _LAST) for leader in sorted(self.touched)]
        whole = [c for c in clusters if c.members]
        kept = {claim.uid for cluster in whole for claim in cluster.members}
        for uid, place in self.history.places(kept - self.blocks.keys()).items():
            self.blocks[uid] = list(place.blocks)
        return Reclustered(whole, frozenset(self.touched), self.blocks)
