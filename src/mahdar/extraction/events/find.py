"""The events of an article."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.knowledge.load import Knowledge
from mahdar.model import Event


def find_events(doc: Doc, knowledge: Knowledge) -> tuple[Event, ...]:
    """Return the events of an article, each once with all its triggers, in order of first trigger."""
    return ()
