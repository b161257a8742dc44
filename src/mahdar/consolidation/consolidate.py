"""All claims of a record into entries, kind by kind, so that memory holds one kind at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from mahdar.consolidation.cluster import Rule, cluster_claims
from mahdar.consolidation.entries import Entry, build_entry
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


def consolidate(kind: str, claims: Iterable[Claim], context: Context) -> Iterator[Entry]:
    """Yield the entries of one kind, in a fixed order.

    Args:
        kind: a kind of ``FAMILIES``.
        claims: all claims that make this kind.
        context: actors, articles with their groups of copies, and places.
    Raises:
        KeyError: no such kind.
    """
    rule = {family[0]: family[3] for family in FAMILIES}[kind]
    taken: set[str] = set()
    for cluster in cluster_claims(claims, rule, context):
        yield build_entry(kind, cluster, context, taken)


def family_of(claim: Claim) -> str | None:
    """Return the kind of entry that a claim makes; ``None`` for a bare mention of an
    instrument or a name."""
    for kind, made_of, types, _ in FAMILIES:
        if claim.kind == made_of and (not types or claim.type in types):
            return kind
    return None
