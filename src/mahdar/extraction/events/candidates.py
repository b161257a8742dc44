"""Whom an event may concern: the entities near its mentions that can be a party at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.relations import link_before
from mahdar.extraction.events.triggers import Trigger, look_up

# Entities weighed for one event: the nearest ones; more only occurs in lists of names.
_MAX_CANDIDATES = 24
# Mentions of one event that are looked at for its parties.
MOST_MENTIONS = 8
# Words to each side in which the mentions of one long sentence are looked for.
REACH = 60
# Persons and bodies before a sentence that may be meant in it, and entities that the whole article is about:
# on 373 press articles kept apart, 2 and none held 88.3 of 100 participants, 4 and 3 hold 93.1.
_BEFORE, _LEADING = 4, 3

# Kinds of places whose name may stand for those who govern them («موسكو», «الخليج»).
_ACTING_PLACES = frozenset(("country", "capital", "region", "territory", "continent"))

# Events at whose trigger an instrument may be named, and within how many words.
SIGNING = frozenset(("AGREE", "NEGOTIATE", "CEASEFIRE", "VIOLATION"))
_TO_NAME = 3

WHERE = frozenset(("في", "في~", "ب-", "داخل", "قرب"))
"""What stands before the name of a place where something is."""
# Before an adjective of nationality: «العاصمة الأردنية» is a place, no party.
_SEATS = frozenset(("العاصمه", "عاصمه", "المدينه", "مدينه"))
# Mentions of a place that are looked at.
_MOST_SPOTS = 12
# Events done to a place as well as in it («ضربات في سوريا»).
_STRIKING = frozenset(("ATTACK", "ADVANCE", "SANCTION", "MOBILIZE", "VISIT"))
# Events called after the place where they are held or signed.
_NAMED_BY_PLACE = frozenset(("MEET", "NEGOTIATE", "AGREE"))
_DASHES = frozenset("-–—/:")

Candidates = dict[str, list[tuple[Trigger, Spot]]]


def candidate_parties(context: Context, group: Sequence[Trigger]) -> Candidates:
    """Return whom an event may concern: entity id -> nearest mention per trigger's sentence.

    Beside the mentions of the triggers' sentences: speakers of the statements that hold a trigger,
    states named by an adjective of nationality, the last persons or bodies before the sentence,
    which a pronoun may stand for, and those whom the article is about, who need not be said again
    (these with an empty list unless also mentioned).
    """
    found: Candidates = {}
    for trigger in group[:MOST_MENTIONS]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        nearest: dict[str, Spot] = {}
        for spot in context.spots_between(max(first, at - REACH), min(last, at + REACH)):
            for entity_id in context.meant(spot.entity):
                held = nearest.get(entity_id)
                if held is None or distance(spot, at) < distance(held, at):
                    nearest[entity_id] = spot
        for entity_id, spot in sorted(nearest.items(), key=lambda item: distance(item[1], at)):
            if not may_act(context, entity_id):
                continue
            if trigger.lemma.type not in _STRIKING and (
                names_place(context, spot) or is_scene(context, entity_id)
            ):
                continue
            if len(found) < _MAX_CANDIDATES or entity_id in found:
                found.setdefault(entity_id, []).append((trigger, spot))
        speech = context.speech[at]
        if speech is not None:
            for speaker in speech.speakers:
                if speaker in context.entities:
                    found.setdefault(speaker, [])
        for k in (at + 1, at + 2, at + 3):
            state = context.demonym(k) if k <= last else None
            if state is not None and context.words.norm[k - 1] not in _SEATS:
                found.setdefault(state, [])
        for entity_id in last_parties(context, first, _BEFORE):
            found.setdefault(entity_id, [])
        if trigger.lemma.type in SIGNING:
            for entity_id in sorted(signers(context, trigger)):
                found.setdefault(entity_id, [])
    for entity_id in leading_parties(context):
        if group[0].lemma.type in _STRIKING or not is_scene(context, entity_id):
            found.setdefault(entity_id, [])
    return found


def leading_parties(context: Context) -> tuple[str, ...]:
    """Return the entities that can be a party and stand in most sentences of the article."""
    if context.leading is None:
        number = context.words.sentence
        seen = {(number[s.first], i) for s in context.spots for i in context.meant(s.entity)}
        counts = Counter(i for _, i in sorted(seen) if may_act(context, i))
        context.leading = tuple(i for i, _ in counts.most_common(_LEADING))
    return context.leading


def signers(context: Context, trigger: Trigger) -> frozenset[str]:
    """Return the article's entities that are party to a known instrument named at a trigger."""
    at = trigger.word
    for k in range(at, min(context.last_of[at], at + _TO_NAME) + 1):
        if k in context.signed:
            return context.signed[k]
    return frozenset()


def may_act(context: Context, entity_id: str) -> bool:
    """Tell whether an entity can be a party at all: a place only as a state, its capital or a bloc."""
    if context.entities[entity_id].type != "LOC":
        return True
    return context.place_kinds.get(entity_id) in _ACTING_PLACES


def last_parties(context: Context, word: int, count: int) -> list[str]:
    """Return the last persons and bodies mentioned before a word, nearest first."""
    out: list[str] = []
    for spot in reversed(context.spots_between(max(0, word - 40), word - 1)):
        for entity_id in context.meant(spot.entity):
            if context.entities[entity_id].type != "LOC" and entity_id not in out:
                out.append(entity_id)
        if len(out) >= count:
            break
    return out


def distance(spot: Spot, at: int) -> int:
    """Return how many words lie between a mention and a word; 0 inside it."""
    return max(0, spot.first - at, at - spot.last)


def names_place(context: Context, spot: Spot) -> bool:
    """Tell whether a place is named as the scene: «في جنيف», or «محادثات جنيف» behind a noun that
    names a meeting or a deal."""
    if spot.entity.type != "LOC":
        return False
    bare = spot.start == context.words.start[spot.first]
    if bare and spot.first > 0 and context.place_kinds.get(spot.entity.id) == "capital":
        _, readings = look_up(context.words.norm[spot.first - 1])
        if any(form.tense == "noun" and le.type in _NAMED_BY_PLACE for le, form, _ in readings):
            return True
    return is_where(context, spot)


def is_scene(context: Context, entity_id: str) -> bool:
    """Tell whether the article names a place only as where something is, as far as looked."""
    known = context.scenes.get(entity_id)
    if known is None:
        spots = context.spots_of.get(entity_id, ())[:_MOST_SPOTS]
        known = bool(spots) and all(
            spot.entity.type == "LOC" and is_where(context, spot) for spot in spots
        )
        context.scenes[entity_id] = known
    return known


def is_where(context: Context, spot: Spot) -> bool:
    """Tell whether a place is named as where something is: behind «في» or «ب», or as a dateline."""
    if link_before(context, spot) in WHERE:
        return True
    if spot.first > 0 and context.words.norm[spot.first - 1] == "(":
        return True
    after = spot.last + 1
    opens = spot.first == context.first_of[spot.first]
    return opens and after < context.size and context.words.norm[after] in _DASHES
