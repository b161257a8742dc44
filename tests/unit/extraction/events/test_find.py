"""The whole stage on short articles written for it, with their layers given by hand."""

from __future__ import annotations

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.extraction.events import find_events
from mahdar.extraction.events.times import date_shape
from mahdar.extraction.events.timing import date_relation
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.records import Actor, Process
from mahdar.model import Article, Entity, Mention, Span, Statement, TimeExpression


@pytest.fixture(scope="module")
def nlp():
    return blank_pipeline()


def mentions(text, *names):
    return tuple(
        Mention(at, at + len(name))
        for name in names
        for at in range(len(text))
        if text.startswith(name, at)
    )


def read(nlp, text, entities, dates=(), statements=(), knowledge=None, noise=()):
    doc = nlp.make_doc(text)
    doc._.article = Article("a", text, "", published="2016-03-10", noise=noise)
    doc._.entities = tuple(
        Entity(id_, kind, mentions(text, name), kb=id_) for id_, kind, name in entities
    )
    doc._.dates = tuple(
        TimeExpression(text.index(raw), text.index(raw) + len(raw), value) for raw, value in dates
    )
    doc._.statements = tuple(statements)
    doc._.instruments = ()
    return find_events(doc, knowledge or Knowledge())


MEETING = "التقى سامي الحداد أمس في جنيف نظيره رامي العطار."
PEOPLE = [("sami", "PER", "سامي الحداد"), ("rami", "PER", "رامي العطار"), ("geneva", "LOC", "جنيف")]


def test_meeting_has_parties_place_time(nlp):
    (event,) = read(nlp, MEETING, PEOPLE, [("أمس", "2016-03-09")])
    assert event.type == "MEET"
    assert {p.entity: p.role for p in event.participants} == {"sami": "actor", "rami": "actor"}
    assert (event.place, event.time, event.modality) == ("geneva", "2016-03-09", "occurred")
    assert event.plover == "CONSULT//diplomatic"


def test_mentions_of_one_meeting_are_one_event(nlp):
    text = MEETING + "\nوقال سامي الحداد بعد لقائه رامي العطار إن اللقاء كان مثمرا."
    meetings = [e for e in read(nlp, text, PEOPLE) if e.type == "MEET"]
    assert len(meetings) == 1
    assert len(meetings[0].triggers) >= 2


def test_future_is_planned(nlp):
    events = read(nlp, "سيزور سامي الحداد جنيف الأسبوع المقبل.", PEOPLE)
    assert [(e.type, e.modality) for e in events] == [("VISIT", "planned")]


def test_attack_has_toll_and_codes(nlp):
    text = "قتل 12 شخصا وأصيب 30 آخرون في غارات جوية على حلب أمس."
    (event,) = read(nlp, text, [("aleppo", "LOC", "حلب")], [("أمس", "2016-03-09")])
    assert (event.type, event.killed, event.injured) == ("ATTACK", 12, 30)
    assert (event.place, event.subtype) == ("aleppo", "air-strike")
    assert event.acled == "Explosions/Remote violence: Air/drone strike"


def test_statement_that_holds_the_trigger_is_named(nlp):
    text = "قال سامي الحداد إن غارات جوية دمرت مدرسة في حلب."
    content = Span(text.index("غارات"), len(text) - 1)
    said = Statement("s7", ("sami",), Span(0, 3), (content,), "indirect", "assert")
    events = read(nlp, text, [*PEOPLE, ("aleppo", "LOC", "حلب")], statements=[said])
    assert events
    assert all(e.statement == "s7" for e in events)


def test_processes_come_from_cues_and_actors(nlp):
    knowledge = Knowledge(
        actors={
            "sami": Actor(
                "sami", "PER", "person", {"ar": ("سامي الحداد",)}, processes=("geneva-talks",)
            )
        },
        processes={
            "geneva-talks": Process(
                "geneva-talks", {"ar": ("محادثات جنيف",)}, cues=("محادثات جنيف",)
            )
        },
    )
    text = "التقى سامي الحداد نظيره رامي العطار في إطار محادثات جنيف."
    events = read(nlp, text, PEOPLE, knowledge=knowledge)
    assert events[0].processes == ("geneva-talks",)
    assert (
        read(nlp, MEETING.replace("سامي الحداد", "فلان"), PEOPLE, knowledge=knowledge)[0].processes
        == ()
    )


def test_noise_names_no_event(nlp):
    text = "اقرأ أيضا: التقى الوزير نظيره في جنيف أمس"
    assert read(nlp, text, PEOPLE, noise=(Span(0, len(text)),)) == ()


@pytest.mark.parametrize(
    ("value", "shape", "relation"),
    [
        ("2016-03-09", "day", "before"),
        ("2016-03-10", "day", "today"),
        ("2016-03-12", "day", "after"),
        ("2016-04", "month", "after"),
        ("2015", "year", "before"),
        ("2016-W10", "week", "?"),
        ("2015-01-01/2015-02-01", "range", "before"),
        ("..", "unknown", "?"),
    ],
)
def test_dates_by_shape_and_relation(value, shape, relation):
    assert date_shape(value) == shape
    assert date_relation(value, "2016-03-10") == relation
