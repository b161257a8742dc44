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


_PRONOUNS = ("هما", "ها", "هم", "ه")


def is_content_head(norm: str) -> bool:
    """Tell whether a word is a noun that opens what is said, a pronoun at its end or not («حرصهم»)."""
    heads = words_in_role("content_head")
    if norm in heads:
        return True
    for suffix in _PRONOUNS:
        if norm.endswith(suffix):
            stem = norm[: -len(suffix)]
            if stem in heads or (stem.endswith("ت") and stem[:-1] + "ه" in heads):
                return True
    return False


def is_preposition(norm: str) -> bool:
    """Tell whether a word governs the next noun, a conjunction before it or not («وفي»)."""
    prepositions = words_in_role("pp")
    return norm in prepositions or (norm[:1] in ("و", "ف") and norm[1:] in prepositions)
