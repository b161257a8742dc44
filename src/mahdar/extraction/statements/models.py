"""The learned parts of the statement stage: which cue counts, where content ends, who speaks, which act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mahdar.linear import LinearModel, load_model

PACKAGE = "mahdar.extraction.statements"


@dataclass(frozen=True, slots=True)
class Models:
    """Linear models over named features; weights lie under ``weights/``."""

    cue: LinearModel
    stop: LinearModel
    act: LinearModel
    speaker: LinearModel


@cache
def load_models() -> Models:
    """Return the shipped models.

    Raises:
        KnowledgeError: a weight file is missing or broken.
    """
    return Models(*(load_model(name, PACKAGE) for name in ("cue", "stop", "act", "speaker")))
