"""Expressions that tell when, in reading order."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.model import TimeExpression


def find_dates(doc: Doc) -> tuple[TimeExpression, ...]:
    """Return the time expressions of an article, resolved against ``doc._.anchor``."""
    return ()
