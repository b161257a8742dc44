"""Labels of names word by word: ``O``, ``B-PER``, ``I-PER``, ...; which may follow which, and what they mark."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mahdar.annotation.arrays import Floats

Path = np.ndarray[tuple[int], np.dtype[np.int64]]
_NEVER = -1e4


def allowed_pairs(labels: Sequence[str]) -> Floats:
    """Return 0 for pairs of labels that may follow each other, a large negative number for others.

    The array is (labels + 1, labels); its last row stands for the beginning of a sentence.
    """
    pairs = np.zeros((len(labels) + 1, len(labels)), dtype=np.float32)
    for a, before in enumerate([*labels, "O"]):
        for b, after in enumerate(labels):
            if after[0] == "I" and before[2:] != after[2:]:
                pairs[a, b] = _NEVER
    return pairs


def best_path(rows: Floats, allowed: Floats) -> Path:
    """Return the numbers of a sentence's likeliest labels among those that may follow each other.

    Args:
        rows: log-probabilities (words, labels), one word at least.
        allowed: what ``allowed_pairs`` gives for the labels.
    """
    best: Path = rows.argmax(1)
    if allowed[np.r_[len(allowed) - 1, best[:-1]], best].min() == 0:
        return best
    total = rows[0] + allowed[-1]
    back = []
    for row in rows[1:]:
        step = total[:, None] + allowed[:-1]
        back.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return np.array(path[::-1])


def find_label_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return ``(first, last + 1, type)`` of the names that labels mark; a stray I- opens one."""
    spans: list[tuple[int, int, str]] = []
    first, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            spans.append((first, at, kind))
            kind = ""
        if label != "O" and not kind:
            first, kind = at, label[2:]
    return spans
