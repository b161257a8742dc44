"""The network in torch: the encoder with a head for each question about statements and events.

The heads are those of ``mahdar.extraction.heads``, which runs them with numpy; names of layers are
the same there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mahdar.annotation.encoder.chunks import cut_chunks
from mahdar.annotation.pieces import Pieces
from mahdar.extraction.heads import Pair, pair_distance, same_distance
from training.encoder import Encoder, Packed
from training.network_rows import MODALITIES, ROLES, TYPES, Lesson
from training.teacher import kept_pieces

DEPTH = 6  # layers used of the 12
FROZEN = 2  # layers that stay as they are: computed once
WIDTH = 160  # of the heads' hidden layers
_DISTANCES = 40
_FAR = -1e4
WEIGHT = {"detect": 10, "merge": 20, "party": 30, "place": 6, "time": 6, "modality": 6}
"""By what the summed loss of each question is divided."""


def vocabulary(packed: Packed) -> tuple[dict[str, float], np.ndarray]:
    """Return the sub-words used with their scores, and the rows of the package's table in the order
    of the shipped numbers: unknown, the sub-words, beginning, end."""
    name = {n: piece for piece, n in packed.pieces.items()}
    special = {packed.bos, packed.eos, packed.unk}
    kept = [int(k) for k in kept_pieces(packed) if int(k) not in special]
    scores = {name[k]: round(float(packed.scores[k]), 3) for k in kept}
    return scores, np.array([packed.unk, *kept, packed.bos, packed.eos])


@dataclass(slots=True)
class Page:
    """A lesson with its chunks: sub-word ids, the word of each (-1 at the ends), and what the frozen
    layers made of them."""

    lesson: Lesson
    ids: list[Tensor]
    word: list[Tensor]
    state: list[Tensor]


def make_page(lesson: Lesson, cut: Pieces, count: int) -> Page:
    """Return a lesson as the encoder reads it; ``count`` is the number of sub-words known."""
    chunks = cut_chunks(lesson.text, lesson.sentence, cut)
    ids = [torch.tensor([count + 1, *c.pieces, count + 2]) for c in chunks]
    return Page(lesson, ids, [torch.tensor([-1, *c.word, -1]) for c in chunks], [])


def _mlp(width: int, answers: int) -> nn.ModuleList:
    return nn.ModuleList([nn.Linear(width, WIDTH), nn.Linear(WIDTH, answers)])


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, packed: Packed, rows: np.ndarray) -> None:
        super().__init__()
        self.encoder = Encoder(packed, rows, depth=DEPTH)
        h = packed.hidden
        self.kind = nn.Embedding(len(TYPES), 32)
        self.distance = nn.Embedding(_DISTANCES, 24)
        paired = 3 * WIDTH + 32 + 24
        self.pair = nn.ModuleDict({"trigger": nn.Linear(h, WIDTH), "span": nn.Linear(h, WIDTH)})
        self.told = nn.ModuleDict({"word": nn.Linear(h, WIDTH)})
        self.heads = nn.ModuleDict(
            {
                "detect": _mlp(h, len(TYPES)),
                "merge": _mlp(paired, 1),
                "party": _mlp(paired, len(ROLES)),
                "place": _mlp(paired, 1),
                "time": _mlp(paired, 1),
                "modality": _mlp(h + 32, len(MODALITIES)),
            }
        )

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the weights of the heads under their shipped names, matrices for ``x @ w``."""
        out = {
            "type": self.kind.weight,
            "distance": self.distance.weight,
        }
        named = {f"pair.{k}": m for k, m in self.pair.items()}
        named |= {f"merge.{k}": m for k, m in self.told.items()}
        named |= {f"{k}.{n}": m for k, head in self.heads.items() for n, m in enumerate(head)}
        for name, module in named.items():
            out |= {f"{name}.weight": module.weight.T, f"{name}.bias": module.bias}
        return {k: v.detach().numpy().astype(np.float16) for k, v in out.items()}

    def words(self, pages: Sequence[Page]) -> list[Tensor]:
        """Return the vectors (words, width) of articles from the frozen layers' output."""
        todo = [state for page in pages for state in page.state]
        states: list[Tensor] = [torch.zeros(0)] * len(todo)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for numbers in alike([len(state) for state in todo]):
                length = max(len(todo[n]) for n in numbers)
                x = torch.zeros(len(numbers), length, todo[0].shape[1])
                mask = torch.zeros(len(numbers), length, dtype=torch.bool)
                for row, n in enumerate(numbers):
                    x[row, : len(todo[n])], mask[row, : len(todo[n])] = todo[n].float(), True
                y = self.encoder.tuned(x, mask, FROZEN).float()
                for row, n in enumerate(numbers):
                    states[n] = y[row, : len(todo[n])]
        out, at = [], 0
        for page in pages:
            out.append(self.mean(page, states[at : at + len(page.state)]))
            at += len(page.state)
        return out

    @staticmethod
    def mean(page: Page, states: Sequence[Tensor]) -> Tensor:
        """Return the mean of every word's sub-words."""
        count = len(page.lesson.text)
        total, seen = torch.zeros(count, states[0].shape[1]), torch.zeros(count, 1)
        for state, word in zip(states, page.word, strict=True):
            inside = word >= 0
            total = total.index_add(0, word[inside], state[inside])
            seen = seen.index_add(0, word[inside], torch.ones(int(inside.sum()), 1))
        return total / seen.clamp(min=1)

    def forward(self, words: Tensor, lesson: Lesson) -> dict[str, Tensor]:
        """Return the scores for every question about an article.

        ``detect``, ``merge`` (questions,); ``modality`` (events, modalities); ``party``
        (candidates of all events, roles); ``place``, ``time`` (options of all events,).
        """
        x = F.dropout(words, 0.15, self.training)
        out: dict[str, Tensor] = {}
        if lesson.detect:
            at, kinds = [d[0] for d in lesson.detect], torch.tensor([d[1] for d in lesson.detect])
            out["detect"] = self._answer("detect", x[at]).gather(1, kinds[:, None])[:, 0]
        if lesson.merge:
            out["merge"] = self._same(x, lesson)
        for name in ("party", "place", "time"):
            options, kinds_of = [], []
            for event in lesson.events:
                rows = (
                    [p for p, _ in event.party]
                    if name == "party"
                    else (getattr(event, name) or ([], []))[0]
                )
                options += rows
                kinds_of += [event.type] * len(rows)
            if options:
                out[name] = self._parts(name, x, lesson, options, kinds_of)
        if lesson.events:
            means = torch.stack([x[event.words].mean(0) for event in lesson.events])
            kinds = torch.tensor([event.type for event in lesson.events])
            out["modality"] = self._answer("modality", torch.cat([means, self.kind(kinds)], 1))
        return out

    def _answer(self, name: str, x: Tensor) -> Tensor:
        first, last = self.heads[name]
        x = F.gelu(first(x), approximate="tanh")
        out: Tensor = last(F.dropout(x, 0.2, self.training))
        return out

    def _same(self, x: Tensor, lesson: Lesson) -> Tensor:
        left = self.told["word"](x[[m[0] for m in lesson.merge]])
        right = self.told["word"](x[[m[1] for m in lesson.merge]])
        apart = torch.tensor([same_distance(a, b, lesson.sentence) for a, b, _, _ in lesson.merge])
        kinds = torch.tensor([m[2] for m in lesson.merge])
        read = [(left + right) / 2, (left - right).abs(), left * right]
        read += [self.kind(kinds), self.distance(apart)]
        return self._answer("merge", F.dropout(torch.cat(read, 1), 0.1, self.training))[:, 0]

    def _parts(
        self, name: str, x: Tensor, lesson: Lesson, options: list[list[Pair]], kinds: list[int]
    ) -> Tensor:
        pairs = [(n, pair) for n, option in enumerate(options) for pair in option]
        hidden = torch.full((len(options), WIDTH), _FAR)
        if pairs:
            own = torch.tensor([n for n, _ in pairs])
            trigger = self.pair["trigger"](x[[p.trigger for _, p in pairs]])
            ends = x[[p.first for _, p in pairs]] + x[[p.last for _, p in pairs]]
            span = self.pair["span"](ends / 2)
            apart = [pair_distance(p.trigger, p.first, lesson.sentence) for _, p in pairs]
            read = [trigger, span, trigger * span, self.kind(torch.tensor(kinds)[own])]
            read.append(self.distance(torch.tensor(apart)))
            z = F.dropout(torch.cat(read, 1), 0.15, self.training)
            z = F.gelu(self.heads[name][0](z), approximate="tanh")
            hidden = hidden.index_reduce(0, own, z, "amax")
        hidden = torch.where(hidden < _FAR / 10, torch.zeros_like(hidden), hidden)
        out: Tensor = self.heads[name][1](F.dropout(hidden, 0.2, self.training))
        return out if name == "party" else out[:, 0]


def loss_of(scores: dict[str, Tensor], lesson: Lesson) -> Tensor:
    """Return the loss of an article's answers."""
    total = torch.zeros(())
    yes = {"detect": [d[2] for d in lesson.detect], "merge": [m[3] for m in lesson.merge]}
    classes = {
        "party": [role for event in lesson.events for _, role in event.party],
        "modality": [event.modality for event in lesson.events],
    }
    for name, answers in yes.items():
        if name in scores:
            truth = torch.tensor(answers, dtype=torch.float32)
            loss = F.binary_cross_entropy_with_logits(scores[name], truth, reduction="sum")
            total = total + loss / WEIGHT[name]
    for name, labels in classes.items():
        if name in scores:
            loss = F.cross_entropy(scores[name], torch.tensor(labels), reduction="sum")
            total = total + loss / WEIGHT[name]
    for name in ("place", "time"):
        for row, right in iter_choices(name, scores, lesson):
            total = total - torch.logsumexp(F.log_softmax(row, 0)[right], 0) / WEIGHT[name]
    return total


def iter_choices(
    name: str, scores: dict[str, Tensor], lesson: Lesson
) -> list[tuple[Tensor, list[int]]]:
    """Return the scores of each event's options of place or time, with the numbers of the right ones."""
    out = []
    at = 0
    for event in lesson.events:
        choice = getattr(event, name)
        if choice is not None:
            options, right = choice
            out.append((scores[name][at : at + len(options)], right))
            at += len(options)
    return out


def alike(lengths: Sequence[int]) -> list[list[int]]:
    """Return numbers of stretches in groups of like length, so that little is read for nothing."""
    groups: list[list[int]] = []
    for n in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if not groups or lengths[n] > 1.4 * lengths[groups[-1][0]] + 8:
            groups.append([])
        groups[-1].append(n)
    return groups


@torch.no_grad()
def freeze(network: Network, pages: Sequence[Page]) -> None:
    """Set every page's ``state``: what the frozen layers make of its sub-words."""
    todo = [(page, n) for page in pages for n in range(len(page.ids))]
    for page in pages:
        page.state = [torch.zeros(0)] * len(page.ids)
    todo.sort(key=lambda x: len(x[0].ids[x[1]]))
    for start in range(0, len(todo), 40):
        batch = todo[start : start + 40]
        length = max(len(page.ids[n]) for page, n in batch)
        ids = torch.zeros(len(batch), length, dtype=torch.long)
        mask = torch.zeros(len(batch), length, dtype=torch.bool)
        for row, (page, n) in enumerate(batch):
            ids[row, : len(page.ids[n])], mask[row, : len(page.ids[n])] = page.ids[n], True
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = network.encoder.frozen(ids, mask, FROZEN).bfloat16()
        for row, (page, n) in enumerate(batch):
            page.state[n] = states[row, : len(page.ids[n])].clone()
