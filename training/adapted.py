"""The encoder adapted to the press, made once in a work folder: both trainings begin with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn

from mahdar.annotation.pieces import Pieces
from training.adapt import adapt
from training.encoder import Encoder, Packed, vocabulary
from training.press import read_text

DEPTH = 12
"""Layers: all of the package's."""
TOLD = (6, 12)
"""After how many of them hidden words are told: what ships must stand alone."""


def store(module: nn.Module, path: Path) -> None:
    """Keep a module's weights; never half a file."""
    part = path.with_suffix(".part")
    torch.save({name: value.cpu() for name, value in module.state_dict().items()}, part)
    part.rename(path)


def make_adapted(
    packed: Packed,
    path: Path,
    *,
    articles: int | None,
    rounds: int,
    seconds: float | None,
    seed: int,
    device: torch.device,
) -> None:
    """Write an encoder that has learnt to tell hidden words of the press, unless the file is there.

    Args:
        packed: what it begins with.
        path: of the file.
        articles: so many of the press are read, ``None`` for all.
        rounds: over them.
        seconds: the longest time.
        seed: of what is drawn.
        device: where it is trained.
    """
    if path.is_file():
        return
    scores, rows = vocabulary(packed)
    encoder = Encoder.from_packed(packed, rows, depth=DEPTH)
    encoder.add_row()
    opens = [piece.startswith("▁") for piece in scores]
    adapt(
        encoder.to(device),
        read_text(Pieces(scores), len(scores), articles),
        np.array([False, *opens, False, False, False]),
        len(scores) + 1,
        depths=TOLD,
        rounds=rounds,
        seconds=seconds,
        seed=seed,
    )
    store(encoder, path)


def load_adapted(packed: Packed, path: Path, *, depth: int, hiding: bool) -> Encoder:
    """Return the first layers of the adapted encoder.

    Args:
        packed: what it began with.
        path: of its file.
        depth: how many layers.
        hiding: whether its table ends with the row that stands for a hidden sub-word.
    """
    encoder = Encoder.from_packed(packed, vocabulary(packed)[1], depth=depth)
    if hiding:
        encoder.add_row()
    encoder.take(torch.load(path, map_location="cpu"))
    return encoder
