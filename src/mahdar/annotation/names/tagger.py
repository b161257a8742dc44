"""Names found by a trained model, before anything is known about them.

The model learnt from ANERcorp, from annotated press articles, and from a large encoder that
labelled the unlabelled press (model/MODEL_CARD.md). Where the corpora differ, the conventions of
the annotated press articles are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

import numpy as np

from mahdar.annotation.arrays import Floats
from mahdar.annotation.names.bio import allowed_pairs, best_path, find_label_spans
from mahdar.annotation.names.network import Network, load_network
from mahdar.annotation.names.vocabulary import Vocabulary, load_vocabulary
from mahdar.model import EntityType
from mahdar.text.normalize import surface_offset
from mahdar.text.words import Words

Domain = Literal["gold", "aner"]

# Words read at once: an article and more. Keeps memory flat on very long input; words of one
# sentence that a border parts lose some neighbours.
_WINDOW = 2000


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text: ``[start, end)`` in code points without attached proclitics.

    ``score`` is the model's probability for the name's labels, 0 to 1, averaged over its words.
    """

    start: int
    end: int
    type: EntityType
    score: float


class NameTagger:
    """Finds names of persons, organisations and places in the words of a text."""

    def __init__(self, network: Network, vocabulary: Vocabulary) -> None:
        self._network = network
        self._vocabulary = vocabulary
        self._allowed = allowed_pairs(network.labels)

    def tag(self, words: Words, *, domain: Domain = "gold") -> list[NameSpan]:
        """Return the names in reading order, without overlaps.

        Args:
            words: the words of a text.
            domain: whose conventions are followed; ``aner`` for the ANERcorp benchmark.
        """
        spans: list[NameSpan] = []
        for first, _, rows in self.iter_log_probabilities(words, domain=domain):
            labels, scores = self._decode(rows)
            for begin, end, kind in find_label_spans(labels):
                score = sum(scores[begin:end]) / (end - begin)
                spans.append(self._span(words, first + begin, first + end, kind, score))
        return spans

    @property
    def labels(self) -> list[str]:
        """The labels in the order of the columns of probabilities: ``O``, ``B-PER``, ..."""
        return self._network.labels

    def iter_log_probabilities(
        self, words: Words, *, domain: Domain = "gold"
    ) -> Iterator[tuple[int, int, Floats]]:
        """Yield ``(first, last, rows)`` of every sentence: words ``[first, last)`` and their
        log-probabilities, one row a word and one column a label.
        """
        for begin in range(0, len(words), _WINDOW):
            end = min(begin + _WINDOW, len(words))
            text: list[str] = []
            norm: list[str] = []
            pieces: list[tuple[int, int, int]] = []
            first = begin
            for at in range(begin + 1, end + 1):
                if at == end or words.sentence[at] != words.sentence[first]:
                    pieces.append((first, at, len(text)))
                    text += words.text[first:at]
                    norm += words.norm[first:at]
                    text.append("")
                    norm.append("")
                    first = at
            rows = self._network.log_probabilities(text, norm, domain)
            for first, last, row in pieces:
                yield first, last, rows[row : row + last - first]

    def _decode(self, rows: Floats) -> tuple[list[str], list[float]]:
        """Return the best labels that BIO allows, with their probabilities."""
        best = best_path(rows, self._allowed)
        scores = np.exp(rows[np.arange(len(best)), best])
        labels = self._network.labels
        return [labels[i] for i in best], [min(1.0, float(s)) for s in scores]

    def _span(self, words: Words, first: int, last: int, kind: str, score: float) -> NameSpan:
        cut, _ = self._vocabulary.cut(words.norm[first])
        offset = surface_offset(words.text[first], cut) if cut else 0
        return NameSpan(
            words.start[first] + offset, words.end[last - 1], cast(EntityType, kind), score
        )


@cache
def load_tagger() -> NameTagger | None:
    """Return the shipped tagger; ``None`` when its model has not been built."""
    vocabulary = load_vocabulary()
    folder = files("mahdar.annotation.names") / "model"
    if vocabulary is None or not (folder / "names.npz").is_file():
        return None
    return NameTagger(load_network(folder, vocabulary), vocabulary)
