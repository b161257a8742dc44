"""Grammar of times so far from now: «قبل شهرين», «خلال 15 يوما», «السنوات الـ35 الماضية»."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from mahdar.annotation.dates.lexicon import entry_at, is_given_name, is_kind, norm_at
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Distance,
    Interval,
    Parsed,
    Stretch,
    Within,
)
from mahdar.annotation.dates.years import parse_year_number, parse_year_phrase, parse_year_tail
from mahdar.text.numerals import parse_number, parse_ordinal
from mahdar.text.words import Words


class Count(NamedTuple):
    """A number of units: «شهرين», «أربع سنوات ونصف», «48 ساعة», «أيام» (``number`` is ``None``)."""

    unit: str
    number: int | None
    end: int
    half: bool = False
    about: bool = False


_BEFORE_COUNT = frozenset(("ما", "من", "بنحو", "بضعه", "بضع", "عده", "علي", "عن"))
_SPELT_COUNTS = frozenset(("واحد", "واحده", "اثنين", "اثنتين"))
# What may follow «عقد» where it is ten years; else it is the holding of something.
_AFTER_DECADE = frozenset(("من", "ونصف", "ونيف", "كامل", "واحد", "تقريبا", "علي", "الي"))
_FRACTIONS = {
    ("ربع", "قرن"): ("year", 25),
    ("نصف", "قرن"): ("year", 50),
    ("نصف", "عقد"): ("year", 5),
    ("نصف", "عام"): ("month", 6),
    ("نصف", "سنه"): ("month", 6),
}
_AFTER_COUNT = frozenset(("فقط", "تقريبا", "كامل", "كامله", "كاملين"))
_CLOSERS = frozenset(('"', "”", "»", ")"))
# «قبل ثلاثة أيام على أيدي مجهولين» counts from no event.
_NO_EVENTS = frozenset(("ان", "ايدي", "يد", "يدي", "الاقل", "الاكثر", "انه", "انها"))
# What has last days itself: «الأيام الأخيرة للحرب», but «الأيام الأخيرة للحصول على …».
_LASTED = frozenset(("للحرب", "للحمله", "للعام", "للشهر", "للموسم", "للمهله", "للهدنه", "للنظام"))
_WAS = frozenset(("كان", "كانت", "هو"))
_THAT = frozenset(("ذلك", "هذا", "هذه"))
_FIRST = frozenset(("الاولي", "الاول", "الاولين"))


def parse_stretch(
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
        first = CalendarDate(month=1, year=year.year, year_offset=year.offset, same_year=year.same)
        return replace(first, last_month=count), year.end
    direction = entry_at(words, end, sentence, "direction")
    if direction is not None and direction[0].detail == "recent":
        if norm_at(words, direction[1], sentence) in _LASTED:
            return None  # «الأيام الأخيرة للحرب»
    if direction is None and norm_at(words, end, sentence).startswith("ال"):
        # «السنوات العجاف الماضية»: one more adjective before the direction.
        direction = entry_at(words, end + 1, sentence, "direction")
    if direction is None and count is not None and is_kind(words, end, sentence, "last_of"):
        return Stretch(unit, count, -1), end + 1  # «السنوات الست السابقة»
    if direction is None or direction[0].value == 0:
        return None
    return Stretch(unit, count, direction[0].value), direction[1]


def parse_counted_stretch(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a count before its unit: «الـ24 ساعة الماضية», «العشرة أيام المقبلة», «آخر 48 ساعة»."""
    recent = norm_at(words, i, sentence) == "اخر"
    counted = parse_count(words, i + recent, sentence)
    if counted is None:
        # «الأربعة الأشهر الماضية»
        number = parse_number(words, i)
        unit = entry_at(words, number.end, sentence, "unit") if number is not None else None
        if number is None or unit is None or unit[0].value or not number.definite:
            return None
        if not unit[0].definite:
            return None
        return parse_stretch(words, unit[1], sentence, unit[0].detail, number.value)
    if counted.number is None:
        return None
    if recent and counted.number == 1:
        return None  # «آخر يوم» is the last of something
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
        norm_at(words, at, sentence) in _BEFORE_COUNT and at < i + 4
    ):
        about = True
        at += 1
    if not norm_at(words, at, sentence):
        return None
    part = _FRACTIONS.get((norm_at(words, at, sentence), norm_at(words, at + 1, sentence)))
    if part is not None:
        return Count(part[0], part[1], at + 2, about=True)  # «قبل ربع قرن»
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
    if number is None and entry.detail == "day" and _heads_a_day(words, end, sentence):
        return None  # «منذ يوم الجمعة»
    if norm_at(words, end, sentence) in ("ضوئيه", "ضوئيا"):
        return None  # light years
    if number is None and entry.detail == "hour" and is_kind(words, end, sentence, "part_of_day"):
        return None  # «منذ ساعات الصباح»
    if number is None and entry.value == 1 and entry.detail == "decade":
        following = norm_at(words, end, sentence)
        if following.isalpha() and following not in _AFTER_DECADE:
            return None  # «عقب عقد الاجتماع»
    if number is not None:
        count: int | None = number.value
    else:
        count = entry.value or None
        if entry.value == 1 and entry.detail in ("hour", "century") and not about:
            count = 1
        while is_kind(words, end, sentence, "small"):
            end += 1
        if entry.value == 0 and is_given_name(norm_at(words, end, sentence)):
            return None  # «منذ أيام فيصل الأول»
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


def _heads_a_day(words: Words, i: int, sentence: int) -> bool:
    """Tell whether a weekday or a day of a month follows «يوم»."""
    if is_kind(words, i, sentence, "weekday", "day"):
        return True
    ordinal = parse_ordinal(words, i) if norm_at(words, i, sentence) else None
    if ordinal is not None and (
        norm_at(words, ordinal.end, sentence) == "من"
        or is_kind(words, ordinal.end, sentence, "month", "shy_month")
    ):
        return True  # «قبل يوم الخامس من ذي الحجة»
    return norm_at(words, i, sentence).isdigit() and is_kind(
        words, i + 1, sentence, "month", "shy_month"
    )


def parse_distance(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a point so far from now: «قبل شهرين», «منذ أربع سنوات ونصف», «بعد أسبوع»."""
    found = entry_at(words, i, sentence, "since", "before", "after", cut=True)
    if found is None:
        return None
    kind = found[0].kind
    if norm_at(words, i - 1, sentence) in ("يوما", "يوم", "عاما", "شهرا", "سنه", "ساعه", "اسبوعا"):
        return None  # «يوما بعد يوم»
    if norm_at(words, found[1], sentence) == "ذلك":
        return _by_so_much(words, found[1] + 1, sentence, kind)
    counted = parse_count(words, found[1], sentence)
    if counted is None:
        return None
    only = int(norm_at(words, counted.end, sentence) in _AFTER_COUNT)
    following = norm_at(words, counted.end + only, sentence)
    if following in _CLOSERS and norm_at(words, counted.end + only + 1, sentence) == "من":
        only, following = only + 1, "من"  # «أي بعد 24 ساعة» من خطابنا
    now = norm_at(words, counted.end + 1, sentence) in ("الان", "اليوم")
    # «بعد يومين على القصف», «قبل يوم على الاقتراع», but «وافقت قبل أسابيع على …».
    near = counted.about or (counted.number is not None and counted.unit in ("hour", "day"))
    on_event = following == "علي" and (kind == "after" or near)
    # «بعد عام مما كان مقررا»
    than = following == "مما" and norm_at(words, counted.end + only + 1, sentence) in _WAS
    if following == "من" and norm_at(words, counted.end + only + 1, sentence) in _THAT:
        # «وبعد شهرين من ذلك» counts from what was told last.
        told = norm_at(words, counted.end + only + 2, sentence) in ("التاريخ", "الوقت", "الحين")
        back = 1 if kind == "after" else -1
        phrase = Distance(counted.unit, counted.number, back, counted.half, counted.about)
        return replace(phrase, of_told=True), counted.end + only + 2 + told
    if norm_at(words, counted.end + only + 1, sentence) in _NO_EVENTS:
        on_event = False
    of_event = kind != "since" and (following == "من" or than or on_event) and not now
    from_now = following == "من" and now
    end = counted.end + 2 if from_now else counted.end
    phrase = Distance(
        counted.unit,
        counted.number,
        1 if kind == "after" else -1,
        counted.half,
        counted.about,
        kind == "since",
        of_event,
        from_now=from_now,
    )
    return _or_more(words, phrase, end, sentence)


def parse_from_it(words: Words, i: int, sentence: int, kind: str) -> Parsed | None:
    """Return «قبلها بيوم», «بعده بأسبوعين»: counted from what was told last."""
    return _by_so_much(words, i + 1, sentence, kind.removesuffix("_it"))


def _by_so_much(words: Words, i: int, sentence: int, kind: str) -> Parsed | None:
    """Return «قبل ذلك بيومين», «بعد ذلك بثلاثة أيام»: counted from what was told last."""
    norm = norm_at(words, i, sentence)
    if kind == "since" or not norm.startswith("ب"):
        return None
    found = entry_at(words, i, sentence, "unit", cut=True)
    if found is not None and found[0].cut == 1 and not found[0].definite and found[0].value:
        unit, number, end = found[0].detail, found[0].value, found[1]
    else:
        count = parse_number(words, i)
        following = entry_at(words, count.end, sentence, "unit") if count is not None else None
        if count is None or count.cut != 1 or following is None:
            return None
        unit, number, end = following[0].detail, count.value, following[1]
    sign = 1 if kind == "after" else -1
    return Distance(unit, number, sign, of_told=True), end


def _or_more(words: Words, phrase: Distance, end: int, sentence: int) -> Parsed:
    """Return a distance with the second count that «أو» gives it: «بعد شهرين أو ثلاثة»."""
    if norm_at(words, end, sentence) != "او" or phrase.count is None or phrase.of_event:
        return phrase, end
    number = parse_number(words, end + 1) if norm_at(words, end + 1, sentence) else None
    counted = parse_count(words, end + 1, sentence)
    if counted is not None and counted.number is not None and counted.unit == phrase.unit:
        value, after = counted.number, counted.end
    elif number is not None:
        value, after = number.value, number.end
    else:
        return phrase, end
    if not phrase.count < value <= phrase.count + 10:
        return phrase, end
    farther = replace(phrase, count=value)
    near_far = (phrase, farther) if phrase.sign > 0 else (farther, phrase)
    return Interval(*near_far), after


def parse_within(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a stretch that starts now: «في غضون 20 يوما», «خلال 48 ساعة»."""
    found = entry_at(words, i, sentence, "within", cut=True)
    if found is None:
        return None
    counted = parse_count(words, found[1], sentence)
    if counted is None or norm_at(words, found[1], sentence) == "اكثر":
        return None  # «خلال أكثر من شهر» says how long
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
