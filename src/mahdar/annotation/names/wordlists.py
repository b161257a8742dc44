"""The words that the name rules ask for, by use."""

from __future__ import annotations

from functools import cache

from mahdar.lexicon.tables import load_table


@cache
def word_set(use: str) -> frozenset[str]:
    """Return the words of one use in the table ``names_words``, in normal form.

    Raises:
        KeyError: the table has no such use.
    """
    found = frozenset(row["form"] for row in load_table("names_words") if row["use"] == use)
    if not found:
        raise KeyError(use)
    return found
