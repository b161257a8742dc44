"""Where a proclitic is cut off a word, by counts."""

from __future__ import annotations

import pytest

from mahdar.annotation.names.vocabulary import Vocabulary, load_vocabulary


@pytest.mark.parametrize(
    ("norm", "expected"),
    [
        pytest.param("وكيري", (1, "كيري"), id="conjunction"),
        pytest.param("لروسيا", (1, "روسيا"), id="preposition"),
        pytest.param("لليمن", (1, "اليمن"), id="preposition before the article"),
        pytest.param("ولروسيا", (2, "روسيا"), id="both"),
        pytest.param("واشنطن", (0, "واشنطن"), id="name that begins with waw"),
        pytest.param("لبنان", (0, "لبنان"), id="name that begins with lam"),
        pytest.param("بوتين", (0, "بوتين"), id="name that begins with ba"),
        pytest.param("وليد", (0, "وليد"), id="short rest is frequent by chance"),
        pytest.param("والقنفخره", (1, "القنفخره"), id="unseen word with the article"),
        pytest.param("", (0, ""), id="nothing"),
        pytest.param("و", (0, "و"), id="one letter"),
    ],
)
def test_cut(norm: str, expected: tuple[int, str]) -> None:
    vocabulary = load_vocabulary()
    assert vocabulary is not None
    assert vocabulary.cut(norm) == expected


def test_empty_vocabulary_cuts_nothing_but_articles() -> None:
    vocabulary = Vocabulary({}, {})
    assert vocabulary.cut("وكيري") == (0, "وكيري")
    assert vocabulary.cut("والكيري") == (1, "الكيري")


def test_rows_follow_frequency() -> None:
    vocabulary = load_vocabulary()
    assert vocabulary is not None
    counts = list(vocabulary.count.values())
    assert counts == sorted(counts, reverse=True)
    assert list(vocabulary.row.values()) == list(range(len(counts)))
