"""What consolidation takes from the knowledge packs: which place lies in which."""

from __future__ import annotations

from mahdar.knowledge.load import Knowledge

_WIDE = frozenset({"country", "region"})


def place_parents(knowledge: Knowledge) -> dict[str, str]:
    """Return each place's parent, its country where no nearer parent is known."""
    out: dict[str, str] = {}
    for place in knowledge.places.values():
        parent = place.parent or (
            knowledge.states.get(place.country, place.country) if place.country else None
        )
        if parent and parent != place.id:
            out[place.id] = parent
    return out


def wide_places(knowledge: Knowledge) -> frozenset[str]:
    """Return the countries and world regions: too wide to tell two incidents apart by."""
    return frozenset(p.id for p in knowledge.places.values() if p.kind in _WIDE)
