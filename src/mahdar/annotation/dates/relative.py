"""Grammar of days and units told from the day of writing: «أمس (السبت)», «الأسبوع الماضي», «نفس اليوم»."""

from __future__ import annotations

from dataclasses import replace

from mahdar.annotation.dates.calendar import parse_day_date
from mahdar.annotation.dates.distances import parse_stretch
from mahdar.annotation.dates.lexicon import Entry, entry_at, is_kind, norm_at
from mahdar.annotation.dates.phrases import (
    Interval,
    Like,
    Parsed,
    RelativeDay,
    RelativeUnit,
    Same,
    Weekday,
    Years,
)
from mahdar.annotation.dates.years import (
    parse_direction,
    parse_year_number,
    parse_year_phrase,
    parse_year_tail,
)
from mahdar.text.numerals import parse_ordinal
from mahdar.text.words import Words

_WRAPPERS = {"(": ")", "«": "»", "[": "]", '"': '"', "“": "”", "،": "", ",": "", "-": "", "–": ""}


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
    if norm == "امس" and norm_at(words, end, sentence) == "الحاجه":
        return None  # «في أمسّ الحاجة»
    if today and before == "ل" and norm != "لليوم" and norm_at(words, end, sentence) in (":", ")"):
        return None  # «المتحدث لـ اليوم: …»
    if norm in ("الامس", "اليوم", "الغد") and is_kind(words, i - 1, sentence, "of_age", cut=True):
        return None  # «أعداء الأمس», «جيل اليوم»
    if before in ("تلك", "ذلك"):
        return None  # «في تلك الليلة»
    if norm.endswith("الليله") and entry.value == 0:
        if is_kind(words, end, sentence, "day_adjective"):
            return None  # «في الليلة الظلماء»
    if today:
        two_before = norm_at(words, i - 2, sentence)
        if before and two_before and is_kind(words, i - 2, sentence, "outlet") and before != "من":
            return None
        following = norm_at(words, end, sentence)
        if is_kind(words, end, sentence, "day_adjective") or following in ("الذي", "التي"):
            return None
        if _is_paper(words, i, sentence):
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
        if before in _OPENING and following in _CLOSING:
            return None
    phrase = RelativeDay(entry.value)
    if norm.removeprefix("ل").removeprefix("و") == "غد" and entry.value == 1:
        weekday = spelled_weekday(words, end, sentence)
        headed = is_kind(words, i - 1, sentence, "day_head", "part_of_day")
        if weekday is None and not headed:
            return None
    part = entry_at(words, end, sentence, "part_of_day")
    if part is not None and part[0].definite:
        end = part[1]
    weekday = spelled_weekday(words, end, sentence)
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


_OPENING, _CLOSING = frozenset(('"', "“", "«")), frozenset(('"', "”", "»"))


def _is_paper(words: Words, i: int, sentence: int) -> bool:
    """Tell whether «اليوم» is the name of a paper: «"الإمارات اليوم"», «أضاف لـ(اليوم)»."""
    before, after = norm_at(words, i - 2, sentence), norm_at(words, i + 1, sentence)
    if before in _OPENING and after in _CLOSING:
        return True
    return norm_at(words, i - 1, sentence) == "(" and after == ")" and before == "ل"


def spelled_weekday(words: Words, i: int, sentence: int) -> tuple[int, int] | None:
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


def parse_this(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return «هذا الأسبوع», «هذه السنة», «هذا اليوم», «هذا المساء»."""
    found = entry_at(words, i + 1, sentence, "unit", "part_of_day", "day")
    weekday = entry_at(words, i + 1, sentence, "weekday")
    if weekday is not None and found is None:
        return Weekday(weekday[0].value), weekday[1]
    if found is None or not (found[0].definite or found[0].kind == "day"):
        return None
    entry, end = found
    if entry.kind in ("day", "unit") and norm_at(words, i - 1, sentence).endswith("مثل"):
        like = _parse_like(words, entry, end, sentence)
        if like is not None:
            return like
    if entry.kind == "day":
        return (RelativeDay(0), end) if entry.value == 0 else None
    if entry.kind == "part_of_day":
        # «هذا العصر» is this age.
        return (RelativeDay(0), end) if words.norm[i + 1] != "العصر" else None
    if entry.value != 1 or entry.detail in ("hour", "century", "decade"):
        return None
    return RelativeUnit(entry.detail, 0), end


def _parse_like(words: Words, entry: Entry, end: int, sentence: int) -> Parsed | None:
    """Return «مثل هذا اليوم من العام الماضي», a day or month of now in another year."""
    unit = "day" if entry.kind == "day" else entry.detail
    if unit not in ("day", "month") or entry.value not in (0, 1):
        return None
    year = parse_year_tail(words, end, sentence)
    if year is None or year.hijri or year.same:
        return None
    return Like(unit, year.year, year.offset), year.end


def parse_same(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return «نفس اليوم», «ذات الشهر»."""
    found = entry_at(words, i + 1, sentence, "unit", "day")
    if found is None or not (found[0].definite or found[0].kind == "day"):
        return None
    entry, end = found
    if entry.kind == "day":
        return (Same("day"), end) if entry.value == 0 else None
    return (Same(entry.detail), end) if entry.value == 1 and entry.detail != "hour" else None


def _one_and_other(words: Words, i: int, sentence: int, unit: str) -> Parsed | None:
    """Return the two units that two directions after a dual name: «العامين الماضي والحالي»."""
    first = parse_direction(words, i, sentence)
    if first is None:
        return None
    joined = norm_at(words, first[2], sentence) == "و"
    at = first[2] + joined
    second = entry_at(words, at, sentence, "direction", cut=not joined)
    if second is None or (not joined and not second[0].cut) or second[0].value <= first[0]:
        return None
    last = RelativeUnit(unit, second[0].value)
    return Interval(RelativeUnit(unit, first[0] * first[1]), last), second[1]


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
        if entry.value == 2 and (pair := _one_and_other(words, end, sentence, unit)) is not None:
            return pair
        return parse_stretch(words, end, sentence, unit, 2 if entry.value == 2 else None)
    if unit == "year":
        if is_kind(words, i - 1, sentence, "general_head", cut=True):
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
        number = parse_year_number(words, end + 1, sentence)
        if number is not None and number.year is not None:
            return Years(number.year, number.year, number.hijri), number.end  # «السنة المالية 2014»
        direction = parse_direction(words, end + 1, sentence)
        kind = "season" if is_kind(words, end, sentence, "school") else "year"
        if direction is not None:
            return RelativeUnit(kind, direction[0] * direction[1]), direction[2]
        return None
    if unit == "year" and norm_at(words, end, sentence) in ("الجديد", "الجديده"):
        return RelativeUnit(unit, 0, new=True), end + 1
    direction = parse_direction(words, end, sentence)
    if direction is not None:
        recent = entry_at(words, end, sentence, "direction")
        if recent is not None and recent[0].detail == "recent":
            # «في الأسبوع الأخير»; with «من» it is the last of something, a year's mostly is.
            of_some = norm_at(words, recent[1], sentence)
            if (
                unit not in ("week", "month", "decade")
                or of_some == "من"
                or of_some.startswith("ل")
            ):
                return None
        if unit in ("hour", "day"):
            return None
        if unit == "week":
            weekday = spelled_weekday(words, direction[2], sentence)
            if weekday is not None and norm_at(words, direction[2], sentence) not in ("،", ","):
                week = direction[0] * direction[1]
                return Weekday(weekday[0], week=week), weekday[1]
        return RelativeUnit(unit, direction[0] * direction[1]), direction[2]
    earlier = norm_at(words, i - 2, sentence) in ("سابق", "لاحق")
    if earlier and norm_at(words, i - 1, sentence) == "من":
        bare = True  # «في وقت سابق من العام»
    if bare and unit in ("week", "month", "year"):
        return RelativeUnit(unit, 0), end
    return None
