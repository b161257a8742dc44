"""The learned weights of the event stage and their thresholds, as one bundle."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.linear import LinearModel, load_model

_PACKAGE = "mahdar.extraction.events"
# Chances above which an answer is yes, set on 318 press articles kept apart from both judges, with a look at
# the 67 written ones. Events F1 at 0.4, 0.45, 0.5 of the first: 0.783, 0.784, 0.788 (written: 0.45, 0.5: 0.744,
# 0.742); participants 0.589, 0.589, 0.592. At 0.4, 0.45, 0.52 of the second: events 0.787, 0.784, 0.781, place 0.671,
# 0.672, 0.674. At 0.3, 0.35, 0.4 of the third: participants 0.582, 0.589, 0.591.
DETECT, MERGE, PARTY = 0.5, 0.45, 0.38
# Added to the score of «no place» and «no time» in their choices. Place at -1, -0.7, -0.3, 0: 0.670, 0.672,
# 0.677, 0.678 (written: -0.7, -0.3, 0: 0.591, 0.585, 0.586); time at -1.2, -0.8, -0.4, 0: 0.625, 0.643, 0.649, 0.656
# (written: -0.8, -0.4, 0: 0.692, 0.713, 0.710).
PLACE, TIME = -0.5, -0.4


@dataclass(frozen=True, slots=True)
class Models:
    """The six models of the stage; ``party`` and ``modality`` choose a label, the others say yes or no."""

    detect: LinearModel
    merge: LinearModel
    party: LinearModel
    place: LinearModel
    time: LinearModel
    modality: LinearModel
    detect_at: float = DETECT
    merge_at: float = MERGE
    party_at: float = PARTY
    place_at: float = PLACE
    time_at: float = TIME


def load_models() -> Models:
    """Return the shipped models."""
    return Models(
        detect=load_model("detect", _PACKAGE),
        merge=load_model("merge", _PACKAGE),
        party=load_model("party", _PACKAGE),
        place=load_model("place", _PACKAGE),
        time=load_model("time", _PACKAGE),
        modality=load_model("modality", _PACKAGE),
    )
