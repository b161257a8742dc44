"""The times that an article gives."""

from __future__ import annotations

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.extraction.events.context import Context, Time
from mahdar.extraction.events.find import make_context
from mahdar.extraction.events.times import date_shape, find_times
from mahdar.knowledge.load import Knowledge
from mahdar.model import TimeExpression


def read(text: str, **dates: str) -> Context:
    doc = blank_pipeline()(text)
    doc._.dates = tuple(
        TimeExpression(text.index(words), text.index(words) + len(words), value)
        for words, value in dates.items()
    )
    return make_context(doc, Knowledge())


def words_of(context: Context, time: Time) -> str:
    return " ".join(context.words.text[time.first : time.last + 1])


def test_an_interval_is_open_from_a_date_behind_since() -> None:
    context = read("تتواصل الغارات منذ مارس في اليمن.", مارس="2015-03")
    date, since = find_times(context)
    assert (date.value, date.made) == ("2015-03", "date")
    assert (since.value, since.made, since.date) == ("2015-03/..", "open", date.first)
    assert words_of(context, since) == "منذ مارس"


def test_what_happened_at_the_date_may_stand_between() -> None:
    text = "تقاتل الجماعات قوات الأمن منذ الإطاحة بالرئيس في يوليو."
    context = read(text, يوليو="2013-07")
    assert [t.value for t in find_times(context)] == ["2013-07", "2013-07/.."]


@pytest.mark.parametrize(
    "text",
    [
        "تتواصل الغارات منذ أسابيع، وقتل عشرة في يوليو.",
        "تتواصل الغارات منذ أسابيع. وقتل عشرة في يوليو.",
        "منذ بدء الحملة قبل شهرين لم تتوقف الغارات ولم يعد أي من النازحين في يوليو.",
    ],
)
def test_another_clause_or_a_far_word_opens_nothing(text: str) -> None:
    context = read(text, يوليو="2013-07")
    assert [t.value for t in find_times(context)] == ["2013-07"]


def test_the_nearer_date_is_the_one_opened() -> None:
    context = read("القتال مستمر منذ مارس رغم هدنة مايو.", مارس="2015-03", مايو="2015-05")
    assert [t.value for t in find_times(context)] == ["2015-03", "2015-03/..", "2015-05"]


def test_two_days_joined_are_one_time() -> None:
    context = read("قصفت الطائرات المدينة الجمعة والسبت.", الجمعة="2015-07-31", السبت="2015-08-01")
    first, both, second = find_times(context)
    assert (first.value, second.value) == ("2015-07-31", "2015-08-01")
    assert (both.value, both.made) == ("2015-07-31/2015-08-01", "both")
    assert words_of(context, both) == "الجمعة والسبت"


def test_an_unknown_date_gives_no_time() -> None:
    assert find_times(read("التقيا في يوم ما.", يوم="..")) == []


def test_an_interval_is_a_range() -> None:
    assert date_shape("2015-03/..") == "range"
