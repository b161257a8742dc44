"""Documents as the student reads them: types of words, stems that they share, what is to be learnt."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from mahdar.annotation.names.wordforms import MOST_LETTERS, MOST_PIECES, WordForms
from training.data import Sentence
from training.labels import DOMAINS, LABELS

_EDGES = np.zeros(8, np.int64)
"""Edges between two documents: as many as the network's layers reach over."""
_OWN = 0.75
"""How often a labelled document is read under its own conventions, else under the others'."""


@dataclass(slots=True)
class Document:
    """An article: its sentences one after the other, an edge after each.

    ``types`` are numbers of words in a table, 0 at an edge; ``groups`` numbers of stems inside the
    document, 0 where a word shares nothing; ``targets`` (domains, positions, labels) the
    probabilities to learn, all 0 where nothing is known; ``domain`` whose conventions its own labels
    follow, ``None`` without labels.
    """

    types: np.ndarray
    groups: np.ndarray
    targets: np.ndarray
    domain: int | None


@dataclass(slots=True)
class Batch:
    """Documents one after the other, as tensors over their positions; see ``Document``."""

    types: Tensor
    groups: Tensor
    domain: Tensor
    targets: Tensor


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
        self.stem = [0]

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
            self.stem.append(self.stems.setdefault(f.stem, len(self.stems) + 1) if shared else 0)
        return found

    def document(
        self, sentences: Sequence[Sentence], taught: Sequence[np.ndarray] | None = None
    ) -> Document:
        """Return the sentences of one article as a document.

        Args:
            sentences: with labels, which count in their own domain, or without any.
            taught: the teachers' probabilities (domains, words, labels) of each sentence.
        """
        size = sum(len(s.text) + 1 for s in sentences)
        types = np.zeros(size, np.int32)
        targets = np.zeros((len(DOMAINS), size, len(LABELS)), np.float16)
        own = DOMAINS.index(sentences[0].domain) if sentences[0].labels else None
        at = 0
        for n, s in enumerate(sentences):
            end = at + len(s.text)
            types[at:end] = [self.add(t, w) for t, w in zip(s.text, s.norm, strict=True)]
            if taught is not None:
                targets[:, at:end] = taught[n]
            if own is not None:
                targets[own, at:end] = 0
                targets[own, range(at, end), [LABELS.index(x) for x in s.labels]] = 1
            at = end + 1
        return Document(types, _locally([self.stem[t] for t in types]), targets, own)

    def tensors(self, device: torch.device) -> dict[str, Tensor]:
        """Return the arrays as tensors, one row a type."""
        named = {
            "rows": self.rows,
            "pieces": self.pieces,
            "letters": self.letters,
            "shapes": self.shapes,
        }
        return {name: torch.tensor(rows, device=device) for name, rows in named.items()}


def _locally(stems: Sequence[int]) -> np.ndarray:
    """Return stems numbered anew inside a document, 0 kept."""
    number = {0: 0}
    return np.array([number.setdefault(stem, len(number)) for stem in stems], np.int32)


def by_document(sentences: Sequence[Sentence]) -> list[list[int]]:
    """Return the numbers of the sentences of every document."""
    groups: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        groups.setdefault(sentence.doc, []).append(number)
    return list(groups.values())


def pack(documents: Sequence[Document], domains: Sequence[int], device: torch.device) -> Batch:
    """Return documents one after the other, each asked under the conventions of a domain."""
    types, groups, domain, targets = [], [], [], []
    rest = np.zeros((len(_EDGES), len(LABELS)), np.float16)
    highest = 0
    for d, asked in zip(documents, domains, strict=True):
        types += [d.types, _EDGES]
        groups += [np.where(d.groups > 0, d.groups + highest, 0), _EDGES]
        highest += int(d.groups.max())
        domain.append(np.full(len(d.types) + len(_EDGES), asked))
        targets += [d.targets[asked], rest]
    return Batch(
        *(
            torch.from_numpy(np.concatenate(parts)).to(device, dtype)
            for parts, dtype in (
                (types, torch.long),
                (groups, torch.long),
                (domain, torch.long),
                (targets, torch.float32),
            )
        )
    )


def iter_batches(
    documents: Sequence[Document], words: int, rng: random.Random, device: torch.device
) -> Iterator[Batch]:
    """Yield documents in random order, about ``words`` words at a time.

    Of a document, one set of conventions is learnt at a time, by chance.
    """
    order = list(documents)
    rng.shuffle(order)
    held: list[Document] = []
    size = 0
    for n, d in enumerate(order, start=1):
        held.append(d)
        size += len(d.types)
        if size >= words or n == len(order):
            yield pack(held, [_asked(d, rng) for d in held], device)
            held, size = [], 0


def _asked(document: Document, rng: random.Random) -> int:
    if document.domain is None:
        return rng.randrange(len(DOMAINS))
    return document.domain if rng.random() < _OWN else 1 - document.domain
