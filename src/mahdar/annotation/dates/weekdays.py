"""Grammar of weekdays: bare, with a date, a direction, a week, or a second weekday."""

from __future__ import annotations

from dataclasses import replace

from mahdar.annotation.dates.calendar import parse_day_date
from mahdar.annotation.dates.compound import parse_feast_day
from mahdar.annotation.dates.lexicon import Entry, entry_at, is_given_name, is_kind, norm_at
from mahdar.annotation.dates.months import parse_month_date
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Feast,
    Interval,
    Parsed,
    Weekday,
)
from mahdar.annotation.dates.years import parse_direction
from mahdar.text.numerals import is_number_word
from mahdar.text.words import Words

# A row of weekdays is no longer than this («أيام السبت والأحد والاثنين …»).
_ROW_WORDS = 16


# Thursday, Friday, Saturday and Sunday are surnames too.
_SURNAMES = (3, 4, 5, 6)


def parse_weekday(
    words: Words, i: int, sentence: int, *, headed: bool = False, night: bool = False
) -> Parsed | None:
    """Return a weekday with date, direction or week: «الأربعاء 22 يوليو», «الأحد المقبل».

    ``night``: a word for night stands before it, so that «ليل الجمعة السبت» is one night.
    """
    found = entry_at(words, i, sentence, "weekday", cut=True)
    if found is None:
        return None
    entry, end = found
    if not headed and _is_no_weekday(words, i, sentence, entry):
        return None
    phrase = Weekday(entry.value)
    if night:
        at = end
        if norm_at(words, at, sentence) in ("-", "–", "/", "الي", "علي"):
            at += 1
        second = entry_at(words, at, sentence, "weekday")
        if second is not None and second[0].value == (entry.value + 1) % 7:
            return replace(phrase, until=second[0].value), second[1]
    dated = _date_of_weekday(words, end, sentence)
    if dated is not None:
        return replace(dated[0], weekday=entry.value), dated[1]
    at = end + (norm_at(words, end, sentence) in ("،", ","))
    follows = norm_at(words, at, sentence)
    feast = parse_feast_day(words, at, sentence) if follows and follows[0] != "ب" else None
    if feast is not None and isinstance(feast[0], Feast):
        return feast  # «الأحد ثالث أيام العيد»
    wrapped = norm_at(words, i - 1, sentence) == "(" and norm_at(words, end, sentence) == ")"
    direction = parse_direction(words, end + wrapped, sentence)
    if direction is not None and words.norm[direction[2] - 1].startswith("الاخير"):
        return None  # «الجمعة الأخيرة من رمضان»
    if direction is not None:
        # «يوم (الأحد) المقبل»
        after = end if wrapped else direction[2]
        return replace(phrase, direction=direction[0], steps=direction[1]), after
    if _is_of_every(words, end, sentence):
        return None  # «الأحد من كل أسبوع»
    shared = _shared_direction(words, end, sentence)
    if shared is not None:
        return replace(phrase, direction=shared), end
    at = end + (norm_at(words, end, sentence) in ("من", "في"))
    unit = entry_at(words, at, sentence, "unit")
    if unit is not None and unit[0].detail == "week" and unit[0].definite:
        direction = parse_direction(words, unit[1], sentence)
        if direction is not None:
            return replace(phrase, week=direction[0] * direction[1]), direction[2]
    return phrase, end


def _is_no_weekday(words: Words, i: int, sentence: int, entry: Entry) -> bool:
    """Tell whether a bare weekday word is a number, a prayer or a surname here."""
    before = norm_at(words, i - 1, sentence)
    if entry.value == 0 and before.endswith(("ين", "ان")) and before.startswith("ال"):
        return True  # «الجانبين الاثنين»
    if before.removeprefix("ب") in ("الواحد", "سوق", "واد", "وادي", "سد"):
        return True  # «بعون الله الواحد الأحد», «سوق الخميس»
    if entry.value == 0 and before == "بين" and not norm_at(words, i + 1, sentence).startswith("و"):
        return True  # «الفرق بين الاثنين»
    if entry.value == 4 and is_kind(words, i - 1, sentence, "prayer", cut=True):
        return True
    if _is_recurring(words, i, sentence):
        return True
    named = is_given_name(before) or is_given_name(before[1:])
    if named and entry.value in _SURNAMES and norm_at(words, i - 2, sentence) != "في":
        return True  # «محمد الخميس», but «في بيان الخميس»
    following = norm_at(words, i + 1, sentence)
    if entry.value == 0 and following.startswith("وال") and is_number_word(following[1:]):
        return True  # «دور الاثنين والثلاثين»
    return before in ("بن", "ابن", "ال") or words.norm[i].startswith(("بال", "كال"))


def _shared_direction(words: Words, i: int, sentence: int) -> int | None:
    """Return the direction that a dual adjective after the next weekday gives both."""
    norm = norm_at(words, i, sentence)
    at = i + (norm in ("و", "او", "،"))
    second = entry_at(words, at, sentence, "weekday", cut=at == i and norm.startswith("و"))
    if second is None:
        return None
    direction = entry_at(words, second[1], sentence, "direction")
    if direction is None or not norm_at(words, second[1], sentence).endswith(("ين", "ان")):
        return None
    return direction[0].value


def _is_recurring(words: Words, i: int, sentence: int) -> bool:
    """Tell whether a weekday stands in a row that «أيام» or «كل» opens."""
    at = i - 1
    while at > i - _ROW_WORDS and (
        is_kind(words, at, sentence, "weekday", cut=True)
        or norm_at(words, at, sentence) in ("و", "،", ",", "يوم")
    ):
        at -= 1
    return norm_at(words, at, sentence) in ("ايام", "كل", "لكل", "وكل", "وايام")


def _is_of_every(words: Words, i: int, sentence: int) -> bool:
    """Tell whether «من كل» follows a weekday or a row of weekdays."""
    while is_kind(words, i, sentence, "weekday", cut=True) or norm_at(words, i, sentence) == "و":
        i += 1
    return norm_at(words, i, sentence) == "من" and norm_at(words, i + 1, sentence) == "كل"


def _date_of_weekday(words: Words, i: int, sentence: int) -> tuple[CalendarDate, int] | None:
    """Return the date that spells out a weekday: «، 7 جوان 2017», «الموافق 22 يوليو», «(22 يوليو)»."""
    norm = norm_at(words, i, sentence)
    at = i + 1 if norm in ("،", ",", "-", "–", "(", "الموافق", "المصادف") else i
    if norm_at(words, at, sentence) == "الموافق":
        at += 1
    date = parse_day_date(words, at, sentence, headed=True)
    if date is None:
        date = parse_month_date(words, at, sentence, headed=True)
        date = date if date is not None and date[0].day is not None else None
    if date is None or date[0].last_day is not None:
        return None
    end = date[1]
    if norm == "(":
        if norm_at(words, end, sentence) != ")":
            return None
        end += 1
    return date[0], end


def parse_weekdays_of(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return what follows «يومي»: two weekdays with a common direction, or days of a month."""
    first = entry_at(words, i, sentence, "weekday")
    if first is None:
        return _two_days(words, i + (norm_at(words, i, sentence) == "ال"), sentence)
    at = first[1]
    joined = norm_at(words, at, sentence) == "و"
    second = entry_at(words, at + joined, sentence, "weekday", cut=not joined)
    if second is None or second[0].value == first[0].value:
        return None
    phrase = Weekday(first[0].value, until=second[0].value)
    direction = parse_direction(words, second[1], sentence)
    if direction is not None:
        return replace(phrase, direction=direction[0]), direction[2]
    if _is_of_every(words, second[1], sentence):
        return None
    return phrase, second[1]


def _two_days(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return the days of months that follow «يومي»: «14 و15 أيلول», «31 مارس و1 أفريل الماضيين»."""
    first = parse_day_date(words, i, sentence, headed=True)
    if first is None:
        return None
    date, end = first
    joined = norm_at(words, end, sentence) == "و"
    if date.last_day is not None or not norm_at(words, end, sentence).startswith("و"):
        return first
    second = parse_day_date(words, end + joined, sentence) if joined else None
    if second is None or second[0].last_day is not None or second[0].day is None:
        return first
    return Interval(date, second[0]), second[1]
