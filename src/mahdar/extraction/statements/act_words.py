"""Classes of words inside what is said («يجب», «مسؤولية», «أمله») that tell of its act."""

from __future__ import annotations

from functools import cache

from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for row in load_table("act_words"):
        held = out.setdefault(normalize_word(row["word"]), [])
        if row["class"] not in held:
            held.append(row["class"])
    return {word: tuple(names) for word, names in out.items()}


def act_classes(norm: str) -> tuple[str, ...]:
    """Return the classes of a word in normal form, «و» and «ب» before it left aside."""
    classes = _classes()
    found = classes.get(norm)
    if found is None and len(norm) > 4 and norm[0] in "وبفل":
        found = classes.get(norm[1:])
    return found or ()
