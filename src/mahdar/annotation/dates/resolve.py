"""From what an expression says to the days it means, seen from a day of writing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from mahdar.annotation.dates.edtf import (
    UNKNOWN,
    Period,
    add_months,
    day_period,
    format_edtf,
    join_periods,
    month_period,
    week_period,
    year_period,
)
from mahdar.annotation.dates.hijri import hijri_period, hijri_year
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Century,
    Clock,
    Decade,
    Distance,
    Feast,
    Fraction,
    Interval,
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
_NEAR_DAYS = 2
_WEEK_PARTS = {"begin": (0, 1), "first": (0, 0), "middle": (2, 3), "end": (5, 6)}
_YEAR_PARTS = {"begin": 1, "first": 1, "middle": 6, "end": 12}


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is resolved against.

    ``now`` is the day of writing or speaking. ``outlook`` is -1 where the words around tell of the
    past, 1 of what is to come, 0 where they do not say. ``previous`` is the period last told in
    the article, ``told`` the one told before in the same sentence, ``story`` the year that a date
    before in the sentence, or a year that heads its line, sets for what follows.
    """

    now: date
    outlook: int = 0
    previous: Period | None = None
    told: Period | None = None
    story: int | None = None


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


def is_absolute(phrase: Phrase) -> bool:
    """Tell whether an expression means the same whenever it is written."""
    if isinstance(phrase, CalendarDate):
        return phrase.month is not None and phrase.year is not None
    if isinstance(phrase, Years):
        return True
    if isinstance(phrase, RelativeDay):
        return phrase.date is not None and is_absolute(phrase.date)
    if isinstance(phrase, Season):
        return phrase.year is not None
    if isinstance(phrase, Decade):
        return phrase.century is not None
    if isinstance(phrase, Feast):
        return phrase.year is not None or phrase.date.year is not None
    if isinstance(phrase, Part):
        return is_absolute(phrase.of)
    if isinstance(phrase, Fraction):
        return phrase.of is not None and phrase.offset is None and is_absolute(phrase.of)
    if not isinstance(phrase, Interval) or not is_absolute(phrase.last):
        return False
    first = phrase.first
    if isinstance(first, CalendarDate) and isinstance(phrase.last, CalendarDate):
        # «بين يناير ونوفمبر 2016»: the first month takes the year of the second.
        return first.month is not None and not first.hijri and first.year_offset is None
    return is_absolute(first)


def _resolve(phrase: Phrase, frame: Frame) -> Period | None:
    match phrase:
        case RelativeDay():
            return _relative_day(phrase, frame)
        case Weekday():
            return _weekday(phrase, frame)
        case CalendarDate():
            return resolve_calendar(phrase, frame)
        case RelativeUnit():
            return _relative_unit(phrase.unit, phrase.offset, frame.now)
        case Stretch():
            return _stretch(phrase, frame.now)
        case Distance():
            return _distance(phrase, frame)
        case Within():
            return _within(phrase, frame.now)
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
            return _feast(phrase, frame)
        case Same():
            return _same(phrase, frame)
        case Interval():
            return _interval(phrase, frame)
        case Clock():
            return None
    return None


def _relative_day(phrase: RelativeDay, frame: Frame) -> Period | None:
    if phrase.date is not None:
        return resolve_calendar(phrase.date, frame)
    day = frame.now + timedelta(days=phrase.offset)
    if phrase.weekday is not None:
        day += timedelta(days=weekday_shift(day.weekday(), phrase.weekday))
    return day_period(day)


def weekday_shift(told: int, weekday: int) -> int:
    """Return the days from a day of the week to the weekday that spells it out, -5 to 1.

    The stamp of an article is on or up to five days after the day it speaks from, or one day
    before it (a paper's next issue put out in the evening).
    """
    shift = (weekday - told) % 7
    return shift if shift <= 1 else shift - 7


def _weekday(phrase: Weekday, frame: Frame) -> Period | None:
    now = frame.now
    if phrase.week is not None:
        week = _relative_unit("week", phrase.week, now)
        assert week is not None
        return day_period(week.start + timedelta(days=phrase.weekday))
    direction = phrase.direction
    if direction is None and frame.outlook > 0:
        # «قال الثلاثاء إن الوفد سيصل الخميس»: the Thursday after that Tuesday.
        told = frame.told
        if told is not None and told.start == told.end and 0 < (now - told.start).days < 7:
            now = told.start
    ahead = (phrase.weekday - now.weekday()) % 7
    if direction is None:
        # The day itself counts: «الجمعة» written on a Friday is that Friday.
        shift = ahead if frame.outlook > 0 else ahead - 7 if ahead else 0
    elif direction > 0:
        shift = (ahead or 7) + 7 * (phrase.steps - 1)
    elif direction < 0:
        shift = ahead - 7 - 7 * (phrase.steps - 1)
    else:
        week = week_period(now)
        return day_period(week.start + timedelta(days=phrase.weekday))
    first = now + timedelta(days=shift)
    if phrase.until is None:
        return day_period(first)
    span = (phrase.until - phrase.weekday) % 7
    if direction is None and frame.outlook <= 0 and first + timedelta(days=span) > now:
        first -= timedelta(days=7)
    return Period(first, first + timedelta(days=span))


def resolve_calendar(phrase: CalendarDate, frame: Frame) -> Period | None:
    """Return the days of a calendar date, with what it leaves unsaid taken from the frame."""
    now = frame.now
    if phrase.hijri:
        return _hijri(phrase, frame)
    if phrase.month is None:
        if phrase.month_offset is None:
            return None
        month = month_period(now.year, now.month + phrase.month_offset)
        # «25 الماضي» on the 28th may be of this month, «25 الجاري» never of another.
        return _days_of(phrase, month.start.year, month.start.month)
    if phrase.year is not None:
        return _days_of(phrase, phrase.year, phrase.month)
    if phrase.year_offset is not None:
        return _days_of(phrase, now.year + phrase.year_offset, phrase.month)
    candidates = [
        period
        for year in (now.year - 2, now.year - 1, now.year, now.year + 1, now.year + 2)
        if (period := _days_of(phrase, year, phrase.month)) is not None
    ]
    return _choose(candidates, phrase, frame)


def _choose(candidates: list[Period], phrase: CalendarDate, frame: Frame) -> Period | None:
    """Return the candidate on the side of now that the words ask for, else the nearest."""
    now = frame.now
    if not candidates:
        return None
    direction = phrase.direction
    if direction is not None and direction < 0:
        past = [p for p in candidates if p.end < now]
        return past[-phrase.steps] if len(past) >= phrase.steps else None
    if direction is not None and direction > 0:
        future = [p for p in candidates if p.start > now]
        return future[phrase.steps - 1] if len(future) >= phrase.steps else None
    if phrase.weekday is not None and phrase.day is not None and not phrase.hijri:
        # «الأحد 5 مارس»: the year in which that day is a Sunday.
        fitting = [p for p in candidates if p.start.weekday() == phrase.weekday]
        candidates = fitting or candidates
    story = None if phrase.weekday is not None else frame.story
    if story is not None and direction is None and abs(story - now.year) > 1 and phrase.month:
        # Inside a story of another year («وفي أبريل سقطت بغداد» after «مارس 2003»).
        return _days_of(phrase, story, phrase.month)
    return min(candidates, key=lambda p: _strain(p, now, frame.outlook))


def _strain(period: Period, now: date, outlook: int) -> float:
    """Return how far a candidate lies from now in days, more where the tense speaks against it."""
    if period.start <= now <= period.end:
        return 0
    days = (period.start - now).days if period.start > now else (now - period.end).days
    against = outlook and (period.start > now) != (outlook > 0)
    return days + (120 if against else 0)


def _days_of(phrase: CalendarDate, year: int, month: int) -> Period | None:
    whole = month_period(year, month)
    if phrase.day is None:
        if phrase.last_month is None:
            return whole._replace(approximate=phrase.unsure)
        last = month_period(year + (phrase.last_month < month), phrase.last_month)
        return join_periods(whole, last)
    if phrase.day > whole.end.day:
        return None
    last_day = min(phrase.last_day or phrase.day, whole.end.day)
    return Period(
        whole.start.replace(day=phrase.day),
        whole.start.replace(day=last_day),
        "day",
        phrase.unsure,
    )


def _hijri(phrase: CalendarDate, frame: Frame) -> Period | None:
    def days(year: int) -> Period | None:
        first = hijri_period(year, phrase.month, phrase.day)
        if first is None:
            return None
        if phrase.last_day is not None:
            last = hijri_period(year, phrase.month, phrase.last_day)
        elif phrase.last_month is not None:
            last = hijri_period(year, phrase.last_month)
        else:
            return first
        return Period(first.start, last.end) if last is not None else first

    if phrase.year is not None:
        return days(phrase.year)
    current = hijri_year(frame.now)
    if current is None:
        return None
    if phrase.month is None:
        return None
    if phrase.year_offset is not None:
        return days(current + phrase.year_offset)
    candidates = [p for y in range(current - 2, current + 3) if (p := days(y)) is not None]
    return _choose(candidates, phrase, replace(frame, story=None))


def _relative_unit(unit: str, offset: int, now: date) -> Period | None:
    if unit == "day":
        return day_period(now + timedelta(days=offset))
    if unit == "week":
        # On a Saturday or Sunday «الأسبوع الماضي» is the ISO week that is ending.
        weekend = 1 if now.weekday() >= 5 and offset < 0 else 0
        return week_period(now + timedelta(weeks=offset + weekend))
    if unit == "month":
        return month_period(now.year, now.month + offset)
    if unit == "year":
        return year_period(now.year + offset)
    if unit == "decade":
        if offset == 0:
            return year_period(now.year // 10 * 10, now.year // 10 * 10 + 9)
        first, last = sorted(
            (now.year + 10 * offset, now.year + 10 * (offset - (offset > 0) + (offset < 0)))
        )
        return year_period(first, last)
    if unit == "season":
        return _sports_season(offset, now)
    return None


def _sports_season(offset: int, now: date) -> Period:
    """Return a sports season: two years, from August; in June and July the last one is just over."""
    current = now.year if now.month >= 8 else now.year - 1
    first = current + offset
    if offset < 0 and now.month in (6, 7):
        first += 1
    return year_period(first, first + 1)


def _stretch(phrase: Stretch, now: date) -> Period | None:
    count, forward = phrase.count, phrase.direction > 0
    if count is None:
        if phrase.unit == "hour":
            return day_period(now, approximate=True)
        if phrase.unit in ("day", "week"):
            # On the first days of a month «الأيام الماضية» lie in the one before.
            near = now + timedelta(days=_NEAR_DAYS if forward else -_NEAR_DAYS)
            return month_period(near.year, near.month, approximate=True)
        if phrase.unit == "month":
            near = add_months(now, 1 if forward else -1)
            return year_period(near.year, approximate=True)
        return None
    if phrase.unit == "hour":
        days = max(1, round(count / 24))
        return _between(now, now + timedelta(days=days if forward else -days))
    if phrase.unit == "day":
        step = timedelta(days=1 if forward else -1)
        return _between(now + step, now + step * count)
    other = _move(now, phrase.unit, count if forward else -count)
    if phrase.unit == "week":
        return _between(now, other)
    joined = _between(now, other)
    if phrase.unit == "month":
        return Period(
            month_period(joined.start.year, joined.start.month).start,
            month_period(joined.end.year, joined.end.month).end,
            "month",
        )
    return year_period(joined.start.year, joined.end.year)


def _between(one: date, other: date) -> Period:
    return Period(min(one, other), max(one, other))


def _move(day: date, unit: str, count: int) -> date:
    if unit == "hour":
        return day + timedelta(days=round(count / 24))
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(weeks=count)
    if unit == "month":
        return add_months(day, count)
    years = count * {"year": 1, "season": 1, "decade": 10, "century": 100}[unit]
    return add_months(day, 12 * years)


def _within(phrase: Within, now: date) -> Period | None:
    if phrase.of_event:
        return None
    if phrase.count is None:
        return _stretch(Stretch(phrase.unit, None, 1), now)
    end = _move(now, phrase.unit, phrase.count)
    return Period(now, end, "day", phrase.about)


def _distance(phrase: Distance, frame: Frame) -> Period | None:
    now, sign, count = frame.now, phrase.sign, phrase.count
    if phrase.of_event or (sign > 0 and frame.outlook <= 0):
        # «بعد يوم من سحب» tells the day of its own clause; «بعد ثلاثة أيام» in a story counts from
        # the day last told.
        return _distance_in_story(phrase, frame)
    if count is None:
        if sign > 0 and phrase.unit == "hour":
            return None
        return _stretch(Stretch(phrase.unit, None, sign), now)
    if phrase.unit == "hour":
        return day_period(_move(now, "hour", sign * count), approximate=count % 24 != 0)
    if phrase.unit in ("day", "week"):
        if phrase.half:
            return None
        return day_period(_move(now, phrase.unit, sign * count), approximate=phrase.about)
    if phrase.unit in ("month", "year") and (phrase.half or phrase.unit == "month" or count == 1):
        months = count * (12 if phrase.unit == "year" else 1)
        months += 6 if phrase.half and phrase.unit == "year" else 0
        at = add_months(now, sign * months)
        return month_period(at.year, at.month, approximate=True)
    at = _move(now, phrase.unit, sign * count)
    return year_period(at.year, approximate=True)


def _distance_in_story(phrase: Distance, frame: Frame) -> Period | None:
    told = frame.told
    if told is None or told.precision not in ("day", "month"):
        told = frame.previous
    if told is None or told.precision not in ("day", "month"):
        return None
    if phrase.of_event:
        return told if told.precision == "day" and told.start == told.end else None
    if phrase.count is None:
        return None
    if told.precision == "month" or phrase.unit in ("month", "year"):
        if phrase.unit in ("day", "hour", "week"):
            return told._replace(approximate=True)
        at = _move(told.start, phrase.unit, phrase.count)
        return month_period(at.year, at.month, approximate=True)
    return day_period(_move(told.end, phrase.unit, phrase.count))


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
    return min(candidates, key=lambda p: _strain(p, now, frame.outlook))


def _fraction(phrase: Fraction, frame: Frame) -> Period | None:
    of = year_period(frame.now.year) if phrase.of is None else _resolve(phrase.of, frame)
    if of is None:
        return None
    if of.precision == "month" and phrase.number is not None:
        days = of.end.day
        if phrase.parts != 2 or of.start.month != of.end.month:
            return None
        first, last = (1, 15) if phrase.number == 1 else (16, days)
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
        return Period(of.start + timedelta(days=first), of.start + timedelta(days=last))
    if of.precision == "year":
        if of.start.year == of.end.year:
            month = month_period(of.start.year, _YEAR_PARTS[phrase.part])
            return month._replace(approximate=True)
        years = of.end.year - of.start.year + 1
        third = max(1, round(years / 3))
        skipped = {"begin": 0, "first": 0, "middle": third, "end": years - third}[phrase.part]
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


def _feast(phrase: Feast, frame: Frame) -> Period | None:
    if phrase.year is None:
        return resolve_calendar(phrase.date, frame)
    middle = date(phrase.year, 7, 1)
    candidates = [
        period
        for year in range((hijri_year(middle) or 0) - 1, (hijri_year(middle) or 0) + 2)
        if (period := hijri_period(year, phrase.date.month, phrase.date.day)) is not None
        and period.start.year == phrase.year
    ]
    return candidates[0] if candidates else None


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
        return _relative_unit(phrase.unit, phrase.step, previous.start)
    return None


def _fine_enough(period: Period, unit: str) -> bool:
    """Tell whether a period says which day, week, month or year it lies in."""
    if unit == "week":
        return period.precision in ("day", "week")
    if unit == "month":
        return period.precision in ("day", "week", "month")
    return True


def _interval(phrase: Interval, frame: Frame) -> Period | None:
    first, last = phrase.first, phrase.last
    if isinstance(first, CalendarDate) and isinstance(last, CalendarDate):
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
