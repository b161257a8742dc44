"""Where places lie on a map: their own position, else the middle of the places known in them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.records import Place


@dataclass(frozen=True, slots=True)
class Position:
    """WGS 84 degrees. ``wide`` marks an area: its point stands for the whole of it."""

    lat: float
    lon: float
    wide: bool


_WIDE = frozenset(("country", "region", "continent", "territory", "area", "admin1"))
"""Kinds of place (docs/reference/packs.md) that are no spot on a map of a country."""


def find_positions(knowledge: Knowledge) -> dict[str, Position]:
    """Return the positions of the packs' places by id; places of which nothing is known are left out.

    Packs give a country no position: the median of its towns lies where people live, and no island
    or desert pulls it away.
    """
    inside: dict[str, list[Place]] = {}
    for place in knowledge.places.values():
        if place.lat is not None and place.lon is not None:
            for above in _above(place, knowledge):
                inside.setdefault(above, []).append(place)
    out: dict[str, Position] = {}
    for key, place in knowledge.places.items():
        wide = place.kind in _WIDE
        if place.lat is not None and place.lon is not None:
            out[key] = Position(place.lat, place.lon, wide)
        elif some := inside.get(key):
            lat = median(one.lat for one in some if one.lat is not None)
            lon = median(one.lon for one in some if one.lon is not None)
            out[key] = Position(lat, lon, wide)
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
