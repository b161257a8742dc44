"""Features that tell whether a trigger names an event of its type, and how real it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.cues import cue_classes
from mahdar.extraction.events.triggers import Trigger
from mahdar.lexicon.word_classes import word_class

# Words before and after a trigger that its features look at.
_BEFORE, _AFTER = 6, 6


class ArticleCounts:
    """How often an article's triggers that lack nothing carry each type and each lemma."""

    def __init__(self, triggers: Sequence[Trigger]) -> None:
        whole = [t for t in triggers if not t.lacking]
        self.types = Counter(t.lemma.type for t in whole)
        self.lemmas = Counter(t.lemma.key for t in whole)


def surroundings(context: Context, trigger: Trigger) -> list[str]:
    """Return features of the words, mentions, dates and statements around a trigger."""
    words, at = context.words, trigger.word
    norms = words.norm
    first, last = context.first_of[at], context.last_of[at]
    out: list[str] = []
    add = out.append
    prev = norms[at - 1] if at > first else "^"
    nxt = norms[at + 1] if at < last else "$"
    for k in range(max(first, at - _BEFORE), at):
        near = "a" if at - k <= 2 else "b"
        for name in cue_classes(norms[k]):
            add(f"pc{near}={name}")
    for k in range(at + 1, min(last, at + _AFTER) + 1):
        near = "a" if k - at <= 2 else "b"
        for name in cue_classes(norms[k]):
            add(f"nc{near}={name}")
    for name in cue_classes(norms[at]):
        add("own=" + name)
    spot = context.at[at + 1] if at < last else None
    add("n1ent=" + (spot.entity.type if spot else "-"))
    for k in range(at + 1, min(last, at + 3) + 1):
        other = context.at[k]
        if other is not None:
            add("n3ent=" + other.entity.type)
            break
    spot = context.at[at - 1] if at > first else None
    add("p1ent=" + (spot.entity.type if spot else "-"))
    types = {s.entity.type for s in context.spots_between(first, last)}
    out.extend("sent=" + t for t in types)
    if not types:
        add("sent=none")
    if any(k in context.dated for k in range(max(first, at - 8), min(last, at + 8) + 1)):
        add("date8")
    elif any(k in context.dated for k in range(first, last + 1)):
        add("dateS")
    inside = context.at[at]
    if inside is not None:
        add("inent=" + inside.entity.type + ("n" if inside.named else "m"))
    if at in context.instrumental:
        add("instr")
    speech = context.speech[at]
    if speech is None:
        add("voice=paper")
    else:
        add("voice=said")
        add("act=" + speech.act)
    if at in context.cues:
        add("iscue")
    if nxt in ("(", "«", '"', "“") or prev in ("(", "«", '"', "“"):
        add("quoted")
    return out


def neighbours(context: Context, trigger: Trigger) -> list[str]:
    """Return features of the two words on each side: the words themselves and their classes."""
    norms, at = context.words.norm, trigger.word
    first, last = context.first_of[at], context.last_of[at]
    kind, lemma = trigger.lemma.type, trigger.lemma.key
    out = []
    for step in (-2, -1, 1, 2):
        k = at + step
        norm = norms[k] if first <= k <= last else "^"
        fine, wide = word_class(norm)
        out += [f"c{step}={fine}", f"{kind}|c{step}={wide}", f"{kind}|c{step}={fine}"]
        if abs(step) == 1:
            out += [f"w{step}={norm}", f"{lemma}|c{step}={wide}", f"{lemma}|w{step}={norm}"]
    return out


def shape(trigger: Trigger, context: Context) -> list[str]:
    """Return features of the trigger word itself."""
    form = trigger.form
    out = ["t=" + form.tense, "s=" + str(trigger.lemma.strength)]
    if form.definite:
        out.append("def")
    if form.suffix:
        out.append("suf")
    if form.dual:
        out.append("dual")
    if trigger.ambiguous:
        out.append("amb")
    if trigger.needed:
        out.append("need" + str(max(-1, min(trigger.needed, 2))))
    elif trigger.lacking:
        out.append("lacking")
    norm = context.words.norm[trigger.word]
    if trigger.cut:
        out.append("pre=" + norm[: trigger.cut])
    if form.text.endswith("ات") or form.text.endswith("اتها"):
        out.append("plural")
    return out


def event_features(context: Context, trigger: Trigger, counts: ArticleCounts) -> list[str]:
    """Return the features of the question: does this trigger name an event of its type?"""
    lemma = trigger.lemma
    kind = lemma.type
    around = surroundings(context, trigger)
    own = shape(trigger, context)
    out = ["bias", "ty=" + kind, "le=" + lemma.key]
    if trigger.lacking:
        out.append("lacking|le=" + lemma.key)
    out += own
    out += around
    out += [f"{kind}|{f}" for f in own]
    out += [f"{kind}|{f}" for f in around]
    out += neighbours(context, trigger)
    number = context.words.sentence[trigger.word]
    out.append("title" if number == 0 else "lead" if number <= 2 else "body")
    same = counts.types[kind]
    out.append("types=" + ("1" if same < 2 else "2" if same == 2 else "3+" if same < 6 else "6+"))
    if counts.lemmas[lemma.key] > 1:
        out.append("again")
    return out
