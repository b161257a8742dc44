"""Tunes the network to sheets and tells how well it answers.

Needs torch and numpy alone.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from torch import Tensor, nn

from training.network import Network, loss_of, right_options
from training.progress import Progress
from training.sheets import Batch, Numbers, Sheet, join

BATCH = 12  # articles
RATE, HEAD_RATE = 2e-4, 1e-3
LOWER = 0.85
"""Share of a layer's rate that the one below it has."""
DROP = 0.1
FORGOTTEN = 0.04
"""Share of sub-words that are hidden, so that no answer hangs on a single one."""
_UNKNOWN_PIECE = 0


def fit(
    network: Network,
    sheets: Sequence[Sheet],
    *,
    rounds: float,
    seed: int,
    seconds: float | None = None,
    share: float = 1.0,
) -> None:
    """Tune a network.

    Args:
        sheets: annotated articles.
        rounds: over them.
        seconds: the longest time; the rate falls in time for it.
        share: of the usual rates, for a network that has learned already.
    """
    torch.manual_seed(seed)
    device = network.kind.weight.device
    network.encoder.drop(DROP)
    groups = list(_groups(network))
    optimizer = torch.optim.AdamW(
        groups, weight_decay=0.01, betas=(0.9, 0.98), fused=device.type == "cuda"
    )
    highest = [group["lr"] * share for group in groups]
    steps = int(rounds * len(sheets) / BATCH)
    progress = Progress(steps, seconds)
    network.train()
    began = time.time()
    seen = torch.zeros((), device=device)
    for step, batch in enumerate(_batches(sheets, steps, seed)):
        if progress.done(step):
            break
        now = progress.rate(step, warm=0.08)
        for group, most in zip(optimizer.param_groups, highest, strict=True):
            group["lr"] = most * now
        scores = network(network.words(batch), batch)
        loss = loss_of(scores, batch) / BATCH
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        seen = seen * 0.98 + loss.detach() * 0.02
        if step % 100 == 99:
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


def _batches(sheets: Sequence[Sheet], steps: int, seed: int) -> Iterator[Batch]:
    """Yield so many batches, made ahead by another thread."""
    drawn = _endless(sheets, random.Random(seed))
    rng = np.random.default_rng(seed)

    def draw() -> Batch:
        batch = join([next(drawn) for _ in range(BATCH)])
        batch.pieces = [_forget(pieces, rng) for pieces in batch.pieces]
        return batch

    with ThreadPoolExecutor(1) as pool:
        waiting = [pool.submit(draw) for _ in range(4)]
        for _ in range(steps):
            waiting.append(pool.submit(draw))
            yield waiting.pop(0).result()


def _forget(pieces: Numbers, rng: np.random.Generator) -> Numbers:
    """Return the sub-words of a stretch with some hidden, never its ends."""
    hidden = rng.random(len(pieces)) < FORGOTTEN
    hidden[[0, -1]] = False
    return np.where(hidden, _UNKNOWN_PIECE, pieces)


def _endless(sheets: Sequence[Sheet], rng: random.Random) -> Iterator[Sheet]:
    while True:
        order = list(sheets)
        rng.shuffle(order)
        yield from order


@torch.no_grad()
def figures(
    network: Network, sheets: Sequence[Sheet], words: Callable[[Batch], Tensor] | None = None
) -> str:
    """Return how well questions are answered: F1 of yes, or the share of right answers.

    Of places and times those that are rightly none do not count, as in score.py.

    Args:
        network: who answers.
        sheets: the questions.
        words: gives the vectors (words, width) of a batch, if not the network itself.
    """
    network.eval()
    read = words or network.words
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for at in range(0, len(sheets), BATCH):
        batch = join(sheets[at : at + BATCH])
        scores = {name: s.float().cpu() for name, s in network(read(batch), batch).items()}
        truths = {name: torch.from_numpy(a[:, -1]) for name, a in batch.arrays.items()}
        found = {
            "detect": scores["detect"] > 0,
            "merge": scores["merge"] > 0,
            "party": scores["party"].softmax(1)[:, 0] < 0.6,
        }
        for name, yes in found.items():
            true = truths[name] > 0
            right[name] += 2 * int((yes & true).sum())
            asked[name] += int(yes.sum()) + int(true.sum())
        for name, key in (("modality", "events"), ("acts", "acts")):
            right[name] += int((scores[name].argmax(1) == truths[key]).sum())
            asked[name] += len(truths[key])
        for name in ("place", "time"):
            good, known = right_options(batch, name)
            best = scores[name].argmax(1).numpy()
            last = good.shape[1] - 1 - (scores[name].numpy()[:, ::-1] > -5e3).argmax(1)
            hit = good[range(len(best)), best]
            none = hit & (best == last)
            right[name] += int((hit & known & ~none).sum())
            asked[name] += int((known & ~none).sum())
    return ", ".join(f"{name} {right[name] / max(1, asked[name]):.4f}" for name in sorted(asked))
