"""Who takes part in an event, and how."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.linear import LinearModel
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.relations import entity_features, link_before
from mahdar.extraction.events.triggers import Trigger
from mahdar.model import Participant

# Entities weighed for one event: the nearest ones; more only occurs in lists of names.
_MAX_CANDIDATES = 24
# Mentions of one event that are looked at for its parts.
_MAX_TRIGGERS = 8
# Words to each side in which the mentions of one long sentence are looked for.
_REACH = 60

Candidates = dict[str, list[tuple[Trigger, Spot]]]


def candidate_parties(context: Context, group: Sequence[Trigger]) -> Candidates:
    """Return whom an event may concern: entity id -> nearest mention per trigger's sentence.

    Beside the mentions of the triggers' sentences: speakers of the statements that hold a trigger,
    states named by an adjective of nationality, and the last persons or bodies before the sentence,
    which a pronoun may stand for (these with an empty list unless also mentioned).
    """
    found: Candidates = {}
    for trigger in group[:_MAX_TRIGGERS]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        nearest: dict[str, Spot] = {}
        for spot in context.spots_between(max(first, at - _REACH), min(last, at + _REACH)):
            held = nearest.get(spot.entity.id)
            if held is None or distance(spot, at) < distance(held, at):
                nearest[spot.entity.id] = spot
        for entity_id, spot in sorted(nearest.items(), key=lambda item: distance(item[1], at)):
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
        for entity_id in last_parties(context, first, 2):
            found.setdefault(entity_id, [])
    return found


def last_parties(context: Context, word: int, count: int) -> list[str]:
    """Return the last persons and bodies mentioned before a word, nearest first."""
    out: list[str] = []
    for spot in reversed(context.spots_between(max(0, word - 40), word - 1)):
        if spot.entity.type != "LOC" and spot.entity.id not in out:
            out.append(spot.entity.id)
            if len(out) == count:
                break
    return out


def distance(spot: Spot, at: int) -> int:
    """Return how many words lie between a mention and a word; 0 inside it."""
    return max(0, spot.first - at, at - spot.last)


def _count(number: int) -> str:
    return str(number) if number < 3 else "3-4" if number < 5 else "5+"


def _article_features(
    context: Context, group: Sequence[Trigger], entity_id: str, outline: Outline
) -> list[str]:
    kind = group[0].lemma.type
    entity = context.entities[entity_id]
    out = ["bias", "ty=" + kind, "et=" + entity.type, f"{kind}|et={entity.type}"]
    out.append("freq=" + _count(outline.freq[entity_id]))
    beside = outline.beside.get(entity_id)
    if beside is not None:
        out.append("beside=" + _count(beside[kind]))
        out.append("besideany=" + _count(beside.total()))
    if entity_id in outline.title:
        out.append("intitle")
    if entity.source:
        out.append("source")
    if not any(m.kind == "named" for m in entity.mentions):
        out += ["unnamed", f"{kind}|unnamed", "unnamed|" + entity.type]
    return out


def _voice_features(context: Context, group: Sequence[Trigger], entity_id: str) -> list[str]:
    """Return features of the entity as the one who says what holds the trigger."""
    out: list[str] = []
    for trigger in group[:_MAX_TRIGGERS]:
        speech = context.speech[trigger.word]
        if speech is None:
            continue
        if entity_id in speech.via:
            out.append("via")
        if entity_id not in speech.speakers:
            continue
        out += ["speaker", "speaker|" + trigger.lemma.type, "speaker|" + speech.act]
        text = trigger.form.text
        if trigger.form.tense == "noun":
            first = trigger.form.suffix and text.endswith("نا")
        else:
            first = text.startswith(("ن", "سن", "سا", "ا")) or text.endswith(("نا", "ت"))
        if first:
            out.append("speaker|first|" + trigger.form.tense)
        out.append("speaker|" + ("noun" if trigger.form.tense == "noun" else "verb"))
    return out


def _subject_features(context: Context, trigger: Trigger, entity_id: str) -> list[str]:
    """Return features of the entity as an understood subject, named before the trigger."""
    at = trigger.word
    first = context.first_of[at]
    tense = "n" if trigger.form.tense == "noun" else "v"
    # who the clause's own subject is, if a mention follows at once
    follower = context.at[at + 1] if at < context.last_of[at] else None
    led = (
        "led" if follower is not None and link_before(context, follower) in ("w", "ent") else "free"
    )
    out = []
    seen: list[str] = []
    for spot in reversed(context.spots_between(max(0, at - 50), at - 1)):
        if spot.entity.type != "LOC" and spot.entity.id not in seen:
            seen.append(spot.entity.id)
            if spot.entity.id == entity_id:
                where = "here" if spot.first >= first else "back"
                out.append(f"recent={min(len(seen), 4)}|{where}|{tense}|{led}")
                if trigger.form.suffix:
                    out.append(f"recent={min(len(seen), 3)}|suffix")
            if len(seen) == 4:
                break
    opening = context.spots_between(first, at)
    if opening and opening[0].entity.id == entity_id:
        out.append(f"topic|{tense}|{led}")
    if entity_id in {
        s for k in range(first, at) if k in context.cues for s in context.cues[k].speakers
    }:
        out.append(f"teller|{tense}|{led}")
    return out


def party_features(
    context: Context,
    group: Sequence[Trigger],
    entity_id: str,
    spots: Sequence[tuple[Trigger, Spot]],
    outline: Outline,
) -> list[str]:
    """Return the features of the question: what part has this entity in this event?

    Args:
        context: the article.
        group: the event's triggers.
        entity_id: whom is asked about.
        spots: for each trigger whose sentence mentions the entity, the mention nearest to it.
        outline: the article's counts.
    """
    kind = group[0].lemma.type
    out = _article_features(context, group, entity_id, outline)
    out += _voice_features(context, group, entity_id)
    for trigger, spot in spots:
        out.extend(entity_features(context, trigger, spot, outline.others))
    for trigger in group[:_MAX_TRIGGERS]:
        subject = _subject_features(context, trigger, entity_id)
        out += subject
        out += [f"{kind}|{f}" for f in subject if f.startswith("topic")]
        for k in (trigger.word + 1, trigger.word + 2, trigger.word + 3):
            if k <= context.last_of[trigger.word] and context.demonym(k) == entity_id:
                out += [f"demonym{k - trigger.word}", f"{kind}|demonym"]
    out.append("met=" + str(min(len(spots), 3)))
    out.append(f"share={len(spots) * 4 // min(len(group), _MAX_TRIGGERS)}")
    return list(dict.fromkeys(out))


def iter_party_questions(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> list[tuple[str, list[str]]]:
    """Return each candidate of an event with its features."""
    return [
        (entity_id, party_features(context, group, entity_id, spots, outline))
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
