"""Properties of the rules of dates: what leans on something told before follows it, whatever it is."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.annotation.dates.edtf import parse_edtf
from mahdar.model import Article

NLP = blank_pipeline()
MONTHS = (
    "كانون الثاني",
    "شباط",
    "مارس",
    "نيسان",
    "مايو",
    "حزيران",
    "يوليو",
    "أغسطس",
    "أيلول",
    "أكتوبر",
    "تشرين الثاني",
    "ديسمبر",
)
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
NUMBERS = ("ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
days_of_month = st.integers(1, 28)
months = st.integers(1, 12)
years = st.integers(1950, 2049)
quick = settings(max_examples=25, deadline=None)


def values_of(text: str, published: date) -> list[str]:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published=published.isoformat())
    doc._.anchor = find_anchor(doc)
    return [found.value for found in find_dates(doc)]


@quick
@given(days, years, months)
def test_a_month_of_the_same_year_has_the_year_told(anchor: date, year: int, month: int) -> None:
    text = f"انتخب عام {year} ثم استقال في {MONTHS[month - 1]} من السنة نفسها"
    assert values_of(text, anchor) == [str(year), f"{year}-{month:02d}"]


@quick
@given(days, days, st.integers(3, 10))
def test_days_counted_from_what_was_told(anchor: date, told: date, count: int) -> None:
    start = f"وقع الهجوم في {told.day} {MONTHS[told.month - 1]} {told.year}"
    number = NUMBERS[count - 3]
    after, before = told + timedelta(days=count), told - timedelta(days=count)
    for tail, day in (
        (f"وبعد {number} أيام من ذلك انسحب", after),
        (f"وبعد ذلك ب{number} أيام انسحب", after),
        (f"وكان خطف قبل ذلك ب{number} أيام", before),
    ):
        assert values_of(f"{start} {tail}", anchor) == [told.isoformat(), day.isoformat()]


@quick
@given(days, days)
def test_a_day_told_again_is_the_same_day(anchor: date, told: date) -> None:
    name = f"{told.day} {MONTHS[told.month - 1]}"
    text = f"اندلعت في {name} {told.year}.\nولا أحد ينسى {name}."
    assert values_of(text, anchor) == [told.isoformat()] * 2


@quick
@given(days, years)
def test_this_day_of_another_year(anchor: date, year: int) -> None:
    assume((anchor.month, anchor.day) != (2, 29))
    text = f"وفي مثل هذا اليوم من عام {year} سقطت المدينة"
    assert values_of(text, anchor) == [anchor.replace(year=year).isoformat()]


@quick
@given(days, days, st.integers(1, 45))
def test_two_days_of_two_months_are_one_stretch(anchor: date, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assume(first.year == last.year and first.month != last.month)
    text = (
        f"المؤتمر المنعقد يومي {first.day} {MONTHS[first.month - 1]}"
        f" و{last.day} {MONTHS[last.month - 1]} {last.year}"
    )
    assert values_of(text, anchor) == [f"{first}/{last}"]


@quick
@given(days, months, months)
def test_a_range_of_months_runs_forward_over_less_than_a_year(
    anchor: date, first: int, last: int
) -> None:
    assume(first != last)
    text = f"من {MONTHS[first - 1]} حتى نهاية {MONTHS[last - 1]} الماضي"
    (value,) = values_of(text, anchor)
    period = parse_edtf(value)
    assert period is not None
    assert (period.start.month, period.end.month) == (first, last)
    assert 0 < (period.end - period.start).days < 366
    assert period.end < anchor


@quick
@given(days, st.integers(0, 6))
def test_a_weekday_to_come_is_the_same_where_nothing_is_said(anchor: date, weekday: int) -> None:
    assume(weekday != anchor.weekday())
    name = WEEKDAYS[weekday]
    text = f"تصويت {name} يقلق الحكومة.\nوسيجتمع المجلس {name} للتصويت"
    ahead = (weekday - anchor.weekday()) % 7
    day = (anchor + timedelta(days=ahead)).isoformat()
    assert values_of(text, anchor) == [day, day]


@quick
@given(days, st.integers(3, 10), st.sampled_from(("سيعود", "عاد", "")))
def test_from_now_is_ahead_whatever_the_tense(anchor: date, count: int, verb: str) -> None:
    text = f"{verb} الوفد بعد {NUMBERS[count - 3]} أيام من الآن"
    assert values_of(text, anchor) == [(anchor + timedelta(days=count)).isoformat()]


@quick
@given(days, days_of_month, months)
def test_a_movement_is_no_date(anchor: date, day: int, month: int) -> None:
    name = f"{day} {MONTHS[month - 1]}"
    assert values_of(f"{name} تدعو إلى الحوار.\nواجتمعت قوى {name} في بيروت.", anchor) == []


@quick
@given(days, months)
def test_a_month_after_a_noun_of_action_is_past(anchor: date, month: int) -> None:
    text = f"بدل التنظيم اسمه بعد مبايعته الجماعة في {MONTHS[month - 1]}"
    (value,) = values_of(text, anchor)
    period = parse_edtf(value)
    assert period is not None
    assert period.start.month == month
    assert period.start <= anchor


@quick
@given(days, st.integers(2, 30))
def test_of_the_killed_a_stretch_ends_now(anchor: date, count: int) -> None:
    (value,) = values_of(f"مقتل 260 مسلحا خلال {count} يوما", anchor)
    assert value == f"{anchor - timedelta(days=count)}/{anchor}"
