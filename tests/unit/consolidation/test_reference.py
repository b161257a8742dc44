"""What the packs tell of places and agencies, and agencies in bylines."""

from __future__ import annotations

import pytest

from mahdar.consolidation.reference import find_credits, reference_of
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.records import Actor, Place

KNOWLEDGE = Knowledge(
    actors={
        "reuters": Actor(
            "reuters", "ORG", "agency", {"ar": ("رويترز", "وكالة رويترز"), "en": ("Reuters",)}
        ),
        "afp": Actor("afp", "ORG", "agency", {"ar": ("فرانس برس", "أ ف ب", "أ.ف.ب")}),
        "a1": Actor("a1", "ORG", "agency", {"ar": ("سبأ",)}),
        "a2": Actor("a2", "ORG", "agency", {"ar": ("سبأ",)}),
        "okaz": Actor("okaz", "ORG", "newspaper", {"ar": ("عكاظ",)}),
    },
    places={
        "yemen": Place("yemen", "country", {}, country="YE"),
        "taiz": Place("taiz", "city", {}, country="YE"),
        "salh": Place("salh", "admin2", {}, country="YE", parent="taiz"),
    },
    states={"YE": "yemen"},
)


@pytest.mark.parametrize(
    ("byline", "agencies"),
    [
        pytest.param("لندن: رويترز", ("reuters",), id="place and agency"),
        pytest.param("واشنطن (أ ف ب)", ("afp",), id="letters"),
        pytest.param("عدن - أ.ف.ب، رويترز", ("afp", "reuters"), id="two, with stops"),
        pytest.param("وكالة رويترز - Reuters", ("reuters",), id="twice"),
        pytest.param("عكاظ (الدوحة)", (), id="a paper"),
        pytest.param("صنعاء: سبأ", (), id="a name of two agencies"),
        pytest.param("محمد العلي", (), id="a person"),
        pytest.param("", (), id="empty"),
        pytest.param(None, (), id="none"),
    ],
)
def test_credits(byline: str | None, agencies: tuple[str, ...]) -> None:
    assert find_credits(byline, reference_of(KNOWLEDGE).agency_names) == agencies


def test_places() -> None:
    reference = reference_of(KNOWLEDGE)
    assert reference.parents == {"taiz": "yemen", "salh": "taiz"}
    assert reference.wide == {"yemen"}
    assert reference.agencies["reuters"].label("en") == "Reuters"
