"""Whatever the text, further facts and arrangements stay inside it and name what is there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.document import ensure_article, words_of
from mahdar.extraction.details import add_details, find_arrangements, tell_uses
from mahdar.extraction.events.find import make_context
from mahdar.jsonform import reading_from_dict, reading_to_dict
from mahdar.knowledge.base import Knowledge
from mahdar.lexicon.tables import load_table
from mahdar.model import Anchor, Entity, Event, Instrument, Mention, Reading, Span

NLP = blank_pipeline()
WORDS = sorted(
    {row["cue"] for row in load_table("details_cues")}
    | {row["phrase"] for row in load_table("arrangements_heads")}
    | {row["phrase"] for row in load_table("arrangements_status")}
    | {row["word"] for row in load_table("details_counted")}
    | {"روسيا", "وتركيا", "هدنة", "25", "خمسة أيام", "الجولة", "الثالثة", "،", ".", "«", "»", "ـ"}
)
TYPES = ("AGREE", "CEASEFIRE", "AID", "RELEASE", "NEGOTIATE", "FORM")


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.data())
def test_facts_stay_inside_the_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    doc = NLP.make_doc(text)
    article = ensure_article(doc)
    found = words_of(doc)
    if not len(found):
        return
    at = st.integers(0, len(found) - 1)
    events = []
    for n, type_ in enumerate(TYPES):
        k = data.draw(at)
        events.append(Event(f"v{n}", type_, (Span(found.start[k], found.end[k]),)))  # type: ignore[arg-type]
    k = data.draw(at)
    entity = Entity("e1", "LOC", (Mention(found.start[k], found.end[k]),))
    doc._.entities, doc._.dates = (entity,), ()
    instrument = Instrument(found.start[k], found.end[k], "x")
    context = make_context(doc, Knowledge())
    reading = Reading(
        article,
        "test",
        Anchor(None, "none"),
        entities=(entity,),
        events=add_details(context, events, (instrument,)),
        arrangements=find_arrangements(context, None, (instrument,)),
        instruments=tell_uses(context, (instrument,)),
    )
    told = [d for v in reading.events for d in v.details]
    told += [d for a in reading.arrangements for d in a.details]
    for detail in told:
        assert 0 <= detail.start < detail.end <= len(text)
        assert detail.name
        assert detail.value
        assert detail.entity in (None, "e1")
    for a in reading.arrangements:
        assert 0 <= a.start < a.end <= len(text)
        assert a.place in (None, "e1")
    again = reading_from_dict(reading_to_dict(reading), text=text)
    assert (again.events, again.arrangements, again.instruments) == (
        reading.events,
        reading.arrangements,
        reading.instruments,
    )
