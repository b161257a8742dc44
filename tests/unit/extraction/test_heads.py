"""The network's layers: each answer by itself, and how it is averaged with the linear one."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

import mahdar.extraction.events.models as events
import mahdar.extraction.heads as module
from mahdar.errors import KnowledgeError
from mahdar.extraction.heads import (
    MOST_CONTENT,
    SHARE,
    Pair,
    Reported,
    blend,
    load_heads,
    pair_distance,
    same_distance,
)
from mahdar.model import Act, Modality, Role

SENTENCES = [0] * 20 + [1] * 20 + [2] * 20


class Rows:
    """States of words that are fixed numbers."""

    width = 384

    def __init__(self) -> None:
        self.table = np.random.default_rng(3).normal(size=(60, self.width)).astype(np.float32)

    def of(self, words: list[int]) -> np.ndarray:
        return self.table[np.asarray(words)]


STATES = Rows()


def test_labels_stand_in_the_order_of_the_layers() -> None:
    assert events.load_models().party.labels == ("none", *get_args(Role))
    assert events.load_models().modality.labels == get_args(Modality)


@pytest.mark.parametrize("name", ["party", "place", "time"])
def test_an_option_is_weighed_by_itself(name: str) -> None:
    heads = load_heads()
    options = [[Pair(3, 5, 6)], [], [Pair(3, 25, 25), Pair(22, 25, 25)], [Pair(3, 3, 3)]]
    together = heads.parts(name, STATES, options, SENTENCES, "MEET")  # type: ignore[arg-type]
    for option, scores in zip(options, together, strict=True):
        (alone,) = heads.parts(name, STATES, [option], SENTENCES, "MEET")  # type: ignore[arg-type]
        np.testing.assert_allclose(alone, scores, atol=1e-4)


def test_the_strongest_place_of_an_option_counts() -> None:
    heads = load_heads()
    pairs = [Pair(3, 5, 6), Pair(3, 25, 25)]
    (both,) = heads.parts("place", STATES, [pairs], SENTENCES, "VISIT")  # type: ignore[arg-type]
    (turned,) = heads.parts("place", STATES, [pairs[::-1]], SENTENCES, "VISIT")  # type: ignore[arg-type]
    np.testing.assert_allclose(both, turned, atol=1e-5)


def test_no_question_no_answer() -> None:
    heads = load_heads()
    assert len(heads.detect(STATES, [], [])) == 0  # type: ignore[arg-type]
    assert heads.parts("party", STATES, [], SENTENCES, "MEET").shape == (0, 5)  # type: ignore[arg-type]


def test_the_same_words_name_types_with_their_own_chance() -> None:
    heads = load_heads()
    one, other = heads.detect(STATES, [4, 4], ["MEET", "ATTACK"])  # type: ignore[arg-type]
    assert one != other


def test_a_statement_is_weighed_by_itself_and_by_its_first_words() -> None:
    heads = load_heads()
    said = [Reported(2, 3, 5, 9), Reported(12, 12, 14, 14), Reported(2, 3, 5, 5 + MOST_CONTENT)]
    together = heads.acts(STATES, said)  # type: ignore[arg-type]
    assert together.shape == (3, len(get_args(Act)))
    for one, scores in zip(said, together, strict=True):
        (alone,) = heads.acts(STATES, [one])  # type: ignore[arg-type]
        np.testing.assert_allclose(alone, scores, atol=1e-4)
    (longest,) = heads.acts(STATES, [Reported(2, 3, 5, 4 + MOST_CONTENT)])  # type: ignore[arg-type]
    np.testing.assert_allclose(longest, together[2], atol=1e-4)


def test_blend_averages_and_does_without() -> None:
    assert blend([1.0, -1.0], None) == [1.0, -1.0]
    mixed = blend([1.0, -1.0], np.array([3.0, 1.0], np.float32))
    assert mixed == pytest.approx([1 + 2 * SHARE, -1 + 2 * SHARE])
    assert blend([1.0], np.array([3.0], np.float32), 0.5) == [2.0]


def test_distances_tell_side_and_sentence() -> None:
    near, far = pair_distance(5, 6, SENTENCES), pair_distance(5, 19, SENTENCES)
    assert near < far < 16
    assert pair_distance(6, 5, SENTENCES) == near + 16
    apart = [pair_distance(25, at, SENTENCES) for at in (5, 45)]
    assert sorted(apart) == [33, 34]
    assert pair_distance(45, 5, SENTENCES) == 35
    assert pair_distance(5, 45, SENTENCES) == 36
    assert {same_distance(a, b, SENTENCES) // 10 for a, b in ((1, 9), (1, 22), (1, 44))} == {
        0,
        1,
        2,
    }


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"no weights"])
def test_a_damaged_file_names_itself_and_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "heads.npz").write_bytes(content)
    load_heads.cache_clear()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(module, "files", lambda package: tmp_path)
            with pytest.raises(KnowledgeError, match=r"heads\.npz.*install mahdar again"):
                load_heads()
    finally:
        load_heads.cache_clear()
