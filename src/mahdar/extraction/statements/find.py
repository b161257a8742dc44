"""The attributed statements of an article."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.model import Statement


def find_statements(doc: Doc) -> tuple[Statement, ...]:
    """Return the attributed statements of an article in reading order."""
    return ()
