"""Grammar of times built from other times: parts, seasons, quarters, decades, centuries, feasts."""

from __future__ import annotations

from dataclasses import replace

from mahdar.annotation.dates.lexicon import entry_at, norm_at
from mahdar.annotation.dates.months import parse_month_date, parse_months_of
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Century,
    Decade,
    Feast,
    Fraction,
    Parsed,
    Part,
    Season,
    Years,
)
from mahdar.annotation.dates.relative import parse_this, parse_unit_phrase
from mahdar.annotation.dates.years import (
    parse_bare_year,
    parse_direction,
    parse_year_number,
    parse_year_phrase,
    parse_year_tail,
)
from mahdar.text.numerals import parse_number, parse_ordinal
from mahdar.text.words import Words

# Before the end of a week: that end is to come, whatever the tense («وعد بإخلائها قبل نهاية الأسبوع»).
_UNTIL = frozenset({"قبل", "قبيل", "حتي", "الي", "بحلول", "لغايه"})
# Days of the feasts of Shawwal and Dhu l-Hijja.
_LONG_FEASTS = {10: 3, 12: 4}


def parse_part(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a part of a longer period: «مطلع الشهر المقبل», «أوائل يونيو», «نهاية العام»."""
    found = entry_at(words, i, sentence, "part_of_period", cut=True)
    if found is None:
        return None
    entry, at = found
    following = norm_at(words, at, sentence)
    if entry.rest and following not in ("من", "ل"):
        return None  # «الأيام الأخيرة» alone are up to now
    if following == "من" and words.norm[i].lstrip("وب") in ("دايه", "بدايه") and not entry.rest:
        return None  # «بداية من الموسم المقبل»: from then on
    inner = parse_long_period(words, at, sentence)
    if inner is None:
        return None
    near = norm_at(words, at, sentence) == "الاسبوع" and inner[1] == at + 1
    near = near and norm_at(words, i - 1, sentence) not in _UNTIL
    return Part(entry.detail, inner[0], near), inner[1]


def parse_long_period(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a period longer than a day, as it stands after a part or fraction."""
    if norm_at(words, i, sentence) in ("من", "ل"):
        i += 1
    if norm_at(words, i, sentence) in ("شهر", "لشهر"):
        return parse_months_of(words, i + 1, sentence)
    if norm_at(words, i, sentence) in ("هذا", "هذه"):
        return parse_this(words, i, sentence)
    year = parse_year_number(words, i, sentence) if len(norm_at(words, i, sentence)) == 4 else None
    if year is not None and year.year is not None:
        return Years(year.year, year.year, year.hijri), year.end
    return (
        parse_month_date(words, i, sentence, headed=True, cut=True)
        or parse_unit_phrase(words, i, sentence, bare=True)
        or parse_year_phrase(words, i, sentence)
        or parse_century(words, i, sentence)
        or parse_decade(words, i, sentence)
        or parse_season(words, i, sentence, headed=True)
        or parse_bare_year(words, i, sentence)
    )


def parse_season(words: Words, i: int, sentence: int, *, headed: bool = False) -> Parsed | None:
    """Return a season with its year or direction: «صيف 2014», «الصيف الماضي», «فصل الصيف»."""
    at = i
    norm = norm_at(words, at, sentence)
    if norm in ("فصل", "هذا", "موسم"):
        at, headed = at + 1, True
    found = entry_at(words, at, sentence, "season", cut=True)
    if found is None:
        return None
    entry, end = found
    first, last = map(int, entry.detail.split("-"))
    season = Season(first, last)
    direction = parse_direction(words, end, sentence)
    if direction is not None and entry.definite:
        return replace(season, direction=direction[0]), direction[2]
    year = parse_year_tail(words, end, sentence)
    if year is not None and not year.hijri and not year.same:
        return replace(season, year=year.year, year_offset=year.offset), year.end
    if headed and entry.definite:
        return season, end
    return None


def parse_fraction(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a quarter or half of a year or month: «الربع الثاني للعام», «النصف الأول من 2015»."""
    found = entry_at(words, i, sentence, "fraction", cut=True)
    if found is None or not found[0].definite:
        return None
    entry, end = found
    parts = entry.value
    number: int | None = None
    offset: int | None = None
    ordinal = parse_ordinal(words, end)
    direction = parse_direction(words, end, sentence)
    if direction is not None:
        offset, end = direction[0] * direction[1], direction[2]
        if norm_at(words, direction[2] - 1, sentence).startswith("الاخير"):
            offset, number = None, parts
    elif ordinal is not None and ordinal.value <= parts:
        number, end = ordinal.value, ordinal.end
    elif norm_at(words, end, sentence) in ("الاخير", "الاخر"):
        number, end = parts, end + 1
    else:
        return None
    of = parse_long_period(words, end, sentence)
    if of is not None:
        return Fraction(parts, number, of[0], offset), of[1]
    if offset is not None and parts == 4:
        return Fraction(parts, None, None, offset), end
    return None


def parse_century(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return centuries: «القرن الماضي», «القرن الـ19», «القرنين الخامس عشر والسادس عشر»."""
    found = entry_at(words, i, sentence, "unit", cut=True)
    if found is None or found[0].detail != "century" or not found[0].definite:
        return None
    end = found[1]
    direction = parse_direction(words, end, sentence)
    if direction is not None:
        return Century(direction[0] * direction[1]), direction[2]
    numbers: list[int] = []
    while True:
        at = end
        if numbers and norm_at(words, at, sentence) in ("و", "-", "الي", "حتي"):
            at += 1
        if norm_at(words, at, sentence) in ("من", "وحتي") and found[0].value == 0:
            at += 1
        number = parse_ordinal(words, at) or parse_number(words, at)
        if number is None or not norm_at(words, at, sentence) or not 1 <= number.value <= 21:
            break
        numbers.append(number.value)
        end = number.end
        if found[0].value == 1:
            break
    if not numbers:
        return None
    return Years(numbers[0] * 100 - 99, numbers[-1] * 100), end


def parse_decade(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a decade: «التسعينات», «ثمانينيات القرن الماضي», not an age («الأربعينات من عمره»)."""
    found = entry_at(words, i, sentence, "decade", cut=True)
    if found is None:
        return None
    entry, end = found
    at = end + (norm_at(words, end, sentence) == "من")
    if norm_at(words, at, sentence) in ("عمره", "عمرها", "العمر", "عمرهم", "عمري"):
        return None
    century = parse_century(words, at, sentence)
    if century is not None:
        phrase = century[0]
        if isinstance(phrase, Years):
            return Decade(entry.value, phrase.first - 1), century[1]
        if isinstance(phrase, Century):
            return Decade(entry.value, 1900 if phrase.offset == -1 else 2000), century[1]
    if not entry.definite or (entry.value < 50 and at == end):
        return None
    return Decade(entry.value), end


def parse_feast(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a feast with its year or direction: «عيد الفطر», «عيد الأضحى المقبل»."""
    found = entry_at(words, i, sentence, "feast", cut=True)
    if found is None:
        return None
    entry, end = found
    if words.norm[i].startswith(("بعيد", "وبعيد")):
        return None  # «هنأ بعيد الفطر»: what for, not when
    calendar, month, day = entry.detail.split("-")
    date = CalendarDate(int(day), int(month), hijri=calendar == "hijri")
    direction = parse_direction(words, end, sentence)
    if direction is not None:
        return Feast(replace(date, direction=direction[0], steps=direction[1])), direction[2]
    year = parse_year_tail(words, end, sentence)
    if year is None:
        return Feast(date), end
    if year.year is None:
        return Feast(replace(date, year_offset=year.offset, same_year=year.same)), year.end
    if year.hijri == date.hijri:
        return Feast(replace(date, year=year.year)), year.end
    return (Feast(date, year.year), year.end) if date.hijri else (Feast(date), end)


def _named_feast(words: Words, i: int, sentence: int) -> tuple[Feast, int] | None:
    """Return the feast at word ``i``; «العيد» alone is the nearer of the two."""
    feast = parse_feast(words, i, sentence)
    if feast is not None and isinstance(feast[0], Feast):
        return feast[0], feast[1]
    if norm_at(words, i, sentence) != "العيد":
        return None
    end = i + 1 + (norm_at(words, i + 1, sentence) in ("المبارك", "السعيد"))
    return Feast(CalendarDate(1, 10, hijri=True), either=True), end


def parse_eid(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return «العيد» after «يوم», the first day of the nearer of the two feasts."""
    return _named_feast(words, i, sentence) if norm_at(words, i, sentence) == "العيد" else None


def parse_feast_days(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return all days of a feast: «أيام العيد», «أيام عيد الأضحى»."""
    feast = _named_feast(words, i + 1, sentence)
    length = _LONG_FEASTS.get(feast[0].date.month or 0) if feast is not None else None
    if feast is None or length is None or not feast[0].date.hijri:
        return None
    date = feast[0].date
    last = (date.day or 1) + length - 1
    return replace(feast[0], date=replace(date, last_day=last)), feast[1]


def parse_feast_day(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a numbered day of a feast or month: «ثاني أيام عيد الأضحى», «أول أيام رمضان»."""
    ordinal = parse_ordinal(words, i)
    if ordinal is None or norm_at(words, ordinal.end, sentence) not in ("ايام", "يوم"):
        return None
    at = ordinal.end + 1
    if norm_at(words, at, sentence) in ("من", "في"):
        at += 1
    feast = _named_feast(words, at, sentence)
    if feast is not None:
        date = feast[0].date
        date = replace(date, day=(date.day or 1) + ordinal.value - 1)
        return replace(feast[0], date=date), feast[1]
    at += norm_at(words, at, sentence) == "شهر"
    month = parse_month_date(words, at, sentence, headed=True)
    if month is None or month[0].day is not None or month[0].last_month is not None:
        return None
    return replace(month[0], day=ordinal.value), month[1]


def parse_month_head(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return «شهر يوليو الماضي», «شهري مايو ويونيو»."""
    if words.norm[i].lstrip("وفبلك") not in ("شهر", "شهري", "شهور", "اشهر"):
        return None
    return parse_months_of(words, i + 1, sentence)
