"""Hijri dates to Gregorian ones and back, by the Umm al-Qura tables of hijridate (1343-1500 AH)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri

from mahdar.annotation.dates.edtf import Period, day_period

FIRST_YEAR, LAST_YEAR = 1343, 1500


@lru_cache(maxsize=4096)
def hijri_period(year: int, month: int | None = None, day: int | None = None) -> Period | None:
    """Return the Gregorian days of a Hijri year, month or day; ``None`` outside the tables.

    Years before the tables are told as approximate Gregorian years (a Hijri year is 0.970224 of a
    Gregorian one and the first began in 622).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _estimate_year(year) if month is None and 1 <= year <= 1600 else None
    try:
        if month is None:
            return Period(
                Hijri(year, 1, 1).to_gregorian(),
                _last_of(year, 12),
            )
        if day is None:
            return Period(Hijri(year, month, 1).to_gregorian(), _last_of(year, month))
        return day_period(_plain(Hijri(year, month, day).to_gregorian()))
    except (ValueError, OverflowError):
        return None


def hijri_year(day: date) -> int | None:
    """Return the Hijri year that holds a Gregorian day; ``None`` outside the tables."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def hijri_month(day: date) -> tuple[int, int] | None:
    """Return the Hijri year and month that hold a Gregorian day; ``None`` outside the tables."""
    try:
        told = Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return int(told.year), int(told.month)


def _last_of(year: int, month: int) -> date:
    start = Hijri(year, month, 1)
    return _plain(start.to_gregorian()) + timedelta(days=start.month_length() - 1)


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


def _estimate_year(year: int) -> Period:
    gregorian = 621 + int(year * 0.970224 + 0.54)
    return Period(date(gregorian, 1, 1), date(gregorian, 12, 31), "year", True)
