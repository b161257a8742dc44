"""The questions about an event's parties: each candidate with its features."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.extraction.events.candidates import (
    MOST_MENTIONS,
    SIGNING,
    candidate_parties,
    is_where,
    may_act,
    signers,
)
from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.relations import entity_features, link_before
from mahdar.extraction.events.triggers import Trigger
from mahdar.lexicon.word_classes import word_class

# Words before the people that they count.
_COUNTING = frozenset(
    ("عدد", "احد", "احدي", "بعض", "من", "عشرات", "مئات", "الاف", "مجموعه", "عده", "جميع", "كافه")
)


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
    known = context.actor_kinds.get(entity_id)
    if known is not None:
        out += ["ak=" + known, f"{kind}|ak={known}"]
    head = head_word(context, entity_id)
    if head and entity.type == "ORG":
        fine, wide = word_class(head)
        out += [f"hw={head}", f"{kind}|hw={head}", f"hc={fine}", f"{kind}|hc={fine}"]
        out.append(f"{kind}|hwide={wide}")
    return out


def head_word(context: Context, entity_id: str) -> str:
    """Return the first word of an entity's first mention in normal form, without the article.

    What counts is passed over: of «17 شخصا», «عدد من الجنود» it is the people.
    """
    spots = context.spots_of.get(entity_id)
    if not spots:
        return ""
    norms = context.words.norm[spots[0].first : spots[0].last + 1]
    telling = (norm for norm in norms if norm not in _COUNTING and not norm[0].isdigit())
    norm = next(telling, norms[0])
    return norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm


def _voice_features(context: Context, group: Sequence[Trigger], entity_id: str) -> list[str]:
    """Return features of the entity as the one who says what holds the trigger."""
    out: list[str] = []
    for trigger in group[:MOST_MENTIONS]:
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
        fresh = [e for e in context.meant(spot.entity) if e not in seen]
        if spot.entity.type != "LOC" and fresh:
            seen += fresh
            if entity_id in fresh:
                where = "here" if spot.first >= first else "back"
                out.append(f"recent={min(len(seen), 4)}|{where}|{tense}|{led}")
                if trigger.form.suffix:
                    out.append(f"recent={min(len(seen), 3)}|suffix")
            if len(seen) >= 4:
                break
    opening = context.spots_between(first, at)
    if opening and entity_id in context.meant(opening[0].entity):
        out.append(f"topic|{tense}|{led}")
    if entity_id in {
        s for k in range(first, at) if k in context.cues for s in context.cues[k].speakers
    }:
        out.append(f"teller|{tense}|{led}")
    return out


def _side_features(
    context: Context, kind: str, entity_id: str, spots: Sequence[tuple[Trigger, Spot]]
) -> list[str]:
    """Return features of the other names of the entity's side and of its turn among the parties."""
    out: list[str] = []
    own = context.entities[entity_id]
    country = context.countries.get(entity_id)
    if own.type == "LOC":
        out.append("lk=" + context.place_kinds.get(entity_id, ""))
    for trigger, spot in spots:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        rivals: set[str] = set()
        if spot.first > at:
            between = context.spots_between(at + 1, spot.first - 1)
            side = "after"
        else:
            between = context.spots_between(spot.last + 1, at - 1)
            side = "before"
        turn = 1
        for other in between:
            for rival in context.meant(other.entity):
                if rival != entity_id and rival not in rivals and may_act(context, rival):
                    if other.entity.type != "LOC" or not is_where(context, other):
                        rivals.add(rival)
                        turn += 1
        turns = str(min(turn, 4))
        tense = "n" if trigger.form.tense == "noun" else "v"
        link = link_before(context, spot)
        out += [
            f"{side}|turn={turns}|{tense}",
            f"{side}|turn={turns}|{link}",
            f"{kind}|{side}|turn={turns}",
        ]
        out.append(f"{side}|turn={turns}|{tense}|{own.type}")
        if own.type == "LOC":
            out.append(f"where={is_where(context, spot):d}")
            out.append(f"{context.place_kinds.get(entity_id, '')}|{side}|{link}")
        if country is not None:
            for other in context.spots_between(max(first, at - 25), min(last, at + 25)):
                mate = other.entity
                if mate.id != entity_id and context.countries.get(mate.id) == country:
                    out.append(f"mate|{own.type}|{mate.type}")
                    out.append(f"{kind}|mate|{own.type}|{mate.type}")
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
    out += _side_features(context, kind, entity_id, spots)
    if kind in SIGNING and any(entity_id in signers(context, t) for t in group[:MOST_MENTIONS]):
        out += ["signer", "signer|" + kind]
    for trigger in group[:MOST_MENTIONS]:
        subject = _subject_features(context, trigger, entity_id)
        out += subject
        out += [f"{kind}|{f}" for f in subject if f.startswith("topic")]
        for k in (trigger.word + 1, trigger.word + 2, trigger.word + 3):
            if k <= context.last_of[trigger.word] and context.demonym(k) == entity_id:
                out += [f"demonym{k - trigger.word}", f"{kind}|demonym"]
    out.append("met=" + str(min(len(spots), 3)))
    out.append(f"share={len(spots) * 4 // min(len(group), MOST_MENTIONS)}")
    return list(dict.fromkeys(out))


def iter_party_questions(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> list[tuple[str, list[str]]]:
    """Return each candidate of an event with its features."""
    return [
        (entity_id, party_features(context, group, entity_id, spots, outline))
        for entity_id, spots in candidate_parties(context, group).items()
    ]
