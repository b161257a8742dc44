"""What the name model knows of a word by itself: rows of vectors, sub-words, letters, shape."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category

from mahdar.annotation.names.vocabulary import Vocabulary
from mahdar.annotation.pieces import Pieces

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ0abcdefghijklmnopqrstuvwxyz.-"
_LETTER = {letter: number for number, letter in enumerate(LETTERS, start=2)}
UNKNOWN_LETTER = 1
MOST_LETTERS = 14
MOST_PIECES = 6
SHAPES = (
    "edge",
    "arabic",
    "latin",
    "mark",
    "digit",
    "digits",
    "year",
    "number",
    "quote",
    "bracket",
)
CUTS = ("none", "conjunction", "preposition", "both")
_QUOTES = frozenset("«»\"“”″'’‘")
_BRACKETS = frozenset("()[]{}")
_LATIN_END = "\u0250"


@dataclass(frozen=True, slots=True)
class WordForm:
    """A word as the model's input: row 0 stands for a word that has no vector.

    ``pieces`` are numbers of sub-words, ``letters`` of the normal form's letters, both cut to what
    the model reads; ``stem`` is the word without proclitics.
    """

    row: int
    stem_row: int
    pieces: tuple[int, ...]
    letters: tuple[int, ...]
    shape: int
    cut: int
    stem: str


class WordForms:
    """Describes words for the model."""

    def __init__(self, vocabulary: Vocabulary, pieces: Pieces) -> None:
        self._vocabulary = vocabulary
        self._pieces = pieces

    def cut(self, norm: str) -> tuple[int, str]:
        """Return how many folded characters of proclitic a word begins with, and its rest."""
        return self._vocabulary.cut(norm)

    def describe(self, text: str, norm: str) -> WordForm:
        """Return what the model sees of a word as written and in normal form."""
        text, norm = text[:40], norm[:40]
        size, stem = self._vocabulary.cut(norm)
        row = self._vocabulary.row
        plain = "".join(c for c in text if c != "ـ" and category(c) not in ("Mn", "Cf"))
        folded = "".join("0" if c.isdigit() else c for c in norm)
        cut = 0 if not size else 3 if size > 1 else 1 if norm[0] in "وف" else 2
        return WordForm(
            row.get(folded, -1) + 1,
            row.get(stem if size else folded, -1) + 1,
            self._pieces(plain)[:MOST_PIECES],
            tuple(_LETTER.get(c, UNKNOWN_LETTER) for c in folded[:MOST_LETTERS]),
            _shape(text),
            cut,
            stem,
        )


def _shape(text: str) -> int:
    first = text[0]
    if first.isdigit():
        size = len(text)
        name = "digit" if size == 1 else "digits" if size < 4 else "year" if size == 4 else "number"
    elif first.isalpha():
        name = "latin" if first < _LATIN_END else "arabic"
    else:
        name = "quote" if first in _QUOTES else "bracket" if first in _BRACKETS else "mark"
    return SHAPES.index(name)
