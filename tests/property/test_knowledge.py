"""Names found in any text: spans are valid, apart, in order, and survive what does not matter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mahdar.knowledge.index import NameIndex
from mahdar.text.sentences import split_sentences
from mahdar.text.words import Words, find_words

PIECES = ["اليمن", "وباليمن", "أبو", "ظبي", "عبد", "الله", "صالح", "مجلس", "الأمن", "الدولي"]
PIECES += ["تنظيم", '"', "«", "»", "داعش", "-", "ابن", "الدين", "بدورمصر", "\n", ".", " ", "ـ", "ً"]
PIECES += ["الأمنفي", "الدوليومصر"]
PIECES += ["\u200f", "\u202b", "5+1", "٥", "x", "🙂"]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    index = NameIndex()
    for name in ("اليمن", "أبو ظبي", "عبد الله صالح", "مجلس الأمن", "مجلس الأمن الدولي"):
        index.add(name, name)
    index.add("تنظيم داعش", "isis")
    index.add("صالح", "saleh", strength=1)
    index.add_tail("مصر", "egypt")
    index.add_loose("ستافان دي ميستورا", "de-mistura")
    return index


def words_of(text: str) -> Words:
    return find_words(text, split_sentences(text))


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30), st.sampled_from(["", " "])
)
@settings(max_examples=150, deadline=None)
def test_spans_are_valid_and_apart(index: NameIndex, pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    words = words_of(text)
    end = 0
    for match in index.find(words, weak=True):
        assert end <= match.start < match.end <= len(text)
        assert words.start[match.first] <= match.start < words.end[match.first]
        assert words.start[match.last] < match.end <= words.end[match.last]
        assert match.end == words.end[match.last] or match.loose
        assert match.ids
        assert all(match.ids)
        end = match.end


@given(st.sampled_from(["", "\u200f", "ـ", "ّ"]), st.sampled_from(["", "و", "ل", "ول"]))
def test_marks_and_proclitics_do_not_hide_a_name(index: NameIndex, mark: str, before: str) -> None:
    word = "ليمن" if before.endswith("ل") else "اليمن"
    text = f"قال {before}{mark}{word[0]}{mark}{word[1:]}"
    found = index.find(words_of(text))
    assert [match.ids for match in found] == [("اليمن",)]
    assert found[0].end == len(text)


@given(st.integers(1, 400))
@settings(max_examples=5, deadline=None)
def test_long_runs_take_linear_time(index: NameIndex, times: int) -> None:
    text = "مجلس الأمن الدولي " * times
    assert len(index.find(words_of(text))) == times
