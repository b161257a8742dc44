"""The parts that the finding of dates is made of: EDTF, Hijri, tense, lexicon tables."""

from datetime import date

import pytest

from mahdar.annotation.dates.edtf import add_months, format_edtf, month_period, parse_edtf
from mahdar.annotation.dates.hijri import hijri_period, hijri_year
from mahdar.annotation.dates.lexicon import look_up, near_months
from mahdar.annotation.dates.resolve_relative import weekday_shift
from mahdar.annotation.dates.tense import find_outlook
from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_text
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


@pytest.mark.parametrize(
    "value",
    [
        "2015-08-03",
        "2015-08",
        "2015",
        "2015-W32",
        "2017-09-11/2017-09-20",
        "2015-09/2015-10",
        "1990/1999",
        "2016-04~",
        "2015-08-01/2015-08-08~",
        "2015-W01",
        "2020-W53",
    ],
)
def test_edtf_there_and_back(value: str) -> None:
    period = parse_edtf(value)
    assert period is not None
    assert format_edtf(period) == value


@pytest.mark.parametrize(
    "value", [None, "", "..", "2015-13", "2015-02-30", "x", "2016/2015", "a/b/c"]
)
def test_no_edtf(value: str | None) -> None:
    assert parse_edtf(value) is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2015, 3, 31), -1, date(2015, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2015, 12, 5), 1, date(2016, 1, 5)),
        (date(2015, 1, 5), -13, date(2013, 12, 5)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_month_counts_on_into_other_years() -> None:
    assert month_period(2015, 14).start == date(2016, 2, 1)
    assert month_period(2015, 0).end == date(2014, 12, 31)


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        ((1436, 10, 1), "2015-07-17"),
        ((1436, 9, 27), "2015-07-14"),
        ((1438, 8, 8), "2017-05-04"),
        ((1436, 9, None), "2015-06-18/2015-07-16"),
    ],
)
def test_hijri(hijri: tuple[int, int, int | None], gregorian: str) -> None:
    period = hijri_period(*hijri)
    assert period is not None
    assert format_edtf(period) == gregorian


def test_hijri_outside_the_tables() -> None:
    assert hijri_period(1200, 1, 1) is None
    early = hijri_period(1, None, None)
    assert early is not None
    assert format_edtf(early) == "622~"[:0] + "0622~"
    assert hijri_year(date(1500, 1, 1)) is None


@pytest.mark.parametrize(("weekday", "shift"), [(3, 0), (4, 1), (2, -1), (1, -2), (5, -5)], ids=str)
def test_weekday_shift(weekday: int, shift: int) -> None:
    assert weekday_shift(3, weekday) == shift  # from a Thursday


@pytest.mark.parametrize(
    ("text", "outlook"),
    [
        ("أعلن الوزير ^الجمعة أن المحادثات", -1),
        ("قال إن الوفد سيصل ^الجمعة إلى جنيف", 1),
        ("من المقرر أن يصل الوفد ^الجمعة", 1),
        ("يصوت المجلس ^الجمعة على القرار", 1),
        ("في المدينة التي كان يزورها ^الجمعة", -1),
        ("منذ ^الجمعة وهو هناك", -1),
        ("حتى ^الجمعة وهو هناك", 1),
        ("و^الجمعة سيلتقي الوزيران", 1),
        ("موقف الوزير ^الجمعة", 0),
    ],
)
def test_outlook(text: str, outlook: int) -> None:
    at = text.index("^")
    plain = text.replace("^", "")
    words = find_words(plain, split_sentences(plain))
    word = words.at(at)
    assert find_outlook(words, word, word + 1) == outlook


TABLES = (
    "months",
    "weekdays",
    "days",
    "parts",
    "units",
    "directions",
    "seasons",
    "feasts",
    "decades",
    "words",
    "tense",
)


@pytest.mark.parametrize("name", TABLES)
def test_lexicon_rows_are_normal_unique_and_sourced(name: str) -> None:
    rows = load_table(f"dates_{name}")
    forms = [tuple(v for k, v in row.items() if k != "source") for row in rows]
    assert len(set(forms)) == len(forms)
    for row in rows:
        assert row["source"]
        assert normalize_text(row["form"])[0] == row["form"]


def test_most_words_have_no_meaning_in_time() -> None:
    assert look_up("الحكومه") == ()
    assert look_up("") == ()


def test_near_months_hold_no_real_month() -> None:
    near = near_months()
    assert near["سبمتبر"] == 9
    assert not {row["form"] for row in load_table("dates_months")} & near.keys()
