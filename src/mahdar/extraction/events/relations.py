"""How a mention of an entity or a date stands to a trigger: side, distance, preposition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.cues import cue_classes
from mahdar.extraction.events.triggers import Trigger
from mahdar.lexicon.word_classes import word_class

_STOPS = frozenset("،؛:.!؟?(")
_QUOTES = frozenset('"«“”»-_')
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
    mention it is listed with («A وB», «A، B»)."""
    words = context.words
    listed = ""
    for _ in range(8):
        cut = words.text[spot.first][: spot.start - words.start[spot.first]]
        head = next((letter for letter in cut if letter in "بلك"), "")
        if head:
            return head + "-"
        at = spot.first - 1
        if at < 0 or words.sentence[at] != words.sentence[spot.first]:
            return "^"
        norm = words.norm[at]
        joined = cut.startswith("و")
        if not joined and norm in ("و", "،", ",", "او"):
            at -= 1
            joined = True
        before = context.at[at] if at >= 0 else None
        if joined and before is not None and before.first < spot.first:
            spot, listed = before, "&"
            continue
        if joined:
            return "&" if norm not in "،," else ","
        if norm in _LINKS:
            return norm
        if norm in _STOPS:
            return ","
        if norm in _QUOTES:
            if at and words.norm[at - 1] in _LINKS:
                return words.norm[at - 1]
            return "q"
        if before is not None:
            if before.entity.id == spot.entity.id and before.first < spot.first:
                spot = before  # a title before the name: what governs the title governs the name
                continue
            return "ent"
        return _far_link(context, at - 1)
    return listed or "w"


def _far_link(context: Context, at: int) -> str:
    """Return the preposition up to four words further back, behind a title or role."""
    words = context.words
    for back in range(at, max(-1, at - 4), -1):
        if words.sentence[back] != words.sentence[at]:
            break
        if words.norm[back] in _LINKS:
            return words.norm[back] + "~"
        if words.norm[back] in _STOPS:
            break
    return "w"


# Words between a trigger and a mention that are looked at.
_FAR = 90


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
    low = max(low, high - _FAR)
    out: list[str] = []
    stops = sum(context.words.norm[k] in _STOPS for k in range(low, high))
    out.append("stops=" + str(min(stops, 2)))
    between = {s.entity.id for s in context.spots_between(low, high - 1)}
    out.append("ents=" + str(min(len(between), 3)))
    crossed = bisect_left(others, high) - bisect_left(others, low)
    out.append("trig=" + str(min(crossed, 2)))
    if any(k in context.cues for k in range(low, high)):
        out.append("cuebetween")
    return side, _bucket(gap), out


def entity_features(
    context: Context,
    trigger: Trigger,
    spot: Spot,
    others: Sequence[int],
    *,
    between: bool = True,
) -> list[str]:
    """Return features of a mention seen from a trigger in the same sentence; with ``between`` also
    those of the words between the two."""
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
        f"{side}|{what}|link={link}",
    ]
    lemma = trigger.lemma.key
    out += [f"{lemma}|{side}|{link}", f"{lemma}|{what}|{side}", f"{lemma}|{side}|g{gap}"]
    out += _touching_features(context, trigger, spot, side)
    if between and side != "in":
        out += _between_features(context, trigger, spot, side, tense)
    out.extend(f"{side}|{f}" for f in rest)
    out.extend(f"{tense}|{side}|{f}" for f in rest)
    if rest:
        out.append(f"{tense}|{side}|{link}|{rest[1]}")
    if side == "after" and "ents=0" in rest and link in ("w", "ent", "&"):
        out.append(f"bare|{tense}|{kind}")
        out.append(f"bare|{tense}")
    if spot.first == context.first_of[spot.first]:
        out.append("opens|" + side)
        out.append(f"opens|{side}|{tense}")
    if trigger.form.suffix and side == "before":
        out.append("suffix|" + spot.entity.type + "|" + gap)
    for k in (spot.first - 1, spot.first - 2):
        if k >= context.first_of[spot.first]:
            for name in cue_classes(context.words.norm[k]):
                if name in ("joint", "against", "place", "said", "light", "diplomatic"):
                    out.append(f"near|{side}|{name}")
    return out


# Words between a trigger and a mention whose classes are told, and up to how many in a row.
_BETWEEN, _ROW, _ROW_WITHIN = 8, 3, 6


def _touching_features(context: Context, trigger: Trigger, spot: Spot, side: str) -> list[str]:
    """Return features of the words before and behind a mention: by themselves and by their classes."""
    norms, at = context.words.norm, trigger.word
    kind = trigger.lemma.type
    before = norms[spot.first - 1] if spot.first > context.first_of[at] else "^"
    after = norms[spot.last + 1] if spot.last < context.last_of[at] else "$"
    out = [f"{side}|eb={before}", f"{side}|ea={after}"]
    for name, norm in (("eb", before), ("ea", after)):
        fine, wide = word_class(norm)
        out += [f"{side}|{name}c={fine}", f"{kind}|{side}|{name}c={wide}"]
    return out


def _between_features(
    context: Context, trigger: Trigger, spot: Spot, side: str, tense: str
) -> list[str]:
    """Return features of the words from a trigger to a mention, by their classes."""
    norms, at = context.words.norm, trigger.word
    out = []
    step = 1 if side == "after" else -1
    if context.first_of[at] <= at + step <= context.last_of[at]:
        fine, wide = word_class(norms[at + step])
        out += [f"{side}|{tense}|tn={fine}", f"{trigger.lemma.type}|{side}|tn={wide}"]
    low, high = (at + 1, spot.first) if side == "after" else (spot.last + 1, at)
    if high - low <= _ROW_WITHIN:
        row = "_".join(str(word_class(norm).wide) for norm in norms[low : min(high, low + _ROW)])
        out.append(f"{side}|{tense}|row={row}")
    for norm in norms[low : min(high, low + _BETWEEN)]:
        out.append(f"{side}|{tense}|mid={word_class(norm).fine}")
    return out
