"""Whatever the text, events stay inside it and refer to what is there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.document import words_of
from mahdar.extraction.events import find_events
from mahdar.extraction.instruments import find_instruments
from mahdar.knowledge.base import Knowledge
from mahdar.model import Article, Entity, Mention, TimeExpression

_WORDS = [
    "التقى",
    "الوزير",
    "نظيره",
    "في",
    "موسكو",
    "أمس",
    "قتل",
    "12",
    "جنديا",
    "وأصيب",
    "ثلاثة",
    "وقف",
    "إطلاق",
    "النار",
    "القرار",
    "2254",
    "و2216",
    "(",
    ")",
    "«",
    "»",
    "،",
    ".",
    "سيزور",
    "لم",
    "لن",
    "إذا",
    "هدنة",
    "منذ",
    "2013",
    "مفاوضات",
    "اتفاق",
    "الصخيرات",
    "غارات",
    "جوية",
    "على",
    "وبين",
    "\u200f",
    "\u202b",
    "ـــ",
    "٢٠١٥",
    "\n",
]
_TEXT = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join),
    st.text(max_size=200),
    st.text(alphabet="ابتلقوي سفر123،.()\u200e\u064b\n", max_size=200),
)


@pytest.fixture(scope="module")
def nlp():
    return blank_pipeline()


def document(nlp, text):
    doc = nlp.make_doc(text)
    doc._.article = Article("a", text, "", published="2016-05-01")
    words = words_of(doc)
    doc._.entities = tuple(
        Entity(f"e{k}", ("PER", "ORG", "LOC")[k % 3], (Mention(words.start[k], words.end[k]),))
        for k in range(0, len(words), 4)
    )
    doc._.dates = tuple(
        TimeExpression(words.start[k], words.end[k], "2015-08-03") for k in range(2, len(words), 9)
    )
    doc._.statements = ()
    doc._.instruments = find_instruments(doc, Knowledge())
    return doc


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=_TEXT)
def test_offsets_and_references_are_valid(nlp, text):
    doc = document(nlp, text)
    ids = {e.id for e in doc._.entities}
    for instrument in doc._.instruments:
        assert 0 <= instrument.start < instrument.end <= len(text)
    seen = set()
    for event in find_events(doc, Knowledge()):
        assert event.triggers
        assert all(0 <= t.start < t.end <= len(text) for t in event.triggers)
        assert not seen.intersection(event.triggers)
        seen.update(event.triggers)
        assert {p.entity for p in event.participants} <= ids
        assert len({p.entity for p in event.participants}) == len(event.participants)
        assert event.place is None or event.place in ids
        assert all(value >= 0 for value in event.toll.values())


def test_long_line_takes_linear_time(nlp):
    text = "التقى الوزير نظيره في موسكو وقتل 12 شخصا في غارات جوية على المدينة " * 400
    doc = document(nlp, text)
    events = find_events(doc, Knowledge())
    assert events


def test_empty_text(nlp):
    assert find_events(document(nlp, ""), Knowledge()) == ()
