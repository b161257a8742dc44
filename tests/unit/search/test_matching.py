"""Marks and snippets: whole words as written, in code points of the untouched text."""

from __future__ import annotations

import pytest

from mahdar.model import Span
from mahdar.search.matching import find_marks, join_marks, make_snippets, mark_title
from mahdar.search.query import parse_query
from mahdar.store.analysis import analyze_text


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("هدنة", "وبالهُدنة رحّب، والهـــدنة!", ["وبالهُدنة", "والهـــدنة"]),
        ("هدنة", "ﻫﺪﻧﺔ و«الهدنة»", ["ﻫﺪﻧﺔ", "الهدنة"]),
        ('"وقف إطلاق النار"', "لوقف\u200f اطلاقِ النار، وقف", ["لوقف\u200f اطلاقِ النار"]),
        ("=الهدنة", "هدنة الهدنه والهدنة", ["الهدنه"]),
        ("مفاوض*", "المفاوضات وتفاوض ومفاوضين", ["المفاوضات", "ومفاوضين"]),
        ("كيري -هدنة", "كيري والهدنة", ["كيري"]),
        ("2015", "في ٢٠١٥ و3/8/2015", ["٢٠١٥", "3/8/2015"]),
        ("nato", "حلف NATO", ["NATO"]),
        ("كيري | لافروف", "لافروف وكيري", ["لافروف", "وكيري"]),
        ("الحسن", "الحسين والحسن", ["والحسن"]),
    ],
)
def test_marks_are_words_as_written(query: str, text: str, marked: list[str]) -> None:
    tree = parse_query(query)
    assert tree is not None
    assert [span.of(text) for span, _ in find_marks(analyze_text(text), tree)] == marked
    assert [span.of(text) for span in mark_title(text, tree)] == marked


def snippets(text: str, query: str, **options: int) -> list[str]:
    tree = parse_query(query)
    assert tree is not None
    words = analyze_text(text)
    whole = [Span(0, len(text))]
    found = make_snippets(text, words, find_marks(words, tree), whole, **options)
    for snippet in found:
        assert snippet.text == text[snippet.start : snippet.end]
        assert "".join(piece for piece, _ in snippet.parts()) == snippet.text
        assert all(snippet.start <= m.start < m.end <= snippet.end for m in snippet.marks)
    return ["".join(f"[{p}]" if m else p for p, m in snippet.parts()) for snippet in found]


def test_the_stretch_with_most_terms_is_shown() -> None:
    filler = "كلام كثير عن أشياء أخرى. " * 20
    text = f"هدنة\n{filler}هدنة في تعز {filler}"
    (shown,) = snippets(text, "هدنة تعز", most=1)
    assert "[هدنة] في [تعز]" in shown
    assert len(shown) < 260


def test_a_second_stretch_shows_another_term() -> None:
    filler = "كلام كثير عن أشياء أخرى. " * 20
    both = snippets(f"عن هدنة هنا {filler} وعن تعز هناك", "هدنة تعز")
    assert len(both) == 2
    assert "[هدنة]" in both[0]
    assert "[تعز]" in both[1]
    assert len(snippets(f"عن هدنة هنا {filler} وعن هدنة هناك", "هدنة")) == 1


def test_a_stretch_begins_and_ends_with_words() -> None:
    text = "كلمات طويلة جدا تسبق " * 10 + "هدنة " + "وكلمات طويلة جدا تتبع " * 30
    (shown,) = snippets(text, "هدنة", chars=80)
    plain = shown.replace("[", "").replace("]", "")
    words = {text[a:b] for a, b in zip(*_columns(text), strict=True)}
    assert set(plain.split()) <= words
    assert plain == plain.strip()


def _columns(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    words = analyze_text(text)
    return words.start, words.end


def test_without_a_mark_the_beginning_is_shown() -> None:
    text = "أول الكلام " * 60
    words = analyze_text(text)
    (shown,) = make_snippets(text, words, (), [Span(11, len(text))])
    assert shown.start == 11
    assert shown.marks == ()
    assert 200 < len(shown.text) <= 240
    assert make_snippets("", analyze_text(""), (), [])[0].text == ""


def test_marks_do_not_overlap() -> None:
    assert join_marks([Span(4, 9), Span(0, 5), Span(12, 13), Span(9, 10)]) == (
        Span(0, 9),
        Span(9, 10),
        Span(12, 13),
    )
