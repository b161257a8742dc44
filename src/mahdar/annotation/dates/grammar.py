"""The grammar's entrance: the time expression that begins at a word."""

from __future__ import annotations

from typing import NamedTuple

from mahdar.annotation.dates import calendar, compound, distances, months, relative, weekdays, years
from mahdar.annotation.dates.clock import parse_clock
from mahdar.annotation.dates.events import parse_event_date, parse_event_month
from mahdar.annotation.dates.lexicon import entry_at, is_kind, look_up, norm_at
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Clock,
    Interval,
    Parsed,
    Phrase,
    RelativeDay,
    Weekday,
    Years,
)
from mahdar.text.numerals import is_number_word
from mahdar.text.words import Words


class Hit(NamedTuple):
    """A time expression: words ``[first, end)`` less ``cut`` folded characters of proclitics."""

    phrase: Phrase
    first: int
    end: int
    cut: int = 0
    time: str | None = None


def parse_expression(words: Words, i: int) -> Hit | None:
    """Return the time expression that begins at word ``i``, the longest the grammar builds."""
    norm = words.norm[i]
    entries = look_up(norm)
    if not entries and not is_number_word(norm) and norm != "ال":
        return None
    sentence = words.sentence[i]
    cut = 0
    parsed: Parsed | None = None
    for entry in entries:
        parsed = _parse_by_kind(words, i, sentence, entry.kind)
        if parsed is not None:
            cut = entry.cut
            break
    if parsed is None and (is_number_word(norm) or norm == "ال"):
        parsed = _parse_number_led(words, i, sentence)
        cut = 0
    if parsed is None:
        return None
    phrase, end = parsed
    if isinstance(phrase, Clock):
        return _with_clock(words, i, end, sentence, phrase.time)
    phrase, end = _extend(words, phrase, end, sentence)
    time = None
    at = end + (norm_at(words, end, sentence) in ("،", ",", "عند", "في", "(", "من"))
    if is_kind(words, at, sentence, "clock"):
        clock = parse_clock(words, at, sentence)
        if clock is not None:
            time, end = clock
    return Hit(phrase, i, end, cut, time)


def _parse_by_kind(words: Words, i: int, sentence: int, kind: str) -> Parsed | None:
    if kind == "day":
        return relative.parse_relative_day(words, i, sentence)
    if kind == "weekday":
        return weekdays.parse_weekday(words, i, sentence)
    if kind == "day_head":
        return _parse_day_headed(words, i + 1, sentence)
    if kind == "part_of_day":
        return _parse_part_of_day(words, i, sentence)
    if kind in ("month", "shy_month"):
        event = parse_event_month(words, i, sentence)
        if event is not None:
            return event
        if _is_in_name(words, i, sentence):
            if not is_kind(words, i - 1, sentence, "name_head", cut=True):
                return None
            dated = months.parse_month_date(words, i, sentence, cut=True)
            # «ثورة يناير (كانون الثاني) 2011»
            return dated if dated is not None and dated[0].year is not None else None
        if norm_at(words, i - 1, sentence) == "(" and _is_in_name(words, i - 2, sentence):
            if is_kind(words, i - 2, sentence, "month", "shy_month"):
                return None  # «ثورة يناير (كانون الثاني)»
        return months.parse_month_date(words, i, sentence, cut=True)
    if kind == "unit":
        return _parse_unit_led(words, i, sentence)
    if kind == "this":
        return relative.parse_this(words, i, sentence) or compound.parse_season(words, i, sentence)
    if kind == "same":
        return relative.parse_same(words, i, sentence)
    if kind == "part_of_period":
        return compound.parse_part(words, i, sentence) or (
            distances.parse_counted_stretch(words, i, sentence) if words.norm[i] == "اخر" else None
        )
    if kind in ("since", "before", "after"):
        return distances.parse_distance(words, i, sentence)
    if kind in ("before_it", "after_it"):
        return distances.parse_from_it(words, i, sentence, kind)
    if kind == "within":
        return distances.parse_within(words, i, sentence)
    if kind in ("season", "season_head"):
        return compound.parse_season(words, i, sentence)
    if kind == "decade":
        return compound.parse_decade(words, i, sentence)
    if kind == "fraction":
        return compound.parse_fraction(words, i, sentence)
    if kind == "feast" and not is_kind(words, i - 1, sentence, "occasion", cut=True):
        return compound.parse_feast(words, i, sentence)
    if kind == "clock":
        clock = parse_clock(words, i, sentence)
        return (Clock(clock[0]), clock[1]) if clock is not None else None
    if kind == "scope" and words.norm[i] in ("من", "بين", "ومن", "وبين"):
        return _parse_interval(words, i, sentence)
    return None


def _parse_day_headed(words: Words, i: int, sentence: int, *, night: bool = False) -> Parsed | None:
    """Return the day that «يوم» or a part of the day stands before."""
    return (
        relative.parse_relative_day(words, i, sentence)
        or weekdays.parse_weekday(words, i, sentence, headed=True, night=night)
        or calendar.parse_day_date(words, i, sentence, headed=True)
        or compound.parse_eid(words, i, sentence)
    )


def _parse_part_of_day(words: Words, i: int, sentence: int) -> Parsed | None:
    found = entry_at(words, i, sentence, "part_of_day", cut=True)
    if found is None:
        return None
    entry, end = found
    if entry.definite:
        return None
    night = words.norm[end - 1].endswith(("ليل", "ليله"))
    if norm_at(words, end, sentence) in ("يوم", "نهار", "ليوم"):
        end += 1
    if norm_at(words, end, sentence) == "هذا":
        return relative.parse_this(words, end, sentence)
    return _parse_day_headed(words, end, sentence, night=night)


def _parse_unit_led(words: Words, i: int, sentence: int) -> Parsed | None:
    found = entry_at(words, i, sentence, "unit", cut=True)
    if found is None:
        return None
    entry, end = found
    if entry.definite:
        return relative.parse_unit_phrase(words, i, sentence) or compound.parse_century(
            words, i, sentence
        )
    if entry.detail == "month":
        return compound.parse_month_head(words, i, sentence)
    if entry.detail == "day" and entry.value == 0:
        return compound.parse_feast_days(words, i, sentence)
    if entry.detail == "day" and entry.value == 2:
        return weekdays.parse_weekdays_of(words, end, sentence)
    if entry.detail == "year":
        return years.parse_year_phrase(words, i, sentence)
    if entry.detail == "season":
        return years.parse_bare_year(words, end, sentence) or compound.parse_season(
            words, i, sentence
        )
    return None


def _is_in_name(words: Words, i: int, sentence: int) -> bool:
    """Tell whether a month belongs to the name of a movement or street («قوى 14 آذار»)."""
    at = i - 1
    while at > i - 4 and (
        norm_at(words, at, sentence) in ("من", '"', "“", "«")
        or is_number_word(norm_at(words, at, sentence))
    ):
        at -= 1
    return is_kind(words, at, sentence, "name_head", cut=True)


def _parse_number_led(words: Words, i: int, sentence: int) -> Parsed | None:
    event = parse_event_date(words, i + (words.norm[i] == "ال"), sentence)
    if event is not None:
        return event
    quoted = norm_at(words, i - 1, sentence) in ('"', "“", "«")
    if is_kind(words, i - 1 - quoted, sentence, "name_head", cut=True):
        return years.parse_bare_year(words, i, sentence)
    unit = entry_at(words, i - 1, sentence, "unit")
    if unit is not None and unit[0].definite and unit[0].value == 0:
        return years.parse_bare_year(words, i, sentence)  # «الأشهر الثلاثة من يوليو إلى سبتمبر»
    at = i
    if words.norm[i] == "ال":
        at = i + 1
        if not norm_at(words, at, sentence).isdigit():
            return None
    return (
        calendar.parse_day_date(words, at, sentence)
        or compound.parse_feast_day(words, i, sentence)
        or distances.parse_counted_stretch(words, i, sentence)
        or years.parse_bare_year(words, at, sentence)
    )


_TO = frozenset(("الي", "حتي", "لغايه", "ولغايه", "وحتي", "-", "–", "—"))


def _parse_interval(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return what «من» or «بين» opens: «بين عامي 1981 و2005», «من 29 يوليو إلى 3 أغسطس»."""
    between = words.norm[i].endswith("بين")
    at = i + 1
    if not norm_at(words, at, sentence):
        return None
    first = parse_simple(words, at)
    if first is None:
        return None
    phrase, end = first
    if _is_range(phrase):
        return first
    joiner = norm_at(words, end, sentence)
    if joiner == "الي" and norm_at(words, end + 1, sentence) == "غايه":
        end += 1
    if joiner in _TO or (between and joiner == "و"):
        second = parse_simple(words, end + 1) if norm_at(words, end + 1, sentence) else None
    elif between and joiner.startswith("و") and len(joiner) > 2:
        second = parse_simple(words, end)
    else:
        return None
    if second is None or isinstance(second[0], Clock):
        return None
    return Interval(phrase, second[0]), second[1]


def parse_simple(words: Words, i: int) -> Parsed | None:
    """Return the expression at word ``i`` without looking for an interval around it."""
    norm = words.norm[i]
    if norm in ("من", "بين", "ومن", "وبين"):
        return None
    sentence = words.sentence[i]
    for entry in look_up(norm):
        parsed = _parse_by_kind(words, i, sentence, entry.kind)
        if parsed is not None and not isinstance(parsed[0], Clock):
            return parsed
    return _parse_number_led(words, i, sentence) if is_number_word(norm) or norm == "ال" else None


def _is_range(phrase: Phrase) -> bool:
    if isinstance(phrase, CalendarDate):
        return phrase.last_day is not None or phrase.last_month is not None
    if isinstance(phrase, Years):
        return phrase.last > phrase.first
    return isinstance(phrase, Weekday) and phrase.until is not None


def _extend(words: Words, phrase: Phrase, end: int, sentence: int) -> Parsed:
    """Return a calendar date with the end of its range, where one follows: «29 يوليو - 3 أغسطس»."""
    if not isinstance(phrase, CalendarDate) or phrase.day is None or phrase.last_day is not None:
        return phrase, end
    joiner = norm_at(words, end, sentence)
    if joiner not in _TO or not norm_at(words, end + 1, sentence):
        return phrase, end
    weekday = weekdays.parse_weekday(words, end + 1, sentence)
    if weekday is not None and isinstance(weekday[0], CalendarDate):
        return Interval(phrase, weekday[0]), weekday[1]
    second = calendar.parse_day_date(words, end + 1, sentence)
    if second is None or second[0].last_day is not None:
        return phrase, end
    return Interval(phrase, second[0]), second[1]


def _with_clock(words: Words, i: int, end: int, sentence: int, time: str) -> Hit:
    """Return a time of day with the day that follows it: «الساعة 11:59 مساء الأحد»."""
    at = end
    while norm_at(words, at, sentence) in ("من", "،", ",", "في", "بعد") and at < end + 2:
        at += 1
    if norm_at(words, at, sentence):
        day = parse_simple(words, at)
        if day is not None and isinstance(day[0], RelativeDay | Weekday | CalendarDate):
            return Hit(day[0], i, day[1], 0, time)
    return Hit(Clock(time), i, end, 0, time)
