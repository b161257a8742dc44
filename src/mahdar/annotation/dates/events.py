"""Days that name an event, and whose year everyone knows: «ثورة 25 يناير», «أحداث 11 سبتمبر»."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mahdar.annotation.dates.calendar import parse_day_date
from mahdar.annotation.dates.lexicon import is_kind, norm_at
from mahdar.annotation.dates.months import finish_month, parse_month_name
from mahdar.annotation.dates.phrases import Parsed
from mahdar.lexicon.tables import load_table
from mahdar.text.numerals import is_number_word
from mahdar.text.words import Words

# Between the head and the day stand at most another day and its month («ثورتي 25 يناير و30 يونيو»).
_REACH = 5


@cache
def _events() -> dict[tuple[int, int], dict[str, int]]:
    """Return, by month and day (0: the month alone), the words before it and the year they give it."""
    events: dict[tuple[int, int], dict[str, int]] = {}
    for row in load_table("dates_events"):
        by_head = events.setdefault((int(row["month"]), int(row["day"] or 0)), {})
        for head in row["heads"].split("|"):
            by_head[head] = int(row["year"])
    return events


def parse_event_date(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a day and month as the day of the event that the words before it name, if they do."""
    dated = parse_day_date(words, i, sentence, headed=True)
    if dated is None:
        return None
    date, end = dated
    if date.month is None or date.day is None or date.hijri or date.year is not None:
        return None
    if date.direction is not None or date.year_offset is not None:
        return None
    year = _year_of(words, i, sentence, date.month, date.day)
    return (replace(date, year=year, last_day=None, event=True), end) if year else None


def parse_event_month(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a month that stands for an event: «حرب أكتوبر», «أحداث سبتمبر»."""
    name = parse_month_name(words, i, sentence)
    if name is None or name.hijri or name.last is not None:
        return None
    dated = finish_month(words, name, sentence)
    if dated[1] > name.end:
        return None  # a year or «الماضي» follows
    year = _year_of(words, i, sentence, name.month, 0)
    return (replace(dated[0], year=year, event=True), name.end) if year else None


def _year_of(words: Words, i: int, sentence: int, month: int, day: int) -> int | None:
    """Return the year that the words before word ``i`` give a day of a month, if they name an event."""
    by_head = _events().get((month, day))
    if by_head is None:
        return None
    at = i - 1
    while at > i - _REACH and _is_of_day(words, at, sentence):
        at -= 1
    head = norm_at(words, at, sentence)
    if head == "بعد":
        head = "ما بعد" if norm_at(words, at - 1, sentence).endswith("ما") else ""
    return by_head.get(head) or (by_head.get(head[1:]) if head[:1] in "وفبلك" else None)


def _is_of_day(words: Words, i: int, sentence: int) -> bool:
    """Tell whether a word may belong to a day named before («25 يناير و»)."""
    norm = norm_at(words, i, sentence)
    if not norm:
        return False
    return (
        norm in ("و", "(", ")", "/", "ال", "من", "يوم")
        or is_number_word(norm)
        or is_kind(words, i, sentence, "month", "shy_month")
    )
