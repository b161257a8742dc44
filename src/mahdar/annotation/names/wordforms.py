"""What the name model knows of a word by itself: rows of vectors, sub-words, letters, shape."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category

from mahdar.annotation.names.vocabulary import Vocabulary

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
_LONGEST_PIECE = 16
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


class Pieces:
    """Sub-words with their scores: a word is cut so that the sum of scores is highest."""

    def __init__(self, scores: dict[str, float]) -> None:
        self._score = {piece: (n, s) for n, (piece, s) in enumerate(scores.items(), start=1)}
        self._unknown = min(scores.values(), default=0.0) - 10.0

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's sub-words, 0 for letters that no sub-word covers."""
        text = "▁" + word
        size = len(text)
        score = self._score
        best = [0.0] + [-1e30] * size
        back = [(0, 0)] * (size + 1)
        for i in range(size):
            so_far = best[i]
            if so_far + self._unknown > best[i + 1]:
                best[i + 1], back[i + 1] = so_far + self._unknown, (i, 0)
            for j in range(i + 1, min(size, i + _LONGEST_PIECE) + 1):
                found = score.get(text[i:j])
                if found is not None and so_far + found[1] > best[j]:
                    best[j], back[j] = so_far + found[1], (i, found[0])
        out = []
        at = size
        while at:
            at, number = back[at]
            out.append(number)
        return tuple(out[::-1])


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
