"""The student: the small network that ships, in torch (mahdar.annotation.names.network runs it).

A word is described by itself (vectors, sub-words, letters, shape); four layers of dilated
convolution read it in its article, and words with the same stem share what they see.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mahdar.annotation.names.wordforms import CUTS, LETTERS, SHAPES
from training.documents import Batch
from training.labels import DOMAINS, LABELS

WIDTH = 192
DILATIONS = (1, 2, 4, 1)
MEMORY_AFTER = 2  # layers
MEMORY = 64
WORDLESS = 0.15
"""Of so many words only the spelling is seen while it learns."""
DROP, LAYER_DROP = 0.1, 0.075


class Student(nn.Module):
    """The network. Vectors of sub-words stay as they are; everything else is learnt."""

    def __init__(self, vectors: np.ndarray, pieces: np.ndarray) -> None:
        super().__init__()
        self.vectors = nn.Parameter(torch.from_numpy(vectors))
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

    @torch.no_grad()
    def fix_vectors(self, scale: float) -> None:
        """Round the vectors of words to eight bits in steps of ``scale``; they learn no more."""
        self.vectors.copy_((self.vectors / scale).round().clamp(-127, 127) * scale)
        self.vectors.requires_grad_(False)

    def describe(self, table: dict[str, Tensor], types: Tensor) -> Tensor:
        """Return the vectors (types, width) of distinct types."""
        vectors = self.vectors[table["rows"][types]]
        if self.training:
            keep = torch.rand(len(types), 1, 1, device=vectors.device) > WORDLESS
            vectors = vectors * keep
        numbers = table["pieces"][types]
        pieces = self.pieces[numbers.clamp(min=0)]
        real = (numbers >= 0).float()[:, :, None]
        count = real.sum(1).clamp(min=1)
        last = (count[:, 0] - 1).long()
        spread = (pieces * real).sum(1) / count
        ends = pieces[torch.arange(len(types), device=pieces.device), last]
        letters = self.letter(table["letters"][types])
        windows = F.pad(letters, (0, 0, 1, 1)).unfold(1, 3, 1).transpose(2, 3).flatten(2)
        spelled = torch.relu(self.spell(windows).amax(1))
        shapes = table["shapes"][types]
        parts = [vectors.flatten(1), pieces[:, 0] * real[:, 0], ends * real[:, 0], spread, spelled]
        parts += [self.shape(shapes[:, 0]), self.cut(shapes[:, 1])]
        x = F.dropout(torch.cat(parts, 1), DROP, self.training)
        out: Tensor = self.word_norm(torch.relu(self.word(x)))
        return out

    def forward(self, table: dict[str, Tensor], batch: Batch) -> Tensor:
        """Return label scores (positions, labels) of documents."""
        distinct, inverse = batch.types.unique(return_inverse=True)
        word = self.describe(table, distinct)[inverse]
        word = F.dropout(word, DROP, self.training)
        x = word + self.domain(batch.domain)
        for n, (dilation, layer, norm) in enumerate(
            zip(DILATIONS, self.layers, self.norms, strict=True)
        ):
            if n == MEMORY_AFTER:
                x = x + self._shared(x, batch.groups)
            wide = F.pad(x, (0, 0, dilation, dilation))
            around = torch.cat([wide[: len(x)], x, wide[2 * dilation :]], 1)
            x = norm(x + F.dropout(torch.relu(layer(around)), LAYER_DROP, self.training))
        top = torch.relu(self.head(F.dropout(torch.cat([x, word], 1), DROP, self.training)))
        scores: Tensor = self.out(top)
        return scores

    def _shared(self, x: Tensor, groups: Tensor) -> Tensor:
        """Return for every word what all words of its stem have seen on average."""
        seen = torch.relu(self.remember(x))
        size = int(groups.max()) + 1
        total = seen.new_zeros(size, MEMORY).index_add(0, groups, seen)
        count = seen.new_zeros(size).index_add(0, groups, seen.new_ones(len(groups)))
        mean = (total / count.clamp(min=1)[:, None])[groups] * (groups > 0)[:, None]
        out: Tensor = self.recall(mean)
        return out
