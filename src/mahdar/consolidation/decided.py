"""What people have decided, as consolidation takes it: which claims are one, apart, out, or told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mahdar.consolidation.claims import Claim
from mahdar.consolidation.flatten import normalize_words
from mahdar.model import Span

_PLAIN = frozenset(
    {"type", "time", "place", "modality", "mode", "killed", "injured", "instrument", "subtype"}
    | {"due", "text"}
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What people have decided about claims and actors.

    ``groups`` maps a claim to the name of the group that is one; ``apart`` a claim to the claims
    that are not one with it; ``alone`` are rejected claims, which stand by themselves. ``edits``
    maps a claim to its corrected fields. ``actors`` maps an actor to the one it was taken into;
    ``recast`` maps a claim to the actors that are somebody else in it.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    edits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    recast: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def apply(self, claim: Claim) -> Claim:
        """Return a claim as people have corrected it; the claim itself where they have not."""
        edits = self.edits.get(claim.uid)
        if edits:
            claim = _edited(claim, edits)
        recast = self.recast.get(claim.uid, {})
        if not recast and not self.actors:
            return claim

        def now(actor: str) -> str:
            return self.actors.get(recast.get(actor, actor), recast.get(actor, actor))

        roles = tuple(dict.fromkeys((now(actor), role) for actor, role in claim.roles))
        place = now(claim.place) if claim.place else None
        chain = tuple(map(now, claim.chain))
        if (roles, place, chain) == (claim.roles, claim.place, claim.chain):
            return claim
        return replace(claim, roles=roles, place=place, chain=chain)


NOTHING_DECIDED = Decided()


def _edited(claim: Claim, edits: Mapping[str, Any]) -> Claim:
    values: dict[str, Any] = {name: edits[name] for name in _PLAIN & edits.keys()}
    if "roles" in edits:
        values["roles"] = tuple((actor, role) for actor, role in edits["roles"])
    if "processes" in edits:
        values["processes"] = tuple(edits["processes"])
    if "spans" in edits:
        values["spans"] = tuple((role, Span(start, end)) for role, start, end in edits["spans"])
    if claim.words and "text" in values:
        values["words"] = normalize_words(values["text"])
    return replace(claim, **values)
