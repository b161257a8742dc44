"""The learned weights of the event stage and their thresholds, as one bundle."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.linear import LinearModel, load_model

_PACKAGE = "mahdar.extraction.events"
# Chances above which an answer is yes, set on 216 press articles kept apart from both judges. Events F1
# at 0.45, 0.5, 0.55 of the first: 0.769, 0.768, 0.765; participants 0.565, 0.562, 0.562. At 0.4, 0.45, 0.5
# of the second: events 0.771, 0.768, 0.766; modality 0.841, 0.848, 0.852. At 0.3, 0.35, 0.4 of the third:
# participants 0.557, 0.562, 0.566; at 0.32, 0.35, 0.38, 0.42 on 156 later ones 0.562, 0.562, 0.561, 0.556. Since
# articles without events are learned from, on both at 0.4, 0.45, 0.5 of the first: events 0.767, 0.766, 0.763.
DETECT, MERGE, PARTY = 0.45, 0.45, 0.35
# Added to the score of «no place» and «no time» in their choices: -0.5 to -1 gave 0.02 to 0.03 more
# than 0 (four folds).
PLACE, TIME = -0.7, -0.8


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
