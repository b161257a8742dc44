"""The network in torch: the encoder with a head for each question about statements and events.

The heads are those of ``mahdar.extraction.heads``, which runs them with numpy; names of layers are
the same there. Needs torch and numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.encoder import Encoder
from training.sheets import ACTS, MODALITIES, PARTS, ROLES, TYPES, Batch, ranks

WIDTH = 160  # of the heads' hidden layers
DISTANCES = 40
_FAR = -1e4
WEIGHT = {
    "detect": 10,
    "merge": 20,
    "party": 30,
    "place": 6,
    "time": 6,
    "modality": 6,
    "acts": 6,
}
"""By what the summed loss of each question is divided."""
Scores = dict[str, Tensor]


def _mlp(width: int, answers: int) -> nn.ModuleList:
    return nn.ModuleList([nn.Linear(width, WIDTH), nn.Linear(WIDTH, answers)])


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        h = encoder.word.embedding_dim
        self.kind = nn.Embedding(TYPES, 32)
        self.distance = nn.Embedding(DISTANCES, 24)
        paired = 3 * WIDTH + 32 + 24
        self.pair = nn.ModuleDict({"trigger": nn.Linear(h, WIDTH), "span": nn.Linear(h, WIDTH)})
        self.told = nn.ModuleDict({"word": nn.Linear(h, WIDTH)})
        self.heads = nn.ModuleDict(
            {
                "detect": _mlp(h, TYPES),
                "merge": _mlp(paired, 1),
                "party": _mlp(paired, ROLES),
                "place": _mlp(paired, 1),
                "time": _mlp(paired, 1),
                "modality": _mlp(h + 32, MODALITIES),
                "acts": _mlp(4 * h, ACTS),
            }
        )

    def named_heads(self) -> dict[str, nn.Module]:
        """Return the linear layers of the heads by their shipped names."""
        named: dict[str, nn.Module] = {f"pair.{k}": m for k, m in self.pair.items()}
        named |= {f"merge.{k}": m for k, m in self.told.items()}
        for k, head in self.heads.items():
            named |= {f"{k}.{n}": m for n, m in enumerate(head)}
        return named

    def arrays(self) -> dict[str, np.ndarray]:
        """Return the weights of the heads under their shipped names, matrices for ``x @ w``."""
        out = {"type": self.kind.weight, "distance": self.distance.weight}
        for name, module in self.named_heads().items():
            out |= {f"{name}.weight": module.weight.T, f"{name}.bias": module.bias}
        return {k: v.detach().cpu().numpy().astype(np.float16) for k, v in out.items()}

    def words(self, batch: Batch) -> Tensor:
        """Return the vectors (words, width): the mean of every word's sub-words."""
        device = self.encoder.word.weight.device
        total = torch.zeros(batch.words, self.encoder.word.embedding_dim, device=device)
        count = torch.zeros(batch.words, 1, device=device)
        for numbers in alike([len(ids) for ids in batch.pieces]):
            length = max(len(batch.pieces[n]) for n in numbers)
            ids = np.zeros((len(numbers), length), np.int64)
            word = np.full((len(numbers), length), -1, np.int64)
            mask = np.zeros((len(numbers), length), bool)
            for row, n in enumerate(numbers):
                size = len(batch.pieces[n])
                ids[row, :size], word[row, :size] = batch.pieces[n], batch.word[n]
                mask[row, :size] = True
            with torch.autocast(device.type, dtype=torch.bfloat16):
                states = self.encoder(_on(ids, device), _on(mask, device)).float()
            flat = _on(word, device).flatten()
            inside = torch.nonzero(flat >= 0)[:, 0]
            flat = flat[inside]
            total = total.index_add(0, flat, states.flatten(0, 1)[inside])
            count = count.index_add(0, flat, torch.ones(len(flat), 1, device=device))
        return total / count.clamp(min=1)

    def forward(self, words: Tensor, batch: Batch) -> Scores:
        """Return the scores for every question of a batch.

        ``detect``, ``merge`` (questions,); ``modality`` (events, modalities); ``acts`` (statements,
        acts); ``party`` (candidates of all events, roles); ``place``, ``time`` (events, most options),
        far below zero beyond an event's own.
        """
        x = F.dropout(words, 0.15, self.training)
        a = {
            name: _on(array.astype(np.int64), words.device) for name, array in batch.arrays.items()
        }
        out: Scores = {}
        detect = self._answer("detect", x[a["detect"][:, 0]])
        out["detect"] = detect.gather(1, a["detect"][:, 1:2])[:, 0]
        out["merge"] = self._same(x, a["merge"])
        for name in PARTS:
            scores = self._parts(name, x, a[name], a[f"{name}.pairs"], a["events"][:, 0])
            out[name] = scores if name == "party" else _by_event(scores[:, 0], batch, name)
        events, told = a["events"], a["told"]
        sums = torch.zeros(len(events), x.shape[1], device=x.device)
        count = torch.zeros(len(events), 1, device=x.device)
        sums = sums.index_add(0, told[:, 0], x[told[:, 1]])
        count = count.index_add(0, told[:, 0], torch.ones(len(told), 1, device=x.device))
        mean = sums / count.clamp(min=1)
        out["modality"] = self._answer("modality", torch.cat([mean, self.kind(events[:, 0])], 1))
        out["acts"] = self._acts(x, a["acts"])
        return out

    def _acts(self, x: Tensor, acts: Tensor) -> Tensor:
        """Return what statements do, from their cue, the first word and the mean of the content."""
        total = torch.cat([torch.zeros(1, x.shape[1], device=x.device), x.cumsum(0)])
        size = (acts[:, 3] - acts[:, 2] + 1)[:, None]
        mean = (total[acts[:, 3] + 1] - total[acts[:, 2]]) / size
        cue = (x[acts[:, 0]] + x[acts[:, 1]]) / 2
        second = torch.minimum(acts[:, 2] + 1, acts[:, 3])
        return self._answer("acts", torch.cat([cue, x[acts[:, 2]], x[second], mean], 1))

    def _answer(self, name: str, x: Tensor) -> Tensor:
        first, last = self.heads[name]
        x = F.gelu(first(x), approximate="tanh")
        out: Tensor = last(F.dropout(x, 0.2, self.training))
        return out

    def _same(self, x: Tensor, merge: Tensor) -> Tensor:
        left, right = self.told["word"](x[merge[:, 0]]), self.told["word"](x[merge[:, 1]])
        read = [(left + right) / 2, (left - right).abs(), left * right]
        read += [self.kind(merge[:, 2]), self.distance(merge[:, 3])]
        return self._answer("merge", F.dropout(torch.cat(read, 1), 0.1, self.training))[:, 0]

    def _parts(self, name: str, x: Tensor, rows: Tensor, pairs: Tensor, kinds: Tensor) -> Tensor:
        hidden = torch.full((len(rows), WIDTH), _FAR, device=x.device)
        if len(pairs):
            own = pairs[:, 0]
            trigger = self.pair["trigger"](x[pairs[:, 1]])
            span = self.pair["span"]((x[pairs[:, 2]] + x[pairs[:, 3]]) / 2)
            kind = self.kind(kinds[rows[own, 0]])
            read = [trigger, span, trigger * span, kind, self.distance(pairs[:, 4])]
            z = F.dropout(torch.cat(read, 1), 0.15, self.training)
            z = F.gelu(self.heads[name][0](z), approximate="tanh")
            hidden = hidden.scatter_reduce(0, own[:, None].expand_as(z), z, "amax")
        hidden = torch.where(hidden < _FAR / 10, torch.zeros_like(hidden), hidden)
        out: Tensor = self.heads[name][1](F.dropout(hidden, 0.2, self.training))
        return out


def _on(array: np.ndarray, device: torch.device) -> Tensor:
    return torch.from_numpy(array).to(device, non_blocking=True)


def _by_event(scores: Tensor, batch: Batch, name: str) -> Tensor:
    """Return the scores of options as a row an event."""
    events = batch.arrays[name][:, 0]
    rank = ranks(events)
    shape = (len(batch.arrays["events"]), int(rank.max(initial=0)) + 1)
    out = torch.full(shape, _FAR, device=scores.device)
    return out.index_put(
        (_on(events, scores.device).long(), _on(rank, scores.device).long()), scores
    )


def loss_of(scores: Scores, batch: Batch) -> Tensor:
    """Return the loss of a batch's answers, summed over its articles; unknown answers do not count."""
    device = scores["detect"].device
    total = torch.zeros((), device=device)
    for name in ("detect", "merge"):
        truth = _on(batch.arrays[name][:, -1].astype(np.float32), device)
        loss = F.binary_cross_entropy_with_logits(scores[name], truth, reduction="none")
        total = total + (loss * _on(batch.weight[name] / WEIGHT[name], device)).sum()
    for name, key in (("party", "party"), ("modality", "events"), ("acts", "acts")):
        truth = _on(batch.arrays[key][:, -1].astype(np.int64), device)
        loss = F.cross_entropy(scores[name], truth, reduction="none")
        total = total + (loss * _on(batch.weight[key] / WEIGHT[name], device)).sum()
    for name in ("place", "time"):
        right, known = right_options(batch, name)
        logs = F.log_softmax(scores[name], 1)
        chosen = torch.where(_on(right, device), logs, torch.full_like(logs, _FAR))
        weight = _on(batch.weight["events"] * known / WEIGHT[name], device)
        total = total - (torch.logsumexp(chosen, 1) * weight).sum()
    return total


def right_options(batch: Batch, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return which options are right, a row an event, and the events where that is known."""
    rows = batch.arrays[name]
    rank = ranks(rows[:, 0])
    right = np.zeros((len(batch.arrays["events"]), int(rank.max(initial=0)) + 1), bool)
    right[rows[:, 0], rank] = rows[:, 1] > 0
    return right, right.any(1)


def alike(lengths: Sequence[int]) -> list[list[int]]:
    """Return numbers of stretches in groups of like length, so that little is read for nothing."""
    groups: list[list[int]] = []
    for n in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if not groups or lengths[n] > 1.6 * lengths[groups[-1][0]] + 16:
            groups.append([])
        groups[-1].append(n)
    return groups
