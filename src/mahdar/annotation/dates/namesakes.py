"""Expressions that the rest of the article shows to be names: Theresa May, the city of Ibb, March 14."""

from __future__ import annotations

from functools import cache

from mahdar.annotation.dates.calendar import parse_day_number
from mahdar.annotation.dates.grammar import Hit
from mahdar.annotation.dates.lexicon import is_kind, norm_at
from mahdar.annotation.dates.months import parse_month_name
from mahdar.annotation.dates.phrases import CalendarDate
from mahdar.lexicon.tables import load_table
from mahdar.text.words import Words

_QUOTES = frozenset(('"', "“", "”", "«", "»", "'"))


@cache
def _telling(name: str) -> frozenset[str]:
    """Return the words, in normal form, that tell what a month's name means in an article."""
    return frozenset(row["form"] for row in load_table("dates_namesakes") if row["names"] == name)


def drop_names(words: Words, hits: list[Hit]) -> list[Hit]:
    """Return the hits without those that name a person, a city or a movement in this article."""
    if not any(isinstance(hit.phrase, CalendarDate) and _is_bare(hit.phrase) for hit in hits):
        return hits
    present = set(words.norm)
    theresa, yemen = bool(_telling("may") & present), bool(_telling("ibb") & present)
    movements = _movements(words)

    def is_name(hit: Hit) -> bool:
        date = hit.phrase
        if not isinstance(date, CalendarDate) or not _is_bare(date):
            return False
        if date.day is not None:
            # «14 آذار تدعو …» where the article has «قوى 14 آذار».
            headed = is_kind(words, hit.first, words.sentence[hit.first], "day_head")
            return (date.day, date.month) in movements and not headed
        if hit.end - hit.first > 1:
            return False
        if words.norm[hit.first].endswith("ماي"):
            return theresa
        return yemen and words.text[hit.first].endswith("اب") and date.month == 8

    return [hit for hit in hits if not is_name(hit)]


def _is_bare(date: CalendarDate) -> bool:
    """Tell whether a date has a month and no more than a day beside it."""
    return (
        date.month is not None
        and date.year is None
        and date.direction is None
        and date.year_offset is None
        and date.weekday is None
        and date.last_day is None
        and date.last_month is None
        and not date.hijri
    )


def _movements(words: Words) -> frozenset[tuple[int, int | None]]:
    """Return the days, as day and month, that an article calls movements by: «قوى 14 آذار»."""
    found = set()
    for i in range(len(words)):
        sentence = words.sentence[i]
        if not is_kind(words, i, sentence, "movement", cut=True):
            continue
        at = i + 1 + (norm_at(words, i + 1, sentence) in _QUOTES)
        day = parse_day_number(words, at, sentence) if norm_at(words, at, sentence) else None
        if day is None:
            continue
        of = day.end + (norm_at(words, day.end, sentence) == "من")
        month = parse_month_name(words, of, sentence)
        if month is not None:
            found.add((day.day, month.month))
    return frozenset(found)
