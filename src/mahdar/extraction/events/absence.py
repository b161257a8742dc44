"""What speaks for an event's time being unknown: the features of the answer «none of these dates»."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.governors import governor_features
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.triggers import Trigger

_MAX_TRIGGERS = 6
# Steps of the distance in words of the nearest date.
_STEPS = (2, 5, 9, 15, 25)


def no_time_features(context: Context, group: Sequence[Trigger], outline: Outline) -> list[str]:
    """Return the features of the answer that no date tells when an event is."""
    sentence = context.words.sentence
    rivals = outline.dates_of({sentence[t.word] for t in group})
    gaps = [
        max(0, d[0] - t.word, t.word - d[1])
        for t in group
        for d in context.dates_between(context.first_of[t.word], context.last_of[t.word])
    ]
    near = min(gaps, default=None)
    kind = group[0].lemma.type
    gap = "none" if near is None else next((str(n) for n in _STEPS if near <= n), "far")
    away = "away" if near is None else "here"
    out = [f"none|gap={gap}", f"none|{kind}|gap={gap}"]
    out.append(f"none|rivals={min(3, len(rivals))}")
    out.append(f"none|size={min(3, len(group))}|{away}")
    for trigger in group[:_MAX_TRIGGERS]:
        reading = _reading(context, trigger, outline)
        out += [f"none|any|{reading}", f"none|any|{trigger.form.tense}"]
    return list(dict.fromkeys(out + _first_features(context, group[0], away, outline)))


def _first_features(context: Context, trigger: Trigger, away: str, outline: Outline) -> list[str]:
    """Return the features of an event's first mention."""
    kind, lemma, tense = trigger.lemma.type, trigger.lemma.key, trigger.form.tense
    reading = _reading(context, trigger, outline)
    definite = trigger.form.definite or trigger.form.suffix
    number = context.words.sentence[trigger.word]
    where = "title" if number == 0 else "lead" if number <= 2 else "body"
    out = [f"none|{reading}", f"none|{reading}|{away}"]
    out += [f"none|{tense}|{definite:d}|{away}", f"none|{kind}|{tense}"]
    out += [f"none|{lemma}", f"none|{lemma}|{away}", f"none|where={where}|{away}"]
    if trigger.form.text.endswith(("ات", "اتها", "اته")):
        out += ["none|plural", f"none|plural|{away}"]
    if trigger.word in context.instrumental:
        out.append("none|instrument")
    return out


def _reading(context: Context, trigger: Trigger, outline: Outline) -> str:
    return next(f for f in governor_features(context, trigger, outline) if f.startswith("v="))
