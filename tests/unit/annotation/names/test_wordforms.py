"""What the name model sees of a word by itself."""

from __future__ import annotations

import pytest

from mahdar.annotation.names.vocabulary import Vocabulary
from mahdar.annotation.names.wordforms import (
    CUTS,
    MOST_LETTERS,
    MOST_PIECES,
    SHAPES,
    WordForms,
)
from mahdar.annotation.pieces import Pieces

PIECES = Pieces({"▁": -5.0, "▁وا": -6.0, "▁واشنطن": -9.0, "كي": -4.0, "ري": -4.0, "كيري": -7.0})


@pytest.fixture(scope="module")
def forms() -> WordForms:
    counts = {"في": 90, "كيري": 20, "واشنطن": 10, "0000": 5}
    return WordForms(Vocabulary(counts, {w: n for n, w in enumerate(counts)}), PIECES)


def test_describe_cuts_and_finds_rows(forms: WordForms) -> None:
    found = forms.describe("وكيري", "وكيري")
    assert (found.row, found.stem_row, found.stem) == (0, 2, "كيري")
    assert CUTS[found.cut] == "conjunction"


def test_describe_folds_numbers(forms: WordForms) -> None:
    assert forms.describe("٢٠١٥", "2015").row == 4


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        pytest.param("الرياض", "arabic", id="arabic"),
        pytest.param("NATO", "latin", id="latin"),
        pytest.param("5", "digit", id="digit"),
        pytest.param("2015", "year", id="year"),
        pytest.param("«", "quote", id="quote"),
        pytest.param("(", "bracket", id="bracket"),
        pytest.param("؛", "mark", id="mark"),
    ],
)
def test_shape(forms: WordForms, word: str, shape: str) -> None:
    assert SHAPES[forms.describe(word, word).shape] == shape


def test_long_words_are_cut_short(forms: WordForms) -> None:
    found = forms.describe("ا" * 9000, "ا" * 9000)
    assert len(found.pieces) <= MOST_PIECES
    assert len(found.letters) == MOST_LETTERS


def test_marks_do_not_change_pieces(forms: WordForms) -> None:
    assert forms.describe("واشـنطَن", "واشنطن").pieces == (3,)
