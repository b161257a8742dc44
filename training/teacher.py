"""The teacher: the encoder adapted to the press and tuned to names, too slow to ship."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mahdar.annotation.encoder.chunks import plain
from training.data import Sentence
from training.encoder import Encoder
from training.labels import DOMAINS, LABELS
from training.progress import Progress

RATE = 1.5e-4
LOWER = 0.9
"""Share of a layer's rate that the one below it has."""
LABEL_RATE = 5 * RATE
"""Of the layers over the encoder."""
BATCH = 3200  # sub-words
READ = 16_000  # sub-words at once when nothing is learnt
SHORTEST, LONGEST = 120, 240
"""Sub-words of neighbouring sentences that are read together: each round draws a number between these."""
USUAL = 200
"""The same when nothing is learnt."""
HIDDEN = 0.05  # of the sub-words
DROP = 0.1
_OF_A_WORD = 8  # sub-words that are read

Cut = Callable[[str], Sequence[int]]


@dataclass
class Chunk:
    """Neighbouring sentences as sub-words: ids, where each word starts, labels, domain.

    ``parts`` are the sentences in it: number and words of each.
    """

    ids: list[int]
    first: list[int]
    labels: list[int]
    domain: int
    parts: list[tuple[int, int]]


def make_chunks(
    sentences: Sequence[Sentence], cut: Cut, count: int, *, longest: int
) -> list[Chunk]:
    """Return sentences joined, inside one document, into chunks of at most so many sub-words.

    Args:
        sentences: their documents one after the other.
        cut: gives the sub-word numbers of a word.
        count: how many sub-words there are; the marks of begin and end follow them.
        longest: a longer sentence is cut.
    """
    out: list[Chunk] = []
    last_doc = ""
    for number, sentence in enumerate(sentences):
        pieces = [list(cut(plain(word)))[:_OF_A_WORD] or [0] for word in sentence.text]
        size = sum(map(len, pieces))
        at = 0
        while at < len(pieces):
            if not out or sentence.doc != last_doc or len(out[-1].ids) + size > longest:
                out.append(Chunk([count + 1], [], [], DOMAINS.index(sentence.domain), []))
            last_doc = sentence.doc
            chunk = out[-1]
            began = at
            while at < len(pieces) and len(chunk.ids) + len(pieces[at]) <= longest + 1:
                chunk.first.append(len(chunk.ids))
                chunk.ids.extend(pieces[at])
                chunk.labels.append(LABELS.index(sentence.labels[at]) if sentence.labels else 0)
                at += 1
            chunk.parts.append((number, at - began))
            size -= sum(map(len, pieces[began:at]))
    for chunk in out:
        chunk.ids.append(count + 2)
    return out


class Teacher(nn.Module):
    """Encoder with a label layer; the domain says whose conventions are asked for."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.shape.hidden
        self.encoder = encoder
        self.domain = nn.Embedding(len(DOMAINS), width)
        nn.init.zeros_(self.domain.weight)
        self.middle = nn.Linear(width, width)
        self.label = nn.Linear(width, len(LABELS))

    @property
    def device(self) -> torch.device:
        """Where its weights lie."""
        return self.domain.weight.device

    def read(self, ids: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Return what the encoder makes of every word's first sub-word: (batch, words, width)."""
        x = self.encoder(ids, mask)
        return torch.gather(x, 1, first[:, :, None].expand(-1, -1, x.shape[2]))

    def score(self, x: Tensor, domain: Tensor) -> Tensor:
        """Return label scores (batch, words, labels) under the conventions of each row's domain."""
        x = x + self.domain(domain)[:, None]
        x = F.gelu(self.middle(F.dropout(x, 0.1, self.training)))
        scores: Tensor = self.label(x)
        return scores


def collate(chunks: Sequence[Chunk], device: torch.device) -> tuple[Tensor, ...]:
    """Return sub-words, mask, word starts, domains and labels (-100 beyond the end) as tensors."""
    length = max(len(c.ids) for c in chunks)
    words = max(len(c.first) for c in chunks)
    ids = np.zeros((len(chunks), length), np.int64)
    mask = np.zeros((len(chunks), length), bool)
    first = np.zeros((len(chunks), words), np.int64)
    labels = np.full((len(chunks), words), -100)
    for n, c in enumerate(chunks):
        ids[n, : len(c.ids)] = c.ids
        mask[n, : len(c.ids)] = True
        first[n, : len(c.first)] = c.first
        labels[n, : len(c.labels)] = c.labels
    domain = np.array([c.domain for c in chunks])
    return tuple(torch.from_numpy(x).to(device) for x in (ids, mask, first, domain, labels))


def batches(chunks: list[Chunk], budget: int, rng: random.Random | None) -> list[list[Chunk]]:
    """Return chunks in batches of like length with at most ``budget`` sub-words each."""
    order = sorted(chunks, key=lambda c: len(c.ids) + (rng.random() * 20 if rng else 0))
    out: list[list[Chunk]] = [[]]
    for c in order:
        if out[-1] and (len(out[-1]) + 1) * max(len(c.ids), len(out[-1][0].ids)) > budget:
            out.append([])
        out[-1].append(c)
    if rng:
        rng.shuffle(out)
    return out


def tune(
    teacher: Teacher,
    sentences: Sequence[Sentence],
    cut: Cut,
    count: int,
    *,
    rounds: int,
    seed: int,
    seconds: float | None = None,
) -> None:
    """Tune a teacher on labelled sentences; the last row of its encoder's table hides sub-words.

    Args:
        teacher: an untrained one over an adapted encoder.
        sentences: their documents one after the other.
        cut: gives the sub-word numbers of a word.
        count: how many sub-words there are.
        rounds: over the sentences.
        seed: of what is drawn.
        seconds: the longest time; the rate falls in time for it.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    teacher.encoder.drop(DROP)
    groups = list(_groups(teacher))
    cuda = teacher.device.type == "cuda"
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=cuda)
    highest = [group["lr"] for group in groups]
    usual = batches(make_chunks(sentences, cut, count, longest=USUAL), BATCH, None)
    steps = rounds * len(usual)
    progress = Progress(steps, seconds)
    began, step = time.time(), 0
    teacher.train()
    while not progress.done(step):
        chunks = make_chunks(sentences, cut, count, longest=rng.randint(SHORTEST, LONGEST))
        total, seen = torch.zeros((), device=teacher.device), 0
        for batch in batches(chunks, BATCH, rng):
            if progress.done(step):
                break
            share = progress.rate(step, warm=0.1)
            for group, most in zip(optimizer.param_groups, highest, strict=True):
                group["lr"] = most * share
            ids, mask, first, domain, labels = collate(batch, teacher.device)
            hidden = (torch.rand(ids.shape, device=ids.device) < HIDDEN) & (ids <= count)
            ids = torch.where(hidden, torch.full_like(ids, count + 3), ids)
            with torch.autocast(teacher.device.type, dtype=torch.bfloat16):
                scores = teacher.score(teacher.read(ids, mask, first), domain)
            loss = F.cross_entropy(
                scores.float().flatten(0, 1), labels.flatten(), ignore_index=-100
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            total += loss.detach()
            seen += 1
            step += 1
        mean = total.item() / max(1, seen)
        print(f"{step} of {steps}: loss {mean:.4f}, {time.time() - began:.0f} s", flush=True)
    teacher.eval()


def _groups(teacher: Teacher) -> Iterator[dict[str, object]]:
    """Yield the parameters with their highest rate: lower layers learn slower, only matrices shrink."""
    encoder = teacher.encoder
    depth = len(encoder.layers)
    parts: list[tuple[float, list[nn.Module]]] = [
        (RATE * LOWER**depth, [encoder.word, encoder.position, encoder.norm]),
        (LABEL_RATE, [teacher.domain, teacher.middle, teacher.label]),
    ]
    for number, layer in enumerate(encoder.layers):
        parts.append((RATE * LOWER ** (depth - 1 - number), [layer]))
    for rate, modules in parts:
        own = [p for module in modules for p in module.parameters()]
        yield {"params": [p for p in own if p.ndim > 1], "lr": rate, "weight_decay": 0.01}
        yield {"params": [p for p in own if p.ndim == 1], "lr": rate, "weight_decay": 0.0}


@torch.no_grad()
def ask(
    teachers: Sequence[Teacher], sentences: Sequence[Sentence], cut: Cut, count: int
) -> list[np.ndarray]:
    """Return for every sentence the teachers' mean probabilities (domains, words, labels)."""
    rows: list[list[np.ndarray]] = [[] for _ in sentences]
    chunks = make_chunks(sentences, cut, count, longest=USUAL)
    got: dict[int, np.ndarray] = {}
    for batch in batches(chunks, READ, None):
        told = torch.stack([_probabilities(teacher, batch) for teacher in teachers]).mean(0)
        for chunk, own in zip(batch, told.cpu().numpy(), strict=True):
            got[id(chunk)] = own
    for chunk in chunks:
        at = 0
        for number, words in chunk.parts:
            rows[number].append(got[id(chunk)][:, at : at + words])
            at += words
    return [np.concatenate(parts, axis=1) for parts in rows]


def _probabilities(teacher: Teacher, batch: Sequence[Chunk]) -> Tensor:
    """Return one teacher's probabilities (chunks, domains, words, labels)."""
    ids, mask, first, domain, _ = collate(batch, teacher.device)
    with torch.autocast(teacher.device.type, dtype=torch.bfloat16):
        read = teacher.read(ids, mask, first)
        scores = [teacher.score(read, torch.full_like(domain, d)) for d in range(len(DOMAINS))]
    return F.softmax(torch.stack(scores, 1).float(), -1)
