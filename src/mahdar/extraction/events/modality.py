"""How real an event is at publication time, as the text tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.cues import cue_classes
from mahdar.extraction.events.detect_features import neighbours, shape, surroundings
from mahdar.extraction.events.governors import governor_features
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.tense import is_future_verb, verb_tense
from mahdar.extraction.events.timing import date_relation
from mahdar.extraction.events.triggers import Trigger

_MAX_TRIGGERS = 8
_SUBJUNCTIVE = frozenset(("ان", "لكي", "كي", "حتي", "الا"))
_IF = frozenset(("اذا", "لو", "حال", "حاله", "شريطه", "بشرط", "شرط", "طالما"))


def modality_features(context: Context, trigger: Trigger, outline: Outline) -> list[str]:
    """Return the features of the question how real an event is, from one of its triggers."""
    kind = trigger.lemma.type
    own = shape(trigger, context)
    around = surroundings(context, trigger)
    tense = trigger.form.tense
    out = ["bias", "ty=" + kind, *own, *around]
    out += [f"{tense}|{f}" for f in around if not f.startswith(("p1=", "n1="))]
    out += [f"{kind}|{f}" for f in own]
    out.append("le=" + trigger.lemma.key)
    beside = neighbours(context, trigger)
    out += beside
    out += [f"{tense}|{f}" for f in beside]
    out += _governor_features(context, trigger)
    number = context.words.sentence[trigger.word]
    if number == 0:
        out.append("title|" + tense)
    at = trigger.word
    first, last = context.first_of[at], context.last_of[at]
    near = sorted(
        context.dates_between(max(first, at - 15), min(last, at + 15)),
        key=lambda d: max(0, d[0] - at, at - d[1]),
    )
    if near:
        relation = date_relation(near[0][2].value, outline.published)
        out += ["rel=" + relation, f"{tense}|rel={relation}", f"{kind}|rel={relation}"]
    else:
        out.append("rel=none")
    return out


# Classes of words before a trigger that tell how real it is.
_TELLING = frozenset(
    ("demand", "proposal", "condition", "future", "denial", "negation", "ongoing", "past", "light")
)
# Words back to which a governing word is looked for, and on to which a relative clause is.
_BACK, _ON = 14, 7


def _governor_features(context: Context, trigger: Trigger) -> list[str]:
    """Return features of the words that govern the trigger, the nearest first."""
    at = trigger.word
    first, last = context.first_of[at], context.last_of[at]
    norms = context.words.norm
    tense = "n" if trigger.form.tense == "noun" else "v"
    prefix = norms[at][: trigger.cut].lstrip("وف") or "-"
    out = []
    for k in range(at - 1, max(first - 1, at - 9), -1):
        if is_future_verb(norms[k]):
            out.append("future-before|" + ("near" if at - k <= 3 else "far"))
            break
    for k in range(at + 1, min(last, at + 6) + 1):
        if is_future_verb(norms[k]):
            out.append("future-after")
            break
    if trigger.form.tense == "present" and at > first:
        before = norms[at - 1]
        out.append("present-after|" + (before if before in _SUBJUNCTIVE else "other"))
        if before in _SUBJUNCTIVE and at - 2 >= first:
            for name in cue_classes(norms[at - 2]):
                out.append("sub|" + name)
    rank = 0
    for k in range(at - 1, max(first - 1, at - _BACK), -1):
        if norms[k] == "قد" and k + 1 < context.size and norms[k + 1][:1] in "يت":
            out.append("may-before")
        found = [c for c in cue_classes(norms[k]) if c in _TELLING]
        if not found:
            continue
        for name in found:
            if name == "light":
                name = "light-" + verb_tense(norms[k])
            out.append(f"gov{rank}={name}")
            out.append(f"gov{rank}={name}|{tense}|{prefix}")
            if at - k <= 2:
                out.append(f"govnear={name}|{tense}|{prefix}")
        rank += 1
        if rank == 3:
            break
    out.append(f"govs={rank}")
    for k in range(at + 1, min(last, at + _ON) + 1):
        for name in cue_classes(norms[k]):
            if name == "light":
                out.append("on=light-" + verb_tense(norms[k]))
            elif name in ("ongoing", "future", "condition", "past"):
                out.append("on=" + name)
    if any(norms[k].lstrip("وف") in _IF for k in range(max(first, at - 25), at)):
        out.append("if-before")
    if any(norms[k].lstrip("وف") in _IF for k in range(at + 1, min(last, at + 15) + 1)):
        out.append("if-after")
    if any(norms[k] in ("شانه", "شانها", "شانهما") for k in range(max(first, at - 8), at)):
        out.append("likely-to")
    opening = norms[first]
    if first < at:
        for name in cue_classes(opening):
            if name in _TELLING or name == "said":
                out.append(
                    "opening=" + (name if name != "light" else "light-" + verb_tense(opening))
                )
        if is_future_verb(opening):
            out.append("opening-future")
        elif opening[:1] in "يت":
            out.append("opening-present")
    return out


def event_modality_features(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> dict[str, float]:
    """Return the features of an event from all its mentions.

    Values are the share of the mentions with a feature; what its mentions read as, first, last and
    ever, counts whole, so that one telling mention is not lost in an average.
    """
    counts: Counter[str] = Counter()
    readings = []
    mentions = group[:_MAX_TRIGGERS]
    for trigger in mentions:
        counts.update(set(modality_features(context, trigger, outline)))
        governed = governor_features(context, trigger, outline)
        counts.update("g:" + feature for feature in governed)
        readings += [feature for feature in governed if feature.startswith("v=")]
    values = {feature: count / len(mentions) for feature, count in counts.items()}
    values |= dict.fromkeys(("g:any|" + reading for reading in readings), 1.0)
    values |= {"g:first|" + readings[0]: 1.0, "g:last|" + readings[-1]: 1.0}
    values[f"g:size={min(3, len(group))}"] = 1.0
    return values
