"""Grammar of times told from the day of writing: «أمس», weekdays, «الأسبوع الماضي», distances."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from mahdar.annotation.dates.calendar import (
    parse_day_date,
    parse_direction,
    parse_month_date,
    parse_year_number,
    parse_year_phrase,
    parse_year_tail,
)
from mahdar.annotation.dates.lexicon import Entry, entry_at, is_given_name, is_kind, norm_at
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Distance,
    Parsed,
    RelativeDay,
    RelativeUnit,
    Same,
    Stretch,
    Weekday,
    Within,
)
from mahdar.text.numerals import is_number_word, parse_number, parse_ordinal
from mahdar.text.words import Words

# A row of weekdays is no longer than this («أيام السبت والأحد والاثنين …»).
_ROW_WORDS = 16
_SPELT_COUNTS = frozenset(("واحد", "واحده", "اثنين", "اثنتين"))
_FIRST = frozenset(("الاولي", "الاول", "الاولين"))
_WRAPPERS = {"(": ")", "«": "»", "[": "]", '"': '"', "“": "”", "،": "", ",": "", "-": "", "–": ""}


class Count(NamedTuple):
    """A number of units: «شهرين», «أربع سنوات ونصف», «48 ساعة», «أيام» (``number`` is ``None``)."""

    unit: str
    number: int | None
    end: int
    half: bool = False
    about: bool = False


def parse_relative_day(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a deictic day with the weekday or date that spells it out: «أمس (السبت)»."""
    found = entry_at(words, i, sentence, "day", cut=True)
    if found is None:
        return None
    entry, end = found
    norm = words.norm[i]
    before = norm_at(words, i - 1, sentence)
    today = norm.endswith(("اليوم", "لليوم"))
    if (today or norm == "الغد") and is_kind(
        words, i - 1, sentence, "outlet", "name_head", cut=True
    ):
        return None
    if today:
        two_before = norm_at(words, i - 2, sentence)
        if before and two_before and is_kind(words, i - 2, sentence, "outlet") and before != "من":
            return None
        following = norm_at(words, end, sentence)
        if is_kind(words, end, sentence, "day_adjective"):
            return None
        if is_kind(words, end, sentence, "itself"):
            return Same("day"), end + 1
        if is_kind(words, end, sentence, "next_of"):
            return Same("day", 1), end + 1
        if is_kind(words, end, sentence, "last_of"):
            return Same("day", -1), end + 1
        direction = entry_at(words, end, sentence, "direction")
        if direction is not None and direction[0].value != 0:
            return None
        # «اليوم الثالث للعملية» counts from an event; «اليوم الثلاثاء» does not.
        if following.startswith("ال") and not is_kind(words, end, sentence, "weekday"):
            ordinal = parse_ordinal(words, end)
            if ordinal is not None and ordinal.cut == 0:
                return Same("day", near=True), ordinal.end
        if before in ('"', "“", "«", "”") and following in ('"', "”", "»", "“"):
            return None
    phrase = RelativeDay(entry.value)
    if norm.removeprefix("ل").removeprefix("و") == "غد" and entry.value == 1:
        weekday = _spelled_weekday(words, end, sentence)
        headed = is_kind(words, i - 1, sentence, "day_head", "part_of_day")
        if weekday is None and not headed:
            return None
    part = entry_at(words, end, sentence, "part_of_day")
    if part is not None and part[0].definite:
        end = part[1]
    weekday = _spelled_weekday(words, end, sentence)
    if weekday is not None:
        phrase = replace(phrase, weekday=weekday[0])
        end = weekday[1]
        direction = entry_at(words, end, sentence, "direction")
        if direction is not None:
            end = direction[1]
    at = end
    if norm_at(words, at, sentence) in ("،", ",", "الموافق", "-"):
        at += 1
    date = (
        parse_day_date(words, at, sentence, headed=True) if at > end or weekday or today else None
    )
    if date is not None and date[0].last_day is None:
        return replace(phrase, date=date[0]), date[1]
    return phrase, end


def _spelled_weekday(words: Words, i: int, sentence: int) -> tuple[int, int] | None:
    """Return a weekday that spells out a deictic, bare or wrapped, and the next index."""
    norm = norm_at(words, i, sentence)
    closing = _WRAPPERS.get(norm)
    at = i if closing is None else i + 1
    if norm_at(words, at, sentence) == "يوم":
        at += 1
    found = entry_at(words, at, sentence, "weekday")
    if found is None:
        return None
    end = found[1]
    if closing:
        if norm_at(words, end, sentence) != closing:
            return None
        end += 1
    elif closing == "" and norm in ("-", "–") and norm_at(words, end, sentence) == "":
        return None
    return found[0].value, end


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
    direction = parse_direction(words, end, sentence)
    if direction is not None:
        return replace(phrase, direction=direction[0], steps=direction[1]), direction[2]
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
    if entry.value == 4 and is_kind(words, i - 1, sentence, "prayer", cut=True):
        return True
    if _is_recurring(words, i, sentence) or is_given_name(before) or is_given_name(before[1:]):
        return True
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
        return parse_day_date(words, i, sentence, headed=True)
    at = first[1]
    joined = norm_at(words, at, sentence) == "و"
    second = entry_at(words, at + joined, sentence, "weekday", cut=not joined)
    if second is None or second[0].value == first[0].value:
        return None
    phrase = Weekday(first[0].value, until=second[0].value)
    direction = parse_direction(words, second[1], sentence)
    if direction is not None:
        return replace(phrase, direction=direction[0]), direction[2]
    return phrase, second[1]


def parse_this(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return «هذا الأسبوع», «هذه السنة», «هذا اليوم», «هذا المساء»."""
    found = entry_at(words, i + 1, sentence, "unit", "part_of_day", "day")
    if found is None or not (found[0].definite or found[0].kind == "day"):
        return None
    entry, end = found
    if entry.kind == "day":
        return (RelativeDay(0), end) if entry.value == 0 else None
    if entry.kind == "part_of_day":
        return RelativeDay(0), end
    if entry.value != 1 or entry.detail in ("hour", "century", "decade"):
        return None
    return RelativeUnit(entry.detail, 0), end


def parse_same(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return «نفس اليوم», «ذات الشهر»."""
    found = entry_at(words, i + 1, sentence, "unit", "day")
    if found is None or not (found[0].definite or found[0].kind == "day"):
        return None
    entry, end = found
    if entry.kind == "day":
        return (Same("day"), end) if entry.value == 0 else None
    return (Same(entry.detail), end) if entry.value == 1 and entry.detail != "hour" else None


def parse_unit_phrase(words: Words, i: int, sentence: int, *, bare: bool = False) -> Parsed | None:
    """Return a definite unit told from now: «الأسبوع الماضي», «الأيام القليلة المقبلة».

    ``bare``: a part stands before it («نهاية العام»), so that the unit alone is the current one.
    """
    found = entry_at(words, i, sentence, "unit", cut=True)
    if found is None or not found[0].definite:
        return None
    entry, end = found
    unit = entry.detail
    if entry.value != 1:
        years = parse_year_phrase(words, i, sentence)
        if years is not None:
            return years
        return _parse_stretch(words, end, sentence, unit, 2 if entry.value == 2 else None)
    if unit == "year":
        if is_kind(words, i - 1, sentence, "general_head"):
            return None
        year = parse_year_phrase(words, i, sentence)
        if year is not None:
            return year
    if is_kind(words, end, sentence, "itself"):
        return Same(unit), end + 1
    if is_kind(words, end, sentence, "next_of"):
        return Same(unit, 1), end + 1
    if is_kind(words, end, sentence, "last_of"):
        return Same(unit, -1), end + 1
    if unit == "year" and is_kind(words, end, sentence, "school", "calendar_name"):
        # A school or budget year runs over two, as a season does.
        direction = parse_direction(words, end + 1, sentence)
        kind = "season" if is_kind(words, end, sentence, "school") else "year"
        if direction is not None:
            return RelativeUnit(kind, direction[0] * direction[1]), direction[2]
        return None
    direction = parse_direction(words, end, sentence)
    if direction is not None:
        recent = entry_at(words, end, sentence, "direction")
        if recent is not None and recent[0].detail == "recent":
            return None
        if unit in ("hour", "day"):
            return None
        if unit == "week":
            weekday = _spelled_weekday(words, direction[2], sentence)
            if weekday is not None and norm_at(words, direction[2], sentence) not in ("،", ","):
                week = direction[0] * direction[1]
                return Weekday(weekday[0], week=week), weekday[1]
        return RelativeUnit(unit, direction[0] * direction[1]), direction[2]
    if bare and unit in ("week", "month", "year"):
        return RelativeUnit(unit, 0), end
    return None


def _parse_stretch(
    words: Words, i: int, sentence: int, unit: str, count: int | None
) -> Parsed | None:
    """Return what follows a definite plural or dual: count, small adjective and direction."""
    end = i
    while True:
        if is_kind(words, end, sentence, "small"):
            end += 1
            continue
        if count is None and norm_at(words, end, sentence):
            number = parse_number(words, end)
            if number is not None and number.definite and number.value < 1000:
                count, end = number.value, number.end
                continue
        break
    if unit == "month" and count is not None and norm_at(words, end, sentence) in _FIRST:
        # «الأشهر الستة الأولى من 2015»
        year = parse_year_tail(words, end + 1, sentence)
        if norm_at(words, end + 1, sentence) == "من" and year is None:
            year = parse_year_number(words, end + 2, sentence)
        if year is None or year.hijri or not 1 <= count <= 12:
            return None
        first = CalendarDate(month=1, year=year.year, year_offset=year.offset)
        return replace(first, last_month=count), year.end
    direction = entry_at(words, end, sentence, "direction")
    if direction is None or direction[0].value == 0:
        return None
    return Stretch(unit, count, direction[0].value), direction[1]


def parse_counted_stretch(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a count before its unit: «الـ24 ساعة الماضية», «العشرة أيام المقبلة», «آخر 48 ساعة»."""
    recent = norm_at(words, i, sentence) == "اخر"
    counted = parse_count(words, i + recent, sentence)
    if counted is None or counted.number is None:
        return None
    if recent:
        return Stretch(counted.unit, counted.number, -1), counted.end
    direction = entry_at(words, counted.end, sentence, "direction")
    if direction is None or direction[0].value == 0:
        return None
    return Stretch(counted.unit, counted.number, direction[0].value), direction[1]


def parse_count(words: Words, i: int, sentence: int) -> Count | None:
    """Return a number of units: «شهرين», «نحو ثلاث سنوات», «عام», «أكثر من أربع سنوات ونصف»."""
    at, about = i, False
    while is_kind(words, at, sentence, "about") or (
        norm_at(words, at, sentence) in ("ما", "من", "بنحو", "بضعه", "بضع", "عده") and at < i + 4
    ):
        about = True
        at += 1
    if not norm_at(words, at, sentence):
        return None
    number = parse_number(words, at)
    unit_at = number.end if number is not None else at
    found = entry_at(words, unit_at, sentence, "unit")
    if found is None or found[0].definite or found[0].detail == "season":
        return None
    entry, end = found
    if (
        number is None
        and entry.detail == "month"
        and is_kind(words, end, sentence, "month", "shy_month")
    ):
        return None  # «منذ شهر أبريل»
    if number is None and entry.detail == "year" and parse_year_phrase(words, unit_at, sentence):
        return None  # «منذ سنة 2014»
    if number is not None:
        count: int | None = number.value
    else:
        count = entry.value or None
        if entry.value == 1 and entry.detail in ("hour", "century") and not about:
            count = 1
        while is_kind(words, end, sentence, "small"):
            end += 1
        if norm_at(words, end, sentence) in _SPELT_COUNTS:
            end += 1  # «بعد يوم واحد من»
    half = norm_at(words, end, sentence) in ("ونصف", "والنصف")
    if half:
        end += 1
        if is_kind(words, end, sentence, "unit"):
            end += 1
    elif norm_at(words, end, sentence) == "ونيف":
        end, about = end + 1, True
    if is_kind(words, end, sentence, "about"):
        end, about = end + 1, True
    return Count(entry.detail, count, end, half, about)


def parse_distance(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a point so far from now: «قبل شهرين», «منذ أربع سنوات ونصف», «بعد أسبوع»."""
    found = entry_at(words, i, sentence, "since", "before", "after", cut=True)
    if found is None:
        return None
    kind = found[0].kind
    if norm_at(words, i - 1, sentence) in ("يوما", "يوم", "عاما", "شهرا", "سنه", "ساعه", "اسبوعا"):
        return None  # «يوما بعد يوم»
    counted = parse_count(words, found[1], sentence)
    if counted is None:
        return None
    only = norm_at(words, counted.end, sentence) in ("فقط", "تقريبا")
    following = norm_at(words, counted.end + only, sentence)
    now = norm_at(words, counted.end + 1, sentence) in ("الان", "اليوم")
    of_event = kind != "since" and following in ("من", "علي") and not now
    end = counted.end + 2 if following == "من" and now else counted.end
    phrase = Distance(
        counted.unit,
        counted.number,
        1 if kind == "after" else -1,
        counted.half,
        counted.about,
        kind == "since",
        of_event,
    )
    return phrase, end


def parse_within(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a stretch that starts now: «في غضون 20 يوما», «خلال 48 ساعة»."""
    found = entry_at(words, i, sentence, "within", cut=True)
    if found is None:
        return None
    counted = parse_count(words, found[1], sentence)
    if counted is None:
        return None
    direction = entry_at(words, counted.end, sentence, "direction")
    if direction is not None and direction[0].value:
        return Stretch(counted.unit, counted.number, direction[0].value), direction[1]
    end = counted.end
    following = norm_at(words, end, sentence)
    if counted.number is None and following.startswith("ال"):
        return None  # «خلال أيام الصيف»
    of_event = following == "من" and norm_at(words, end + 1, sentence) not in ("الان", "اليوم")
    firm = words.norm[i].endswith(("غضون", "ظرف"))
    if norm_at(words, end, sentence) == "او":
        # «أسبوع أو أكثر», «يوم أو يومين»
        if is_kind(words, end + 1, sentence, "about"):
            return Within(counted.unit, counted.number, True, firm), end + 2
        second = parse_count(words, end + 1, sentence)
        if second is not None and second.number is not None and second.unit == counted.unit:
            return Within(counted.unit, second.number, True, firm), second.end
    return Within(counted.unit, counted.number, counted.about, firm, of_event), end
