"""Where places lie on a map, where packs tell it and where they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mahdar.knowledge.load import load_knowledge
from mahdar.knowledge.records import Place
from mahdar.web.placing import Position, find_positions


def _place(
    id_: str,
    kind: str = "town",
    lat: float | None = None,
    lon: float | None = None,
    country: str | None = None,
    parent: str | None = None,
) -> Place:
    return Place(id_, kind, {"ar": (id_,)}, country, parent, lat, lon)


PLACES = (
    _place("land", "country"),
    _place("province", "admin1", country="land", parent="land"),
    _place("a", lat=10.0, lon=40.0, country="land", parent="province"),
    _place("b", lat=11.0, lon=41.0, country="land", parent="province"),
    _place("island", lat=-50.0, lon=0.0, country="land", parent="land"),
    _place("lost", country="land", parent="province"),
    _place("nowhere", country="land", parent="land"),
    _place("alone", "region"),
)


@pytest.mark.parametrize(
    ("place", "position"),
    [
        ("a", Position(10.0, 40.0, "spot")),
        ("province", Position(10.5, 40.5, "area")),
        ("land", Position(10.0, 40.0, "area")),
        ("lost", Position(10.5, 40.5, "within")),
        ("nowhere", None),
        ("alone", None),
    ],
)
def test_position(place: str, position: Position | None) -> None:
    knowledge = replace(load_knowledge(()), places={each.id: each for each in PLACES})
    assert find_positions(knowledge).get(place) == position


def test_rings_of_parents_end() -> None:
    ring = {"x": _place("x", parent="y"), "y": _place("y", lat=1.0, lon=2.0, parent="x")}
    found = find_positions(replace(load_knowledge(()), places=ring))
    assert found["x"] == Position(1.0, 2.0, "spot")


def test_countries_of_the_packs_lie_in_themselves() -> None:
    positions = find_positions(load_knowledge(()))
    for country, lat, lon in (("yemen", 15, 45), ("syria", 35, 37.5), ("sudan", 14, 31)):
        assert positions[country].lat == pytest.approx(lat, abs=2)
        assert positions[country].lon == pytest.approx(lon, abs=3)
        assert positions[country].sort == "area"
