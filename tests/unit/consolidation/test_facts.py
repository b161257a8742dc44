"""Further facts of claims, arrangements and names as flattened, and arrangements joined."""

from __future__ import annotations

from typing import Any

import pytest
from made_readings import make_reading

from mahdar.consolidation.claims import Context
from mahdar.consolidation.consolidate import consolidate, family_of
from mahdar.consolidation.flatten import flatten_reading


def zone(place: str = "taiz", day: str = "2015-08-03", status: str = "agreed", **more: Any) -> Any:
    where = {"taiz": "تعز", "aden": "عدن"}[place]
    return make_reading(
        f"منطقة خفض التصعيد في {where}.",
        published=day,
        publisher=more.pop("paper", "aawsat"),
        arrangements=[
            {
                "kind": "zone",
                "type": "de-escalation",
                "name": "منطقة خفض التصعيد",
                "status": status,
                "place": place,
            }
            | more
        ],
    )


@pytest.mark.parametrize(
    ("text", "term", "kind", "shown"),
    [
        pytest.param("قال الإرهابيين.", "الإرهابيين", "ارهابيين", "الإرهابيين", id="with article"),
        pytest.param(
            "وصل للإرهابيين.", "لإرهابيين", "ارهابيين", "الإرهابيين", id="after a preposition"
        ),
        pytest.param("نظام الأسد.", "نظام الأسد", "نظام اسد", "نظام الأسد", id="two words"),
    ],
)
def test_one_term_has_one_form(text: str, term: str, kind: str, shown: str) -> None:
    (claim,) = flatten_reading(make_reading(text, naming=[(term, None, None)])).claims
    assert (claim.kind, claim.type, claim.text) == ("naming", kind, shown)
    assert family_of(claim) is None


def test_a_promise_knows_what_it_promises() -> None:
    reading = make_reading(
        "تعهد لافروف: سيلتقي كيري في الدوحة. وقصف الحوثيون عدن.",
        events=[
            {"type": "MEET", "trigger": "سيلتقي", "who": ["john-kerry"], "place": "doha"},
            {"type": "ATTACK", "trigger": "قصف", "who": ["houthis"], "place": "aden"},
        ],
        commitments=[{"who": ["sergey-lavrov"], "act": "سيلتقي كيري في الدوحة"}],
    )
    claim = next(c for c in flatten_reading(reading).claims if c.kind == "commitment")
    assert [(f.name, f.value) for f in claim.facts] == [
        ("act_type", "MEET"),
        ("act_place", "doha"),
        ("act_party", "john-kerry"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        pytest.param(zone(), zone(paper="sabq", day="2015-08-05"), 1, id="told again within days"),
        pytest.param(zone(), zone(paper="sabq", place="aden"), 2, id="elsewhere"),
        pytest.param(zone(), zone(paper="sabq", status="ended"), 2, id="another status"),
        pytest.param(zone(), zone(paper="sabq", modality="proposed"), 2, id="only wished"),
        pytest.param(zone(), zone(paper="sabq", day="2015-10-05"), 2, id="months later"),
        pytest.param(
            zone(time="2015-05-04"), zone(paper="sabq", time="2015-05"), 1, id="days that overlap"
        ),
        pytest.param(
            zone(time="2015-05-04"), zone(paper="sabq", time="2015-07"), 2, id="days apart"
        ),
    ],
)
def test_zones_joined(first: Any, second: Any, count: int) -> None:
    claims = [c for r in (first, second) for c in flatten_reading(r).claims]
    made = list(consolidate("zone", claims, Context()))
    assert len(made) == count
    for one in made:
        entry = getattr(one, "entry", one)
        assert all(value.claims for values in entry.fields.values() for value in values)
