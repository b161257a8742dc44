"""Which of the weighed entities are an event's parties: enough of them, and no side twice."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.extraction.events.context import Context
from mahdar.model import Entity, EventType, Participant

Weighed = tuple[str, float, str]
"""An entity, the chance that it takes part, its likeliest role."""

# Events that take two sides.
MUTUAL: frozenset[EventType] = frozenset(("MEET", "CALL", "AGREE", "NEGOTIATE"))
# The least chance of an event's likeliest party, and of the second one of a mutual event.
FIRST_AT, SECOND_AT = 0.3, 0.3
# Of the chance of a list's likeliest member, what the others have at least.
_LIST_SHARE = 0.8


def choose_parties(
    context: Context,
    kind: EventType,
    weighed: Sequence[Weighed],
    lists: Sequence[tuple[str, ...]],
    threshold: float,
) -> tuple[Participant, ...]:
    """Return who takes part, in candidate order.

    Args:
        context: the article.
        kind: the event's type.
        weighed: the candidates with their chances and roles.
        lists: entities named side by side, who mostly take part together.
        threshold: the chance from which a candidate takes part.
    """
    if kind in MUTUAL or kind == "CEASEFIRE":
        weighed = share_chances(weighed, lists)
    order = sorted(range(len(weighed)), key=lambda n: -weighed[n][1])
    chosen: list[int] = []
    for n in order:
        entity_id, chance, _ = weighed[n]
        floor = threshold
        if not chosen:
            floor = min(threshold, FIRST_AT)
        elif kind in MUTUAL and len(chosen) == 1:
            floor = min(threshold, SECOND_AT)
        if chance < floor:
            continue
        if any(_same_side(context, entity_id, weighed[m][0]) for m in chosen):
            continue
        chosen.append(n)
    return tuple(
        Participant(weighed[n][0], weighed[n][2])  # type: ignore[arg-type]
        for n in sorted(chosen)
    )


def share_chances(weighed: Sequence[Weighed], lists: Sequence[tuple[str, ...]]) -> list[Weighed]:
    """Return the candidates, those of one list lifted near the likeliest of the list."""
    chance = {entity_id: c for entity_id, c, _ in weighed}
    lifted = dict(chance)
    for members in lists:
        known = [m for m in members if m in chance]
        if len(known) > 1:
            top = _LIST_SHARE * max(chance[m] for m in known)
            for m in known:
                lifted[m] = max(lifted[m], top)
    return [(entity_id, lifted[entity_id], role) for entity_id, _, role in weighed]


def _same_side(context: Context, a: str, b: str) -> bool:
    """Tell whether two entities name one side: a state beside its capital, person or body."""
    left, right = context.countries.get(a), context.countries.get(b)
    if left is None or left != right:
        return False
    one, two = context.entities[a], context.entities[b]
    if "LOC" in (one.type, two.type):
        return True
    return one.type != two.type and not (_is_named(one) and _is_named(two))


def _is_named(entity: Entity) -> bool:
    return any(mention.kind == "named" for mention in entity.mentions)
