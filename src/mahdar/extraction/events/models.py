"""The learned weights of the event stage and their thresholds, as one bundle."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.extraction.events.linear import LinearModel, load_model

# Chances above which an answer is yes, set on 48 articles of gold/train kept apart from both judges. Events F1
# at 0.4, 0.45, 0.5, 0.55 of the first: 0.815, 0.816, 0.823, 0.823; participants 0.585, 0.590, 0.592, 0.589.
# At 0.43, 0.5, 0.55, 0.6 of the second: events 0.824, 0.825, 0.820, 0.821; place 0.723, 0.738, 0.744, 0.744.
DETECT, MERGE, PARTY = 0.5, 0.5, 0.35
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
        detect=load_model("detect"),
        merge=load_model("merge"),
        party=load_model("party"),
        place=load_model("place"),
        time=load_model("time"),
        modality=load_model("modality"),
    )
