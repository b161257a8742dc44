"""Where a time expression stands, its time of day, and the day it is resolved against."""

import pytest
from dated_sentences import NLP, THURSDAY, dates_of, values_of

from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.model import Article, Quotation


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("المؤرخ بـ30 حزيران 2012", "30 حزيران 2012"),
        ("وأمس وصل", "أمس"),
        ("لأسبوع المقبل", None),
        ("بالأمس وصل", "الأمس"),
        ("والسبت غادر", "السبت"),
        ("للأسبوع المقبل", "لأسبوع المقبل"),
        ("يوم أمس الاثنين،", "يوم أمس الاثنين"),
    ],
)
def test_span_leaves_proclitics_out(text: str, raw: str | None) -> None:
    found = dates_of(text)
    assert [d.raw for d in found] == ([raw] if raw else [])
    assert all(text[d.start : d.end] == d.raw for d in found)


@pytest.mark.parametrize(
    ("text", "value", "time"),
    [
        (
            "تبدأ الهدنة الأحد المقبل الساعة 11:59 مساءً بتوقيت اليمن",
            "2016-03-20",
            "23:59 بتوقيت اليمن",
        ),
        ("تبدأ الهدنة عند الساعة العاشرة والنصف صباحا من يوم الأحد المقبل", "2016-03-20", "10:30"),
        ("تبدأ غدا عند الساعة الثالثة بعد الظهر", "2016-03-18", "15:00"),
    ],
)
def test_time_of_day(text: str, value: str, time: str) -> None:
    found = dates_of(text)
    assert [(d.value, d.time) for d in found] == [(value, time)]


def test_weekday_moves_the_day_of_speaking() -> None:
    # Stamped on Thursday, speaking from Wednesday.
    text = "قال أمس (الثلاثاء) إنه سيعود.\nوكان غادر أول من أمس."
    assert values_of(text) == ["2016-03-15", "2016-03-14"]


def test_absolute_dates_have_no_anchor() -> None:
    found = dates_of("في 30 حزيران 2012 وأمس")
    assert [d.anchor for d in found] == [None, THURSDAY]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل أمس", ".."),
        ("وصل الثلاثاء", ".."),
        ("بحثا اليوم", "2016-04"),
        ("في العاشر من نيسان الجاري", "2016-04-10"),
        ("في الشهر الماضي", "2016-03"),
        ("العام الماضي", "2015"),
        ("في 30 حزيران 2012", "2012-06-30"),
    ],
)
def test_anchor_of_a_month(text: str, expected: str) -> None:
    assert values_of(text, "2016-04") == [expected]


def test_anchor_of_two_days() -> None:
    assert values_of("قال الثلاثاء", "2016-12-27/2016-12-28") == ["2016-12-27"]
    assert values_of("قال أمس", "2016-12-27/2016-12-28") == ["2016-12-26/2016-12-27"]


def test_no_anchor_leaves_relative_dates_unknown() -> None:
    assert values_of("وصل أمس وكان وقع في 3 مايو 2014", None) == ["..", "2014-05-03"]


def test_quotation_is_resolved_against_its_speech() -> None:
    text = "قال أول من أمس: «سنجتمع غدا في جنيف ونعلن النتيجة»."
    start, end = text.index("سنجتمع"), text.index("»")
    found = dates_of(text, quotations=(Quotation(start, end),))
    assert [(d.value, d.anchor) for d in found] == [
        ("2016-03-15", THURSDAY),
        ("2016-03-16", "2016-03-15"),
    ]


def test_brackets_in_a_quotation_are_the_papers_own_word() -> None:
    text = "أورد بيان مساء أمس: «تشاورا بعد ظهر (أمس) بهدف الحل»."
    start, end = text.index("تشاورا"), text.index("»")
    found = dates_of(text, quotations=(Quotation(start, end),))
    assert [d.value for d in found] == ["2016-03-16", "2016-03-16"]


def test_dates_in_noise_are_left_out() -> None:
    from mahdar.model import Span

    text = "وصل أمس.\nنشر في 3 مايو 2014"
    doc = NLP(text)
    doc._.article = Article("t", text, "", published=THURSDAY, noise=(Span(9, len(text)),))
    doc._.anchor = find_anchor(doc)
    assert [d.value for d in find_dates(doc)] == ["2016-03-16"]
