"""The dateline: where, and through which agencies, an article says it was filed."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.model import Dateline


def find_dateline(doc: Doc) -> Dateline:
    """Return the article's dateline; needs entities."""
    return Dateline()
