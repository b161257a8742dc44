"""EDTF dates as windows of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahdar.consolidation.days import Days, format_day, intersect, overlap, parse_days


@pytest.mark.parametrize(
    ("edtf", "first", "last", "exact"),
    [
        pytest.param("2015-08-03", "2015-08-03", "2015-08-03", True, id="day"),
        pytest.param("2015-08", "2015-08-01", "2015-08-31", True, id="month"),
        pytest.param("2016-02", "2016-02-01", "2016-02-29", True, id="leap month"),
        pytest.param("2015", "2015-01-01", "2015-12-31", True, id="year"),
        pytest.param("2015-W32", "2015-08-03", "2015-08-09", True, id="week"),
        pytest.param("2015-08~", "2015-08-01", "2015-08-31", False, id="approximate"),
        pytest.param("2015-08-03?", "2015-08-03", "2015-08-03", False, id="uncertain"),
        pytest.param("2015-08-03/2015-08-05", "2015-08-03", "2015-08-05", True, id="interval"),
        pytest.param("2015-08-21/2015-08~", "2015-08-21", "2015-08-31", False, id="mixed interval"),
        pytest.param("2015-08-03T11:59", "2015-08-03", "2015-08-03", True, id="time of day"),
        pytest.param("2015-22", "2015-06-01", "2015-08-30", True, id="season"),
    ],
)
def test_windows(edtf: str, first: str, last: str, exact: bool) -> None:
    days = parse_days(edtf)
    assert days is not None
    assert (format_day(days.first), format_day(days.last), days.exact) == (first, last, exact)


@pytest.mark.parametrize(
    "edtf",
    ["..", "", None, "2015-13", "2015-02-30", "2015-W60", "soon", "2015-08-05/2015-08-03", "9999"],
)
def test_what_is_no_date(edtf: str | None) -> None:
    assert parse_days(edtf) is None


def test_open_intervals_reach_far() -> None:
    until, since = parse_days("../2015-08-03"), parse_days("2015-08-03/..")
    assert until is not None
    assert since is not None
    assert until.last == since.first
    assert until.length == since.length > 3000


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_comes_back(day: date) -> None:
    days = parse_days(day.isoformat())
    assert days == Days(day.toordinal(), day.toordinal())
    assert format_day(days.first) == day.isoformat()


@given(st.text(max_size=24))
def test_anything_is_taken(text: str) -> None:
    parse_days(text)


@given(st.integers(1, 400), st.integers(0, 40), st.integers(1, 400), st.integers(0, 40))
def test_intersection_lies_in_both(a: int, a_more: int, b: int, b_more: int) -> None:
    one, two = Days(a, a + a_more), Days(b, b + b_more)
    both = intersect(one, two)
    assert both.length <= min(one.length, two.length)
    if overlap(one, two):
        assert one.first <= both.first <= both.last <= one.last
        assert two.first <= both.first <= both.last <= two.last
