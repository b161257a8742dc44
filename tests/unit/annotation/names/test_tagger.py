"""The trained name tagger: spans, proclitics, damaged input."""

from __future__ import annotations

import pytest

from mahdar.annotation.names.bio import find_label_spans
from mahdar.annotation.names.tagger import NameTagger, load_tagger
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


@pytest.fixture(scope="module")
def tagger() -> NameTagger:
    loaded = load_tagger()
    assert loaded is not None, "the package carries its model"
    return loaded


def tag(tagger: NameTagger, text: str) -> list[tuple[str, str]]:
    words = find_words(text, split_sentences(text))
    return [(text[s.start : s.end], s.type) for s in tagger.tag(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "التقى وزير الخارجية الروسي سيرغي لافروف نظيره الأمريكي جون كيري في موسكو.",
            [("سيرغي لافروف", "PER"), ("جون كيري", "PER"), ("موسكو", "LOC")],
            id="titles stay outside",
        ),
        pytest.param(
            "وبحث لافروف وكيري الأزمة في سوريا.",
            [("لافروف", "PER"), ("كيري", "PER"), ("سوريا", "LOC")],
            id="conjunction cut off",
        ),
        pytest.param(
            "وأرسلت الأمم المتحدة مساعدات لليمن.",
            [("الأمم المتحدة", "ORG"), ("ليمن", "LOC")],
            id="preposition before the article",
        ),
        pytest.param("", [], id="nothing"),
        pytest.param("؟! ... ()", [], id="marks only"),
    ],
)
def test_tag(tagger: NameTagger, text: str, expected: list[tuple[str, str]]) -> None:
    assert tag(tagger, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ـ" * 50, id="stretching only"),
        pytest.param("\u202eالرياض\u202c \u200fوالدوحة\u200f", id="bidi marks"),
        pytest.param("الرياض " * 3000, id="one long sentence"),
        pytest.param("\ud800 ا \x00 ب", id="lone surrogate and control"),
        pytest.param("وَقَالَ مُحَمَّدٌ فِي بَـــيْرُوت", id="vowel marks"),
    ],
)
def test_offsets_are_valid(tagger: NameTagger, text: str) -> None:
    words = find_words(text, split_sentences(text))
    last = 0
    for span in tagger.tag(words):
        assert last <= span.start < span.end <= len(text)
        assert 0.0 <= span.score <= 1.0
        last = span.end


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["B-PER", "I-PER", "O"], [(0, 2, "PER")], id="two words"),
        pytest.param(["B-LOC", "B-LOC"], [(0, 1, "LOC"), (1, 2, "LOC")], id="neighbours"),
        pytest.param(["O", "I-ORG"], [(1, 2, "ORG")], id="stray inside"),
        pytest.param(["B-ORG", "I-LOC"], [(0, 1, "ORG"), (1, 2, "LOC")], id="type changes"),
    ],
)
def test_find_label_spans(labels: list[str], expected: list[tuple[int, int, str]]) -> None:
    assert find_label_spans(labels) == expected
