"""Which times are weighed for an event, and what speaks for none."""

from __future__ import annotations

import pytest

from mahdar.extraction.events.absence import no_time_features
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.timing import iter_time_questions
from mahdar.extraction.events.triggers import find_triggers
from mahdar.knowledge.base import Knowledge
from mahdar.model import TimeExpression
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def asked(text, span, dates):
    words = find_words(text, split_sentences(text))
    marked = [
        TimeExpression(text.index(raw), text.index(raw) + len(raw), value) for raw, value in dates
    ]
    context = Context(words, (), marked, (), (), (), Knowledge())
    trigger = next(t for t in find_triggers(words) if text[t.start : t.end] == span)
    return context, [trigger], Outline(context, [trigger], "2016-03-10")


@pytest.mark.parametrize(
    ("text", "dates", "values"),
    [
        pytest.param(
            "عنوان. وقعت اشتباكات منذ الجمعة في المدينة.",
            [("الجمعة", "2016-03-04")],
            ["2016-03-04", "2016-03-04/.."],
            id="since-before-the-date",
        ),
        pytest.param(
            "عنوان. وقعت اشتباكات منذ شهرين في المدينة.",
            [("منذ شهرين", "2016-01")],
            ["2016-01", "2016-01/.."],
            id="since-inside-the-date",
        ),
        pytest.param(
            "عنوان. وقعت اشتباكات الجمعة والسبت في المدينة.",
            [("الجمعة", "2016-03-04"), ("السبت", "2016-03-05")],
            ["2016-03-04", "2016-03-04/2016-03-05", "2016-03-05"],
            id="two-days-joined",
        ),
        pytest.param(
            "عنوان. وقعت اشتباكات الجمعة بعد هدوء دام حتى مطلع الأسبوع السبت.",
            [("الجمعة", "2016-03-04"), ("السبت", "2016-03-05")],
            ["2016-03-04", "2016-03-05"],
            id="two-days-apart",
        ),
        pytest.param(
            "عنوان. وصل الوزير اليوم. وقال الناطق كلاما. وأضاف كلاما. ووقعت اشتباكات الجمعة.",
            [("اليوم", "2016-03-10"), ("الجمعة", "2016-03-04")],
            ["2016-03-04", "2016-03-10"],
            id="first-date-of-the-article",
        ),
    ],
)
def test_times_weighed(text, dates, values):
    questions = iter_time_questions(*asked(text, "اشتباكات", dates))
    assert [value for value, _ in questions] == values


def test_words_between_event_and_date_are_told():
    text = "عنوان. وقعت اشتباكات بعد اتفاق الجمعة."
    ((_, features),) = iter_time_questions(*asked(text, "اشتباكات", [("الجمعة", "2016-03-04")]))
    assert "after|link=بعد" in features


def test_no_time_knows_how_far_a_date_is_and_how_the_event_reads():
    features = no_time_features(*asked("عنوان. دعا إلى اجتماع عاجل.", "اجتماع", []))
    assert {"none|gap=none", "none|v=by-urge"} <= set(features)
