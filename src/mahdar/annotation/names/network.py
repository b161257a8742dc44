"""The name model's network, run with numpy and one thread of blis.

Words are described by themselves (vectors, sub-words, letters, shape), which is remembered for
words seen before; layers of dilated convolution then read them in their article, and words with
the same stem share what they see. training/student.py holds the same network for training.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt

from mahdar.annotation.arrays import Floats, times
from mahdar.annotation.names.vocabulary import Vocabulary
from mahdar.annotation.names.wordforms import (
    MOST_LETTERS,
    MOST_PIECES,
    WordForm,
    WordForms,
)
from mahdar.annotation.pieces import Pieces

Ints = npt.NDArray[np.int64]

# Described words kept, about 0.8 kB each; an article brings some hundred new ones.
_REMEMBERED = 40_000


class Network:
    """Trained weights with a memory of described words."""

    def __init__(self, arrays: dict[str, Any], meta: dict[str, Any], forms: WordForms) -> None:
        self._forms = forms
        self._vectors = arrays["vectors"]
        self._vector_scale = float(meta["vector_scale"])
        self._pieces = arrays["pieces"]
        self._piece_scale = float(meta["piece_scale"])
        self._w: dict[str, Floats] = {
            name: value.astype(np.float32)
            for name, value in arrays.items()
            if name not in ("vectors", "pieces")
        }
        self._dilations: list[int] = meta["dilations"]
        self._memory_after: int = meta["memory_after"]
        self.labels: list[str] = meta["labels"]
        self.domains: list[str] = meta["domains"]
        self._width = len(self._w["word.bias"])
        self._edge = self._describe([None])
        self._reset()

    def _reset(self) -> None:
        self._number: dict[tuple[str, str], int] = {("", ""): 0}
        self._stem = [""]
        self._table = np.empty((1024, self._width), dtype=np.float32)
        self._table[0] = self._edge[0]

    def log_probabilities(self, text: Sequence[str], norm: Sequence[str], domain: str) -> Floats:
        """Return log-probabilities (words, labels) for the words of one stretch of text.

        An empty word stands for the edge of a sentence.
        """
        types = self._look_up(text, norm)
        word = self._table[types]
        x = word + self._w["domain.weight"][self.domains.index(domain)]
        for n, dilation in enumerate(self._dilations):
            if n == self._memory_after:
                x = x + self._shared(x, types)
            x = self._layer(x, n, dilation)
        top = times(np.concatenate([x, word], axis=1), self._w["head.weight"])
        top = np.maximum(top + self._w["head.bias"], 0.0)
        scores = times(top, self._w["out.weight"]) + self._w["out.bias"]
        scores -= scores.max(1, keepdims=True)
        out: Floats = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        return out

    def _layer(self, x: Floats, n: int, dilation: int) -> Floats:
        size = len(x)
        weight = self._w[f"layers.{n}.weight"]
        width = self._width
        y = times(x, weight[width : 2 * width])
        if size > dilation:
            y[dilation:] += times(x[:-dilation], weight[:width])
            y[:-dilation] += times(x[dilation:], weight[2 * width :])
        y += self._w[f"layers.{n}.bias"]
        np.maximum(y, 0.0, out=y)
        y += x
        return _normalize(y, self._w[f"norms.{n}.weight"], self._w[f"norms.{n}.bias"])

    def _shared(self, x: Floats, types: Ints) -> Floats:
        """Return for every word what all words of its stem have seen on average."""
        number: dict[str, int] = {}
        stem = self._stem
        groups = np.array(
            [number.setdefault(stem[t], len(number)) if stem[t] else -1 for t in types],
            dtype=np.int64,
        )
        known = np.flatnonzero(groups >= 0)
        out = np.tile(self._w["recall.bias"], (len(x), 1))
        if not len(known):
            return out
        seen = times(x[known], self._w["remember.weight"]) + self._w["remember.bias"]
        np.maximum(seen, 0.0, out=seen)
        order = np.argsort(groups[known], kind="stable")
        ordered = groups[known][order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        total = np.add.reduceat(seen[order], starts, axis=0)
        count = np.diff(np.r_[starts, len(ordered)])
        mean = times(total / count[:, None], self._w["recall.weight"])
        out[known] += mean[groups[known]]
        return out

    def _look_up(self, text: Sequence[str], norm: Sequence[str]) -> Ints:
        if len(self._number) > _REMEMBERED:
            self._reset()
        number = self._number
        fresh: list[tuple[str, str]] = []
        for key in zip(text, norm, strict=True):
            if key not in number:
                number[key] = len(number)
                fresh.append(key)
        if fresh:
            forms = [self._forms.describe(*key) for key in fresh]
            needed = len(number)
            if needed > len(self._table):
                grown = np.empty((max(needed, 2 * len(self._table)), self._width), np.float32)
                grown[: len(self._table)] = self._table
                self._table = grown
            self._table[needed - len(fresh) : needed] = self._describe(forms)
            self._stem.extend(
                f.stem if len(f.stem) > 2 and f.stem[0].isalpha() else "" for f in forms
            )
        return np.fromiter(
            (number[key] for key in zip(text, norm, strict=True)), np.int64, len(text)
        )

    def _describe(self, forms: Sequence[WordForm | None]) -> Floats:
        """Return the vectors of words; ``None`` is the edge of a sentence."""
        size = len(forms)
        rows = np.zeros((size, 2), np.int64)
        pieces = np.full((size, MOST_PIECES), -1, np.int64)
        letters = np.zeros((size, MOST_LETTERS), np.int64)
        shapes = np.zeros((size, 2), np.int64)
        pieces[:, 0] = 0
        for n, f in enumerate(forms):
            if f is None:
                pieces[n] = 0
                continue
            rows[n] = f.row, f.stem_row
            pieces[n, : len(f.pieces)] = f.pieces
            letters[n, : len(f.letters)] = f.letters
            shapes[n] = f.shape, f.cut
        w = self._w
        vectors = self._vectors[rows].astype(np.float32) * self._vector_scale
        table = self._pieces[np.maximum(pieces, 0)].astype(np.float32) * self._piece_scale
        real = (pieces >= 0)[:, :, None]
        count = np.maximum(real.sum(1), 1)
        spread = (table * real).sum(1) / count
        ends = table[np.arange(size), count[:, 0] - 1]
        padded = np.zeros((size, MOST_LETTERS + 2, w["letter.weight"].shape[1]), np.float32)
        padded[:, 1:-1] = w["letter.weight"][letters]
        windows = np.concatenate([padded[:, :-2], padded[:, 1:-1], padded[:, 2:]], axis=2)
        spelled = times(windows.reshape(size * MOST_LETTERS, -1), w["spell.weight"])
        spelled = spelled.reshape(size, MOST_LETTERS, -1).max(1) + w["spell.bias"]
        spelled = np.maximum(spelled, 0.0)
        parts = [vectors.reshape(size, -1), table[:, 0], ends, spread, spelled]
        parts += [w["shape.weight"][shapes[:, 0]], w["cut.weight"][shapes[:, 1]]]
        x = times(np.concatenate(parts, axis=1), w["word.weight"]) + w["word.bias"]
        return _normalize(np.maximum(x, 0.0), w["word_norm.weight"], w["word_norm.bias"])


def _normalize(x: Floats, weight: Floats, bias: Floats) -> Floats:
    x -= x.mean(1, keepdims=True)
    x *= 1.0 / np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / x.shape[1] + 1e-5)
    x *= weight
    x += bias
    return x


def load_network(folder: Traversable, vocabulary: Vocabulary) -> Network:
    """Return the network saved in a folder: ``names.npz`` and ``names.json.gz``.

    Raises:
        FileNotFoundError: a file is missing.
    """
    meta = json.loads(gzip.decompress((folder / "names.json.gz").read_bytes()))
    with (folder / "names.npz").open("rb") as file, np.load(file) as saved:
        arrays = {name: saved[name] for name in saved.files}
    return Network(arrays, meta, WordForms(vocabulary, Pieces(meta["piece_scores"])))
