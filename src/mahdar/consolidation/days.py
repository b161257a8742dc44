"""EDTF dates as windows of days, to compare and to sort by. A day is ``date.toordinal()``."""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from typing import NamedTuple

from mahdar.errors import SettingError

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d{2})|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%]*)"
)
_SEASON_FIRST_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}
_OPEN_DAYS = 3650
"""An interval with one open end reaches ten years: enough to overlap, finite to sort by."""


class Days(NamedTuple):
    """A window of days, both ends included; ``exact`` is False for EDTF's ~, ? and open ends."""

    first: int
    last: int
    exact: bool = True

    @property
    def length(self) -> int:
        """Number of days in the window."""
        return self.last - self.first + 1


def _month(year: int, month: int) -> tuple[int, int]:
    return (
        date(year, month, 1).toordinal(),
        date(year, month, calendar.monthrange(year, month)[1]).toordinal(),
    )


def _simple(text: str) -> Days | None:
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    year, exact = int(found["year"]), not found["mark"]
    if not MINYEAR <= year < MAXYEAR:
        return None
    try:
        if found["week"]:
            monday = date.fromisocalendar(year, int(found["week"]), 1)
            return Days(monday.toordinal(), (monday + timedelta(days=6)).toordinal(), exact)
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"])).toordinal()
            return Days(day, day, exact)
        if found["month"]:
            month = int(found["month"])
            if month in _SEASON_FIRST_MONTH:
                first = date(year, _SEASON_FIRST_MONTH[month], 1)
                return Days(first.toordinal(), first.toordinal() + 90, exact)
            return Days(*_month(year, month), exact)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return Days(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), exact)


@lru_cache(maxsize=65536)
def parse_days(edtf: str | None) -> Days | None:
    """Return the window of days of an EDTF date; ``None`` when unknown or not EDTF.

    Days, months, years, ISO weeks, seasons 21 to 24 and intervals of these are read, with the
    marks ``~``, ``?`` and ``%``; a time of day after ``T`` is left out.
    """
    if not edtf:
        return None
    if "/" not in edtf:
        return _simple(edtf.partition("T")[0])
    left, _, right = edtf.partition("/")
    first, last = _simple(left.partition("T")[0]), _simple(right.partition("T")[0])
    if first and last:
        if last.last < first.first:
            return None
        return Days(first.first, last.last, first.exact and last.exact)
    if first and right in ("..", ""):
        return Days(first.first, first.first + _OPEN_DAYS, False)
    if last and left in ("..", ""):
        return Days(max(1, last.last - _OPEN_DAYS), last.last, False)
    return None


def format_day(ordinal: int) -> str:
    """Return a day as ``YYYY-MM-DD``."""
    return date.fromordinal(ordinal).isoformat()


def overlap(a: Days, b: Days, slack_days: int = 0) -> bool:
    """Tell whether two windows share a day, or lie at most ``slack_days`` apart."""
    return a.first <= b.last + slack_days and b.first <= a.last + slack_days


def intersect(a: Days, b: Days) -> Days:
    """Return the days that two windows share, the narrower one when they share none."""
    first, last = max(a.first, b.first), min(a.last, b.last)
    if first > last:
        return min(a, b, key=lambda d: (d.length, d))
    return Days(first, last, a.exact or b.exact)


def read_limit(option: str, value: str | None, *, last: bool) -> str | None:
    """Return the first or last ISO day of the date that a user gave to limit a question.

    Raises:
        SettingError: not a date; names the option.
    """
    if value is None:
        return None
    days = parse_days(value)
    if days is None:
        raise SettingError(
            f"--{option} {value}: not a date. Mend: give a day, month or year, as in 2015-08-03."
        )
    return format_day(days.last if last else days.first)
