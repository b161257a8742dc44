"""Tunes the network to sheets, has networks answer them, and tells how well they do.

Needs torch and numpy alone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from training.batches import CHOICES, QUESTIONS, Hints, Prepared, draw, in_order
from training.network import Network, loss_of
from training.progress import Progress
from training.sheets import PARTS, Sheet

BATCH = 12  # articles
RATE, HEAD_RATE = 2e-4, 1e-3
LOWER = 0.85
"""Share of a layer's rate that the one below it has."""
DROP = 0.1
TRUST = 0.6
"""Share of the teachers beside an annotator."""
PROCESSES = 4
"""That make batches for a GPU; a processor makes its own."""
_AT_ONCE = 24  # articles that are answered together
_SHOWN = 100  # steps


def fit(
    network: Network,
    sheets: Sequence[Sheet],
    *,
    rounds: float,
    seed: int,
    seconds: float | None = None,
    share: float = 1.0,
    hints: Sequence[Hints] | None = None,
) -> None:
    """Tune a network.

    Args:
        sheets: annotated articles; with hints others too.
        rounds: over them.
        seconds: the longest time; the rate falls in time for it.
        share: of the usual rates, for a network that has learned already.
        hints: what teachers answer, a sheet each.
    """
    torch.manual_seed(seed)
    device = network.kind.weight.device
    on_gpu = device.type == "cuda"
    network.encoder.drop(DROP)
    groups = list(_groups(network))
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=on_gpu)
    highest = [group["lr"] * share for group in groups]
    steps = int(rounds * len(sheets) / BATCH)
    batches = draw(
        *(sheets, BATCH, seed), hints=hints, processes=PROCESSES if on_gpu else 0, pinned=on_gpu
    )
    progress = Progress(steps, seconds)
    network.train()
    began = time.time()
    seen = torch.zeros((), device=device)
    for step, batch in enumerate(batches):
        if progress.done(step):
            break
        now = progress.rate(step, warm=0.06)
        for group, most in zip(optimizer.param_groups, highest, strict=True):
            group["lr"] = most * now
        there = batch.on(device)
        loss = loss_of(network(network.words(there), there), there, trust=TRUST) / BATCH
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        seen = seen * 0.98 + loss.detach() * 0.02
        if step % _SHOWN == _SHOWN - 1:
            mean = seen.item() / (1 - 0.98 ** (step + 1))
            print(
                f"step {step + 1} of {steps}: loss {mean:.3f}, {time.time() - began:.0f} s",
                flush=True,
            )
    network.eval()


def _groups(network: Network) -> Iterator[dict[str, object]]:
    """Yield the parameters with their highest rate: lower layers learn slower."""
    encoder = network.encoder
    depth = len(encoder.layers)
    bottom = [encoder.word, encoder.position, encoder.norm]
    yield {"params": [p for m in bottom for p in m.parameters()], "lr": RATE * LOWER**depth}
    for number, layer in enumerate(encoder.layers):
        yield {"params": list(layer.parameters()), "lr": RATE * LOWER ** (depth - 1 - number)}
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    yield {"params": heads, "lr": HEAD_RATE}


@torch.no_grad()
def answers(
    networks: Sequence[Network],
    sheets: Sequence[Sheet],
    words: Callable[[Prepared], Tensor] | None = None,
) -> list[Hints]:
    """Return the mean chances that networks on one device give the answers of every sheet.

    Args:
        networks: who answer.
        sheets: the questions; no answer of theirs is looked at.
        words: gives the vectors (words, width) of a batch, if not the networks themselves.
    """
    device = networks[0].kind.weight.device
    on_gpu = device.type == "cuda"
    for network in networks:
        network.eval()
    out: list[Hints] = []
    batches = in_order(sheets, _AT_ONCE, processes=PROCESSES if on_gpu else 0, pinned=on_gpu)
    for at, batch in enumerate(batches):
        there = batch.on(device)
        mean = dict.fromkeys(QUESTIONS, torch.zeros((), device=device))
        for network in networks:
            scores = network(words(batch) if words else network.words(there), there)
            for name in QUESTIONS:
                mean[name] = mean[name] + _chances(scores[name], there, name) / len(networks)
        given = {name: chances.half().cpu().numpy() for name, chances in mean.items()}
        for sheet in sheets[at * _AT_ONCE : (at + 1) * _AT_ONCE]:
            sizes = {name: len(rows_of(sheet, name)) for name in QUESTIONS}
            out.append({name: given[name][:size] for name, size in sizes.items()})
            given = {name: given[name][size:] for name, size in sizes.items()}
    return out


def _chances(scores: Tensor, batch: Prepared, name: str) -> Tensor:
    if name in ("detect", "merge"):
        return scores.sigmoid()
    chances = scores.softmax(1)
    if name in CHOICES:
        return chances[batch.arrays[name][:, 0], batch.rank[name]]
    return chances


def rows_of(sheet: Sheet, name: str) -> np.ndarray:
    """Return the rows of a sheet that a question is asked of; an answer is their last column."""
    if name in PARTS:
        rows: np.ndarray = getattr(sheet, name).rows
        return rows
    return getattr(sheet, "events" if name == "modality" else name)  # type: ignore[no-any-return]


def figures(given: Sequence[Hints], sheets: Sequence[Sheet]) -> str:
    """Return how well questions were answered: F1 of yes, or the share of right answers.

    Of places and times those that are rightly none do not count, as in score.py.
    """
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for chances, sheet in zip(given, sheets, strict=True):
        truths = {name: rows_of(sheet, name)[:, -1] for name in QUESTIONS}
        found = {
            "detect": chances["detect"] > 0.5,
            "merge": chances["merge"] > 0.5,
            "party": chances["party"][:, 0] < 0.6,
        }
        for name, yes in found.items():
            true = truths[name] > 0
            right[name] += 2 * int((yes & true).sum())
            asked[name] += int(yes.sum()) + int(true.sum())
        for name in ("modality", "acts"):
            if len(truths[name]):
                right[name] += int((chances[name].argmax(1) == truths[name]).sum())
                asked[name] += len(truths[name])
        for name in CHOICES:
            rows = rows_of(sheet, name)
            for event in np.unique(rows[:, 0]):
                here = np.flatnonzero(rows[:, 0] == event)
                good = rows[here, 1] > 0
                best = int(chances[name][here].argmax())
                rightly_none = good[best] and best == len(here) - 1
                if good.any() and not rightly_none:
                    right[name] += int(good[best])
                    asked[name] += 1
    return ", ".join(f"{name} {right[name] / max(1, asked[name]):.4f}" for name in sorted(asked))
