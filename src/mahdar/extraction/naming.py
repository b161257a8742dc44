"""Loaded and distancing terms, and who uses them."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.model import Naming


def find_naming(doc: Doc) -> tuple[Naming, ...]:
    """Return the loaded and distancing terms of an article in reading order."""
    return ()
