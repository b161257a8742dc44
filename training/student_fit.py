"""Tunes the student to labels and to what the teachers told, and writes it as the package reads it."""

from __future__ import annotations

import copy
import gzip
import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from mahdar.annotation.names.vocabulary import Vocabulary
from mahdar.annotation.names.wordforms import WordForms
from mahdar.annotation.pieces import Pieces
from training.data import Sentence
from training.documents import Document, TypeTable, by_document, iter_batches, pack
from training.labels import DOMAINS, LABELS
from training.progress import Progress
from training.sizes import Size
from training.student import DILATIONS, MEMORY_AFTER, Student
from training.vocabulary import save_vocabulary

RATE, FINISHING_RATE = 3e-3, 1e-3
WORDS, FINISHING_WORDS = 8000, 4000
"""Words of a step."""


@dataclass(slots=True)
class Tables:
    """What a student begins with: counted words and their vectors, sub-words and theirs, in eight bits.

    A vector is its whole numbers times the scale of its table; row 0 of each is zero.
    """

    counts: dict[str, int]
    vectors: np.ndarray
    vector_scale: float
    pieces: np.ndarray
    piece_scale: float
    piece_scores: dict[str, float]

    def forms(self) -> WordForms:
        """Return what describes words."""
        vocabulary = Vocabulary(self.counts, {word: n for n, word in enumerate(self.counts)})
        return WordForms(vocabulary, Pieces(self.piece_scores))

    def student(self) -> Student:
        """Return an untrained student."""
        return Student(
            self.vectors.astype(np.float32) * np.float32(self.vector_scale),
            self.pieces.astype(np.float32) * np.float32(self.piece_scale),
        )


def fit(
    student: Student,
    table: dict[str, Tensor],
    documents: Sequence[Document],
    *,
    rounds: int,
    words: int,
    rate: float,
    seed: int,
    seconds: float | None,
    label: str,
) -> None:
    """Tune a student.

    Args:
        student: vectors of words learn half as fast as the rest, if they are not fixed.
        table: the distinct words.
        documents: what a round reads.
        rounds: over them.
        words: of a step.
        rate: the highest.
        seed: of what is drawn.
        seconds: the longest time; the rate falls in time for it.
        label: what is printed before the progress.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    weights = [p for name, p in student.named_parameters() if name != "vectors"]
    groups = [{"params": weights, "lr": rate, "weight_decay": 0.02}]
    if student.vectors.requires_grad:
        groups.append({"params": [student.vectors], "lr": rate / 2, "weight_decay": 0.0})
    highest = [group["lr"] for group in groups]
    device = student.vectors.device
    optimizer = torch.optim.AdamW(groups, fused=device.type == "cuda")
    steps = math.ceil(rounds * sum(len(d.types) for d in documents) / words)
    progress = Progress(steps, seconds)
    began, step = time.time(), 0
    student.train()
    while not progress.done(step):
        total, seen = torch.zeros((), device=device), 0
        for batch in iter_batches(documents, words, rng, device):
            if progress.done(step):
                break
            falling = 0.5 + 0.5 * math.cos(math.pi * progress.share(step))
            for group, most in zip(optimizer.param_groups, highest, strict=True):
                group["lr"] = most * min((step + 1) / 50, max(0.005, falling))
            logs = F.log_softmax(student(table, batch), -1)
            loss = -(batch.targets * logs).sum() / batch.targets.sum().clamp(min=1)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(weights, 2.0)
            optimizer.step()
            total += loss.detach()
            seen += 1
            step += 1
        mean = total.item() / max(1, seen)
        print(
            f"{label} {step} of {steps}: loss {mean:.4f}, {time.time() - began:.0f} s", flush=True
        )
    student.eval()


def train_student(
    tables: Tables,
    table: dict[str, Tensor],
    documents: dict[str, list[Document]],
    *,
    size: Size,
    seed: int,
    seconds: float | None,
    device: torch.device,
) -> Student:
    """Return a student that has learnt from ANERcorp, the gold articles and the press.

    First without the gold articles, and its vectors of words learn too; then several runs from there
    with much of them. Those end near one another: the mean of their weights is better than each.

    Args:
        tables: what it begins with.
        table: the distinct words of the documents.
        documents: ``aner``, ``gold`` and ``press``.
        size: how many rounds and runs.
        seed: of what is drawn.
        seconds: the longest time of each run.
        device: where it is trained.
    """
    aner, gold, press = documents["aner"], documents["gold"], documents["press"]
    torch.manual_seed(seed)
    student = tables.student().to(device)
    fit(
        student,
        table,
        [*aner * 2, *press],
        rounds=size.base_rounds,
        words=WORDS,
        rate=RATE,
        seed=seed,
        seconds=seconds,
        label="base",
    )
    student.fix_vectors(tables.vector_scale)
    finished = []
    for run in range(size.finish_runs):
        model = copy.deepcopy(student)
        fit(
            model,
            table,
            [*aner * 3, *gold * 6, *press[run :: size.finish_runs]],
            rounds=size.finish_rounds,
            words=FINISHING_WORDS,
            rate=FINISHING_RATE,
            seed=seed + 1 + run,
            seconds=seconds,
            label=f"finish {run + 1}",
        )
        finished.append(model.state_dict())
    mean = {name: torch.stack([own[name] for own in finished]).mean(0) for name in finished[0]}
    student.load_state_dict(mean)
    return student


@torch.no_grad()
def predict(student: Student, words: TypeTable, sentences: Sequence[Sentence]) -> list[np.ndarray]:
    """Return the log-probabilities (words, labels) of sentences, read in their documents."""
    device = student.vectors.device
    found = by_document(sentences)
    documents = [words.document([sentences[n] for n in numbers]) for numbers in found]
    table = words.tensors(device)
    rows: list[np.ndarray] = [np.zeros(0)] * len(sentences)
    for numbers, document in zip(found, documents, strict=True):
        domain = DOMAINS.index(sentences[numbers[0]].domain)
        batch = pack([document], [domain], device)
        told = F.log_softmax(student(table, batch), -1).cpu().numpy()
        at = 0
        for n in numbers:
            rows[n] = told[at : at + len(sentences[n].text)]
            at += len(sentences[n].text) + 1
    return rows


def export(student: Student, tables: Tables, folder: Path) -> None:
    """Write the model for the package: weights in half precision, vectors in eight bits."""
    weights = {name: value.cpu().numpy() for name, value in student.state_dict().items()}
    vectors = np.clip(np.round(weights.pop("vectors") / tables.vector_scale), -127, 127)
    arrays = {"vectors": vectors.astype(np.int8), "pieces": tables.pieces}
    for name, array in weights.items():
        matrix = name.endswith(".weight") and array.ndim == 2
        embedding = name.split(".")[0] in ("letter", "shape", "cut", "domain")
        arrays[name] = (array.T if matrix and not embedding else array).astype(np.float16)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "names.npz", **arrays)
    meta = {
        "labels": LABELS,
        "domains": DOMAINS,
        "dilations": DILATIONS,
        "memory_after": MEMORY_AFTER,
        "vector_scale": tables.vector_scale,
        "piece_scale": tables.piece_scale,
        "piece_scores": tables.piece_scores,
    }
    text = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
    (folder / "names.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    save_vocabulary(tables.counts, folder / "vocabulary.txt.gz")
