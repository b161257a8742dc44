"""The learned parts of the statement stage: which cue counts, where content ends, which act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mahdar.extraction.events.linear import LinearModel, load_model

PACKAGE = "mahdar.extraction.statements"


@dataclass(frozen=True, slots=True)
class Models:
    """Linear models over named features; weights lie under ``weights/``."""

    cue: LinearModel
    stop: LinearModel
    act: LinearModel


@cache
def load_models() -> Models:
    """Return the shipped models.

    Raises:
        KnowledgeError: a weight file is missing or broken.
    """
    return Models(
        load_model("cue", PACKAGE), load_model("stop", PACKAGE), load_model("act", PACKAGE)
    )
