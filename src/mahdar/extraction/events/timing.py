"""When an event is: one of the article's dates, an open interval from one, or unknown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.relations import position_features
from mahdar.extraction.events.triggers import Trigger

_MAX_TRIGGERS = 6
_MAX_DATES = 5
# Words before and behind a sentence without a date in which one is looked for.
_BACK, _AHEAD = 60, 45
_SINCE = frozenset(("منذ", "مذ", "ومنذ"))
_UNTIL = frozenset(("حتي", "قبل", "لغايه"))


def date_shape(value: str) -> str:
    """Return how precise an EDTF value is: day, month, year, week, range or unknown."""
    if value == "..":
        return "unknown"
    if "/" in value:
        return "range"
    if "W" in value:
        return "week"
    bare = value.rstrip("~?")
    return {4: "year", 7: "month", 10: "day"}.get(len(bare), "range")


def date_relation(value: str, published: str | None) -> str:
    """Return whether an EDTF value lies before, on or after the article's day; ``?`` if unknown."""
    if not published or value == "..":
        return "?"
    start, _, end = value.partition("/")
    start, end = start.rstrip("~?"), (end or start).rstrip("~?")
    if "W" in start or not start[:4].isdigit():
        return "?"
    if start[: len(published)] > published[: len(start)]:
        return "after"
    if start == published:
        return "today"
    if end and end[:4].isdigit() and end < published[: len(end)]:
        return "before"
    return "around"


def time_features(
    context: Context,
    group: Sequence[Trigger],
    at_date: tuple[int, int, str],
    outline: Outline,
) -> list[str]:
    """Return the features of the question: does the date in these words tell when the event is?"""
    first, last, value = at_date
    kind = group[0].lemma.type
    shape = date_shape(value)
    relation = date_relation(value, outline.published)
    out = ["bias", "shape=" + shape, f"{kind}|{shape}", "rel=" + relation, f"{kind}|rel={relation}"]
    words = context.words
    before = words.norm[first - 1] if first else "^"
    out.append("p1=" + before)
    if words.sentence[first] == 0:
        out.append("intitle")
    if any(k in context.cues for k in range(max(0, first - 3), min(context.size, last + 3))):
        out.append("bycue")
    for trigger in group[:_MAX_TRIGGERS]:
        at = trigger.word
        tense = trigger.form.tense
        out.append(f"{tense}|rel={relation}")
        if words.sentence[first] == words.sentence[at]:
            side, gap, rest = position_features(context, trigger, first, last, outline.others)
            out += [
                f"{side}|gap={gap}",
                side,
                f"{tense}|{side}",
                f"{side}|{shape}",
                f"{kind}|{side}",
            ]
            out += [f"{side}|{f}" for f in rest]
            out.append(f"{kind}|gap={gap}")
            out.append(f"{side}|{rest[-1] if rest else ''}|{gap}")
            low, high = (at, first) if side == "after" else (last, at)
            between = len(context.dates_between(low + 1, high - 1))
            out.append(f"dates={min(between, 2)}|{side}")
            others = outline.others
            crossed = max(0, bisect_left(others, high) - bisect_right(others, low))
            out.append(f"crossed={min(crossed, 2)}|{side}|{shape}")
        else:
            apart = words.sentence[at] - words.sentence[first]
            near = "+1" if apart == 1 else "-1" if apart == -1 else "+" if apart > 0 else "-"
            title = "title" if words.sentence[at] == 0 else "body"
            out += [
                "apart=" + near,
                f"apart={near}|{title}",
                f"apart={near}|{tense}",
                f"apart={near}|rel={relation}",
            ]
            if words.sentence[first] == 1 and title == "title":
                out += ["lead", f"lead|{kind}"]
        if context.speech[at] is not context.speech[first]:
            out.append("othervoice")
    return list(dict.fromkeys(out))


def iter_time_questions(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> list[tuple[str, list[str]]]:
    """Return the values that may tell when an event is, with their features.

    Dates of the triggers' sentences, else the last before and the first behind; after «منذ» also the
    open interval.
    """
    places: dict[tuple[int, int], str] = {}
    for trigger in group[:_MAX_TRIGGERS]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        here = sorted(
            context.dates_between(first, last), key=lambda d: max(0, d[0] - at, at - d[1])
        )[:_MAX_DATES]
        if not here:
            here = context.dates_between(max(0, first - _BACK), first - 1)[-1:]
            here += context.dates_between(last + 1, last + _AHEAD)[:1]
        for a, b, date in here:
            if date.value != "..":
                places.setdefault((a, b), date.value)
    out = []
    for (a, b), value in places.items():
        features = time_features(context, group, (a, b, value), outline)
        out.append((value, features))
        if a and context.words.norm[a - 1] in _SINCE and "/" not in value:
            tense = group[0].form.tense
            out.append(
                (f"{value}/..", [*features, "open", f"open|{tense}", f"open|{group[0].lemma.type}"])
            )
    return out
