"""What follows from a log of judgements: states, identities, edits, markings. A pure function.

Folding the judgements of some claims alone gives the same for these claims as folding the whole log,
as long as all judgements are there that share a claim with them, directly or through others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from mahdar.consolidation.decided import Decided
from mahdar.judgements.kinds import Judgement
from mahdar.judgements.states import ReviewState, fold_states

Attach = Callable[[str], str]
"""From the uid of a claim as judged to the uid it has now."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What a log leads to.

    ``claims`` holds the state of every claim that was judged itself; ``entries`` the active
    judgements about entries, by number, with the claims each was made on (as named now).
    ``subjects`` maps ``(kind, subject)`` of sources, articles and processes to ``{"reliability",
    "tlp", "seq"}``. ``decided`` is what consolidation takes.
    """

    claims: Mapping[str, ReviewState] = field(default_factory=dict)
    entries: Sequence[tuple[Judgement, tuple[str, ...]]] = ()
    subjects: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    decided: Decided = field(default_factory=Decided)


def active_judgements(log: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that were not undone, in order; the undoing ones are left out too.

    An undoing can itself be undone: then what it took away counts again.
    """
    rows = sorted(log, key=lambda j: j.seq)
    undone: set[int] = set()
    for judgement in reversed(rows):
        if judgement.action == "undo" and judgement.seq not in undone:
            undone.add(int(judgement.subject))
    return [j for j in rows if j.seq not in undone and j.action != "undo"]


def fold_judgements(log: Iterable[Judgement], attach: Attach = lambda uid: uid) -> Folded:
    """Return what a log leads to.

    Args:
        log: judgements in any order.
        attach: names claims as they are named now.
    """
    identity = _Identity()
    of_claims: dict[str, list[Judgement]] = {}
    entries: list[tuple[Judgement, tuple[str, ...]]] = []
    subjects: dict[tuple[str, str], dict[str, Any]] = {}
    for judgement in active_judgements(log):
        claims = tuple(dict.fromkeys(map(attach, judgement.uids)))
        identity.take(judgement, claims, attach)
        if judgement.kind == "claim":
            of_claims.setdefault(attach(judgement.subject), []).append(judgement)
        elif judgement.kind == "entry":
            entries.append((judgement, claims))
        elif judgement.action in ("rate", "mark"):
            about = subjects.setdefault((judgement.kind, judgement.subject), {})
            about |= {
                k: judgement.detail[k] for k in ("reliability", "tlp") if k in judgement.detail
            }
            about["seq"] = judgement.seq
    states = {claim: fold_states(rows) for claim, rows in of_claims.items()}
    return Folded(
        claims=states,
        entries=entries,
        subjects=subjects,
        decided=Decided(
            groups=identity.groups(),
            apart=identity.apart(),
            alone=frozenset(c for c, s in states.items() if s.verdict == "rejected"),
            edits={
                c: {name: value for name, (value, _) in s.edits.items()}
                for c, s in states.items()
                if s.edits
            },
            actors=identity.actors(),
            recast=identity.recast,
        ),
    )


class _Identity:
    """Which claims and actors were said to be one, and which not. The later judgement wins."""

    def __init__(self) -> None:
        self.claim_groups: list[set[str]] = []
        self.claim_parts: list[tuple[frozenset[str], frozenset[str]]] = []
        self.actor_of: dict[str, str] = {}
        self.recast: dict[str, dict[str, str]] = {}

    def take(self, judgement: Judgement, claims: tuple[str, ...], attach: Attach) -> None:
        """Take one more judgement into account; those about other things change nothing."""
        action, detail = judgement.action, judgement.detail
        if judgement.kind == "actor":
            if action == "same":
                self._join_actors(judgement.subject, detail["with"])
            elif action == "different":
                self._part_actors(judgement.subject, detail["with"])
            elif action == "split":
                for claim in map(attach, detail["claims"]):
                    self.recast.setdefault(claim, {})[judgement.subject] = detail["to"]
        elif action == "same":
            self._join(set(claims))
        elif action in ("different", "split"):
            first = {attach(uid) for uid in detail["claims"]} & set(claims)
            rest = set(claims) - first
            self._part(first, rest)
            if judgement.kind == "entry":
                self._join(first)
                self._join(rest)

    def _join(self, claims: set[str]) -> None:
        if len(claims) < 2:
            return
        whole = set(claims)
        for group in [g for g in self.claim_groups if g & claims]:
            whole |= group
            self.claim_groups.remove(group)
        self.claim_groups.append(whole)
        kept = []
        for a, b in self.claim_parts:
            if a & whole and b & whole:
                kept += [(a - whole, b), (a & whole, b - whole)]
            else:
                kept.append((a, b))
        self.claim_parts = [(a, b) for a, b in kept if a and b]

    def _part(self, first: set[str], rest: set[str]) -> None:
        for group in [g for g in self.claim_groups if g & first and g & rest]:
            self.claim_groups.remove(group)
            self.claim_groups += [part for part in (group & first, group - first) if len(part) > 1]
        if first and rest:
            self.claim_parts.append((frozenset(first), frozenset(rest)))

    def _root(self, actor: str) -> str:
        while actor in self.actor_of:
            actor = self.actor_of[actor]
        return actor

    def _join_actors(self, kept: str, other: str) -> None:
        kept, other = self._root(kept), self._root(other)
        if kept != other:
            self.actor_of[other] = kept

    def _part_actors(self, actor: str, other: str) -> None:
        """Let one of two leave the other, with all that was taken into it."""
        if self._root(actor) == self._root(other):
            self.actor_of.pop(other if other in self.actor_of else actor, None)

    def groups(self) -> dict[str, str]:
        return {claim: min(group) for group in self.claim_groups for claim in group}

    def apart(self) -> dict[str, frozenset[str]]:
        out: dict[str, set[str]] = {}
        for first, rest in self.claim_parts:
            for a, b in product(first, rest):
                if a != b:
                    out.setdefault(a, set()).add(b)
                    out.setdefault(b, set()).add(a)
        return {claim: frozenset(others) for claim, others in out.items()}

    def actors(self) -> dict[str, str]:
        return {actor: self._root(actor) for actor in self.actor_of}
