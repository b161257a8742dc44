"""An event's parts: who takes part and how, where, when, and how real it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.detect_features import shape, surroundings
from mahdar.extraction.events.linear import LinearModel
from mahdar.extraction.events.relations import party_features, time_features
from mahdar.extraction.events.triggers import Trigger
from mahdar.model import Participant, TimeExpression

# Entities weighed for one event: the nearest ones; more only occurs in lists of names.
_MAX_CANDIDATES = 24


def candidate_parties(
    context: Context, group: Sequence[Trigger]
) -> dict[str, list[tuple[Trigger, Spot]]]:
    """Return whom an event may concern: entity id -> nearest mention per trigger's sentence.

    Beside the mentions of the triggers' sentences: speakers of the statements that hold a trigger,
    states named by an adjective of nationality, and the last mention before the sentence, which a
    pronoun may stand for (these with an empty list unless also mentioned).
    """
    found: dict[str, list[tuple[Trigger, Spot]]] = {}
    for trigger in group[:8]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        nearest: dict[str, Spot] = {}
        for spot in context.spots_between(max(first, at - 60), min(last, at + 60)):
            held = nearest.get(spot.entity.id)
            if held is None or _distance(spot, at) < _distance(held, at):
                nearest[spot.entity.id] = spot
        for entity_id, spot in sorted(nearest.items(), key=lambda item: _distance(item[1], at)):
            if len(found) < _MAX_CANDIDATES or entity_id in found:
                found.setdefault(entity_id, []).append((trigger, spot))
        speech = context.speech[at]
        if speech is not None:
            for speaker in speech.speakers:
                if speaker in context.entities:
                    found.setdefault(speaker, [])
        for k in (at + 1, at + 2, at + 3):
            state = context.demonym(k) if k <= last else None
            if state is not None:
                found.setdefault(state, [])
        for spot in _before(context, first, 2):
            found.setdefault(spot.entity.id, [])
    return found


def _before(context: Context, word: int, count: int) -> list[Spot]:
    """Return the last persons or organisations mentioned before a word, nearest first."""
    out: list[Spot] = []
    seen: set[str] = set()
    for spot in reversed(context.spots_between(max(0, word - 40), word - 1)):
        if spot.entity.type != "LOC" and spot.entity.id not in seen:
            seen.add(spot.entity.id)
            out.append(spot)
            if len(out) == count:
                break
    return out


def _distance(spot: Spot, at: int) -> int:
    return max(0, spot.first - at, at - spot.last)


def iter_party_questions(
    context: Context, group: Sequence[Trigger], freq: Counter[str], others: Sequence[int]
) -> list[tuple[str, list[str]]]:
    """Return each candidate of an event with its features."""
    return [
        (entity_id, party_features(context, group, entity_id, spots, freq, others))
        for entity_id, spots in candidate_parties(context, group).items()
    ]


def find_participants(
    questions: Sequence[tuple[str, list[str]]], model: LinearModel, *, threshold: float
) -> tuple[Participant, ...]:
    """Return who takes part, in candidate order, each with the likeliest role."""
    out = []
    for entity_id, features in questions:
        chances = model.chances(features)
        none = chances.pop("none")
        if 1 - none >= threshold:
            role = max(chances, key=lambda r: chances[r])
            out.append(Participant(entity_id, role))  # type: ignore[arg-type]
    return tuple(out)


def find_place(
    context: Context,
    questions: Sequence[tuple[str, list[str]]],
    model: LinearModel,
    *,
    threshold: float,
) -> str | None:
    """Return the place of an event: the likeliest location among its candidates."""
    best, best_chance = None, threshold
    for entity_id, features in questions:
        if context.entities[entity_id].type == "LOC":
            chance = model.chance(features)
            if chance >= best_chance:
                best, best_chance = entity_id, chance
    return best


def iter_time_questions(
    context: Context, group: Sequence[Trigger], others: Sequence[int]
) -> list[tuple[TimeExpression, list[str]]]:
    """Return the dates that may tell when an event is, with their features per trigger."""
    out = []
    for trigger in group[:8]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        here = sorted(
            context.dates_between(first, last), key=lambda d: max(0, d[0] - at, at - d[1])
        )[:4]
        for rank, place in enumerate(here):
            out.append((place[2], time_features(context, trigger, place, others, rank)))
        if not here:
            near = context.dates_between(max(0, first - 40), first - 1)[-1:]
            for place in near:
                out.append((place[2], time_features(context, trigger, place, others, 0)))
    return out


def find_time(
    questions: Sequence[tuple[TimeExpression, list[str]]],
    model: LinearModel,
    *,
    threshold: float,
) -> str | None:
    """Return when an event is (EDTF): the value of the likeliest date."""
    best, best_chance = None, threshold
    for date, features in questions:
        chance = model.chance(features)
        if chance >= best_chance and date.value != "..":
            best, best_chance = date.value, chance
    return best


def modality_features(context: Context, trigger: Trigger) -> list[str]:
    """Return the features of the question how real an event is, from one of its triggers."""
    own = shape(trigger, context)
    around = surroundings(context, trigger)
    tense = trigger.form.tense
    out = ["bias", "ty=" + trigger.lemma.type, *own, *around]
    out += [f"{tense}|{f}" for f in around if not f.startswith(("p1=", "n1="))]
    out += [f"{trigger.lemma.type}|{f}" for f in own]
    out.append("le=" + trigger.lemma.key)
    return out


def find_modality(context: Context, group: Sequence[Trigger], model: LinearModel) -> str:
    """Return how real an event is: the likeliest modality over its mentions."""
    total = [0.0] * len(model.labels)
    for trigger in group[:8]:
        for at, chance in enumerate(model.chances(modality_features(context, trigger)).values()):
            total[at] += chance
    return model.labels[max(range(len(total)), key=lambda k: total[k])]
