"""How it stands with something the record tells of, in terms that users of a record ask for."""

from __future__ import annotations

from typing import Literal

State = Literal["done", "ongoing", "planned", "proposed", "demanded", "denied"]
"""How far a measure is: promised things are ``planned``, wished ones ``proposed`` or ``demanded``."""

STATES: dict[str, State] = {
    "occurred": "done",
    "ongoing": "ongoing",
    "planned": "planned",
    "proposed": "proposed",
    "conditional": "proposed",
    "demanded": "demanded",
    "denied": "denied",
}
UNREAL = frozenset(("proposed", "demanded", "conditional", "denied"))
"""Modalities of what has not come about, as far as is told."""


def state_of(modality: str | None) -> State:
    """Return how far something is, from its modality."""
    return STATES.get(modality or "", "done")
