"""Media and news agencies by their names and by the nouns that head them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word


@cache
def media_words(role: str) -> frozenset[str]:
    """Return the rows of a role of the table ``media_words``, each word in normal form.

    Roles: ``name`` whole names, words separated by a blank; ``head`` nouns («صحيفة»); ``carry`` verbs
    of handing on («نقلت»); ``byline`` words of a dateline that are no name («وكالات»).
    """
    return frozenset(
        " ".join(normalize_word(word) for word in row["word"].replace(".", " ").split())
        for row in load_table("media_words")
        if row["role"] == role
    )


def is_medium_name(norm: Sequence[str], before: str = "") -> bool:
    """Tell whether words name a medium or news agency.

    Args:
        norm: the words of the name in normal form, marks left out.
        before: the word that stands before the name.
    """
    heads = media_words("head")
    if before in heads or any(word in heads or word[1:] in heads for word in norm):
        return True
    if norm and norm[0].startswith("لل") and "ال" + norm[0][2:] in heads:  # «للتلفزيون»
        return True
    name = " ".join(norm)
    names = media_words("name")
    return name in names or name[1:] in names
