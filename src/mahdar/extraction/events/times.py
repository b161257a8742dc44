"""The times that an article gives: its dates, what is open from one («منذ»), days joined to one time."""

from __future__ import annotations

from itertools import pairwise

from mahdar.extraction.events.context import Context, Time

_SINCE = frozenset(("منذ", "مذ", "ومنذ"))
_STOPS = frozenset("،؛:.!؟?(")
# Words before a date in which «منذ» opens it («منذ الإطاحة بالرئيس في يوليو 2013»).
_SINCE_WITHIN = 8
# Words between two days that make one time of them, and within how many words.
_JOINS = frozenset(("و", "الي", "حتي", "وحتي", "والي"))
_JOIN_WITHIN = 4


def date_shape(value: str) -> str:
    """Return how precise an EDTF value is: day, month, year, week, range or unknown."""
    if value == "..":
        return "unknown"
    if "/" in value:
        return "range"
    if "W" in value:
        return "week"
    bare = value.rstrip("~?")
    return {4: "year", 7: "month", 10: "day"}.get(len(bare), "range")


def find_times(context: Context) -> list[Time]:
    """Return the times of an article by date: itself, the interval open from it after «منذ», and the
    days that it is joined with («الجمعة والسبت»)."""
    if context.times is not None:
        return context.times
    joined = {time.date: time for time in _joined_days(context)}
    out = context.times = []
    for first, last, date in context.dates:
        if date.value == "..":
            continue
        out.append(Time(first, last, date.value, first, "date"))
        since = _since(context, first)
        if since is not None and "/" not in date.value:
            out.append(Time(since, last, f"{date.value}/..", first, "open"))
        if first in joined:
            out.append(joined[first])
    return out


def _since(context: Context, first: int) -> int | None:
    """Return the word «منذ» that opens a date, ``None`` without one."""
    words = context.words
    for k in range(first, max(context.first_of[first], first - _SINCE_WITHIN) - 1, -1):
        if words.norm[k] in _SINCE:
            return k
        if k < first and (words.norm[k] in _STOPS or k in context.dated):
            return None
    return None


def _joined_days(context: Context) -> list[Time]:
    words = context.words
    out = []
    for (a, b, one), (c, d, two) in pairwise(context.dates):
        if words.sentence[a] != words.sentence[c] or c - b > _JOIN_WITHIN:
            continue
        joins = [*words.norm[b + 1 : c], words.norm[c][:1]]
        days = date_shape(one.value) == date_shape(two.value) == "day"
        if days and one.value < two.value and _JOINS.intersection(joins):
            out.append(Time(a, d, f"{one.value}/{two.value}", a, "both"))
    return out
