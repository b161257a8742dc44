"""The small closed word classes that the statement rules ask for, by role."""

from __future__ import annotations

from functools import cache

from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word


@cache
def words_in_role(role: str) -> frozenset[str]:
    """Return the words of a role of the table ``cues_words`` in normal form."""
    return frozenset(
        normalize_word(row["word"]) for row in load_table("cues_words") if row["role"] == role
    )
