"""Counts, dates and lists in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahdar.export.brief.words import (
    clip,
    count,
    join_names,
    name_day,
    name_span,
    name_time,
    put_digits,
)


@pytest.mark.parametrize(
    ("noun", "number", "ar", "en"),
    [
        ("origins", 1, "أصل واحد", "one origin"),
        ("origins", 2, "أصلان مستقلان", "two independent origins"),
        ("origins", 3, "ثلاثة أصول مستقلة", "three independent origins"),
        ("origins", 10, "عشرة أصول مستقلة", "ten independent origins"),
        ("articles", 11, "11 مقالا", "11 articles"),
        ("articles", 99, "99 مقالا", "99 articles"),
        ("articles", 100, "100 مقال", "100 articles"),
        ("articles", 103, "103 مقالات", "103 articles"),
        ("articles", 1200, "1,200 مقال", "1,200 articles"),
        ("unit_D", 5, "خمسة أيام", "five days"),
        ("unit_H", 6, "6 ساعات", "6 hours"),
        ("breaches", 2, "خرقان", "two breaches"),
    ],
)
def test_count(noun: str, number: int, ar: str, en: str) -> None:
    assert (count(noun, number, "ar"), count(noun, number, "en")) == (ar, en)


@pytest.mark.parametrize(
    ("edtf", "ar", "en"),
    [
        ("2015-08-03", "3 آب/أغسطس", "3 August"),
        ("2014-08-03", "3 آب/أغسطس 2014", "3 August 2014"),
        ("2015-08", "آب/أغسطس 2015", "August 2015"),
        ("2015", "2015", "2015"),
        ("2015-08-03~", "نحو 3 آب/أغسطس", "about 3 August"),
        (
            "2015-07-30/2015-08-02",
            "30 تموز/يوليو – 2 آب/أغسطس",
            "30 July – 2 August",
        ),
        ("2015-08-03/..", "منذ 3 آب/أغسطس", "since 3 August"),
        ("../2014-08-03", "حتى 3 آب/أغسطس 2014", "until 3 August 2014"),
        ("soon", "", ""),
        (None, "", ""),
    ],
)
def test_name_time(edtf: str | None, ar: str, en: str) -> None:
    assert (name_time(edtf, "ar", year=2015), name_time(edtf, "en", year=2015)) == (ar, en)


def test_days_and_spans() -> None:
    assert name_day(date(2018, 12, 13), "en") == "13 December 2018"
    assert name_span(date(2018, 12, 30), date(2019, 1, 2), "en") == (
        "30 December 2018 – 2 January 2019"
    )
    assert name_span(date(2018, 12, 30), date(2018, 12, 30), "en") == "30 December 2018"


@pytest.mark.parametrize(
    ("names", "ar", "en"),
    [
        ([], "", ""),
        (["أ"], "أ", "أ"),
        (["أ", "ب"], "أ وب", "أ and ب"),
        (["أ", "ب", "ج"], "أ وب وج", "أ, ب and ج"),
        (["أ", "ب", "ج", "د"], "أ، ب، ج وآخرون", "أ, ب, ج and others"),
        (["أ", "أ", ""], "أ", "أ"),
    ],
)
def test_join_names(names: list[str], ar: str, en: str) -> None:
    assert (join_names(names, "ar"), join_names(names, "en")) == (ar, en)


def test_digits_of_a_quotation_stay() -> None:
    text = "القتلى: 12 «قتل 12 شخصا» في 3 آب"
    assert put_digits(text, "arabic") == "القتلى: ١٢ «قتل 12 شخصا» في ٣ آب"
    assert put_digits(text, "latin") == text


@given(st.text(st.sampled_from("ابت «»،.\n "), max_size=80), st.integers(5, 40))
def test_clip_gives_the_first_words_and_no_marks_that_break_a_quotation(
    text: str, most: int
) -> None:
    cut = clip(text, most)
    assert "«" not in cut
    assert "»" not in cut
    assert len(cut) <= most + 2
    flat = " ".join(text.split()).replace("«", "‹").replace("»", "›")
    assert flat.startswith(cut.removesuffix(" …")) or cut.endswith("…")
