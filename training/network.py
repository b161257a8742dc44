"""The network in torch: the encoder with a head for each question about statements and events.

The heads are those of ``mahdar.extraction.heads``, which runs them with numpy; names of layers are
the same there. Needs torch and numpy alone.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.batches import CHOICES, Prepared
from training.encoder import Encoder
from training.sheets import ACTS, MODALITIES, PARTS, ROLES, TYPES

WIDTH = 160  # of the heads' hidden layers
DISTANCES = 40
_FAR = -1e4
_LEAST = -50.0  # what is so unlikely costs no more
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
_ROWS = {
    "detect": "detect",
    "merge": "merge",
    "party": "party",
    "modality": "events",
    "acts": "acts",
}
"""The rows that hold the answers to each question without options of which one is right."""
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

    def words(self, batch: Prepared) -> Tensor:
        """Return the vectors (words, width): the mean of every word's sub-words."""
        device = self.kind.weight.device
        total = torch.zeros(batch.words, self.encoder.word.embedding_dim, device=device)
        for ids, mask, inside, word in batch.stretches:
            with torch.autocast(device.type, dtype=torch.bfloat16):
                states = self.encoder(ids, mask).float()
            total = total.index_add(0, word, states.flatten(0, 1).index_select(0, inside))
        return total / batch.count[:, None]

    def forward(self, words: Tensor, batch: Prepared) -> Scores:
        """Return the scores for every question of a batch.

        ``detect``, ``merge`` (questions,); ``modality`` (events, modalities); ``acts`` (statements,
        acts); ``party`` (candidates of all events, roles); ``place``, ``time`` (events, most options),
        far below zero beyond an event's own.
        """
        x = F.dropout(words, 0.15, self.training)
        a = batch.arrays
        out: Scores = {}
        detect = self._answer("detect", x[a["detect"][:, 0]])
        out["detect"] = detect.gather(1, a["detect"][:, 1:2])[:, 0]
        out["merge"] = self._same(x, a["merge"])
        for name in PARTS:
            scores = self._parts(name, x, a[name], a[f"{name}.pairs"], a["events"][:, 0])
            out[name] = scores if name == "party" else by_event(scores[:, 0], batch, name, _FAR)
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
            trigger, spans = self.pair["trigger"](x)[pairs[:, 1]], self.pair["span"](x)
            span = (spans[pairs[:, 2]] + spans[pairs[:, 3]]) / 2
            kind = self.kind(kinds[rows[own, 0]])
            read = [trigger, span, trigger * span, kind, self.distance(pairs[:, 4])]
            z = F.dropout(torch.cat(read, 1), 0.15, self.training)
            z = F.gelu(self.heads[name][0](z), approximate="tanh")
            hidden = hidden.scatter_reduce(0, own[:, None].expand_as(z), z, "amax")
        hidden = torch.where(hidden < _FAR / 10, torch.zeros_like(hidden), hidden)
        out: Tensor = self.heads[name][1](F.dropout(hidden, 0.2, self.training))
        return out


def by_event(values: Tensor, batch: Prepared, name: str, empty: float) -> Tensor:
    """Return a value of every option as a row an event, ``empty`` beyond an event's own."""
    out = torch.full(batch.right[name].shape, empty, device=values.device)
    return out.index_put((batch.arrays[name][:, 0], batch.rank[name]), values)


def loss_of(scores: Scores, batch: Prepared, *, trust: float = 0.0) -> Tensor:
    """Return the loss of a batch's answers, summed over its articles.

    Args:
        scores: what the network answers.
        batch: the questions; without hints all must have an answer but some places and times.
        trust: share of the teachers' hints beside an annotator's answer; where there is none, they count alone.
    """
    total = torch.zeros((), device=scores["detect"].device)
    for name, key in _ROWS.items():
        answer, weight = batch.arrays[key][:, -1], batch.weight[key] / WEIGHT[name]
        if name in ("detect", "merge"):
            truth = _mixed(answer.clamp(min=0).float(), answer >= 0, batch, name, trust)
            loss = F.binary_cross_entropy_with_logits(scores[name], truth, reduction="none")
        else:
            truth = F.one_hot(answer.clamp(min=0), scores[name].shape[1]).float()
            truth = _mixed(truth, answer >= 0, batch, name, trust)
            loss = -(truth * F.log_softmax(scores[name], 1)).sum(1)
        total = total + (loss * weight).sum()
    for name in CHOICES:
        logs = F.log_softmax(scores[name], 1)
        chosen = torch.where(batch.right[name], logs, torch.full_like(logs, _FAR))
        known = batch.known[name]
        loss = -torch.logsumexp(chosen, 1) * known
        if batch.hints:
            hint = by_event(batch.hints[name].float(), batch, name, 0.0)
            told = -(hint * logs.clamp(min=_LEAST)).sum(1)
            loss = loss * (1 - trust) + told * (trust * known + 1 - known)
        total = total + (loss * batch.weight["events"] / WEIGHT[name]).sum()
    return total


def _mixed(truth: Tensor, known: Tensor, batch: Prepared, name: str, trust: float) -> Tensor:
    """Return the answers to learn: an annotator's and the teachers', or the one there is."""
    if not batch.hints:
        return truth
    share = torch.where(known, trust, 1.0)
    share = share.reshape(-1, *[1] * (truth.ndim - 1))
    return truth * (1 - share) + batch.hints[name].float() * share
