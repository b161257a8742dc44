"""Batches of sheets as tensors, made whole by other processes: a GPU waits for none and is asked little.

Needs torch and numpy alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, IterableDataset, get_worker_info

from training.sheets import PARTS, Batch, Numbers, Sheet, join, ranks

CHOICES = ("place", "time")
"""Questions with one answer among the options of an event."""
QUESTIONS = ("detect", "merge", *PARTS, "modality", "acts")
Hints = Mapping[str, np.ndarray]
"""What teachers answer to the questions of a sheet: for ``detect``, ``merge`` (questions,), ``place``,
``time`` (options,), ``party`` (options, roles), ``modality`` (events, modalities), ``acts`` (statements,
acts) the chances."""

FORGOTTEN = 0.04
"""Share of sub-words that are hidden, so that no answer hangs on a single one."""
_UNKNOWN_PIECE = 0
_USUAL = 190
"""Sub-words that nearly every stretch has at most: these are read together, longer ones apart."""
_AHEAD = 6  # batches that every process keeps ready


@dataclass(slots=True)
class Prepared:
    """A batch as tensors.

    ``stretches``: for stretches read together ids (stretches, length), where there are any, the places of
    words' sub-words among all, and their words. ``count`` (words,): sub-words of each. ``arrays`` and
    ``weight``: as in ``Batch``. ``rank``: of every option of a choice its place among those of its event;
    ``right`` (events, most options): which are right; ``known`` (events,): whether that is known. ``hints``:
    those of the sheets behind each other, or nothing.
    """

    words: int
    stretches: list[tuple[Tensor, Tensor, Tensor, Tensor]]
    count: Tensor
    arrays: dict[str, Tensor]
    weight: dict[str, Tensor]
    rank: dict[str, Tensor]
    right: dict[str, Tensor]
    known: dict[str, Tensor]
    hints: dict[str, Tensor]

    def pin_memory(self) -> Prepared:
        """Return the batch in memory that a GPU reads while the processor goes on."""
        return self._each(lambda tensor: tensor.pin_memory())

    def on(self, device: torch.device) -> Prepared:
        """Return the batch on a device."""
        return self._each(lambda tensor: tensor.to(device, non_blocking=True))

    def _each(self, change: Any) -> Prepared:
        def of(value: Any) -> Any:
            if isinstance(value, Tensor):
                return change(value)
            if isinstance(value, dict):
                return {name: of(inner) for name, inner in value.items()}
            if isinstance(value, (list, tuple)):
                return type(value)(of(inner) for inner in value)
            return value

        return Prepared(*(of(getattr(self, field.name)) for field in fields(self)))


def prepare(
    sheets: Sequence[Sheet],
    *,
    forget: np.random.Generator | None = None,
    hints: Sequence[Hints] | None = None,
) -> Prepared:
    """Return sheets as one batch of tensors.

    Args:
        forget: draws the sub-words that are hidden; none are without it.
        hints: what teachers answer, a sheet each.
    """
    batch = join(sheets)
    pieces = batch.pieces if forget is None else [_hide(ids, forget) for ids in batch.pieces]
    count = np.zeros(batch.words, np.float32)
    stretches = []
    for numbers in _alike(pieces):
        length = max(len(pieces[n]) for n in numbers)
        ids = np.zeros((len(numbers), length), np.int64)
        word = np.full((len(numbers), length), -1, np.int64)
        mask = np.zeros((len(numbers), length), bool)
        for row, n in enumerate(numbers):
            size = len(pieces[n])
            ids[row, :size], word[row, :size], mask[row, :size] = pieces[n], batch.word[n], True
        inside = np.flatnonzero(word.ravel() >= 0)
        words = word.ravel()[inside]
        np.add.at(count, words, 1)
        stretches.append(tuple(map(torch.from_numpy, (ids, mask, inside, words))))
    right = {name: right_options(batch, name) for name in CHOICES}
    return Prepared(
        batch.words,
        stretches,
        torch.from_numpy(np.maximum(count, 1)),
        {name: torch.from_numpy(array.astype(np.int64)) for name, array in batch.arrays.items()},
        {name: torch.from_numpy(weight) for name, weight in batch.weight.items()},
        {n: torch.from_numpy(ranks(batch.arrays[n][:, 0]).astype(np.int64)) for n in CHOICES},
        {name: torch.from_numpy(options) for name, (options, _) in right.items()},
        {name: torch.from_numpy(known) for name, (_, known) in right.items()},
        {
            name: torch.from_numpy(np.concatenate([h[name] for h in hints or ()]))
            for name in QUESTIONS
            if hints
        },
    )


def draw(
    sheets: Sequence[Sheet],
    size: int,
    seed: int,
    *,
    hints: Sequence[Hints] | None,
    processes: int,
    pinned: bool,
) -> Iterator[Prepared]:
    """Yield batches of so many sheets without end, in an order drawn anew every round."""
    drawn = _Drawn(sheets, size, seed, hints)
    loader = DataLoader(
        drawn,
        batch_size=None,
        num_workers=processes,
        prefetch_factor=_AHEAD if processes else None,
        pin_memory=pinned,
    )
    yield from loader


def in_order(
    sheets: Sequence[Sheet], size: int, *, processes: int, pinned: bool
) -> Iterator[Prepared]:
    """Yield the sheets once, in their order, so many a batch."""
    loader = DataLoader(
        _InOrder(sheets, size), batch_size=None, num_workers=processes, pin_memory=pinned
    )
    yield from loader


def right_options(batch: Batch, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return which options are right, a row an event, and the events where that is known (1 or 0)."""
    rows = batch.arrays[name]
    rank = ranks(rows[:, 0])
    right = np.zeros((len(batch.arrays["events"]), int(rank.max(initial=0)) + 1), bool)
    right[rows[:, 0], rank] = rows[:, 1] > 0
    return right, right.any(1).astype(np.float32)


class _Drawn(IterableDataset[Prepared]):
    """Batches drawn without end; several processes make them in turn."""

    def __init__(
        self, sheets: Sequence[Sheet], size: int, seed: int, hints: Sequence[Hints] | None
    ) -> None:
        self._sheets, self._size, self._seed, self._hints = sheets, size, seed, hints

    def __iter__(self) -> Iterator[Prepared]:
        worker = get_worker_info()
        mine, of = (worker.id, worker.num_workers) if worker else (0, 1)
        forget = np.random.default_rng([self._seed, mine])
        for number, chosen in enumerate(self._draw()):
            if number % of == mine:
                hints = None if self._hints is None else [self._hints[n] for n in chosen]
                yield prepare([self._sheets[n] for n in chosen], forget=forget, hints=hints)

    def _draw(self) -> Iterator[list[int]]:
        rng = random.Random(self._seed)
        waiting: list[int] = []
        while True:
            while len(waiting) < self._size:
                order = list(range(len(self._sheets)))
                rng.shuffle(order)
                waiting += order
            yield waiting[: self._size]
            del waiting[: self._size]


class _InOrder(Dataset[Prepared]):
    """Batches of the sheets as they stand."""

    def __init__(self, sheets: Sequence[Sheet], size: int) -> None:
        self._sheets, self._size = sheets, size

    def __len__(self) -> int:
        return -(-len(self._sheets) // self._size)

    def __getitem__(self, number: int) -> Prepared:
        if not 0 <= number < len(self):
            raise IndexError(number)
        return prepare(self._sheets[number * self._size : (number + 1) * self._size])


def _hide(pieces: Numbers, rng: np.random.Generator) -> Numbers:
    """Return the sub-words of a stretch with some hidden, never its ends."""
    hidden = rng.random(len(pieces)) < FORGOTTEN
    hidden[[0, -1]] = False
    return np.where(hidden, _UNKNOWN_PIECE, pieces)


def _alike(pieces: Sequence[Numbers]) -> list[list[int]]:
    """Return the numbers of stretches of usual length, and of those longer."""
    usual = [n for n, ids in enumerate(pieces) if len(ids) <= _USUAL]
    longer = [n for n, ids in enumerate(pieces) if len(ids) > _USUAL]
    return [numbers for numbers in (usual, longer) if numbers]
