"""How a mention of an entity or a date stands to a trigger: features for parties, place and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.cues import cue_classes
from mahdar.extraction.events.triggers import Trigger
from mahdar.model import TimeExpression

_STOPS = frozenset("،؛:.!؟?(")
# Prepositions and particles that tell a part; others count as "-".
_LINKS = frozenset(
    [
        "مع",
        "بين",
        "علي",
        "في",
        "الي",
        "من",
        "ضد",
        "عن",
        "قبل",
        "جانب",
        "برئاسه",
        "بقياده",
        "برعايه",
        "برعايته",
        "لدي",
        "حول",
        "بشان",
        "بحضور",
        "بمشاركه",
        "داخل",
        "قرب",
        "نحو",
        "صوب",
        "تجاه",
        "بواسطه",
        "بوساطه",
        "باسم",
        "وبين",
        "عبر",
        "بحق",
        "ان",
        "انه",
        "قال",
        "هو",
        "الذي",
        "التي",
    ]
)


def link_before(context: Context, spot: Spot) -> str:
    """Return the preposition that governs a mention: attached, the word before, or that of the
    mention it is joined to by «و»."""
    words = context.words
    for _ in range(6):
        cut = context.words.text[spot.first][: spot.start - words.start[spot.first]]
        head = next((letter for letter in cut if letter in "بلك"), "")
        if head:
            return head + "-"
        if spot.first == 0 or words.sentence[spot.first - 1] != words.sentence[spot.first]:
            return "^"
        before = context.at[spot.first - 1]
        joined = cut.startswith("و") or words.norm[spot.first - 1] in ("و", "او")
        if joined:
            at = spot.first - 1 if cut.startswith("و") else spot.first - 2
            before = context.at[at] if at >= 0 else None
            if before is not None and before.first < spot.first:
                spot = before
                continue
            return "&"
        norm = words.norm[spot.first - 1]
        if norm in _LINKS:
            return norm
        if norm in _STOPS or norm in ('"', "«", "“", "-"):
            return "," if norm in _STOPS else "q"
        if before is not None:
            return "ent"
        # a title or role stands between («الرئيس فلان»): look before it
        back = spot.first - 1
        for _step in range(4):
            back -= 1
            if back < 0 or words.sentence[back] != words.sentence[spot.first]:
                return "w"
            if words.norm[back] in _LINKS:
                return words.norm[back] + "~"
            if words.norm[back] in _STOPS:
                return "w"
        return "w"
    return "w"


def _bucket(gap: int) -> str:
    return (
        str(gap)
        if gap < 3
        else "3-4"
        if gap < 5
        else "5-8"
        if gap < 9
        else "9-15"
        if gap < 16
        else "16+"
    )


def position_features(
    context: Context, trigger: Trigger, first: int, last: int, others: Sequence[int]
) -> tuple[str, str, list[str]]:
    """Return side, distance and further features of the words ``[first, last]`` seen from a trigger.

    ``others`` are the word indexes of all triggers of the article, in order.
    """
    at = trigger.word
    if first > at:
        side, low, high = "after", at + 1, first
    elif last < at:
        side, low, high = "before", last + 1, at
    else:
        return "in", "0", []
    gap = high - low
    out: list[str] = []
    stops = sum(context.words.norm[k] in _STOPS for k in range(low, high))
    out.append("stops=" + str(min(stops, 2)))
    between = {s.entity.id for s in context.spots_between(low, high - 1)}
    out.append("ents=" + str(min(len(between), 3)))
    crossed = sum(low <= o < high for o in others)
    out.append("trig=" + str(min(crossed, 2)))
    if any(k in context.cues for k in range(low, high)):
        out.append("cuebetween")
    return side, _bucket(gap), out


def entity_features(
    context: Context,
    trigger: Trigger,
    spot: Spot,
    others: Sequence[int],
) -> list[str]:
    """Return features of a mention seen from a trigger in the same sentence."""
    side, gap, rest = position_features(context, trigger, spot.first, spot.last, others)
    kind = trigger.lemma.type
    what = spot.entity.type + ("" if spot.named else "m")
    link = link_before(context, spot)
    tense = "n" if trigger.form.tense == "noun" else "v"
    out = [
        f"side={side}",
        f"{side}|gap={gap}",
        f"{side}|link={link}",
        f"{kind}|{side}|link={link}",
        f"{kind}|{side}|{what}",
        f"{side}|{what}|gap={gap}",
        f"{tense}|{side}|gap={gap}",
        f"{tense}|{side}|link={link}",
        f"{kind}|{tense}|{side}|g{gap if gap in '0123' else '+'}",
        f"le={trigger.lemma.key}|{side}|{link}",
        f"{side}|{what}|link={link}",
    ]
    out.extend(f"{side}|{f}" for f in rest)
    if spot.first == context.first_of[spot.first]:
        out.append("opens|" + side)
    if trigger.form.suffix and side == "before":
        out.append("suffix|" + spot.entity.type + "|" + gap)
    for k in (spot.first - 1, spot.first - 2):
        if k >= context.first_of[spot.first]:
            for name in cue_classes(context.words.norm[k]):
                if name in ("joint", "against", "place", "said", "light", "diplomatic"):
                    out.append(f"near|{side}|{name}")
    return out


def _global_features(
    context: Context, group: Sequence[Trigger], entity_id: str, freq: Counter[str]
) -> list[str]:
    kind = group[0].lemma.type
    entity = context.entities[entity_id]
    out = ["bias", "ty=" + kind, "et=" + entity.type, f"{kind}|et={entity.type}"]
    count = freq[entity_id]
    out.append(
        "freq=" + ("1" if count == 1 else "2" if count == 2 else "3-4" if count < 5 else "5+")
    )
    if entity.source:
        out.append("source")
    if not any(m.kind == "named" for m in entity.mentions):
        out.append("unnamed")
        out.append(f"{kind}|unnamed")
    for trigger in group:
        speech = context.speech[trigger.word]
        if speech is not None and entity_id in speech.speakers:
            out.append("speaker")
            out.append(f"{kind}|speaker")
            norm = trigger.form.text
            if trigger.form.tense != "noun" and (
                norm.startswith(("ن", "سن", "سا")) or norm.endswith(("نا", "ت"))
            ):
                out.append("speaker|first")
            if norm.endswith("نا") and trigger.form.suffix:
                out.append("speaker|ours")
        if speech is not None and entity_id in speech.via:
            out.append("via")
    return out


def party_features(
    context: Context,
    group: Sequence[Trigger],
    entity_id: str,
    spots: Sequence[tuple[Trigger, Spot]],
    freq: Counter[str],
    others: Sequence[int],
) -> list[str]:
    """Return the features of the question: what part has this entity in this event?

    Args:
        context: the article.
        group: the event's triggers.
        entity_id: whom is asked about.
        spots: for each trigger whose sentence mentions the entity, the mention nearest to it.
        freq: mentions of each entity in the article.
        others: word indexes of all triggers of the article.
    """
    out = _global_features(context, group, entity_id, freq)
    for trigger, spot in spots:
        out.extend(entity_features(context, trigger, spot, others))
    out.append("met=" + str(min(len(spots), 3)))
    kind = group[0].lemma.type
    for trigger in group:
        at = trigger.word
        for k in (at + 1, at + 2, at + 3):
            if k <= context.last_of[at] and context.demonym(k) == entity_id:
                out.append("demonym" + str(k - at))
                out.append(f"{kind}|demonym")
    first = group[0]
    if context.spots and not spots:
        out.append("elsewhere")
    opening = context.spots_between(context.first_of[first.word], context.last_of[first.word])
    if opening and opening[0].entity.id == entity_id:
        out.append("topic")
        out.append(f"{kind}|topic")
    return list(dict.fromkeys(out))


def time_features(
    context: Context,
    trigger: Trigger,
    place: tuple[int, int, TimeExpression],
    others: Sequence[int],
    rank: int,
) -> list[str]:
    """Return the features of the question: does this date tell when the event is?

    ``rank`` counts the dates of the same sentence that are nearer to the trigger.
    """
    first, last, date = place
    at = trigger.word
    kind = trigger.lemma.type
    value = date.value
    shape = (
        "range" if "/" in value else "week" if "W" in value else "year" if len(value) == 4
        else "month" if len(value.rstrip("~")) == 7 else "day"
    )  # fmt: skip
    if value == "..":
        shape = "unknown"
    same = context.words.sentence[first] == context.words.sentence[at]
    out = ["bias", "shape=" + shape, f"{kind}|{shape}", "rank=" + str(min(rank, 2))]
    tense = trigger.form.tense
    if same:
        side, gap, rest = position_features(context, trigger, first, last, others)
        out += [f"{side}|gap={gap}", f"{side}", f"{tense}|{side}", f"{side}|{shape}"]
        out += [f"{side}|{f}" for f in rest]
        out.append(f"{kind}|{side}")
        out.append(f"{kind}|gap={gap}")
    else:
        apart = context.words.sentence[at] - context.words.sentence[first]
        out.append("apart=" + ("+1" if apart == 1 else "-1" if apart == -1 else "far"))
    if context.speech[at] is not context.speech[first]:
        out.append("othervoice")
    if any(k in context.cues for k in range(max(0, first - 3), min(context.size, last + 3))):
        out.append("bycue")
    before = context.words.norm[first - 1] if first else "^"
    out.append("p1=" + before)
    return out
