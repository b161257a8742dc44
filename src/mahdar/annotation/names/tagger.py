"""Names found by a trained model, before anything is known about them.

The model was trained on ANERcorp and on annotated press articles (model/MODEL_CARD.md); where they
differ, the conventions of the press articles are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Literal, cast

import pycrfsuite

from mahdar.annotation.names.features import word_features
from mahdar.annotation.names.vocabulary import Vocabulary, load_vocabulary
from mahdar.model import EntityType
from mahdar.text.normalize import surface_offset
from mahdar.text.words import Words

Domain = Literal["gold", "aner"]

# Longer sentences are lists or broken pages; pieces keep the work linear and the memory small.
_LONGEST_WORDS = 120


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text: ``[start, end)`` in code points without attached proclitics.

    ``score`` is the model's probability for the name's labels, 0 to 1.
    """

    start: int
    end: int
    type: EntityType
    score: float


class NameTagger:
    """Finds names of persons, organisations and places in the words of a text."""

    def __init__(self, model: pycrfsuite.Tagger, vocabulary: Vocabulary) -> None:
        self._model = model
        self._vocabulary = vocabulary

    def tag(self, words: Words, *, domain: Domain = "gold") -> list[NameSpan]:
        """Return the names in reading order, without overlaps.

        Args:
            words: the words of a text.
            domain: whose conventions are followed; ``aner`` for the ANERcorp benchmark.
        """
        spans: list[NameSpan] = []
        for first, last in _pieces(words):
            labels, scores = self._label(words, first, last, domain)
            for begin, end, kind in find_label_spans(labels):
                score = sum(scores[begin:end]) / (end - begin)
                spans.append(self._span(words, first + begin, first + end, kind, score))
        return spans

    def _label(
        self, words: Words, first: int, last: int, domain: Domain
    ) -> tuple[list[str], list[float]]:
        text = [_encodable(w) for w in words.text[first:last]]
        norm = [_encodable(w) for w in words.norm[first:last]]
        rows = word_features(text, norm, self._vocabulary, domain)
        self._model.set(rows)
        labels = self._model.tag()
        return labels, [
            self._model.marginal(label, n) if label != "O" else 0.0
            for n, label in enumerate(labels)
        ]

    def _span(self, words: Words, first: int, last: int, kind: str, score: float) -> NameSpan:
        cut, _ = self._vocabulary.cut(words.norm[first])
        offset = surface_offset(words.text[first], cut) if cut else 0
        return NameSpan(
            words.start[first] + offset, words.end[last - 1], cast(EntityType, kind), score
        )


def _encodable(word: str) -> str:
    """Return a word without what UTF-8 cannot carry (lone surrogates)."""
    return word.encode("utf-8", "replace").decode("utf-8")


def find_label_spans(labels: list[str]) -> list[tuple[int, int, str]]:
    """Return ``(first, last + 1, type)`` of the names that BIO labels mark; a stray I- opens one."""
    spans: list[tuple[int, int, str]] = []
    first, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            spans.append((first, at, kind))
            kind = ""
        if label != "O" and not kind:
            first, kind = at, label[2:]
    return spans


def _pieces(words: Words) -> list[tuple[int, int]]:
    """Return ``[first, last)`` of every sentence's words, long ones in pieces."""
    pieces: list[tuple[int, int]] = []
    first = 0
    size = len(words)
    for at in range(1, size + 1):
        if (
            at == size
            or words.sentence[at] != words.sentence[first]
            or at - first >= _LONGEST_WORDS
        ):
            pieces.append((first, at))
            first = at
    return pieces


@cache
def load_tagger() -> NameTagger | None:
    """Return the shipped tagger; ``None`` when its model has not been built."""
    vocabulary = load_vocabulary()
    source = files("mahdar.annotation.names") / "model" / "names.crf"
    if vocabulary is None or not source.is_file():
        return None
    model = pycrfsuite.Tagger()
    with as_file(source) as path:
        model.open(str(path))
    return NameTagger(model, vocabulary)
