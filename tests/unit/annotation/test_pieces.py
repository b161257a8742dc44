"""How words are cut into the sub-words of trained networks."""

from __future__ import annotations

import pytest

from mahdar.annotation.pieces import Pieces

PIECES = Pieces({"▁": -5.0, "▁وا": -6.0, "▁واشنطن": -9.0, "كي": -4.0, "ري": -4.0, "كيري": -7.0})


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("واشنطن", (3,), id="whole word"),
        pytest.param("كيري", (1, 6), id="one long rather than two short"),
        pytest.param("", (1,), id="nothing but the start"),
        pytest.param("ء", (1, 0), id="unknown letter"),
    ],
)
def test_pieces(word: str, expected: tuple[int, ...]) -> None:
    assert PIECES(word) == expected
