"""Whether the words around a bare weekday or month tell of the past or of what is to come."""

from __future__ import annotations

from mahdar.text.words import Words


def find_outlook(words: Words, first: int, end: int) -> int:
    """Return -1, 0 or 1: past, unsaid, to come."""
    return 0
