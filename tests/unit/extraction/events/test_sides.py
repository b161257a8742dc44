"""Parties: lists together, no side twice, no scene."""

from __future__ import annotations

from mahdar.extraction.events.sides import choose_parties, share_chances


class Layers:
    """As much of a context as the choice of parties needs."""

    def __init__(self, types: dict[str, str], countries: dict[str, str]) -> None:
        from types import SimpleNamespace

        named = (SimpleNamespace(kind="named"),)
        self.entities = {i: SimpleNamespace(type=t, mentions=named) for i, t in types.items()}
        self.countries = countries


LAYERS = Layers(
    {"lavrov": "PER", "russia": "LOC", "kerry": "PER", "moscow": "LOC"},
    {"lavrov": "RU", "russia": "RU", "moscow": "RU", "kerry": "US"},
)


def chosen(weighed: list[tuple[str, float, str]], kind: str = "MEET") -> list[str]:
    found = choose_parties(LAYERS, kind, weighed, [], 0.35)  # type: ignore[arg-type]
    return [p.entity for p in found]


def test_a_person_stands_for_the_state() -> None:
    weighed = [("lavrov", 0.9, "actor"), ("russia", 0.6, "actor"), ("kerry", 0.8, "actor")]
    assert chosen(weighed) == ["lavrov", "kerry"]


def test_a_state_and_its_capital_are_one_side() -> None:
    assert chosen([("moscow", 0.5, "actor"), ("russia", 0.7, "actor")], "AGREE") == ["russia"]


def test_order_is_that_of_the_candidates() -> None:
    assert chosen([("kerry", 0.5, "actor"), ("lavrov", 0.9, "actor")]) == ["kerry", "lavrov"]


def test_unlikely_ones_are_left_out() -> None:
    assert chosen([("kerry", 0.2, "actor"), ("lavrov", 0.1, "actor")]) == []


def test_members_of_a_list_rise_together() -> None:
    weighed = [("lavrov", 1.0, "actor"), ("kerry", 0.1, "actor")]
    assert share_chances(weighed, [("lavrov", "kerry")])[1][1] == 0.8
