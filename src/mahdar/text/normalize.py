"""Normal forms of Arabic text, always with the way back to the untouched characters.

Only indexes and look-ups see normal forms. What is folded: compatibility forms (NFKC), diacritics,
tatweel, bidi and other format marks, alef with its hamzas, final ya and alef maqsura, ta marbuta,
Persian and Urdu letters, the three digit sets.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    "ک": "ك",
    "ڪ": "ك",
    "ی": "ي",
    "ې": "ي",
    "ے": "ي",
    "ہ": "ه",
    "ھ": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "گ": "ك",
    "چ": "ج",
    "پ": "ب",
    "ڤ": "ف",
    "ژ": "ز",
}
_DIGITS = {chr(base + n): str(n) for base in (0x0660, 0x06F0) for n in range(10)}
_FOLD = _LETTERS | _DIGITS


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    """Return what one character becomes: nothing, one or several characters."""
    out = []
    for part in unicodedata.normalize("NFKC", char):
        if part == "ـ" or unicodedata.category(part) in ("Mn", "Cf"):
            continue
        out.append(_FOLD.get(part, part.lower()))
    return "".join(out)


@lru_cache(maxsize=65536)
def normalize_word(word: str) -> str:
    """Return the normal form of one word; idempotent."""
    return "".join(map(_fold_char, word))


def normalize_text(text: str) -> tuple[str, list[int]]:
    """Return the normal form of a text and its alignment.

    Returns:
        The normal form, and a list one longer than it: entry ``i`` is the offset in ``text`` of
        the character that gave character ``i``; the last entry is ``len(text)``.
    """
    out: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        folded = _fold_char(char)
        out.append(folded)
        origin.extend([at] * len(folded))
    origin.append(len(text))
    return "".join(out), origin


def surface_offset(word: str, folded_chars: int) -> int:
    """Return how many characters of ``word`` stand before its folded character number ``folded_chars``.

    Marks and tatweel that follow the last counted character are counted with it, so that a
    proclitic takes its own diacritics and stretching along («بـــسوريا» -> 4).
    """
    seen = 0
    for at, char in enumerate(word):
        folded = _fold_char(char)
        if folded and seen >= folded_chars:
            return at
        seen += len(folded)
    return len(word)
