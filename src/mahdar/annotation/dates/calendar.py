"""Grammar of calendar dates: numeric dates, days with months in every naming tradition, years."""

from __future__ import annotations

import re
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
from mahdar.annotation.dates.phrases import CalendarDate, Parsed, Phrase, RelativeUnit, Years
from mahdar.text.numerals import parse_number, parse_ordinal
from mahdar.text.words import Words

_NUMERIC = re.compile(r"(\d{1,4})([/.])(\d{1,2})\2(\d{1,4})")
_SLASHES = frozenset("/-–.\\")
_NAME_SEPARATORS = frozenset(("/", "-", "–", "(", "\\", "|", "ـ", "او"))
_TO = frozenset(("-", "–", "—", "/", "الي", "حتي", "و", "او", "وحتي", "ولغايه", "لغايه"))
_COMMAS = frozenset((",", "،"))
_GREGORIAN_ERAS = frozenset(("م", "ميلادي", "ميلاديه", "للميلاد"))
_HIJRI_ERAS = frozenset(("ه", "هجري", "هجريه", "للهجره"))
# Years that a bare four-digit number may be; news names few others without «عام».
_FIRST_YEAR, _LAST_YEAR = 1700, 2100
# Numbers that after «من» and «إلى» are years far more often than counts.
_NEAR_YEARS = (1950, 2050)
# Of words in «ا» that are no counted nouns: «عندما», «بها», «لدينا», «هذا», «إلا».
_UNCOUNTED_ENDINGS = ("ما", "ها", "نا", "ذا", "لا", "ايضا")
_HIJRI_YEARS = range(1300, 1501)


Dated = tuple[CalendarDate, int]
"""A calendar date and the index of the first word after it."""


class DayNumber(NamedTuple):
    """A day of a month as written: «14», «الـ3», «الرابع عشر»."""

    day: int
    end: int


class MonthName(NamedTuple):
    """A month's name, doubled or not; ``last`` closes a range of months («يونيو/يوليو»)."""

    month: int
    hijri: bool
    end: int
    shy: bool
    last: int | None = None


class YearTail(NamedTuple):
    """What follows a month to say its year."""

    end: int
    year: int | None = None
    offset: int | None = None
    hijri: bool = False


def parse_day_number(words: Words, i: int, sentence: int) -> DayNumber | None:
    """Return a day of a month in digits or words, 1 to 31."""
    norm = norm_at(words, i, sentence)
    if norm.isdigit():
        return DayNumber(int(norm), i + 1) if len(norm) <= 2 and 1 <= int(norm) <= 31 else None
    number = parse_ordinal(words, i) or parse_number(words, i) if norm else None
    if number is None or not 1 <= number.value <= 31:
        return None
    return DayNumber(number.value, number.end)


def parse_month_name(words: Words, i: int, sentence: int, *, cut: bool = False) -> MonthName | None:
    """Return the month named at word ``i``, with its second name («أيار/مايو», «يوليو (تموز)»)."""
    found = entry_at(words, i, sentence, "month", "shy_month", cut=cut)
    if found is None:
        return None
    entry, end = found
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


def parse_direction(words: Words, i: int, sentence: int) -> tuple[int, int, int] | None:
    """Return direction, steps and the next index: «الماضي» (-1, 1), «قبل الماضي» (-1, 2)."""
    found = entry_at(words, i, sentence, "direction")
    if found is not None:
        return found[0].value, 1, found[1]
    norm = norm_at(words, i, sentence)
    if norm in ("قبل", "بعد"):
        found = entry_at(words, i + 1, sentence, "direction")
        if found is not None and found[0].value == (-1 if norm == "قبل" else 1):
            return found[0].value, 2, found[1]
    return None


def _era(words: Words, i: int, sentence: int) -> tuple[int, bool | None]:
    """Return the index after an era and whether it is Hijri (``None``: no era)."""
    norm = norm_at(words, i, sentence)
    if norm in _GREGORIAN_ERAS:
        return i + 1, False
    if norm in _HIJRI_ERAS:
        return i + 1, True
    return i, None


def parse_year_number(
    words: Words, i: int, sentence: int, *, named: bool = False
) -> YearTail | None:
    """Return a year in digits (or words after «عام») with its era.

    ``named``: «عام» stands before it, which lets any year of three or four digits pass, and two
    digits for the 20th century («عام 67»).
    """
    norm = norm_at(words, i, sentence)
    if norm == "ال" and norm_at(words, i + 1, sentence).isdigit():
        i, norm = i + 1, norm_at(words, i + 1, sentence)
    if norm.isdigit() and len(norm) <= 4:
        value, end = int(norm), i + 1
    elif named and norm and not norm[0].isdigit():
        number = parse_number(words, i)
        if number is None or not 1000 <= number.value <= _LAST_YEAR:
            return None
        value, end = number.value, number.end
    else:
        return None
    end, hijri = _era(words, end, sentence)
    if hijri is None:
        hijri = value in _HIJRI_YEARS
    if hijri:
        return YearTail(end, value, hijri=True) if 1 <= value <= 1600 else None
    if named and len(norm) == 2 and value >= 40:
        after = norm_at(words, end, sentence)
        return (
            None if after in ("%", "٪", "في") or _is_counted(after) else YearTail(end, 1900 + value)
        )
    if (100 if named else _FIRST_YEAR) <= value <= _LAST_YEAR and len(norm) != 2:
        return YearTail(end, value)
    return None


def parse_year_tail(words: Words, i: int, sentence: int) -> YearTail | None:
    """Return the year said after a month: «2013», «من العام الماضي», «/2013», «هذا العام»."""
    at = i
    norm = norm_at(words, at, sentence)
    if norm in _COMMAS or norm in ("/", "-", "–"):
        following = norm_at(words, at + 1, sentence)
        return parse_year_number(words, at + 1, sentence) if len(following) == 4 else None
    if norm == "من":
        at += 1
    this = norm_at(words, at, sentence) in ("هذا", "هذه")
    found = entry_at(words, at + this, sentence, "unit", cut=norm[:1] == "ل")
    if found is not None and found[0].detail == "year" and found[0].value == 1:
        entry, after = found
        if this:
            return YearTail(after, offset=0)
        year = parse_year_number(words, after, sentence, named=True)
        if year is not None:
            return year
        direction = parse_direction(words, after, sentence)
        if direction is not None and entry.definite:
            return YearTail(direction[2], offset=direction[0] * direction[1])
        return None
    if at == i:
        year = parse_year_number(words, at, sentence)
        # «9 مايو 2000 جندي» is no year, «مايو 2015» is.
        if year is not None and len(norm_at(words, at, sentence)) == 4:
            return year
    return None


def spelled_year(words: Words, i: int, sentence: int) -> YearTail | None:
    """Return the year in figures that spells out a direction: «العام الماضي 2014», «(2014)»."""
    at = i + (norm_at(words, i, sentence) == "(")
    if len(norm_at(words, at, sentence)) != 4:
        return None
    year = parse_year_number(words, at, sentence)
    if year is None or at == i:
        return year
    closed = norm_at(words, year.end, sentence) == ")"
    return year._replace(end=year.end + 1) if closed else None


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
    end, hijri = _era(words, end, sentence)
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
        hijri = year in _HIJRI_YEARS
    if not (1 <= month <= 12 and 1 <= day <= (30 if hijri else 31)):
        return None
    if not (hijri or 1800 <= year <= _LAST_YEAR):
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
    if date.hijri and first.day > 30:
        return None
    return replace(date, day=first.day, last_day=last), end


def _next_day(words: Words, i: int, sentence: int) -> DayNumber | None:
    norm = norm_at(words, i, sentence)
    if norm in _TO:
        return parse_day_number(words, i + 1, sentence)
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
    inside = norm_at(words, at, sentence) == "في"
    if linked or inside or norm_at(words, at, sentence) == "من":
        at += 1
    direction = parse_direction(words, at, sentence)
    if direction is not None:
        # «25 الجاري»: the month is left out.
        current = norm_at(words, at, sentence) in ("الجاري", "الحالي")
        return (CalendarDate(month_offset=0), direction[2]) if current else None
    this = norm_at(words, at, sentence) == "هذا"
    unit = entry_at(words, at + this, sentence, "unit")
    if unit is not None and unit[0].detail == "month" and unit[0].value == 1:
        after = unit[1]
        if unit[0].definite:
            if this:
                return CalendarDate(month_offset=0), after
            direction = parse_direction(words, after, sentence)
            if direction is not None and norm_at(words, after, sentence) != "الاخير":
                return CalendarDate(month_offset=direction[0] * direction[1]), direction[2]
            return None
        at = after
    if inside:
        return None  # «الستة في يونيو»; «4-23 في الشهر المقبل» passed above
    name = parse_month_name(words, at, sentence) or misspelt_month(words, at, sentence)
    if name is None or name.last is not None:
        return None
    return finish_month(words, name, sentence)


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
    if year is None:
        return date, end
    if year.year is not None and year.hijri != name.hijri:
        return date, end
    return replace(date, year=year.year, year_offset=year.offset), year.end


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
        if norm_at(words, at, sentence) in _COMMAS:
            at += 1
        year = parse_year_number(words, at, sentence)
        if year is not None and not year.hijri and len(norm_at(words, at, sentence)) == 4:
            return CalendarDate(int(day), name.month, year.year), year.end
    date, end = finish_month(words, name, sentence)
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
        return None
    date, end = single
    norm = norm_at(words, end, sentence)
    if date.day is None and date.last_month is None and norm.startswith("و"):
        name = parse_month_name(words, end + (norm == "و"), sentence, cut=norm != "و")
        if name is not None and name.last is None and name.hijri == date.hijri:
            last, after = finish_month(words, name, sentence)
            return replace(last, month=date.month, last_month=name.month), after
    return single


def parse_year_phrase(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a year named as such: «عام 2014», «العام الماضي», «عامي 2012 و2013», «سنة 1436هـ»."""
    found = entry_at(words, i, sentence, "unit", cut=True)
    if found is None or found[0].detail != "year":
        return None
    entry, at = found
    first = parse_year_number(words, at, sentence, named=True)
    if first is None or first.year is None:
        if entry.definite and entry.value == 1:
            direction = parse_direction(words, at, sentence)
            if direction is not None:
                spelled = spelled_year(words, direction[2], sentence)
                if spelled is not None and spelled.year is not None:
                    return Years(spelled.year, spelled.year, spelled.hijri), spelled.end
                return RelativeUnit("year", direction[0] * direction[1]), direction[2]
        return None
    last, end = first, first.end
    while norm_at(words, end, sentence) in ("و", "-", "–", "الي", "/", "حتي"):
        step = parse_year_number(words, end + 1, sentence)
        if step is None or step.year is None or step.year <= (last.year or 0):
            break
        last, end = step, step.end
    phrase: Phrase = Years(first.year, last.year or first.year, first.hijri)
    return phrase, end


def parse_bare_year(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a year or two that stand without «عام», where what is around lets them be years."""
    norm = norm_at(words, i, sentence)
    if len(norm) != 4 or not norm.isdigit():
        return None
    first = parse_year_number(words, i, sentence)
    if first is None or first.year is None:
        return None
    end, last = first.end, first.year
    between = norm_at(words, i - 1, sentence) == "بين"
    joiner = norm_at(words, end, sentence)
    if joiner in _TO:
        step = parse_year_number(words, end + 1, sentence)
        if (
            step is not None
            and step.year is not None
            and last < step.year <= last + 200
            and (joiner not in ("و", "/") or step.year <= last + 20 or between)
        ):
            end, last = step.end, step.year
    if not _year_fits(words, i, end, sentence, era=end > i + 1 and last == first.year):
        return None
    return Years(first.year, last, first.hijri), end


def _year_fits(words: Words, i: int, end: int, sentence: int, *, era: bool) -> bool:
    """Tell whether a bare number can be a year by the words around it."""
    before, after = norm_at(words, i - 1, sentence), norm_at(words, end, sentence)
    round_number = words.norm[i].endswith("00")
    if era:
        return True
    if before in ("(", "[") and after in (")", "]", "-", "–", ",", "،"):
        return True
    if not before:
        return after in ("-", "–", ":", "")
    if end == i + 3 and norm_at(words, i + 1, sentence) in ("-", "–") and not before.isdigit():
        return True
    if is_kind(words, i - 1, sentence, "year_head", cut=True):
        return not _is_counted(after)
    if not is_kind(words, i - 1, sentence, "scope") and before not in ("وفي", "ومنذ"):
        return False
    if before in ("من", "الي", "بين") and end == i + 1:
        near = _NEAR_YEARS[0] <= int(words.norm[i]) <= _NEAR_YEARS[1]
        if after not in ("", ".", "،", ",", "الي", "حتي", "و", ")") and not near:
            return False
        return not (round_number or _is_counted(after))
    # «في 2000 قرية»: a counted noun follows; round numbers need punctuation or the end after them.
    return not (_is_counted(after) or (round_number and after.isalpha()))


def _is_counted(norm: str) -> bool:
    """Tell whether a word may be an indefinite noun that a number counts."""
    if look_up(norm) and any(e.kind == "unit" and not e.definite for e in look_up(norm)):
        return True
    if norm in ("%", "٪"):
        return True
    return len(norm) > 3 and norm.endswith("ا") and not norm.endswith(_UNCOUNTED_ENDINGS)
