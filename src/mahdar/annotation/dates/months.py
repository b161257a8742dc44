"""Grammar of months: four naming traditions and the Hijri calendar, single, doubled, misspelt."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from mahdar.annotation.dates.lexicon import (
    Entry,
    entry_at,
    is_kind,
    look_up,
    near_months,
    norm_at,
)
from mahdar.annotation.dates.phrases import CalendarDate
from mahdar.annotation.dates.years import (
    COMMAS,
    parse_direction,
    parse_year_number,
    parse_year_tail,
    spelled_year,
)
from mahdar.text.words import Words

Dated = tuple[CalendarDate, int]
"""A calendar date and the index of the first word after it."""


class MonthName(NamedTuple):
    """A month's name, doubled or not; ``last`` closes a range of months («يونيو/يوليو»)."""

    month: int
    hijri: bool
    end: int
    shy: bool
    last: int | None = None


_NAME_SEPARATORS = frozenset(("/", "-", "–", "(", "\\", "|", "ـ", "او"))


def parse_month_name(words: Words, i: int, sentence: int, *, cut: bool = False) -> MonthName | None:
    """Return the month named at word ``i``, with its second name («أيار/مايو», «يوليو (تموز)»)."""
    found = entry_at(words, i, sentence, "month", "shy_month", cut=cut)
    if found is None:
        return None
    entry, end = found
    if words.text[i].endswith("إب"):
        return None  # the city, not «آب»
    shy = entry.kind == "shy_month"
    hijri = entry.detail == "hijri"
    if hijri and norm_at(words, end, sentence) in ("المبارك", "الكريم", "الحرام", "المعظم"):
        end, shy = end + 1, False
    separator = norm_at(words, end, sentence)
    joined = separator in _NAME_SEPARATORS
    second = _month_entry(words, end + 1 if joined else end, sentence)
    if second is None or (second[0].detail == "hijri") != hijri:
        return MonthName(entry.value, hijri, end, shy)
    other, after = second
    if other.value == entry.value and hijri:
        return MonthName(entry.value, hijri, end, shy)  # «صفر-صفر» is a score
    if other.value == entry.value:
        if separator == "(":
            if norm_at(words, after, sentence) != ")":
                return MonthName(entry.value, hijri, end, shy)
            after += 1
        return MonthName(entry.value, hijri, after, False)
    if joined and separator != "(":
        # The second month of a range may be doubled too.
        last = parse_month_name(words, end + 1, sentence)
        if last is not None and last.last is None:
            return MonthName(entry.value, hijri, last.end, shy and last.shy, last.month)
    return MonthName(entry.value, hijri, end, shy)


def _month_entry(words: Words, i: int, sentence: int) -> tuple[Entry, int] | None:
    return entry_at(words, i, sentence, "month", "shy_month")


def misspelt_month(words: Words, i: int, sentence: int) -> MonthName | None:
    """Return the Gregorian month that a word after a day number misspells by one letter."""
    norm = norm_at(words, i, sentence)
    month = near_months().get(norm) if len(norm) > 3 else None
    if month is None:
        return None
    # A day of the week, «يوم» or a preposition must open the date («في 25 جاني»).
    for at in range(i - 1, max(-1, i - 4), -1):
        if is_kind(words, at, sentence, "scope", "day_head", "weekday", "day", cut=True):
            return MonthName(month, False, i + 1, False)
    return None


def finish_month(words: Words, name: MonthName, sentence: int) -> Dated:
    """Return a named month with the year or direction that follows it."""
    date = CalendarDate(month=name.month, hijri=name.hijri, last_month=name.last)
    end = name.end
    direction = parse_direction(words, end, sentence)
    if direction is not None:
        spelled = spelled_year(words, direction[2], sentence)
        if spelled is not None and spelled.hijri == name.hijri:
            return replace(date, year=spelled.year), spelled.end
        date = replace(date, direction=direction[0], steps=direction[1])
        return date, direction[2]
    year = parse_year_tail(words, end, sentence)
    if year is None and norm_at(words, end, sentence) == "(":
        year = spelled_year(words, end, sentence)  # «25 يناير (2011)»
    if year is None:
        return date, end
    if year.year is not None and year.hijri != name.hijri:
        return date, end
    return replace(date, year=year.year, year_offset=year.offset, same_year=year.same), year.end


def parse_month_date(
    words: Words, i: int, sentence: int, *, headed: bool = False, cut: bool = False
) -> Dated | None:
    """Return a date that begins with a month's name: «مايو/أيار الماضي», «نوفمبر 15, 2024».

    A shy name passes when headed by «شهر», a part or a preposition of time, or followed by a year
    or direction.
    """
    name = parse_month_name(words, i, sentence, cut=cut)
    if name is None:
        return None
    day = norm_at(words, name.end, sentence)
    if day.isdigit() and len(day) <= 2 and 1 <= int(day) <= 31 and name.last is None:
        at = name.end + 1
        if norm_at(words, at, sentence) in COMMAS:
            at += 1
        year = parse_year_number(words, at, sentence)
        if year is not None and not year.hijri and len(norm_at(words, at, sentence)) == 4:
            return CalendarDate(int(day), name.month, year.year), year.end
    date, end = finish_month(words, name, sentence)
    if words.text[i].endswith("أب") and end == name.end and name.shy:
        return None  # «يحتاج إلى أب»
    if name.shy and not headed and end == name.end:
        # «من باب» is no «بآب», «الذي مارس» no March.
        before = norm_at(words, i - 1, sentence)
        if entry_at(words, i, sentence, "shy_month") is None:
            return None
        if not before or not any(e.kind == "scope" for e in look_up(before)):
            return None
        if name.hijri and before != "شهر" and name.month != 9:
            return None
    return date, end


def parse_months_of(words: Words, i: int, sentence: int) -> Dated | None:
    """Return what follows «شهر» or «شهري»: one month or two joined by «و»."""
    single = parse_month_date(words, i, sentence, headed=True)
    if single is None:
        name = misspelt_month(words, i, sentence)  # «شهر سبتمر المقبل»
        return finish_month(words, name, sentence) if name is not None else None
    date, end = single
    norm = norm_at(words, end, sentence)
    if date.day is None and date.last_month is None and norm.startswith("و"):
        name = parse_month_name(words, end + (norm == "و"), sentence, cut=norm != "و")
        row = []
        while name is not None and name.last is None and name.hijri == date.hijri:
            row.append(name)  # «أشهر أبريل ومايو ويونيو 2015»
            at = name.end
            joined = norm_at(words, at, sentence) == "و"
            if not norm_at(words, at, sentence).startswith("و"):
                break
            name = parse_month_name(words, at + joined, sentence, cut=not joined)
        if row:
            last, after = finish_month(words, row[-1], sentence)
            return replace(last, month=date.month, last_month=row[-1].month), after
    return single
