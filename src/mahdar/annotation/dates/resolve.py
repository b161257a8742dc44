"""From what an expression says to the days it means, seen from a day of writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mahdar.annotation.dates.edtf import (
    UNKNOWN,
    Period,
    day_period,
    format_edtf,
    join_periods,
    month_period,
    week_period,
    year_period,
)
from mahdar.annotation.dates.frame import Frame
from mahdar.annotation.dates.hijri import hijri_period
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Century,
    Clock,
    Decade,
    Distance,
    Feast,
    Fraction,
    Interval,
    Like,
    Part,
    Phrase,
    RelativeDay,
    RelativeUnit,
    Same,
    Season,
    Stretch,
    Weekday,
    Within,
    Years,
    is_absolute,
)
from mahdar.annotation.dates.resolve_calendar import resolve_calendar, resolve_feast, strain
from mahdar.annotation.dates.resolve_relative import (
    resolve_distance,
    resolve_relative_day,
    resolve_stretch,
    resolve_unit,
    resolve_weekday,
    resolve_within,
)

# First and last day of the parts of a month (GUIDE of the gold articles); 31 stands for its last.
_MONTH_PARTS = {
    "begin": (1, 10),
    "middle": (11, 20),
    "end": (21, 31),
    "first": (1, 1),
    "week1": (1, 7),
    "week2": (8, 14),
    "week3": (15, 21),
    "week4": (22, 28),
}
_WEEK_PARTS = {"begin": (0, 1), "first": (0, 0), "middle": (2, 3), "end": (5, 6)}
# From this month on «العام الجديد» is the next one.
_LATE_MONTH = 7
_YEAR_PARTS = {"begin": 1, "first": 1, "middle": 6, "end": 12}


def resolve_phrase(phrase: Phrase, frame: Frame) -> Period | None:
    """Return the period an expression means; ``None`` where nothing around it tells."""
    try:
        return _resolve(phrase, frame)
    except (ValueError, OverflowError):
        return None


def resolve_edtf(phrase: Phrase, anchor: Period | None, frame: Frame | None = None) -> str:
    """Return the EDTF value of an expression seen from an anchor of any precision.

    An anchor of several days is tried at both ends: where they agree the value holds; where both
    give one day and the anchor is at most a week long, the value is the interval of the two.
    ``..`` where the anchor is too vague, or missing for a relative expression.
    """
    if anchor is None:
        if not is_absolute(phrase):
            return UNKNOWN
        anchor = day_period(date(2000, 1, 1))
    base = frame or Frame(anchor.start)
    first = resolve_phrase(phrase, replace(base, now=anchor.start))
    last = first
    if anchor.end != anchor.start:
        last = resolve_phrase(phrase, replace(base, now=anchor.end))
    if first is None or last is None:
        return UNKNOWN
    if first == last:
        return format_edtf(first)
    if isinstance(phrase, RelativeDay) and phrase.offset == 0:
        # «اليوم» lies inside the anchor, however wide that is.
        return format_edtf(anchor)
    short = (anchor.end - anchor.start).days < 7
    if short and first.precision == last.precision == "day" and first.start <= last.end:
        return format_edtf(join_periods(first, last))
    return UNKNOWN


def _resolve(phrase: Phrase, frame: Frame) -> Period | None:
    match phrase:
        case RelativeDay():
            return resolve_relative_day(phrase, frame)
        case Weekday():
            return resolve_weekday(phrase, frame)
        case CalendarDate():
            return resolve_calendar(phrase, frame)
        case RelativeUnit():
            late = phrase.new and frame.now.month >= _LATE_MONTH
            return resolve_unit(phrase.unit, phrase.offset + late, frame.now)
        case Stretch():
            return resolve_stretch(phrase, frame.now)
        case Distance():
            return resolve_distance(phrase, frame)
        case Within():
            return resolve_within(phrase, frame)
        case Years():
            return _years(phrase)
        case Century():
            first = (frame.now.year - 1) // 100 * 100 + 1 + phrase.offset * 100
            return year_period(first, first + 99)
        case Decade():
            century = phrase.century
            if century is None:
                century = frame.now.year // 100 * 100
                if century + phrase.first > frame.now.year:
                    century -= 100
            return year_period(century + phrase.first, century + phrase.first + 9)
        case Season():
            return _season(phrase, frame)
        case Fraction():
            return _fraction(phrase, frame)
        case Part():
            return _part(phrase, frame)
        case Feast():
            return resolve_feast(phrase, frame)
        case Same():
            return _same(phrase, frame)
        case Like():
            year = phrase.year if phrase.year is not None else frame.now.year + (phrase.offset or 0)
            if phrase.unit == "month":
                return month_period(year, frame.now.month)
            return day_period(frame.now.replace(year=year))
        case Interval():
            return _interval(phrase, frame)
        case Clock():
            return None
    return None


def _years(phrase: Years) -> Period | None:
    if not phrase.hijri:
        return year_period(phrase.first, phrase.last)
    first, last = hijri_period(phrase.first), hijri_period(phrase.last)
    if first is None or last is None:
        return None
    return year_period(first.start.year, last.end.year)


def _season(phrase: Season, frame: Frame) -> Period | None:
    def months(year: int) -> Period:
        first = month_period(year, phrase.first_month)
        last = month_period(year + (phrase.last_month < phrase.first_month), phrase.last_month)
        return join_periods(first, last)

    now = frame.now
    if phrase.year is not None:
        return months(phrase.year)
    if phrase.year_offset is not None:
        return months(now.year + phrase.year_offset)
    candidates = [months(year) for year in range(now.year - 2, now.year + 3)]
    if phrase.direction == -1:
        return [p for p in candidates if p.end < now][-1]
    if phrase.direction == 1:
        return next(p for p in candidates if p.start > now)
    return min(candidates, key=lambda p: strain(p, frame))


def _fraction(phrase: Fraction, frame: Frame) -> Period | None:
    of = year_period(frame.now.year) if phrase.of is None else _resolve(phrase.of, frame)
    if of is None:
        return None
    if of.precision == "month" and phrase.number is not None:
        days = of.end.day
        if phrase.parts not in (2, 3) or of.start.month != of.end.month:
            return None
        length = 30 // phrase.parts
        first = (phrase.number - 1) * length + 1
        last = days if phrase.number == phrase.parts else first + length - 1
        return Period(of.start.replace(day=first), of.start.replace(day=last))
    if of.precision != "year" or of.start.year != of.end.year:
        return None
    months = 12 // phrase.parts
    number = phrase.number
    if number is None:
        number = (frame.now.month - 1) // months + 1 + (phrase.offset or 0)
    start = month_period(of.start.year, (number - 1) * months + 1)
    return join_periods(start, month_period(of.start.year, number * months))


def _part(phrase: Part, frame: Frame) -> Period | None:
    of = _resolve(phrase.of, frame)
    if of is None:
        return None
    if phrase.part == "last_week":
        return Period(of.end - timedelta(days=6), of.end)
    if phrase.part.startswith("week") and (of.end - of.start).days > 31:
        week = int(phrase.part[-1])
        return week_period(of.start + timedelta(weeks=week - 1)) if of.precision == "year" else None
    if of.precision == "week":
        first, last = _WEEK_PARTS[phrase.part]
        over = isinstance(phrase.of, RelativeUnit) and phrase.of.offset < 0
        if over and of.start + timedelta(days=first) >= frame.now:
            of = week_period(of.start - timedelta(days=7))  # «أواخر الأسبوع الماضي» on a Saturday
        part = Period(of.start + timedelta(days=first), of.start + timedelta(days=last))
        if not (phrase.near and frame.outlook):
            return part
        weeks = [timedelta(weeks=step) for step in (-1, 0, 1)]
        near = [Period(part.start + week, part.end + week) for week in weeks]
        return min(near, key=lambda p: strain(p, frame))
    if of.precision == "year":
        if of.start.year == of.end.year:
            month = month_period(of.start.year, _YEAR_PARTS[phrase.part])
            return month._replace(approximate=True)
        years = of.end.year - of.start.year + 1
        third = max(1, round(years / 3))
        middle = -((third - years) // 2)
        skipped = {"begin": 0, "first": 0, "middle": middle, "end": years - third}[phrase.part]
        year = of.start.year + skipped
        return year_period(year, min(year + third - 1, of.end.year), approximate=True)
    first, last = _MONTH_PARTS[phrase.part]
    length = (of.end - of.start).days + 1
    if not 28 <= length <= 31:
        return _part_of_months(phrase.part, of)
    start = of.start + timedelta(days=first - 1)
    end = of.end if last == 31 else of.start + timedelta(days=last - 1)
    return Period(start, end)


def _part_of_months(part: str, of: Period) -> Period | None:
    if of.precision != "month":
        return None
    if part == "end":
        return month_period(of.end.year, of.end.month, approximate=True)
    if part == "middle":
        middle = of.start + (of.end - of.start) / 2
        return month_period(middle.year, middle.month, approximate=True)
    return month_period(of.start.year, of.start.month, approximate=True)


def _same(phrase: Same, frame: Frame) -> Period | None:
    previous = frame.told if phrase.near or phrase.step < 0 else frame.told or frame.previous
    if previous is not None and not _fine_enough(previous, phrase.unit):
        previous = None
    if previous is None and phrase.step < 0:
        previous = day_period(frame.now)  # «العام السابق» where nothing was told
    if previous is None:
        return None
    if phrase.unit == "day":
        if previous.precision != "day" or previous.start != previous.end:
            return None
        return day_period(previous.end + timedelta(days=phrase.step))
    if phrase.unit in ("week", "month", "year"):
        return resolve_unit(phrase.unit, phrase.step, previous.start)
    return None


def _fine_enough(period: Period, unit: str) -> bool:
    """Tell whether a period says which day, week, month or year it lies in."""
    if unit == "week":
        return period.precision in ("day", "week")
    if unit == "month":
        return period.precision in ("day", "week", "month")
    return True


def _in_year(phrase: Phrase, year: int) -> Phrase:
    """Return a month or a part of it in a year, if it tells none itself."""
    if isinstance(phrase, Part):
        return replace(phrase, of=_in_year(phrase.of, year))
    if isinstance(phrase, CalendarDate) and phrase.month and not phrase.hijri:
        if phrase.year is None and phrase.year_offset is None:
            return replace(phrase, year=year, direction=None)
    return phrase


def _interval(phrase: Interval, frame: Frame) -> Period | None:
    first, last = phrase.first, phrase.last
    if isinstance(first, CalendarDate) and isinstance(last, CalendarDate):
        if last.same_month:
            # «من 4 سبتمبر المقبل حتى 16 من الشهر نفسه»
            start = _resolve(first, frame)
            if start is None:
                return None
            if first.hijri:
                last = replace(first, day=last.day, last_day=None)
            else:
                last = replace(last, month=start.start.month, year=start.start.year)
        open_end = last.year is None and last.year_offset is None and last.direction is None
        if first.year is not None and open_end and first.month and last.month and not last.hijri:
            # «من 21 يونيو 2013 حتى 14 أغسطس»
            last = replace(last, year=first.year + (last.month < first.month))
        # What the first leaves unsaid it takes from the second: «بين 29 يوليو و3 أغسطس 2014».
        end = _resolve(last, frame)
        if end is None:
            return None
        if first.year is None and first.year_offset is None and first.month and not first.hijri:
            year = end.start.year - (first.month > end.start.month)
            first = replace(first, year=year, direction=None)
        start = _resolve(first, frame)
    else:
        start = _resolve(first, frame)
        end = _resolve(last, frame)
        if start is not None and end is not None and end.end < start.start:
            # «من يناير حتى نهاية مايو»: the year that the second tells.
            start = _resolve(_in_year(first, end.end.year), frame)
            if start is not None and end.end < start.start:
                start = _resolve(_in_year(first, end.end.year - 1), frame)
        if (
            isinstance(first, Weekday)
            and isinstance(last, Weekday)
            and start is not None
            and end is not None
            and end.start < start.start
        ):
            end = day_period(end.start + timedelta(days=7))
    if start is None or end is None or end.end < start.start:
        return None
    return join_periods(start, end)
