"""The event at which a statement was made."""

from __future__ import annotations

import pytest

from mahdar.extraction.links import link_settings
from mahdar.model import Event, EventType, Modality, Participant, Setting, Span, Statement

SENTENCES = [Span(0, 99), Span(100, 199), Span(200, 299), Span(300, 399), Span(400, 499)]


def _say(setting: Setting, at: int = 210, speakers: tuple[str, ...] = ("e1",)) -> Statement:
    return Statement(
        "s1", speakers, Span(at, at + 3), (Span(at + 40, at + 80),), "indirect", "assert",
        setting=setting,
    )  # fmt: skip


def _event(
    name: str,
    kind: EventType,
    at: int,
    who: tuple[str, ...] = (),
    modality: Modality = "occurred",
) -> Event:
    parts = tuple(Participant(e, "actor") for e in who)
    return Event(name, kind, (Span(at, at + 5),), parts, modality=modality)


@pytest.mark.parametrize(
    ("statement", "events", "wanted"),
    [
        pytest.param(_say("press-conference"), [_event("v1", "PRESS", 220)], "v1", id="same"),
        pytest.param(
            _say("call"), [_event("v1", "MEET", 220), _event("v2", "CALL", 205)], "v2", id="kind"
        ),
        pytest.param(
            _say("meeting"),
            [_event("v1", "MEET", 110), _event("v2", "MEET", 202), _event("v3", "MEET", 215)],
            "v3",
            id="nearest-in-sentence",
        ),
        pytest.param(
            _say("meeting", at=410),
            [_event("v1", "MEET", 10, ("e1", "e2")), _event("v2", "MEET", 210, ("e3", "e4"))],
            "v1",
            id="before-with-speaker",
        ),
        pytest.param(
            _say("press-conference", at=310), [_event("v1", "PRESS", 110)], "v1", id="nobody-near"
        ),
        pytest.param(
            _say("press-conference", at=410), [_event("v1", "PRESS", 10)], None, id="nobody-far"
        ),
        pytest.param(_say("meeting"), [_event("v1", "MEET", 260)], None, id="inside-content"),
        pytest.param(_say("meeting"), [_event("v1", "MEET", 310, ("e1",))], None, id="later"),
        pytest.param(
            _say("call"), [_event("v1", "CALL", 220, modality="planned")], None, id="to-come"
        ),
        pytest.param(_say("interview"), [_event("v1", "PRESS", 220)], None, id="interview"),
        pytest.param(_say("unknown"), [_event("v1", "MEET", 220)], None, id="unknown"),
        pytest.param(_say("call"), [], None, id="no-events"),
    ],
)
def test_link_settings(statement: Statement, events: list[Event], wanted: str | None) -> None:
    (linked,) = link_settings([statement], events, SENTENCES)
    assert linked.event == wanted


def test_whole_text_is_one_sentence_without_sentences() -> None:
    (linked,) = link_settings([_say("call", at=300)], [_event("v1", "CALL", 5, ("e9",))])
    assert linked.event == "v1"
