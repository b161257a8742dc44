"""The trained tagger on any text: valid spans, the same answer twice, whatever was read before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mahdar.annotation.names.tagger import NameSpan, load_tagger
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

PARTS = st.one_of(
    st.sampled_from(
        [
            "كيري",
            "وموسكو",
            "لليمن",
            " ",
            "\n",
            ".",
            "ـ",
            "\u200f",
            "ً",
            "«",
            "٢٠١٥",
            "UN",
            "حزب الله",
        ]
    ),
    st.text(max_size=6),
)
TEXTS = st.lists(PARTS, max_size=40).map("".join)


def tag(text: str) -> list[NameSpan]:
    tagger = load_tagger()
    assert tagger is not None
    return tagger.tag(find_words(text, split_sentences(text)))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_spans_are_valid_and_ordered(text: str) -> None:
    last = 0
    for span in tag(text):
        assert last <= span.start < span.end <= len(text)
        assert span.type in ("PER", "ORG", "LOC")
        assert 0.0 <= span.score <= 1.0
        last = span.end


@settings(max_examples=30, deadline=None)
@given(TEXTS, TEXTS)
def test_earlier_texts_change_nothing(text: str, other: str) -> None:
    before = [(s.start, s.end, s.type) for s in tag(text)]
    tag(other)
    assert [(s.start, s.end, s.type) for s in tag(text)] == before
