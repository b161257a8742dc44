"""Times told from now to the days they mean."""

from __future__ import annotations

from datetime import date, timedelta

from mahdar.annotation.dates.edtf import (
    Period,
    add_months,
    day_period,
    month_period,
    week_period,
    year_period,
)
from mahdar.annotation.dates.frame import Frame
from mahdar.annotation.dates.phrases import (
    Distance,
    RelativeDay,
    Stretch,
    Weekday,
    Within,
)
from mahdar.annotation.dates.resolve_calendar import resolve_calendar

# How far from now uncounted days or weeks lie: «الأسابيع الماضية» farther than «الأسابيع المقبلة».
_NEAR_DAYS = {("day", -1): -2, ("day", 1): 2, ("week", -1): -14, ("week", 1): 7}
# Fewer hours than this after something are of the same day.
_HOURS = 12
# What was told so many days ago is the news, from which «بعد 18 شهرا» looks ahead.
_RECENT = 31
# «وبعد أربعة أشهر أصبح» that runs over the day of writing by fewer days ends on it.
_NEARLY = 62


def resolve_relative_day(phrase: RelativeDay, frame: Frame) -> Period | None:
    """Return a day counted from now; a weekday or date beside it has the last word."""
    if phrase.date is not None:
        return resolve_calendar(phrase.date, frame)
    day = frame.now + timedelta(days=phrase.offset)
    if phrase.weekday is not None:
        day += timedelta(days=weekday_shift(day.weekday(), phrase.weekday))
    return day_period(day)


def weekday_shift(told: int, weekday: int) -> int:
    """Return the days from a day of the week to the weekday that spells it out, -5 to 1.

    The stamp of an article is on or up to five days after the day it speaks from, or one day
    before it (a paper's next issue put out in the evening). Of 1,820 days spelt out in 10,351 press
    articles 1,323 fit the stamp, 478 are one to five days older, 19 a day younger.
    """
    shift = (weekday - told) % 7
    return shift if shift <= 1 else shift - 7


def resolve_weekday(phrase: Weekday, frame: Frame) -> Period | None:
    """Return a weekday: the last one, today included, unless direction or tense say otherwise."""
    now = frame.now
    if phrase.week is not None:
        week = resolve_unit("week", phrase.week, now)
        assert week is not None
        return day_period(week.start + timedelta(days=phrase.weekday))
    direction = phrase.direction
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


def resolve_unit(unit: str, offset: int, now: date) -> Period | None:
    """Return the whole week, month, year, decade or season that lies ``offset`` units from now."""
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
    """Return a sports season: two years; from June to August the last is over, the next not begun."""
    first = now.year + offset - (now.month < 6)
    if offset > 0 and 6 <= now.month <= 8:
        first -= 1
    if offset == 0 and now.month in (6, 7):
        first -= 1
    return year_period(first, first + 1)


def resolve_stretch(phrase: Stretch, now: date) -> Period | None:
    """Return several units up to now or from now; without a count the next coarser unit, approximate."""
    count, forward = phrase.count, phrase.direction > 0
    if count is None:
        if phrase.unit == "hour":
            return day_period(now, approximate=True)
        if phrase.unit in ("day", "week"):
            # On the first days of a month «الأيام الماضية» lie in the one before.
            near = now + timedelta(days=_NEAR_DAYS[phrase.unit, 1 if forward else -1])
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


def resolve_within(phrase: Within, frame: Frame) -> Period | None:
    """Return the stretch from now to the end of a term; ``None`` if it starts with an event."""
    now = frame.now
    if phrase.of_event:
        if frame.event is None or phrase.count is None:
            return None
        now = frame.event.start
    if phrase.count is None:
        return resolve_stretch(Stretch(phrase.unit, None, 1), now)
    end = _move(now, phrase.unit, phrase.count)
    return Period(now, end, "day", phrase.about)


def resolve_distance(phrase: Distance, frame: Frame) -> Period | None:
    """Return the point so far from now: exact for days and weeks, else a month or year, approximate."""
    now, sign, count = frame.now, phrase.sign, phrase.count
    if phrase.of_event and frame.event is not None and count is not None and not phrase.half:
        at = _move(frame.event.start, phrase.unit, sign * count)
        if phrase.unit in ("hour", "day", "week"):
            return day_period(at, approximate=phrase.about)
        return month_period(at.year, at.month, approximate=True)
    if phrase.of_event and count is None:
        return _near_event(phrase, frame)
    ahead = phrase.from_now or frame.outlook > 0
    if phrase.of_event or phrase.of_told or (sign > 0 and not ahead):
        # «بعد يوم من سحب» tells the day of its own clause; «بعد ثلاثة أيام» in a story counts from
        # the day last told.
        return _distance_in_story(phrase, frame)
    if count is None:
        if sign > 0 and phrase.unit == "hour":
            return None
        if phrase.unit == "week":
            some = now + timedelta(weeks=2 * sign)  # farther than «الأسابيع المقبلة» begin
            return month_period(some.year, some.month, approximate=True)
        return resolve_stretch(Stretch(phrase.unit, None, sign), now)
    if phrase.unit == "hour":
        return day_period(_move(now, "hour", sign * count), approximate=count % 24 != 0)
    if phrase.unit in ("day", "week"):
        if phrase.half:  # «قبل أسبوع ونصف»
            days = count * 7 + 4 if phrase.unit == "week" else count
            return day_period(now + timedelta(days=sign * days), approximate=True)
        return day_period(_move(now, phrase.unit, sign * count), approximate=phrase.about)
    if phrase.unit in ("month", "year") and (phrase.half or phrase.unit == "month" or count == 1):
        months = count * (12 if phrase.unit == "year" else 1)
        months += 6 if phrase.half and phrase.unit == "year" else 0
        at = add_months(now, sign * months)
        return month_period(at.year, at.month, approximate=True)
    at = _move(now, phrase.unit, sign * count)
    return year_period(at.year, approximate=True)


def _near_event(phrase: Distance, frame: Frame) -> Period | None:
    """Return the time of «بعد أيام من القمة»: the day of its clause, else the month last told.

    «بعد سنوات من المفاوضات» tells no time.
    """
    if phrase.unit not in ("hour", "day"):
        return None
    told = frame.told
    if told is not None and told.precision == "day" and told.start == told.end:
        return told
    if phrase.unit == "hour":
        return None
    if told is None or told.precision not in ("day", "month"):
        told = frame.previous if frame.previous and frame.previous.precision == "day" else None
    if told is not None and told.end <= frame.now:
        return month_period(told.start.year, told.start.month, approximate=True)
    return resolve_stretch(Stretch("day", None, -1), frame.now)


def _distance_in_story(phrase: Distance, frame: Frame) -> Period | None:
    """Return a distance counted in a story: an event's is its clause's day, else from what was told."""
    told = frame.told
    if told is None or told.precision not in ("day", "month"):
        told = frame.previous
    if told is None or told.precision not in ("day", "month"):
        return None
    if phrase.of_event:
        return _day_by_event(phrase, told, frame)
    if told.start > frame.now and frame.outlook <= 0 and not phrase.of_told:
        return None
    if phrase.count is None:
        if phrase.unit not in ("day", "week") or told.precision != "day":
            return None
        return resolve_stretch(Stretch(phrase.unit, None, phrase.sign), told.end)
    if phrase.unit in ("decade", "century"):
        return None
    if told.precision == "month" or phrase.unit in ("month", "year"):
        if phrase.unit in ("day", "hour", "week"):
            return told._replace(approximate=True)
        at = _move(told.start, phrase.unit, phrase.sign * phrase.count)
        if frame.outlook <= 0 and told.start <= frame.now < at:
            recent = (frame.now - told.start).days < _RECENT
            if phrase.unit != "month" or not (recent or (at - frame.now).days < _NEARLY):
                return None  # «بعد أربع سنوات ونيف» up to now: how long, not when
            at = at if recent else frame.now
        exact = phrase.of_told and told.precision == "month"
        return month_period(at.year, at.month, approximate=not exact)
    if phrase.unit == "hour" and phrase.count < _HOURS:
        return told if told.start == told.end else None
    return day_period(_move(told.end, phrase.unit, phrase.sign * phrase.count))


def _day_by_event(phrase: Distance, told: Period, frame: Frame) -> Period | None:
    """Return the day of «بعد يومين من الهجوم»: its clause's, else counted from a day told before.

    «بعد أربعة أشهر من المعارك» says how long.
    """
    if phrase.unit not in ("hour", "day", "week"):
        return None
    here = told is frame.told
    if told.precision == "month":
        return told._replace(approximate=True) if here else None
    if told.start != told.end:
        return None
    told = told._replace(approximate=False)
    if here or phrase.count is None:
        return told
    if phrase.sign < 0 or told.start > frame.now:
        return None
    if phrase.unit == "hour" and phrase.count < _HOURS:
        return told
    at = _move(told.start, phrase.unit, phrase.count)
    return day_period(at, approximate=phrase.about) if at <= frame.now else told
