"""What the encoder makes of an article's words, stretch by stretch as it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

from mahdar.annotation.arrays import Floats
from mahdar.annotation.document import words_of
from mahdar.annotation.encoder.chunks import cut_chunks
from mahdar.annotation.encoder.encoder import Encoder, load_encoder
from mahdar.text.words import Words


class WordStates:
    """Vectors of the words of one article: the mean of each word's sub-words.

    Only stretches with a word that is asked for are read, each once.
    """

    def __init__(self, encoder: Encoder, words: Words) -> None:
        self._encoder = encoder
        self._chunks = cut_chunks(words.text, words.sentence, encoder.cut)
        self._firsts = [chunk.first for chunk in self._chunks]
        self._read = [False] * len(self._chunks)
        self._table = np.zeros((len(words), encoder.width), np.float32)

    @property
    def width(self) -> int:
        """The length of a vector."""
        return self._encoder.width

    def of(self, words: Sequence[int]) -> Floats:
        """Return the vectors (words, width) of the words with these numbers."""
        for number in {bisect_right(self._firsts, word) - 1 for word in words}:
            if not self._read[number]:
                self._fill(number)
        out: Floats = self._table[np.asarray(words, dtype=np.int64)]
        return out

    def _fill(self, number: int) -> None:
        chunk = self._chunks[number]
        states = self._encoder.read(chunk.pieces)
        word = np.array(chunk.word)
        starts = np.flatnonzero(np.r_[True, word[1:] != word[:-1]])
        counts = np.diff(np.r_[starts, len(word)])
        self._table[word[starts]] = np.add.reduceat(states, starts, axis=0) / counts[:, None]
        self._read[number] = True


def states_of(doc: Doc) -> WordStates:
    """Return the states of a document's words, made once."""
    states: WordStates | None = doc._.states
    if states is None:
        states = doc._.states = WordStates(load_encoder(), words_of(doc))
    return states
