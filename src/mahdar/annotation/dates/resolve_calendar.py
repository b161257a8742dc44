"""Calendar dates and feasts to the days they mean, what they leave unsaid taken from the frame."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mahdar.annotation.dates.edtf import (
    Period,
    join_periods,
    month_period,
)
from mahdar.annotation.dates.frame import Frame
from mahdar.annotation.dates.hijri import hijri_period, hijri_year
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Feast,
)

# Days that a candidate against the tense counts as farther off.
_AGAINST, _AGAINST_FIRM = 120, 330
# The first day of al-Adha in its month.
_ADHA_DAY = 10


def resolve_calendar(phrase: CalendarDate, frame: Frame) -> Period | None:
    """Return the days of a calendar date, with what it leaves unsaid taken from the frame."""
    now = frame.now
    if phrase.hijri:
        return _hijri(phrase, frame)
    if phrase.month is None and phrase.same_month:
        told = frame.told or frame.previous
        if told is None or told.precision not in ("day", "month"):
            return None
        return _days_of(phrase, told.start.year, told.start.month)
    if phrase.month is None and phrase.near_month:
        months = (month_period(now.year, now.month + step) for step in (-1, 0, 1))
        near = [day for m in months if (day := _days_of(phrase, m.start.year, m.start.month))]
        return min(near, key=lambda day: strain(day, frame)) if near else None
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
    if phrase.same_year and (told := frame.told or frame.previous) is not None:
        return _days_of(phrase, told.start.year, phrase.month)
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
        current = next((p for p in candidates if p.start <= now <= p.end), None)
        if phrase.day is None and not phrase.hijri and current is not None and phrase.steps == 1:
            return current  # «أغسطس المقبل» put out in August; next year's would have its year
        future = [p for p in candidates if p.start > now]
        return future[phrase.steps - 1] if len(future) >= phrase.steps else None
    if direction == 0 or phrase.hijri:
        # «24 شوال الجاري»; Hijri months are told of the current year more often than Gregorian ones.
        frame = replace(frame, outlook=frame.outlook if direction is None else 0, firm=False)
    if phrase.weekday is not None and phrase.day is not None and not phrase.hijri:
        # «الأحد 5 مارس»: the year in which that day is a Sunday; far off, the weekday is a slip.
        fitting = [
            p
            for p in candidates
            if p.start.weekday() == phrase.weekday and abs((p.start - now).days) <= 366
        ]
        candidates = fitting or candidates
    story = None if phrase.weekday is not None else frame.story
    if story is not None and direction is None and abs(story - now.year) > 1 and phrase.month:
        # Inside a story of another year («وفي أبريل سقطت بغداد» after «مارس 2003»).
        return _days_of(phrase, story, phrase.month)
    return min(candidates, key=lambda p: strain(p, frame))


def strain(period: Period, frame: Frame) -> float:
    """Return how far a candidate lies from now in days, more where the tense speaks against it.

    A firm tense yields only to a day at most two weeks and a half off: «اعتمدت 12 أغسطس موعدا».
    """
    now, outlook = frame.now, frame.outlook
    if period.start <= now <= period.end:
        return 0
    days = (period.start - now).days if period.start > now else (now - period.end).days
    against = outlook and (period.start > now) != (outlook > 0)
    if not against:
        return days
    return days + (_AGAINST_FIRM if frame.firm else _AGAINST)


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


def resolve_feast(phrase: Feast, frame: Frame) -> Period | None:
    """Return the day of a feast, in a Gregorian year if one is said of it."""
    if phrase.either:
        fitr = phrase.date
        last = fitr.last_day + _ADHA_DAY if fitr.last_day is not None else None
        adha = replace(fitr, month=12, day=(fitr.day or 1) + _ADHA_DAY - 1, last_day=last)
        both = [_hijri(date, frame) for date in (fitr, adha)]
        near = [period for period in both if period is not None]
        return min(near, key=lambda p: strain(p, frame)) if near else None
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
