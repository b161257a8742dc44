"""Who takes part in an event, and how: the weighed candidates, those chosen with their roles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mahdar.extraction.events.candidates import MOST_MENTIONS, REACH, SIGNING
from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.sides import choose_parties
from mahdar.extraction.events.triggers import Trigger, bare_forms
from mahdar.lexicon.tables import load_table
from mahdar.model import Participant
from mahdar.text.normalize import normalize_word

# Features of an entity under whose auspices something is done.
_MEDIATING = frozenset(
    f"{side}|link={word}{far}"
    for side in ("before", "after")
    for word in ("برعايه", "بوساطه", "برعايته")
    for far in ("", "~")
)

Weighed = tuple[str, list[str], dict[str, float]]
"""A candidate: entity id, its features, the chance of every role and of ``none``."""


@cache
def captives() -> frozenset[str]:
    """Return the words for people in custody, in normal form."""
    return frozenset(normalize_word(row["word"]) for row in load_table("events_captives"))


def find_participants(
    context: Context,
    group: Sequence[Trigger],
    candidates: Sequence[Weighed],
    *,
    threshold: float,
) -> tuple[Participant, ...]:
    """Return who takes part, in candidate order, each with the likeliest role.

    Args:
        context: the article's layers.
        group: the mentions of the event.
        candidates: who may take part.
        threshold: the chance from which one does.
    """
    kind = group[0].lemma.type
    weighed = []
    for entity_id, features, chances in candidates:
        none = chances["none"]
        role = max((r for r in chances if r != "none"), key=lambda r: chances[r])
        if role == "actor" and kind in SIGNING | {"MEET"} and not _MEDIATING.isdisjoint(features):
            role = "mediator"
        elif role == "actor" and is_captive(context, entity_id):
            role = "target"
        weighed.append((entity_id, 1 - none, role))
    return choose_parties(context, kind, weighed, iter_lists(context, group), threshold)


def is_captive(context: Context, entity_id: str) -> bool:
    """Tell whether an entity is people in custody («الأسرى»), who do not act."""
    mentions = context.entities[entity_id].mentions
    if not mentions or any(m.kind == "named" for m in mentions):
        return False
    where = context.words.between(mentions[0].start, mentions[0].end)
    return bool(len(where)) and not captives().isdisjoint(bare_forms(context.words.norm[where[0]]))


def iter_lists(context: Context, group: Sequence[Trigger]) -> list[tuple[str, ...]]:
    """Return the entities of each list («روسيا وتركيا وإيران») in the sentences of the triggers."""
    out: list[tuple[str, ...]] = []
    for trigger in group[:MOST_MENTIONS]:
        at = trigger.word
        first = max(context.first_of[at], at - REACH)
        run: list[str] = []
        before: Spot | None = None
        for spot in context.spots_between(first, min(context.last_of[at], at + REACH)):
            if before is not None and _joins(context, before, spot):
                run.append(spot.entity.id)
            else:
                if len(run) > 1:
                    out.append(tuple(run))
                run = [spot.entity.id]
            before = spot
        if len(run) > 1:
            out.append(tuple(run))
    return out


def _joins(context: Context, left: Spot, right: Spot) -> bool:
    """Tell whether a mention is listed right after another of the same type: «A وB», «A و B»."""
    if left.entity.type != right.entity.type or left.entity.id == right.entity.id:
        return False
    words = context.words
    gap = right.first - left.last
    if gap == 1:
        return words.text[right.first][: right.start - words.start[right.first]] == "و"
    return gap == 2 and words.norm[left.last + 1] == "و"
