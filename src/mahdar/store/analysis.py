"""The words of a text as the search index keeps them, each with its place in the untouched text."""

from __future__ import annotations

import gzip
import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from mahdar.lexicon.tables import load_table
from mahdar.model import Span
from mahdar.text.stems import Stemmer, fold_word, without_article
from mahdar.text.words import iter_word_spans

_VERSION = "3"
"""Raised with every change of this module or of ``text/stems.py`` that changes an index."""
_NAME_SHARE = 10
"""Per cent of a word's occurrences in persons' names from which it counts as a name."""
_CLEARLY_MORE = 4
"""A «name» that is this much rarer than what follows its first letter is none: «لشؤون»."""
_VOCABULARY = ("annotation", "names", "model", "vocabulary.txt.gz")
# Reached as a file: importing its package would load the whole engine for every search.
_GROUPED = re.compile(r"\d{1,3}(?:[,\u066c]\d{3})+")
_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class IndexWords:
    """Words column by column, all of one length. ``start`` and ``end`` are code points of the text.

    ``exact`` forgives spelling, ``stem`` particles and endings too. A word may give several rows
    with the same place (a ligature, the parts of a date).
    """

    start: tuple[int, ...]
    end: tuple[int, ...]
    exact: tuple[str, ...]
    stem: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.start)

    def within(self, span: Span) -> IndexWords:
        """Return the words that begin inside a span."""
        a, b = bisect_left(self.start, span.start), bisect_left(self.start, span.end)
        return IndexWords(self.start[a:b], self.end[a:b], self.exact[a:b], self.stem[a:b])

    def moved(self, chars: int) -> IndexWords:
        """Return the words with their places so many code points further on."""
        return IndexWords(
            tuple(at + chars for at in self.start),
            tuple(at + chars for at in self.end),
            self.exact,
            self.stem,
        )


def concatenate(parts: Sequence[IndexWords]) -> IndexWords:
    """Return the words of stretches that follow each other in one text."""
    return IndexWords(
        tuple(at for part in parts for at in part.start),
        tuple(at for part in parts for at in part.end),
        tuple(word for part in parts for word in part.exact),
        tuple(word for part in parts for word in part.stem),
    )


@cache
def load_stemmer() -> Stemmer:
    """Return the stemmer, with the counts and names that Mahdar ships.

    Raises:
        KnowledgeError: a table of the lexicon is broken.
    """
    counts: dict[str, int] = {}
    for line in gzip.decompress(_vocabulary()).decode("utf-8").splitlines():
        word, _, number = line.partition("\t")
        form = fold_word(word)
        counts[form] = counts.get(form, 0) + int(number)
    words = load_table("search_words")
    whole = {row["form"] for row in words if row["kind"] in ("whole", "name")}
    for name in (*load_table("names_given"), *load_table("names_family")):
        form = without_article(fold_word(name["form"]))
        rest = 0
        if form[0] in "وفبكل" and len(form) > 3:
            rest = counts.get(form[1:], 0) + counts.get("ال" + form[1:], 0)
        if int(name["share"]) >= _NAME_SHARE and rest < _CLEARLY_MORE * counts.get(form, 1):
            whole.add(form)
    variants = {row["form"]: row["to"] for row in words if row["kind"] == "variant"}
    return Stemmer(counts, whole, variants)


@cache
def load_stops() -> frozenset[str]:
    """Return the folded words that stand in nearly every article."""
    return frozenset(row["form"] for row in load_table("search_words") if row["kind"] == "stop")


@cache
def analysis_version() -> str:
    """Return what an index must have been made with to be of use: changes with rules and data."""
    digest = hashlib.blake2b(_VERSION.encode(), digest_size=8)
    digest.update(_vocabulary())
    for name in ("search_words", "names_given", "names_family"):
        digest.update((files("mahdar.lexicon") / f"{name}.tsv").read_bytes())
    return digest.hexdigest()


def _vocabulary() -> bytes:
    return files("mahdar").joinpath(*_VOCABULARY).read_bytes()


def analyze_text(text: str) -> IndexWords:
    """Return the words of a text for the index; punctuation is left out."""
    starts: list[int] = []
    ends: list[int] = []
    exact: list[str] = []
    stem: list[str] = []
    for start, end in iter_word_spans(text):
        for form, root in analyze_word(text[start:end]):
            starts.append(start)
            ends.append(end)
            exact.append(form)
            stem.append(root)
    return IndexWords(tuple(starts), tuple(ends), tuple(exact), tuple(stem))


@lru_cache(maxsize=200_000)
def analyze_word(word: str) -> tuple[tuple[str, str], ...]:
    """Return the ``(exact, stem)`` forms of one word: one, none for a sign, several for a date."""
    if not word[0].isalnum():
        return ()
    if word[0].isdecimal() and _GROUPED.fullmatch(word):
        word = "".join(_PARTS.findall(word))  # «1,200» is 1200
    stemmer = load_stemmer()
    return tuple((part, stemmer.stem(part)) for part in _PARTS.findall(fold_word(word)))


def join_words(words: Iterable[IndexWords]) -> tuple[str, str]:
    """Return the exact forms and the stems of stretches of text, set apart so that no phrase spans two."""
    exact: list[str] = []
    stem: list[str] = []
    for part in words:
        if exact:
            exact.append(BREAK)
            stem.append(BREAK)
        exact.extend(part.exact)
        stem.extend(part.stem)
    return " ".join(exact), " ".join(stem)


BREAK = "¶"
"""Stands between stretches; no word of a text or query folds to it."""
