"""Adapts the encoder to Arabic news: it learns to tell hidden words of the press.

Needs torch and numpy alone.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.encoder import Encoder
from training.progress import Progress

HIDDEN = 0.18  # of the words
BATCH = 256  # stretches
RATE = 6e-4


@dataclass(slots=True)
class Text:
    """Stretches of text: sub-words behind each other, the length of each, marks of begin and end in."""

    pieces: np.ndarray
    lengths: np.ndarray


class Guesser(nn.Module):
    """An encoder that tells hidden sub-words after some depths; the last row of its table hides one."""

    def __init__(self, encoder: Encoder, depths: Sequence[int]) -> None:
        super().__init__()
        h = encoder.word.embedding_dim
        self.encoder = encoder
        self.depths = tuple(depths)
        self.dense = nn.ModuleList(nn.Linear(h, h) for _ in depths)
        self.norm = nn.ModuleList(nn.LayerNorm(h) for _ in depths)
        self.bias = nn.ParameterList(torch.zeros(encoder.word.num_embeddings) for _ in depths)

    def forward(self, ids: Tensor, mask: Tensor, hidden: Tensor) -> list[Tensor]:
        """Return scores (hidden sub-words, all sub-words) after each depth."""
        out = []
        states = self.encoder.states(ids, mask, self.depths)
        for state, dense, norm, bias in zip(states, self.dense, self.norm, self.bias, strict=True):
            x = norm(F.gelu(dense(state[hidden])))
            out.append(F.linear(x, self.encoder.word.weight, bias))
        return out


def hide(
    ids: Tensor, opens: Tensor, specials: int, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Return sub-words with some words hidden, and which were.

    Args:
        ids: (batch, length); ``opens`` tells of each sub-word whether it opens a word.
        specials: sub-words from this number on are marks.
    """
    device = ids.device
    word = opens[ids].cumsum(1).clamp(max=ids.shape[1] - 1)
    chance = torch.rand(ids.shape, generator=generator, device=device).gather(1, word)
    hidden = (chance < HIDDEN) & (ids < specials) & (ids > 0)
    how = torch.rand(ids.shape, generator=generator, device=device)
    other = torch.randint(1, specials, ids.shape, generator=generator, device=device)
    put = torch.where(how < 0.8, torch.full_like(ids, len(opens) - 1), ids)
    put = torch.where(how > 0.9, other, put)
    return torch.where(hidden, put, ids), hidden


def adapt(
    encoder: Encoder,
    text: Text,
    opens: np.ndarray,
    specials: int,
    *,
    depths: Sequence[int],
    rounds: int,
    seconds: float | None = None,
    seed: int = 1,
) -> None:
    """Tune an encoder, whose last sub-word hides words, on text.

    Args:
        text: what is read.
        opens: of each sub-word whether it opens a word.
        specials: number of the first mark.
        depths: after how many layers hidden words are told, in rising order.
        rounds: over the text.
        seconds: the longest time; the rate falls in time for it.
    """
    device = encoder.word.weight.device
    torch.manual_seed(seed)
    model = Guesser(encoder, depths).to(device)
    generator = torch.Generator(device).manual_seed(seed)
    starts = np.r_[0, np.cumsum(text.lengths)]
    length = int(text.lengths.max())
    table = np.full((len(text.lengths), length), specials, np.int16)
    for n, (a, b) in enumerate(pairwise(starts)):
        table[n, : b - a] = text.pieces[a:b].astype(np.int16)
    ids_of = torch.from_numpy(table).to(device)
    long = torch.from_numpy(text.lengths.astype(np.int64)).to(device)
    begins = torch.from_numpy(opens).to(device)
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=RATE,
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=device.type == "cuda",
    )
    batch = min(BATCH, len(table))
    steps = rounds * (len(table) // batch)
    progress = Progress(steps, seconds)
    model.train()
    began, step = time.time(), 0
    rng = np.random.default_rng(seed)
    seen = torch.zeros(len(depths), device=device)
    while not progress.done(step):
        order = rng.permutation(len(table))
        for at in range(0, len(table) - batch + 1, batch):
            if progress.done(step):
                break
            chosen = torch.from_numpy(np.sort(order[at : at + batch])).to(device)
            lengths = long[chosen]
            ids = ids_of[chosen].long()
            mask = torch.arange(length, device=device)[None] < lengths[:, None]
            put, hidden = hide(ids, begins, specials, generator)
            hidden &= mask
            for group in optimizer.param_groups:
                group["lr"] = RATE * progress.rate(step, warm=0.06)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                scores = model(put, mask, hidden)
            truth = ids[hidden]
            losses = torch.stack([F.cross_entropy(s.float(), truth) for s in scores])
            optimizer.zero_grad(set_to_none=True)
            losses.sum().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            seen = seen * 0.98 + losses.detach() * 0.02
            step += 1
            if step % 200 == 0:
                shown = " ".join(f"{x / (1 - 0.98**step):.3f}" for x in seen.tolist())
                print(
                    f"adapt {step} of {steps}: loss {shown}, {time.time() - began:.0f} s",
                    flush=True,
                )
    encoder.eval()
