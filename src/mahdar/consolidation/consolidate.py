"""All claims of a record into entries, kind by kind, so that memory holds one kind at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mahdar.consolidation.agreements import AGREEMENTS
from mahdar.consolidation.arrangements import ARRANGEMENTS
from mahdar.consolidation.ceasefires import CEASEFIRES
from mahdar.consolidation.claims import (
    BODY_TYPES,
    LIST_TYPES,
    ZONE_TYPES,
    Claim,
    ClaimKind,
    Context,
)
from mahdar.consolidation.cluster import Rule, cluster_claims, rank_of
from mahdar.consolidation.decided import NOTHING_DECIDED, Decided
from mahdar.consolidation.entries import Entry, Name, build_entry, name_cluster, settle_ids
from mahdar.consolidation.incidents import INCIDENTS
from mahdar.consolidation.meetings import MEETINGS
from mahdar.consolidation.repeated import COMMITMENTS, STATEMENTS

FAMILIES: tuple[tuple[str, ClaimKind, tuple[str, ...], Rule], ...] = (
    ("meeting", "event", ("MEET", "NEGOTIATE", "CALL", "VISIT", "PRESS"), MEETINGS),
    ("agreement", "event", ("AGREE",), AGREEMENTS),
    ("ceasefire", "event", ("CEASEFIRE",), CEASEFIRES),
    (
        "incident",
        "event",
        ("ATTACK", "VIOLATION", "ADVANCE", "WITHDRAW", "MOBILIZE", "PROTEST"),
        INCIDENTS,
    ),
    ("humanitarian", "event", ("AID",), INCIDENTS),
    ("detention", "event", ("DETAIN", "RELEASE"), INCIDENTS),
    ("designation", "event", ("SANCTION",), INCIDENTS),
    ("formation", "event", ("FORM",), INCIDENTS),
    ("statement", "statement", (), STATEMENTS),
    ("commitment", "commitment", (), COMMITMENTS),
    ("zone", "arrangement", ZONE_TYPES, ARRANGEMENTS),
    ("body", "arrangement", BODY_TYPES, ARRANGEMENTS),
    ("listing", "arrangement", LIST_TYPES, ARRANGEMENTS),
)
"""Kind of entry, the claims that make it (no types: all), and its identity rule."""


RULES = {kind: rule for kind, _, _, rule in FAMILIES}


@dataclass(frozen=True, slots=True)
class Made:
    """An entry, what it is called by, and of each of its claims, in their order, the rank and the
    blocks in which it meets others.
    """

    entry: Entry
    name: Name
    ranks: tuple[str, ...]
    blocks: tuple[list[int], ...]


def consolidate(
    kind: str, claims: Iterable[Claim], context: Context, decided: Decided = NOTHING_DECIDED
) -> Iterator[Made]:
    """Yield the entries of one kind, in a fixed order.

    Args:
        kind: a kind of ``FAMILIES``.
        claims: all claims that make this kind, as people have corrected them.
        context: actors, articles with their groups of copies, and places.
        decided: what people have decided.
    Raises:
        KeyError: no such kind.
    """
    clustered = cluster_claims(claims, RULES[kind], context, decided)
    names = [name_cluster(kind, cluster) for cluster in clustered.clusters]
    ids = settle_ids(names)
    for cluster, name in zip(clustered.clusters, names, strict=True):
        yield Made(
            build_entry(kind, cluster, context, ids[name.first]),
            name,
            tuple(rank_of(claim) for claim in cluster.members),
            tuple(clustered.blocks[claim.uid] for claim in cluster.members),
        )


def family_of(claim: Claim) -> str | None:
    """Return the kind of entry that a claim makes; ``None`` for a bare mention of an
    instrument or a name."""
    for kind, made_of, types, _ in FAMILIES:
        if claim.kind == made_of and (not types or claim.type in types):
            return kind
    return None
