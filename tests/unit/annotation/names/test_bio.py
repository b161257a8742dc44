"""Which labels may follow which, and the likeliest that may."""

from __future__ import annotations

import numpy as np
import pytest

from mahdar.annotation.names.bio import allowed_pairs, best_path

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]


def told(*rows: list[float]) -> list[str]:
    path = best_path(np.array(rows, np.float32), allowed_pairs(LABELS))
    return [LABELS[n] for n in path]


@pytest.mark.parametrize(("before", "after"), [("O", "I-PER"), ("B-ORG", "I-PER")])
def test_what_may_not_follow(before: str, after: str) -> None:
    assert allowed_pairs(LABELS)[LABELS.index(before), LABELS.index(after)] < 0


def test_the_likeliest_labels_stand_where_they_may() -> None:
    assert told([0, 3, 0, 0, 0], [0, 0, 3, 0, 0], [3, 0, 0, 0, 0]) == ["B-PER", "I-PER", "O"]


def test_no_sentence_begins_inside_a_name() -> None:
    assert told([0, 1, 3, 0, 0]) == ["B-PER"]


def test_a_name_keeps_its_type() -> None:
    assert told([0, 3, 0, 2.5, 0], [0, 0, 0, 0, 3]) == ["B-ORG", "I-ORG"]
