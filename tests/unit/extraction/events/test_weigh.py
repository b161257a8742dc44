"""The questions of the event stage put to both judges."""

from __future__ import annotations

from typing import Any

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.encoder import states_of
from mahdar.extraction.events.detect_features import ArticleCounts, event_features
from mahdar.extraction.events.find import list_triggers, make_context, read_events
from mahdar.extraction.events.models import load_models
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.weigh import Scales
from mahdar.knowledge.load import Knowledge

TEXT = "اجتمع الوزيران في جنيف. وهاجم مسلحون القرية. وطالب البرلمان بعقد اجتماع آخر."


class Unread:
    """States that must not be asked for."""

    def of(self, words: Any) -> Any:
        raise AssertionError("the network was asked")


def test_without_states_the_linear_model_decides() -> None:
    context = make_context(blank_pipeline()(TEXT), Knowledge())
    models = load_models()
    triggers = list_triggers(context)
    counts = ArticleCounts(triggers)
    expected = [models.detect.chance(event_features(context, t, counts)) for t in triggers]
    assert Scales(context, models, None).mentions(triggers) == pytest.approx(expected)


def test_with_states_both_do() -> None:
    doc = blank_pipeline()(TEXT)
    context = make_context(doc, Knowledge())
    models = load_models()
    triggers = list_triggers(context)
    alone = Scales(context, models, None).mentions(triggers)
    assert Scales(context, models, states_of(doc)).mentions(triggers) != alone


def test_the_network_is_not_asked_where_nothing_can_be() -> None:
    context = make_context(blank_pipeline()("افتتح المعرض التجاري في الرياض"), Knowledge())
    models = load_models()
    triggers = list_triggers(context)
    hopeless = [t for t in triggers if Scales(context, models, None).mentions([t])[0] < 0.01]
    scales = Scales(context, models, Unread())  # type: ignore[arg-type]
    assert len(scales.mentions(hopeless)) == len(hopeless)


def test_an_event_has_one_answer_to_each_question() -> None:
    doc = blank_pipeline()(TEXT)
    context = make_context(doc, Knowledge())
    models = load_models()
    group = list_triggers(context)[:1]
    scales = Scales(context, models, states_of(doc))
    outline = Outline(context, group, "2015-03-02")
    assert scales.place(group, outline) is None
    assert scales.time(group, outline) is None
    assert scales.modality(group, outline) in models.modality.labels
    assert scales.parties(group, outline) == []


def test_events_are_read_with_and_without() -> None:
    doc = blank_pipeline()(TEXT)
    context = make_context(doc, Knowledge())
    for states in (None, states_of(doc)):
        events = read_events(context, load_models(), "2015-03-02", states=states)
        assert all(e.type for e in events)
