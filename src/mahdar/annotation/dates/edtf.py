"""Periods of time and their EDTF form (Library of Congress EDTF, ISO 8601-2 and ISO week dates)."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

Precision = Literal["day", "week", "month", "year"]
UNKNOWN = ".."

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_YEAR = re.compile(r"\d{4}")


class Period(NamedTuple):
    """Days from ``start`` to ``end``, both included, told at a precision."""

    start: date
    end: date
    precision: Precision = "day"
    approximate: bool = False


def day_period(day: date, *, approximate: bool = False) -> Period:
    """Return one day as a period."""
    return Period(day, day, "day", approximate)


def week_period(day: date) -> Period:
    """Return the ISO week (Monday to Sunday) that holds a day."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), "week")


def month_period(year: int, month: int, *, approximate: bool = False) -> Period:
    """Return a month; ``month`` may lie outside 1-12 and then counts on into other years.

    Raises:
        ValueError: the year is outside 1-9999.
    """
    year, index = divmod(year * 12 + month - 1, 12)
    last = calendar.monthrange(year, index + 1)[1] if 1 <= year <= 9999 else 28
    return Period(date(year, index + 1, 1), date(year, index + 1, last), "month", approximate)


def year_period(first: int, last: int | None = None, *, approximate: bool = False) -> Period:
    """Return the years ``first`` to ``last`` (one year if ``None``).

    Raises:
        ValueError: a year is outside 1-9999.
    """
    return Period(date(first, 1, 1), date(last or first, 12, 31), "year", approximate)


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, its last day where it is shorter.

    Raises:
        ValueError: the year is outside 1-9999.
    """
    target = month_period(day.year, day.month + months)
    return target.start.replace(day=min(day.day, target.end.day))


def join_periods(first: Period, last: Period) -> Period:
    """Return the period from one's start to the other's end, told at the finer precision."""
    order = ("day", "week", "month", "year")
    precision = min(first.precision, last.precision, key=order.index)
    if "week" in (first.precision, last.precision) and first.precision != last.precision:
        precision = "day"
    return Period(first.start, last.end, precision, first.approximate or last.approximate)


def format_edtf(period: Period) -> str:
    """Return a period as EDTF: ``2015-08-03``, ``2015-W32``, ``2015-08``, ``2015``, ``A/B``, with ``~``."""
    first, last = (_format_point(d, period.precision) for d in (period.start, period.end))
    value = first if first == last else f"{first}/{last}"
    return value + "~" if period.approximate else value


def _format_point(day: date, precision: Precision) -> str:
    if precision == "day":
        return day.isoformat()
    if precision == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return f"{day.year:04d}-{day.month:02d}" if precision == "month" else f"{day.year:04d}"


def parse_edtf(value: str | None) -> Period | None:
    """Return the period of an EDTF value as Mahdar writes them; ``None`` for anything else.

    A time after the day (``2015-08-03T10:00:00Z``) is left out.
    """
    if not value:
        return None
    text = value.strip()
    approximate = text.endswith("~")
    bounds = text.removesuffix("~").split("/")
    if len(bounds) > 2:
        return None
    points = [_parse_point(bound.removesuffix("~")) for bound in bounds]
    first, last = points[0], points[-1]
    if first is None or last is None or last.end < first.start:
        return None
    joined = first if len(points) == 1 else join_periods(first, last)
    return joined._replace(approximate=approximate)


def _parse_point(text: str) -> Period | None:
    try:
        if found := _DAY.fullmatch(text):
            return day_period(date(*map(int, found.groups())))
        if found := _WEEK.fullmatch(text):
            return week_period(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        if (found := _MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
            return month_period(int(found[1]), int(found[2]))
        if _YEAR.fullmatch(text):
            return year_period(int(text))
    except ValueError:
        return None
    return None
