"""Tolls: how many were killed and injured in an event, with low, best and high figures."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.triggers import Trigger
from mahdar.lexicon.tables import load_table
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.numerals import parse_number, parse_number_range
from mahdar.text.words import Words

Harm = Literal["killed", "injured"]
# Words after a casualty word, and before it, in which its figure is looked for.
_AFTER, _BEFORE = 6, 5
# Words that end the search for a figure.
_STOPS = frozenset("،؛.:()")
# Casualty words that are counted: their figure stands right before them.
_COUNTED = ("قتيل", "جريح", "شهيد", "مصاب", "قتلي", "جرحي", "شهداء")
# «أحد المهاجمين», «إحدى الضحايا»: one of many.
_ONE_OF = frozenset(("احد", "احدي"))
# Figures of this size and form are years more often than tolls.
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in the text: of whom, from which word on, with its bounds."""

    word: int
    harm: Harm
    best: int
    low: int
    high: int


@cache
def _classes() -> dict[str, str]:
    return {normalize_word(row["word"]): row["class"] for row in load_table("events_tolls")}


def _class_of(norm: str) -> str:
    classes = _classes()
    found = classes.get(norm)
    if found is not None:
        return found
    for _, rest in proclitic_splits(norm):
        found = classes.get(rest)
        if found is not None:
            return found
    return ""


def find_figures(words: Words, first: int, last: int) -> list[Figure]:
    """Return the casualty figures between two words of one sentence, in reading order."""
    out: list[Figure] = []
    for at in range(first, last + 1):
        harm = _class_of(words.norm[at])
        if harm not in ("killed", "injured"):
            continue
        both = at < last and _class_of(words.norm[at + 1]) in ("killed", "injured")
        if both:
            continue  # «مقتل وإصابة 12»: one figure for the two tells neither
        after_both = at > first and _class_of(words.norm[at - 1]) in ("killed", "injured")
        figure = _figure_at(words, at, first)
        if figure is None and not after_both:
            figure = _figure_after(words, at, last)
        figure = figure or _figure_before(words, at, first)
        if figure is not None:
            best, low, high = figure
            out.append(Figure(at, harm, best, low, high))  # type: ignore[arg-type]
    return out


def _figure_at(words: Words, at: int, first: int) -> tuple[int, int, int] | None:
    """Return the figure that stands right before a counted noun («32 قتيلا», «نحو مئة جريح»)."""
    if not words.norm[at].startswith(_COUNTED):
        return None
    for start in range(max(first, at - _BEFORE), at):
        read = _read(words, start)
        if read is not None and read[3] == at:
            least = any(
                _class_of(words.norm[j]) == "least" for j in range(max(first, start - 3), start)
            )
            return (read[0], read[0], -1) if least else read[:3]
    return None


def _figure_after(words: Words, at: int, last: int) -> tuple[int, int, int] | None:
    bound = ""
    for k in range(at + 1, min(last, at + _AFTER) + 1):
        norm = words.norm[k]
        kind = _class_of(norm)
        if norm in _STOPS or kind in ("killed", "injured"):
            return None
        if kind in ("least", "about"):
            bound = kind
        if kind == "dual" and not _counted(words, k):
            return (2, 2, 2)
        read = _read(words, k)
        if read is not None:
            best, low, high, end = read
            if best in _YEARS and words.norm[k - 1] in ("عام", "سنه", "منذ", "في"):
                return None
            if bound == "least" or _least_follows(words, end, last):
                return best, best, -1
            return best, low, high
        if kind == "single" or norm in _ONE_OF:
            return (1, 1, 1)
    return None


def _counted(words: Words, k: int) -> bool:
    """Tell whether «آخرين», «مدنيين» and the like stand after a number."""
    return (
        k + 1 < len(words)
        and parse_number(words, k + 1) is not None
        and words.norm[k + 1]
        not in (
            "اثنين",
            "اثنان",
        )
    )


def _least_follows(words: Words, end: int, last: int) -> bool:
    return any(words.norm[k] == "الاقل" for k in range(end, min(last, end + 4) + 1))


def _figure_before(words: Words, at: int, first: int) -> tuple[int, int, int] | None:
    for k in range(at - 1, max(first, at - _BEFORE) - 1, -1):
        norm = words.norm[k]
        if norm in _STOPS or _class_of(norm) in ("killed", "injured"):
            return None
        start = k
        while start > first and parse_number(words, start - 1) is not None:
            earlier = parse_number(words, start - 1)
            if earlier is None or earlier.end <= start:
                break
            start -= 1
        read = _read(words, start)
        if read is not None:
            best, low, high, end = read
            if best in _YEARS and not words.norm[at].startswith(("قتل", "جر")):
                return None
            least = any(
                _class_of(words.norm[j]) == "least" for j in range(max(first, start - 3), start)
            )
            if least or _least_follows(words, end, at):
                return best, best, -1
            return best, low, high
    return None


def _read(words: Words, k: int) -> tuple[int, int, int, int] | None:
    """Return best, low and high of the number at a word and the index after it."""
    span = parse_number_range(words, k)
    if span is not None and span.low <= span.high:
        return span.low, span.low, span.high, span.end
    number = parse_number(words, k)
    if number is None or number.value <= 0 or number.definite or number.value > 10_000_000:
        return None
    if words.norm[k] in _ONE_OF:
        return None
    return number.value, number.value, number.value, number.end


def tally(
    context: Context, group: Sequence[Trigger], others: Sequence[int]
) -> tuple[int | None, int | None, dict[str, int]]:
    """Return the killed and the injured of an event (best figures), and the bounds of differing ones.

    The best figure is the one told most often, of equals the first. ``killed_low`` and the like are
    given where the text tells a range, a bound, or several figures.
    """
    mine = {t.word for t in group}
    figures: dict[str, list[Figure]] = {"killed": [], "injured": []}
    counted: set[int] = set()
    for trigger in group:
        first, last = context.first_of[trigger.word], context.last_of[trigger.word]
        for figure in find_figures(context.words, first, last):
            if figure.word in counted:
                continue
            counted.add(figure.word)
            at = bisect_left(others, figure.word)
            near = min(
                (o for o in others[max(0, at - 1) : at + 1] if first <= o <= last),
                key=lambda o: (abs(o - figure.word), o),
                default=None,
            )
            if near is None or near in mine:
                figures[figure.harm].append(figure)
    bounds: dict[str, int] = {}
    best: dict[str, int | None] = {}
    for harm, found in figures.items():
        if not found:
            best[harm] = None
            continue
        counts = Counter(f.best for f in found)
        top = max(counts.values())
        best[harm] = next(f.best for f in found if counts[f.best] == top)
        low, high = min(f.low for f in found), max(f.high for f in found)
        open_ended = any(f.high < 0 for f in found)
        if low != high or open_ended:
            bounds[f"{harm}_low"] = low
            if high > 0 and not (open_ended and len(set(counts)) == 1):
                bounds[f"{harm}_high"] = high
    return best["killed"], best["injured"], bounds
