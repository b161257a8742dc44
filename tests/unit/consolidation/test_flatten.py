"""Readings flattened: identities, claims, who said it when, and through whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_readings import make_reading, meeting, span

from mahdar.consolidation.flatten import actor_key, flatten_reading, hash64, normalize_words
from mahdar.model import Entity, Mention

TEXT = "قال مصدر في الوزارة: ذهب سيرغي لافروف"
NAMED = (Mention(24, 37),)
DESCRIBED = (Mention(4, 8, "nominal"),)


@pytest.mark.parametrize(
    ("entity", "key"),
    [
        pytest.param(
            Entity("e1", "PER", NAMED, kb="sergey-lavrov", key="x"), "sergey-lavrov", id="pack"
        ),
        pytest.param(
            Entity("e1", "PER", NAMED, key="PER:سيرغي لافروف"), "PER:سيرغي لافروف", id="key"
        ),
        pytest.param(Entity("e1", "PER", NAMED), "PER:سيرغي لافروف", id="name"),
        pytest.param(
            Entity("e1", "PER", DESCRIBED, key="PER:3072"), "unnamed:مصدر", id="described"
        ),
        pytest.param(Entity("e1", "ORG", (), source=True), "unnamed:e1", id="nothing"),
    ],
)
def test_identity(entity: Entity, key: str) -> None:
    assert actor_key(entity, TEXT) == key


def test_who_is_only_described_is_marked() -> None:
    reading = make_reading("مصدر", statements=[])
    entity = Entity("e1", "PER", (Mention(0, 4, "nominal"),), key="PER:7")
    (facts,) = flatten_reading(replace(reading, entities=(entity,))).actors
    assert (facts.key, facts.ar, facts.source) == ("unnamed:مصدر", "مصدر", True)


@pytest.mark.parametrize(
    ("text", "dates", "day"),
    [
        pytest.param(
            "قال كيري أمس إن السلام قريب في الدوحة.",
            [("أمس", "2015-08-03")],
            "2015-08-03",
            id="beside",
        ),
        pytest.param(
            "وصل أمس. قال كيري إن السلام قريب في الدوحة.",
            [("أمس", "2015-08-03")],
            None,
            id="before",
        ),
        pytest.param(
            "قال كيري إن السلام قريب في الدوحة.", [("قريب", "2015-08-03")], None, id="in the words"
        ),
        pytest.param(
            "قال كيري غدا إن السلام قريب في الدوحة.", [("غدا", "2015-08-05")], None, id="later"
        ),
        pytest.param(
            "قال كيري قبل عام إن السلام قريب في الدوحة.",
            [("قبل عام", "2014-08-03")],
            None,
            id="old",
        ),
        pytest.param(
            "قال كيري هذا الشهر إن السلام قريب في الدوحة.", [("الشهر", "2015-08")], None, id="month"
        ),
    ],
)
def test_when_it_was_said(text: str, dates: list[tuple[str, str]], day: str | None) -> None:
    reading = make_reading(
        text,
        statements=[{"who": ["john-kerry"], "cue": "قال", "content": "السلام قريب في الدوحة"}],
        dates=dates,
    )
    claim = next(c for c in flatten_reading(reading).claims if c.kind == "statement")
    assert claim.time == day
    assert claim.published == "2015-08-04"


def test_the_chain_ends_with_the_speaker() -> None:
    reading = make_reading(
        "قال كيري لرويترز إن السلام قريب.",
        statements=[
            {"who": ["john-kerry"], "cue": "قال", "content": "السلام قريب", "via": ["reuters"]}
        ],
        events=[{"type": "AGREE", "trigger": "السلام", "statement": "s1"}],
    )
    statement, event = flatten_reading(reading).claims
    assert statement.chain == event.chain == ("reuters", "john-kerry")
    assert event.statement == statement.uid


def test_an_event_shows_the_sentence_that_names_people() -> None:
    text = "لقاء في الدوحة\n\nالتقى كيري لافروف أمس."
    reading = meeting("aawsat", text)
    both = tuple(replace(v, triggers=(span(text, "لقاء"), *v.triggers)) for v in reading.events)
    (claim,) = flatten_reading(replace(reading, events=both)).claims
    assert claim.sentence.of(text).startswith("التقى كيري")
    assert claim.spans[0][1].of(text) == "لقاء"


def test_claims_keep_their_uid_when_read_again() -> None:
    text = "التقى كيري لافروف في الدوحة."
    one = flatten_reading(meeting("aawsat", text))
    other = flatten_reading(replace(meeting("aawsat", text, time=None), engine="test 2"))
    assert [c.uid for c in one.claims] == [c.uid for c in other.claims]
    assert [c.uid for c in flatten_reading(meeting("sabq", text)).claims] != [
        c.uid for c in one.claims
    ]


def test_a_reading_of_nothing() -> None:
    flat = flatten_reading(make_reading(""))
    assert (flat.claims, flat.actors, flat.mentions) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [("«أَكّـدَ» الوزير:", "اكد الوزير"), ("٣ قتلى", "3 قتلي"), ("...", ""), ("", "")],
)
def test_normal_words(text: str, words: str) -> None:
    assert normalize_words(text) == words


def test_hash_fits_a_bigint() -> None:
    values = {hash64(str(n)) for n in range(1000)}
    assert len(values) == 1000
    assert all(-(2**63) <= v < 2**63 for v in values)
