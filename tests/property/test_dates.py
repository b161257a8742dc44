"""Properties of the finding of dates: what is written resolves back to itself, anything can be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.annotation.dates.edtf import format_edtf, parse_edtf
from mahdar.annotation.dates.hijri import hijri_period
from mahdar.model import Article, TimeExpression

NLP = blank_pipeline()
NAMES = {
    "egypt-gulf": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "levant": [
        "كانون الثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين الأول",
        "تشرين الثاني",
        "كانون الأول",
    ],
    "algeria-tunisia": [
        "جانفي",
        "فيفري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "morocco": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
}
HIJRI = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذي القعدة",
    "ذي الحجة",
]
UNITS = [
    "الأول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
]
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
MARKS = "\u200f\u200e\u202b\u202c\u0640\u064b\u0651\u00a0\ufeff"

days = st.dates(date(1950, 1, 1), date(2049, 12, 31))


def ordinal(day: int) -> str:
    if day <= 10:
        return UNITS[day - 1]
    if day < 20:
        return f"{'الحادي' if day == 11 else UNITS[day - 11]} عشر"
    tens = "العشرين" if day < 30 else "الثلاثين"
    if day % 10 == 0:
        return tens
    return f"{'الحادي' if day % 10 == 1 else UNITS[day % 10 - 1]} و{tens}"


def read(text: str, published: str | None = "2016-03-17") -> tuple[TimeExpression, ...]:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published=published)
    doc._.anchor = find_anchor(doc)
    found: tuple[TimeExpression, ...] = find_dates(doc)
    return found


def number(value: int, digits: str) -> str:
    return "".join(digits[int(d)] for d in str(value))


@given(
    days,
    st.sampled_from(sorted(NAMES)),
    st.sampled_from(sorted(NAMES)),
    st.sampled_from(DIGITS),
    st.sampled_from(
        ("plain", "from", "words", "double", "brackets", "year word", "weekday", "on day")
    ),
)
@settings(max_examples=400, deadline=None)
def test_a_date_in_any_tradition_resolves_to_itself(
    day: date, tradition: str, other: str, digits: str, form: str
) -> None:
    month, second = NAMES[tradition][day.month - 1], NAMES[other][day.month - 1]
    d, year = number(day.day, digits), number(day.year, digits)
    written = {
        "plain": f"{d} {month} {year}",
        "from": f"الـ{d} من {month} {year}",
        "words": f"{ordinal(day.day)} من {month} {year}",
        "double": f"{d} {month}/{second} {year}",
        "brackets": f"{d} {month} ({second}) {year}",
        "year word": f"{d} {month} عام {year}",
        "weekday": f"يوم {WEEKDAYS[day.weekday()]} {d} {month} {year}",
        "on day": f"يوم {d} {month} من عام {year}م",
    }[form]
    found = read(f"وقع الطرفان الاتفاق في {written} في جنيف.")
    assert [x.value for x in found] == [day.isoformat()]


@given(days, st.sampled_from(DIGITS), st.sampled_from("/-."), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_date_in_figures_resolves_to_itself(
    day: date, digits: str, separator: str, year_first: bool
) -> None:
    parts = [number(n, digits) for n in (day.day, day.month, day.year)]
    if year_first:
        parts.reverse()
    found = read(f"وقع الاتفاق بتاريخ {separator.join(parts)} في جنيف")
    assert [x.value for x in found] == [day.isoformat()]


@given(st.integers(1343, 1499), st.integers(1, 12), st.integers(1, 29), st.sampled_from(DIGITS))
@settings(max_examples=150, deadline=None)
def test_a_hijri_date_resolves_to_its_gregorian_day(
    year: int, month: int, day: int, digits: str
) -> None:
    expected = hijri_period(year, month, day)
    assert expected is not None
    found = read(f"مكة {number(day, digits)} {HIJRI[month - 1]} {number(year, digits)}هـ")
    assert [x.value for x in found] == [format_edtf(expected)]


@given(days, st.integers(-1, 1))
@settings(max_examples=100, deadline=None)
def test_relative_days_follow_the_anchor(anchor: date, offset: int) -> None:
    word = {-1: "أمس", 0: "اليوم", 1: "غدا"}[offset]
    day = anchor + timedelta(days=offset)
    found = read(f"التقى الوفدان {word} {WEEKDAYS[day.weekday()]}.", anchor.isoformat())
    assert [x.value for x in found] == [day.isoformat()]


@given(days, st.data())
@settings(max_examples=150, deadline=None)
def test_marks_in_a_word_change_nothing(day: date, data: st.DataObject) -> None:
    month = NAMES["levant"][day.month - 1]
    at = data.draw(st.integers(1, len(month) - 1))
    mark = data.draw(st.sampled_from("\u200f\u200e\u0640\u064b\u0651\ufeff"))
    if " " in (month[at - 1], month[at : at + 1]):
        at = 1
    found = read(f"في {day.day} {month[:at]}{mark}{month[at:]} {day.year}")
    assert [x.value for x in found] == [day.isoformat()]


@given(days, days)
@settings(max_examples=100, deadline=None)
def test_edtf_intervals_there_and_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    value = first.isoformat() if first == last else f"{first}/{last}"
    period = parse_edtf(value)
    assert period is not None
    assert format_edtf(period) == value


WORDS = [
    "أمس",
    "اليوم",
    "غدا",
    "الجمعة",
    "الأحد",
    "يوم",
    "شهر",
    "عام",
    "العام",
    "الأسبوع",
    "الأيام",
    "القرن",
    "الربع",
    "النصف",
    "بين",
    "من",
    "إلى",
    "حتى",
    "منذ",
    "قبل",
    "بعد",
    "خلال",
    "غضون",
    "مطلع",
    "نهاية",
    "آخر",
    "الماضي",
    "المقبل",
    "الجاري",
    "تشرين",
    "كانون",
    "الأول",
    "الثاني",
    "رمضان",
    "عيد",
    "الفطر",
    "مايو",
    "أيار",
    "صيف",
    "الساعة",
    "مساء",
    "ليل",
    "و",
    "في",
    "4",
    "31",
    "2015",
    "1436",
    "99999",
    "٣",
    "۱۴۳۶",
    "12/5/2015",
    "هـ",
    "م",
    "/",
    "-",
    "(",
    ")",
    "«",
    "»",
    "،",
    ".",
    "نحو",
    "أكثر",
    "ثلاثة",
    "عشر",
    "مئة",
    "نفس",
    "هذا",
    "التالي",
    "السبعينات",
    "الـ24",
    "ساعة",
    "عشرين",
    "والثلاثين",
    "\n",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=40),
    st.sampled_from(["2016-03-17", "2016-03", "2016", None, "9999-12-31", "0001-01-01"]),
)
@settings(max_examples=400, deadline=None)
def test_any_row_of_time_words_is_read_with_valid_spans(
    row: list[str], published: str | None
) -> None:
    check(" ".join(row), published)


@given(
    st.text(
        alphabet=st.one_of(
            st.characters(exclude_categories=["Cs"]), st.sampled_from(MARKS + "أمسيومشهر0123٤/-")
        ),
        max_size=200,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_with_valid_spans(text: str) -> None:
    check(text, "2016-03-17")


def check(text: str, published: str | None) -> None:
    end = 0
    for found in read(text, published):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.raw
        assert found.value == ".." or parse_edtf(found.value) is not None
        end = found.end


def test_a_long_line_is_read_in_linear_time() -> None:
    text = "بين من 4 و5 الجمعة والسبت " * 8_000
    assert len(read(text)) > 8_000


@pytest.mark.parametrize("published", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_time(published: str) -> None:
    check(
        "أمس وغدا والعام المقبل والعام الماضي ومنذ قرنين وبعد سيصل عقدين والعقد المقبل", published
    )
