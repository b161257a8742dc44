"""Grammar of calendar days: dates in figures, days with their month, rows of days."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from mahdar.annotation.dates.lexicon import (
    entry_at,
    is_kind,
    norm_at,
)
from mahdar.annotation.dates.months import Dated, finish_month, misspelt_month, parse_month_name
from mahdar.annotation.dates.phrases import CalendarDate
from mahdar.annotation.dates.years import HIJRI_YEARS, LAST_YEAR, TO, parse_direction, parse_era
from mahdar.text.numerals import parse_number, parse_ordinal
from mahdar.text.words import Words

_NUMERIC = re.compile(r"(\d{1,4})([/.])(\d{1,2})\2(\d{1,4})")
_SLASHES = frozenset("/-–.\\")
_BEFORE_A_DATE = ("scope", "stamp", "day_head", "part_of_day")
_OF_RAMADAN = frozenset({"الفضيل", "الكريم", "المبارك"})
_RAMADAN = 9  # of the Hijri year


class DayNumber(NamedTuple):
    """A day of a month as written: «14», «الـ3», «الرابع عشر»."""

    day: int
    end: int


def parse_day_number(words: Words, i: int, sentence: int) -> DayNumber | None:
    """Return a day of a month in digits or words, 1 to 31."""
    norm = norm_at(words, i, sentence)
    if norm.isdigit():
        return DayNumber(int(norm), i + 1) if len(norm) <= 2 and 1 <= int(norm) <= 31 else None
    number = parse_ordinal(words, i) or parse_number(words, i) if norm else None
    if number is None or not 1 <= number.value <= 31:
        return None
    return DayNumber(number.value, number.end)


def parse_numeric_date(words: Words, i: int, sentence: int) -> Dated | None:
    """Return a date in figures: «01/5/2024», «2015-07-21», «27/ 9/ 1436 هـ», «1.5.2015»."""
    norm = norm_at(words, i, sentence)
    found = _NUMERIC.fullmatch(norm)
    if found:
        parts, end = (found[1], found[3], found[4]), i + 1
    else:
        separator = norm_at(words, i + 1, sentence)
        if (
            separator not in _SLASHES
            or not separator
            or norm_at(words, i + 3, sentence) != separator
        ):
            return None
        parts = norm, norm_at(words, i + 2, sentence), norm_at(words, i + 4, sentence)
        end = i + 5
        if not all(part.isdigit() and len(part) <= 4 for part in parts):
            return None
    end, hijri = parse_era(words, end, sentence)
    date = _order_parts(parts, hijri)
    return (date, end) if date is not None else None


def _order_parts(parts: tuple[str, str, str], hijri: bool | None) -> CalendarDate | None:
    """Return a numeric date, day before month unless that cannot be."""
    first, middle, last = map(int, parts)
    if len(parts[0]) == 4:
        year, month, day = first, middle, last
    elif len(parts[2]) == 4:
        year, month, day = last, middle, first
    elif len(parts[0]) <= 2 and len(parts[2]) == 2 and hijri is None and last <= 50:
        year, month, day = 2000 + last, middle, first
    else:
        return None
    if month > 12 >= day:
        month, day = day, month
    if hijri is None:
        hijri = year in HIJRI_YEARS
    if not (1 <= month <= 12 and 1 <= day <= (30 if hijri else 31)):
        return None
    if not (hijri or 1800 <= year <= LAST_YEAR):
        return None
    return CalendarDate(day, month, year, hijri)


def parse_day_date(words: Words, i: int, sentence: int, *, headed: bool = False) -> Dated | None:
    """Return a date that begins with its day: «14 يوليو», «العاشر من نيسان الجاري», «4 و5 مايو 2017».

    ``headed``: «يوم» or a weekday stands before it, so that «21/7» passes as day and month.
    """
    numeric = parse_numeric_date(words, i, sentence)
    if numeric is not None:
        return numeric
    if short := re.fullmatch(r"(\d{1,2})/(\d{1,2})", norm_at(words, i, sentence)):
        day, month = int(short[1]), int(short[2])
        # «3/4» may be a fraction, «14/7» after a preposition of time is none.
        sure = headed or (day > 12 and is_kind(words, i - 1, sentence, "scope", "stamp"))
        return (
            (CalendarDate(day, month), i + 1) if sure and day <= 31 and 1 <= month <= 12 else None
        )
    first = parse_day_number(words, i, sentence)
    if first is None:
        return None
    end, last = first.end, None
    # A row of days: «4 و5 مايو», «13-15 آب», «4 و5 و6 مايو».
    while True:
        step = _next_day(words, end, sentence)
        if step is None or step.day <= (last or first.day):
            break
        last, end = step.day, step.end
    dated = _month_of_day(words, end, sentence)
    if dated is None and last is not None:
        last, end = None, first.end
        dated = _month_of_day(words, end, sentence)
    if dated is None:
        return None
    date, end = dated
    if date.month_offset == 0 and norm_at(words, i, sentence).endswith("ه"):
        return None  # «المرحلة الرابعة الجاري طرحها»: days are masculine
    if date.hijri and first.day > 30:
        return None
    return replace(date, day=first.day, last_day=last), end


def _next_day(words: Words, i: int, sentence: int) -> DayNumber | None:
    norm = norm_at(words, i, sentence)
    if norm == "وال" and norm_at(words, i + 1, sentence).isdigit():
        return parse_day_number(words, i + 1, sentence)  # «الـ23 والـ24 من أغسطس»
    if norm in TO:
        goal = norm_at(words, i + 1, sentence) == "غايه"  # «إلى غاية 5 أفريل»
        return parse_day_number(words, i + 1 + goal, sentence)
    if norm.startswith("و") and len(norm) > 3:
        number = parse_ordinal(words, i) or parse_number(words, i)
        if number is not None and number.cut == 1 and 1 <= number.value <= 31:
            return DayNumber(number.value, number.end)
    return None


def _month_of_day(words: Words, i: int, sentence: int) -> Dated | None:
    """Return the month, with year and direction, that a day number belongs to."""
    at = i
    linked = norm_at(words, at, sentence) in ("/", "-", "–")
    if linked and not is_kind(words, at + 1, sentence, "month", "shy_month"):
        return None  # «15/أيار/2016»
    if linked and norm_at(words, at + 1, sentence) == "صفر":
        return None  # «2-صفر» is a score
    inside = norm_at(words, at, sentence) == "في"
    if linked or inside or norm_at(words, at, sentence) == "من":
        at += 1
    direction = parse_direction(words, at, sentence)
    if direction is not None:
        # «25 الجاري»: the month is left out.
        current = norm_at(words, at, sentence) in ("الجاري", "الحالي")
        return (CalendarDate(month_offset=0), direction[2]) if current else None
    if norm_at(words, at, sentence) == "منه" and _is_dated(words, i - 1, sentence):
        return CalendarDate(same_month=True), at + 1  # «في 14 منه»
    if is_kind(words, at, sentence, "same"):
        unit = entry_at(words, at + 1, sentence, "unit")
        if unit is not None and unit[0].detail == "month" and unit[0].definite:
            return CalendarDate(same_month=True), unit[1]
        return None
    this = norm_at(words, at, sentence) == "هذا"
    unit = entry_at(words, at + this, sentence, "unit")
    if unit is not None and unit[0].detail == "month" and unit[0].value == 1:
        after = unit[1]
        if unit[0].definite:
            if norm_at(words, after, sentence) in _OF_RAMADAN:
                return CalendarDate(month=_RAMADAN, hijri=True), after + 1
            if this:
                return CalendarDate(month_offset=0), after
            if is_kind(words, after, sentence, "itself"):
                return CalendarDate(same_month=True), after + 1
            direction = parse_direction(words, after, sentence)
            if direction is not None and norm_at(words, after, sentence) != "الاخير":
                return CalendarDate(month_offset=direction[0] * direction[1]), direction[2]
            # «26 من الشهر»; not «الأولى من الشهر», «السادس من الشهر الهجري», «من الشهر الثامن».
            masculine = not norm_at(words, i - 1, sentence).endswith(("ه", "ي"))
            told = norm_at(words, after, sentence) == "الهجري" or parse_ordinal(words, after)
            return (CalendarDate(near_month=True), after) if masculine and not told else None
        at = after
    if inside:
        return None  # «الستة في يونيو»; «4-23 في الشهر المقبل» passed above
    name = parse_month_name(words, at, sentence) or misspelt_month(words, at, sentence)
    if name is None or name.last is not None:
        return None
    return finish_month(words, name, sentence)


def _is_dated(words: Words, i: int, sentence: int) -> bool:
    """Tell whether a number in figures stands as a date does: «في 14», «يوم 21», «حتى 3»."""
    figures = norm_at(words, i, sentence).isdigit()
    return figures and is_kind(words, i - 1, sentence, *_BEFORE_A_DATE, cut=True)
