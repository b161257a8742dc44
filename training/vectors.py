"""Vectors of words trained on the press, and of sub-words taken from the teacher's encoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.encoder import Packed

SIZE = 128
PIECE_SIZE = 48


def train_vectors(press: Path, out: Path, *, rounds: int) -> None:
    """Train sub-word skip-gram vectors on ``press.txt``: one thread, so that runs agree.

    A narrow window (4) makes neighbours of words that play the same part in a sentence.
    """
    import floret

    model = floret.train_unsupervised(
        str(press),
        model="skipgram",
        mode="fasttext",
        dim=SIZE,
        ws=4,
        minCount=3,
        minn=2,
        maxn=5,
        epoch=rounds,
        bucket=200_000,
        neg=6,
        thread=1,
        t=1e-4,
        lr=0.06,
        verbose=0,
    )
    model.save_model(str(out))


def word_vectors(saved: Path, words: Sequence[str]) -> np.ndarray:
    """Return the vectors of words, mean 0 and length 4 on average, row 0 all zero."""
    import floret

    model = floret.load_model(str(saved))
    table = np.stack([model.get_word_vector(w) for w in words]).astype(np.float32)
    table -= table.mean(0)
    table *= 4.0 / np.linalg.norm(table, axis=1, keepdims=True).clip(1e-6)
    return np.concatenate([np.zeros((1, SIZE), np.float32), table])


def piece_vectors(packed: Packed, kept: np.ndarray) -> np.ndarray:
    """Return the encoder's vectors of kept sub-words on their main axes, row 0 all zero."""
    table = packed.quads("emb.word", len(packed.pieces), packed.hidden, kept)
    table = table - table.mean(0)
    _, axes = np.linalg.eigh(table.T @ table)
    small = table @ axes[:, ::-1][:, :PIECE_SIZE]
    small *= 3.0 / np.linalg.norm(small, axis=1, keepdims=True).mean()
    return np.concatenate([np.zeros((1, PIECE_SIZE), np.float32), small.astype(np.float32)])


def quantize(table: np.ndarray) -> tuple[np.ndarray, float]:
    """Return a table in eight bits and the size of one step; 0.1 % of the values are cut off."""
    scale = float(np.quantile(np.abs(table[1:]), 0.999)) / 127
    return np.clip(np.round(table / scale), -127, 127).astype(np.int8), scale
