"""Classes of the words around a trigger: negation, future, demand, light verbs and the like."""

from __future__ import annotations

from functools import cache, lru_cache

from mahdar.extraction.events.triggers import bare_forms
from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word


@cache
def load_cues() -> dict[str, tuple[str, ...]]:
    """Return the cue table: word in normal form -> the names of its classes."""
    found: dict[str, list[str]] = {}
    for row in load_table("events_cues"):
        found.setdefault(normalize_word(row["word"]), []).append(row["class"])
    return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}


@lru_cache(maxsize=32768)
def cue_classes(norm: str) -> tuple[str, ...]:
    """Return the classes of a word in normal form, with or without its proclitics."""
    cues = load_cues()
    own = cues.get(norm)
    if own is not None:
        return own
    for rest in bare_forms(norm):
        found = cues.get(rest)
        if found is not None:
            return found
    return ()
