"""Commitments: who is to do what by when."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.model import Commitment


def find_commitments(doc: Doc) -> tuple[Commitment, ...]:
    """Return the commitments of an article; needs statements and dates."""
    return ()
