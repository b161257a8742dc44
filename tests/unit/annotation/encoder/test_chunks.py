"""How an article is cut into the stretches that the encoder reads at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mahdar.annotation.encoder.chunks import LONGEST, cut_chunks, plain


def letters(word: str) -> list[int]:
    return [ord(c) for c in word]


def test_short_sentences_are_read_together() -> None:
    chunks = cut_chunks(["أ", "ب", "ج"], [0, 1, 1], letters)
    assert [(c.first, c.last) for c in chunks] == [(0, 3)]
    assert chunks[0].word == [0, 1, 2]


def test_a_sentence_that_does_not_fit_begins_a_stretch() -> None:
    words = ["كلمة"] * LONGEST
    chunks = cut_chunks(["قبل", *words], [0] + [1] * LONGEST, letters)
    assert [(c.first, c.last) for c in chunks][:1] == [(0, 1)]
    assert chunks[1].first == 1


def test_nothing_is_no_stretch() -> None:
    assert cut_chunks([], [], letters) == []


def test_a_word_without_letters_is_one_unknown_piece() -> None:
    assert cut_chunks(["x"], [0], lambda word: [])[0].pieces == [0]


def test_plain_drops_marks_and_joins_presentation_forms() -> None:
    assert plain("مُحَمَّـد") == "محمد"
    assert plain("ﻻ") == "لا"
    assert plain("ـ") == "ـ"


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12)), min_size=1, max_size=300),
)
def test_every_word_stands_in_one_stretch(steps: list[tuple[int, int]]) -> None:
    sentence, number = [], 0
    for step, _ in steps:
        number += step == 0
        sentence.append(number)
    text = ["ا" * size for _, size in steps]
    chunks = cut_chunks(text, sentence, letters)
    assert [w for c in chunks for w in dict.fromkeys(c.word)] == list(range(len(text)))
    assert [c.first for c in chunks] == [c.word[0] for c in chunks]
    assert [c.last for c in chunks] == [c.word[-1] + 1 for c in chunks]
    assert all(len(c.pieces) == len(c.word) <= 510 for c in chunks)
