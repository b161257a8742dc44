"""Where places lie on a map: their own position, else the middle of what lies in them or around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.records import Place

Sort = Literal["spot", "area", "within"]


@dataclass(frozen=True, slots=True)
class Position:
    """WGS 84 degrees.

    ``sort`` says what the point stands for: a ``spot``, the whole of an ``area``, or something ``within`` an
    area of which no closer position is known.
    """

    lat: float
    lon: float
    sort: Sort


_AREAS = frozenset(("country", "region", "continent", "territory", "area", "admin1"))
"""Kinds of place (docs/reference/packs.md) that are no spot on a map of a country."""
_TOO_WIDE = frozenset(("country", "continent", "territory"))
"""A village whose position is unknown is not put in the middle of its country."""


def find_positions(knowledge: Knowledge) -> dict[str, Position]:
    """Return the positions of the packs' places by id; places of which nothing is known are left out.

    Packs give a country no position: the median of its towns lies where people live, and no island
    or desert pulls it away.
    """
    inside: dict[str, list[tuple[float, float]]] = {}
    for place in knowledge.places.values():
        if place.lat is not None and place.lon is not None:
            for above in _above(place, knowledge):
                inside.setdefault(above, []).append((place.lat, place.lon))
    out: dict[str, Position] = {}
    for key, place in knowledge.places.items():
        sort: Sort = "area" if place.kind in _AREAS else "spot"
        if place.lat is not None and place.lon is not None:
            out[key] = Position(place.lat, place.lon, sort)
        elif some := inside.get(key):
            out[key] = Position(median(p[0] for p in some), median(p[1] for p in some), sort)
    for key, place in knowledge.places.items():
        around = knowledge.places.get(place.parent or "")
        if key not in out and around and around.kind not in _TOO_WIDE and around.id in out:
            out[key] = replace(out[around.id], sort="within")
    return out


def _above(place: Place, knowledge: Knowledge) -> set[str]:
    """Return the ids of all that a place lies in."""
    found: set[str] = set()
    todo = [place.parent, place.country]
    while todo:
        at = todo.pop()
        if at is not None and at not in found and at != place.id:
            found.add(at)
            known = knowledge.places.get(at)
            if known is not None:
                todo += [known.parent, known.country]
    return found
