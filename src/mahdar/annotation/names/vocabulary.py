"""The words of the press with their numbers of occurrences: what tells a proclitic from a letter.

``model/vocabulary.txt.gz`` holds one word in normal form a line with its count, most frequent
first (training/vocabulary.py counts them in the unlabelled press).
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from mahdar.text.clitics import proclitic_splits

# The rest of a word must be that many times as frequent as the whole word before a proclitic is
# cut off. On the names of gold/train: one letter 2 -> 99.2 % right, 1 -> 99.1 %, 4 -> 97.9 %;
# two letters need more, since short rests are frequent by chance («وليد» is not «و» + «ل» + «يد»).
_ONE_LETTER = 2.0
_TWO_LETTERS = 8.0
_UNSEEN = 0.5


@dataclass(slots=True)
class Vocabulary:
    """Word counts; ``row`` numbers the words from the most frequent down."""

    count: dict[str, int]
    row: dict[str, int]
    _cuts: dict[str, tuple[int, str]] = field(default_factory=dict)

    def cut(self, norm: str) -> tuple[int, str]:
        """Return how many folded characters of proclitic a word begins with, and its rest.

        The likelier reading by counts; (0, the word) when nothing speaks for a cut.
        """
        found = self._cuts.get(norm)
        if found is None:
            if len(self._cuts) > 200_000:
                self._cuts.clear()
            found = self._cuts[norm] = self._decide(norm)
        return found

    def _decide(self, norm: str) -> tuple[int, str]:
        count = self.count.get
        best, found = count(norm, 0) + _UNSEEN, (0, norm)
        for size, rest in proclitic_splits(norm)[1:]:
            weight = count(rest, 0) / (_ONE_LETTER if size == 1 else _TWO_LETTERS)
            if weight > best:
                best, found = weight, (size, rest)
        if not found[0] and norm not in self.count and len(norm) > 5 and norm[1:3] == "ال":
            # An unseen word with the article inside: «والقذاذفة», «فالأنبار», «كالخبر».
            return (1, norm[1:]) if norm[0] in "وفبك" else found
        return found


@cache
def load_vocabulary(folder: Path | None = None) -> Vocabulary | None:
    """Return a model's vocabulary, the shipped one's without ``folder``; ``None`` when not built."""
    path = (folder or files("mahdar.annotation.names") / "model") / "vocabulary.txt.gz"
    if not path.is_file():
        return None
    count: dict[str, int] = {}
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        word, _, number = line.partition("\t")
        count[word] = int(number)
    return Vocabulary(count, {word: row for row, word in enumerate(count)})
