"""The student: the small network that ships, in torch (mahdar.annotation.names.network runs it).

A word is described by itself (vectors, sub-words, letters, shape); four layers of dilated
convolution read it in its article, and words with the same stem share what they see.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mahdar.annotation.names.wordforms import (
    CUTS,
    LETTERS,
    MOST_LETTERS,
    MOST_PIECES,
    SHAPES,
    WordForms,
)

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
DOMAINS = ("gold", "aner")
WIDTH = 192
DILATIONS = (1, 2, 4, 1)
MEMORY_AFTER = 2  # layers
MEMORY = 64


@dataclass
class Document:
    """An article's sentences as types of words with hard labels or the teacher's probabilities.

    ``soft`` is (domains, words, labels) or ``None``; ``labels`` -100 where nothing is known.
    """

    types: np.ndarray
    groups: np.ndarray
    labels: np.ndarray
    domain: int
    soft: np.ndarray | None = None


class TypeTable:
    """The distinct words of the training data as arrays; type 0 is the edge of a sentence."""

    def __init__(self, forms: WordForms) -> None:
        self.forms = forms
        self.number: dict[tuple[str, str], int] = {}
        self.stems: dict[str, int] = {}
        self.rows = [(0, 0)]
        self.pieces = [(0,) * MOST_PIECES]
        self.letters = [(0,) * MOST_LETTERS]
        self.shapes = [(0, 0)]
        self.group = [-1]

    def add(self, text: str, norm: str) -> int:
        """Return the number of a word, new or known."""
        key = (text, norm)
        found = self.number.get(key)
        if found is None:
            f = self.forms.describe(text, norm)
            found = self.number[key] = len(self.rows)
            self.rows.append((f.row, f.stem_row))
            self.pieces.append((f.pieces + (-1,) * MOST_PIECES)[:MOST_PIECES])
            self.letters.append((f.letters + (0,) * MOST_LETTERS)[:MOST_LETTERS])
            self.shapes.append((f.shape, f.cut))
            shared = len(f.stem) > 2 and f.stem[0].isalpha()
            self.group.append(self.stems.setdefault(f.stem, len(self.stems)) if shared else -1)
        return found

    def document(
        self,
        sentences: Sequence[tuple[Sequence[str], Sequence[str], Sequence[int] | None]],
        domain: int,
        soft: Sequence[np.ndarray] | None = None,
    ) -> Document:
        """Return sentences (text, norm, labels) as one document with an edge after each."""
        types: list[int] = []
        labels: list[int] = []
        parts: list[np.ndarray] = []
        edge = np.zeros((len(DOMAINS), 1, len(LABELS)), np.float16)
        for n, (text, norm, known) in enumerate(sentences):
            types.extend(self.add(t, w) for t, w in zip(text, norm, strict=True))
            labels.extend(known if known is not None else [-100] * len(text))
            types.append(0)
            labels.append(-100)
            if soft is not None:
                parts.extend((soft[n], edge))
        group = np.array(self.group, dtype=np.int64)
        return Document(
            np.array(types),
            group[types],
            np.array(labels),
            domain,
            np.concatenate(parts, axis=1) if soft is not None else None,
        )

    def tensors(self) -> dict[str, Tensor]:
        """Return the arrays as tensors, one row a type."""
        return {
            "rows": torch.tensor(self.rows),
            "pieces": torch.tensor(self.pieces),
            "letters": torch.tensor(self.letters),
            "shapes": torch.tensor(self.shapes),
        }


class Student(nn.Module):
    """The network. Vectors of words and sub-words stay fixed; everything else is learnt."""

    def __init__(self, vectors: np.ndarray, pieces: np.ndarray) -> None:
        super().__init__()
        self.register_buffer("vectors", torch.from_numpy(vectors), persistent=False)
        self.register_buffer("pieces", torch.from_numpy(pieces), persistent=False)
        self.letter = nn.Embedding(len(LETTERS) + 2, 24, padding_idx=0)
        self.spell = nn.Linear(3 * 24, 64)
        self.shape = nn.Embedding(len(SHAPES), 8)
        self.cut = nn.Embedding(len(CUTS), 8)
        size = 2 * vectors.shape[1] + 3 * pieces.shape[1] + 64 + 16
        self.word = nn.Linear(size, WIDTH)
        self.word_norm = nn.LayerNorm(WIDTH)
        self.domain = nn.Embedding(len(DOMAINS), WIDTH)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in DILATIONS)
        self.remember = nn.Linear(WIDTH, MEMORY)
        self.recall = nn.Linear(MEMORY, WIDTH)
        self.head = nn.Linear(2 * WIDTH, 128)
        self.out = nn.Linear(128, len(LABELS))

    def describe(
        self, table: dict[str, Tensor], types: Tensor, rng: torch.Generator | None
    ) -> Tensor:
        """Return the vectors of distinct types; with ``rng`` some lose their word vectors."""
        rows = table["rows"][types]
        vectors = self.vectors[rows]
        if self.training:
            keep = torch.rand(len(types), 1, 1, generator=rng) > 0.15
            vectors = vectors * keep
        numbers = table["pieces"][types]
        pieces = self.pieces[numbers.clamp(min=0)]
        real = (numbers >= 0).float()[:, :, None]
        count = real.sum(1).clamp(min=1)
        last = (count[:, 0] - 1).long()
        spread = (pieces * real).sum(1) / count
        ends = pieces[torch.arange(len(types)), last]
        letters = self.letter(table["letters"][types])
        windows = F.pad(letters, (0, 0, 1, 1)).unfold(1, 3, 1).transpose(2, 3).flatten(2)
        spelled = torch.relu(self.spell(windows).amax(1))
        shapes = table["shapes"][types]
        parts = [vectors.flatten(1), pieces[:, 0] * real[:, 0], ends * real[:, 0], spread, spelled]
        parts += [self.shape(shapes[:, 0]), self.cut(shapes[:, 1])]
        x = F.dropout(torch.cat(parts, 1), 0.2, self.training)
        out: Tensor = self.word_norm(torch.relu(self.word(x)))
        return out

    def forward(
        self,
        table: dict[str, Tensor],
        types: Tensor,
        groups: Tensor,
        domain: Tensor,
        rng: torch.Generator | None = None,
    ) -> Tensor:
        """Return label scores (words, labels) of a row of documents.

        Args:
            types: the words' types, documents one after the other with edges between.
            groups: number of the stem inside its document, -1 for words that share nothing.
            domain: the domain of every word.
        """
        distinct, inverse = types.unique(return_inverse=True)
        word = self.describe(table, distinct, rng)[inverse]
        word = F.dropout(word, 0.2, self.training)
        x = word + self.domain(domain)
        for n, (dilation, layer, norm) in enumerate(
            zip(DILATIONS, self.layers, self.norms, strict=True)
        ):
            if n == MEMORY_AFTER:
                x = x + self._shared(x, groups)
            wide = F.pad(x, (0, 0, dilation, dilation))
            around = torch.cat([wide[: len(x)], x, wide[2 * dilation :]], 1)
            x = norm(x + F.dropout(torch.relu(layer(around)), 0.15, self.training))
        top = torch.relu(self.head(F.dropout(torch.cat([x, word], 1), 0.2, self.training)))
        scores: Tensor = self.out(top)
        return scores

    def _shared(self, x: Tensor, groups: Tensor) -> Tensor:
        """Return for every word what all words of its stem have seen on average."""
        seen = torch.relu(self.remember(x))
        known = groups >= 0
        index = groups[known]
        size = int(groups.max()) + 1 if len(groups) else 0
        if size <= 0:
            return torch.zeros_like(x)
        total = torch.zeros(size, MEMORY).index_add(0, index, seen[known])
        count = torch.zeros(size).index_add(0, index, torch.ones(len(index)))
        mean = (total / count.clamp(min=1)[:, None])[groups.clamp(min=0)] * known[:, None]
        out: Tensor = self.recall(mean)
        return out


def pack(documents: Sequence[Document], domains: Sequence[int]) -> tuple[Tensor, ...]:
    """Return documents one after the other: types, groups, domains, labels, teacher (or zeros)."""
    types, groups, domain, labels, soft = [], [], [], [], []
    at = 0
    edges = np.zeros(8, dtype=np.int64)
    for d, asked in zip(documents, domains, strict=True):
        local, number = np.unique(d.groups, return_inverse=True)
        moved = np.where(d.groups < 0, -1, number + at)
        at += len(local)
        types += [d.types, edges]
        groups += [moved, edges - 1]
        domain += [np.full(len(d.types) + 8, asked)]
        labels += [d.labels, edges - 100]
        size = (len(d.types) + 8, len(LABELS))
        filled = np.zeros(size, np.float32)
        if d.soft is not None:
            filled[: len(d.types)] = d.soft[asked]
        soft.append(filled)
    return tuple(torch.from_numpy(np.concatenate(x)) for x in (types, groups, domain, labels, soft))


def iter_batches(
    documents: Iterable[Document], words: int, rng: random.Random
) -> Iterable[list[Document]]:
    """Yield documents in random order, about ``words`` words at a time."""
    order = list(documents)
    rng.shuffle(order)
    batch: list[Document] = []
    size = 0
    for d in order:
        batch.append(d)
        size += len(d.types)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
