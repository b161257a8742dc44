"""Classes of words inside what is said («يجب», «مسؤولية», «أمله») that tell of its act."""

from __future__ import annotations

from functools import cache, lru_cache

from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_word

_PREFIXES = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل")
_SUFFIXES = ("هما", "ها", "هم", "نا", "ه")


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for row in load_table("act_words"):
        held = out.setdefault(normalize_word(row["word"]), [])
        if row["class"] not in held:
            held.append(row["class"])
    return {word: tuple(names) for word, names in out.items()}


@lru_cache(maxsize=65536)
def act_classes(norm: str) -> tuple[str, ...]:
    """Return the classes of a word in normal form, «ال», prepositions and pronouns left aside."""
    classes = _classes()
    if norm in classes:
        return classes[norm]
    bodies = [norm]
    for prefix in _PREFIXES:
        if norm.startswith(prefix) and len(norm) - len(prefix) >= 3:
            body = norm[len(prefix) :]
            if body in classes:
                return classes[body]
            if "ال" + body in classes:
                return classes["ال" + body]
            bodies.append(body)
    for body in bodies:
        for suffix in _SUFFIXES:
            if body.endswith(suffix) and len(body) - len(suffix) >= 3:
                stem = body[: -len(suffix)]
                if stem in classes:
                    return classes[stem]
                if stem.endswith("ت") and stem[:-1] + "ه" in classes:
                    return classes[stem[:-1] + "ه"]
    return ()
