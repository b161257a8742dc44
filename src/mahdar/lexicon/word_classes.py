"""Classes of words that stand in like places of news sentences, learned from unlabelled press.

``word_classes.tsv.gz`` has a line per class: the number of its wider class, a tab, its words in
normal form. ``training/word_classes.py`` makes it from the vectors of ``training/vectors.py``.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from mahdar.text.clitics import proclitic_splits


class WordClass(NamedTuple):
    """A word's class and the wider one that holds it; both ``-1`` for a word that has none."""

    fine: int
    wide: int


_NONE = WordClass(-1, -1)
_NUMBER = WordClass(-2, -2)


@cache
def load_word_classes() -> dict[str, WordClass]:
    """Return the class of every word listed, by its normal form."""
    packed = (files("mahdar.lexicon") / "word_classes.tsv.gz").read_bytes()
    found: dict[str, WordClass] = {}
    for number, line in enumerate(gzip.decompress(packed).decode("utf-8").splitlines()):
        wide, _, words = line.partition("\t")
        own = WordClass(number, int(wide))
        found.update(dict.fromkeys(words.split(), own))
    return found


@lru_cache(maxsize=65536)
def word_class(norm: str) -> WordClass:
    """Return the class of a word in normal form: its own, else that of its form without proclitics."""
    if norm[:1].isdigit():
        return _NUMBER
    classes = load_word_classes()
    own = classes.get(norm)
    if own is not None:
        return own
    for _, rest in proclitic_splits(norm):
        own = classes.get(rest)
        if own is not None:
            return own
    return _NONE
