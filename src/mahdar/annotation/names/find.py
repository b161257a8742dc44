"""The entities of an article."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.knowledge.load import Knowledge
from mahdar.model import Entity


def find_entities(doc: Doc, knowledge: Knowledge) -> tuple[Entity, ...]:
    """Return the persons, organisations and places of an article, each with all its mentions."""
    return ()
