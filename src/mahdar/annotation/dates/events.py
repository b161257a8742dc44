"""Days that name an event, and whose year everyone knows: «ثورة 25 يناير», «أحداث 11 سبتمبر»."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mahdar.annotation.dates.calendar import parse_day_date
from mahdar.annotation.dates.lexicon import is_kind, norm_at
from mahdar.annotation.dates.phrases import Parsed
from mahdar.lexicon.tables import load_table
from mahdar.text.numerals import is_number_word
from mahdar.text.words import Words

# Between the head and the day stand at most another day and its month («ثورتي 25 يناير و30 يونيو»).
_REACH = 5


@cache
def _events() -> dict[tuple[int, int], dict[str, int]]:
    """Return, by month and day, the words that may stand before it with the year they give it."""
    events: dict[tuple[int, int], dict[str, int]] = {}
    for row in load_table("dates_events"):
        by_head = events.setdefault((int(row["month"]), int(row["day"])), {})
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
    by_head = _events().get((date.month, date.day))
    if by_head is None or date.direction is not None or date.year_offset is not None:
        return None
    at = i - 1
    while at > i - _REACH and _is_of_day(words, at, sentence):
        at -= 1
    head = norm_at(words, at, sentence)
    if head == "بعد":
        head = "ما بعد" if norm_at(words, at - 1, sentence).endswith("ما") else ""
    year = by_head.get(head) or (by_head.get(head[1:]) if head[:1] in "وفبلك" else None)
    if year is None:
        return None
    return replace(date, year=year, last_day=None, event=True), end


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
