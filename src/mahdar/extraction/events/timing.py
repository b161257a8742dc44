"""When an event is: one of the article's dates, an open interval from one, or unknown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.relations import position_features
from mahdar.extraction.events.times import date_shape, find_times
from mahdar.extraction.events.triggers import Trigger
from mahdar.lexicon.word_classes import word_class

_MAX_TRIGGERS = 6
_MAX_DATES = 5
# Words before and behind a sentence without a date in which one is looked for.
_BACK, _AHEAD = 60, 45
# Sentences from the title on whose first date may be that of the whole article.
_LEAD = 2
# Words that open a clause or a phrase of time between a trigger and a date.
_LINKS = frozenset(
    [
        "بعد",
        "بعدما",
        "قبل",
        "قبيل",
        "منذ",
        "عقب",
        "اثر",
        "خلال",
        "اثناء",
        "عشيه",
        "غداه",
        "حتي",
        "الذي",
        "التي",
        "الذين",
        "اللذين",
        "اللتين",
        "حيث",
        "ان",
        "بان",
        "انه",
        "انها",
        "لان",
        "بينما",
        "فيما",
        "كما",
        "عندما",
        "حين",
        "حينما",
        "اذ",
        "لكن",
        "قد",
        "كان",
        "كانت",
        "علي",
        "في",
        "الي",
        "من",
    ]
)


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
        out += _clause_features(context, trigger, first, last, outline)
    out += _value_features(context, group, at_date, outline)
    return list(dict.fromkeys(out))


def _clause_features(
    context: Context, trigger: Trigger, first: int, last: int, outline: Outline
) -> list[str]:
    """Return features of the words between a trigger and a date of its sentence."""
    words, at = context.words, trigger.word
    if words.sentence[first] != words.sentence[at] or first <= at <= last:
        return []
    norms = words.norm
    kind, tense = trigger.lemma.type, trigger.form.tense
    side, low, high = ("after", at + 1, first) if first > at else ("before", last + 1, at)
    out = []
    fine, wide = word_class(norms[first - 1] if first > context.first_of[at] else "^")
    out += [f"{side}|dbc={fine}", f"{tense}|{side}|dbc={wide}"]
    fine, wide = word_class(norms[last + 1] if last < context.last_of[at] else "$")
    out += [f"{side}|dac={fine}", f"{tense}|{side}|dac={wide}"]
    for norm in norms[low : min(high, low + 8)]:
        out.append(f"{side}|mid={word_class(norm).fine}")
    links = [link for link in map(_link, norms[low:high]) if link]
    if side == "before":
        links += [link for link in (_link(norms[at - 1]),) if link]
    for link in dict.fromkeys(links):
        out += [f"{side}|link={link}", f"{side}|{tense}|link={link}"]
    out.append(f"{side}|links={min(2, len(links))}")
    if side == "after":
        out.append(f"{side}|lastlink={links[-1] if links else '-'}|{tense}")
    else:
        out.append(f"{side}|firstlink={links[0] if links else '-'}|{tense}")
    gap, others = high - low, outline.others
    near = others[bisect_left(others, first - gap) : bisect_right(others, last + gap)]
    closer = [k for k in near if k != at and words.sentence[k] == words.sentence[at]]
    ahead = "b" if any(k < first for k in closer) else ""
    ahead += "a" if any(k > last for k in closer) else ""
    out += [
        f"closer={ahead or '-'}|{side}",
        f"closer={ahead or '-'}|{side}|{tense}",
        f"{kind}|closer={ahead or '-'}|{side}",
    ]
    if first == context.first_of[at]:
        out += ["opens", f"opens|{tense}"]
    return out


def _link(norm: str) -> str:
    """Return a word of ``_LINKS``, without «و» and «ف» before it; empty for another word."""
    bare = norm if norm in _LINKS else norm.lstrip("وف")
    return bare if bare in _LINKS else ""


def _value_features(
    context: Context,
    group: Sequence[Trigger],
    at_date: tuple[int, int, str],
    outline: Outline,
) -> list[str]:
    """Return features of a date's value in the article and at the other mentions of the event."""
    first, _, value = at_date
    words = context.words
    out = [f"said={min(3, outline.date_values[value])}"]
    here = outline.dates_of({words.sentence[t.word] for t in group})
    votes = min(2, here[value])
    out.append(f"votes={votes}|{min(3, len(group))}")
    out.append(f"rivals={min(2, len(here.keys() - {value}))}|{votes}")
    number = words.sentence[first]
    where = "lead" if number <= 2 else "body"
    out.append(f"where={where}|{date_shape(value)}")
    if context.dates and context.dates[0][2].value == value:
        out.append("firstdate")
    return out


def iter_time_questions(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> list[tuple[str, list[str]]]:
    """Return the values that may tell when an event is, with their features.

    Dates of the triggers' sentences, else the last before and the first behind, and the article's
    first date; after «منذ» also the open interval, of two dates joined («الجمعة والسبت») also both.
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
    for a, b, date in context.dates[:1]:
        if date.value != ".." and context.words.sentence[a] <= _LEAD:
            places.setdefault((a, b), date.value)
    made = defaultdict(list)
    for time in find_times(context):
        made[time.date].append(time)
    kind, tense = group[0].lemma.type, group[0].form.tense
    out = []
    for (a, b), value in places.items():
        features = time_features(context, group, (a, b, value), outline)
        out.append((value, features))
        for time in made[a]:
            if time.made != "date":
                how = time.made
                out.append((time.value, [*features, how, f"{how}|{tense}", f"{how}|{kind}"]))
    return out
