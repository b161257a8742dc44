"""Copies of one dispatch, whatever was cut, respelt or retitled."""

from __future__ import annotations

import random

import pytest

from mahdar.consolidation.copies import Sketch, find_copies, sketch_article, sketch_words
from mahdar.model import Article, Span

_RANDOM = random.Random(11)
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
WORDS = ["".join(_RANDOM.choices(_LETTERS, k=_RANDOM.randint(3, 7))) for _ in range(4000)]


def story(seed: int, words: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def groups(*stories: list[str]) -> dict[str, str]:
    return find_copies((f"a{n}", sketch_words(words)) for n, words in enumerate(stories))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param(lambda w: w, True, id="whole"),
        pytest.param(lambda w: w[:110], True, id="second half cut"),
        pytest.param(lambda w: w[60:], True, id="beginning cut"),
        pytest.param(lambda w: story(9, 12) + w, True, id="retitled"),
        pytest.param(lambda w: w + story(10, 60), True, id="paragraph added"),
        pytest.param(lambda w: w[:30] + story(11, 170), False, id="only the lead in common"),
        pytest.param(lambda _: story(12), False, id="another story"),
    ],
)
def test_what_is_a_copy(change: object, same: bool) -> None:
    original = story(1)
    found = groups(original, change(original))  # type: ignore[operator]
    assert found == ({"a0": "a0", "a1": "a0"} if same else {})


def test_spelling_does_not_hide_a_copy() -> None:
    text = "أكّد الوزيرُ أنَّ الهدنةَ في المدينة سارية حتى إشعار آخر، وإن لجنة المراقبة تواصل عملها " * 2
    text += " ".join(story(3, 60))
    respelt = text.replace("أ", "ا").replace("ة ", "ه ").replace("ّ", "").replace("ري", "ريـــ")
    one, two = (sketch_article(Article("x", t, "")) for t in (text, respelt))
    assert find_copies([("a", one), ("b", two)]) == {"a": "a", "b": "a"}


def test_page_furniture_does_not_count() -> None:
    furniture = " ".join(story(4, 300))
    pages = []
    for seed in (5, 6):
        body = " ".join(story(seed, 80))
        text = f"{furniture}\n{body}"
        pages.append(sketch_article(Article("x", text, "", noise=(Span(0, len(furniture)),))))
    assert find_copies(zip("ab", pages, strict=True)) == {}


def test_short_texts_are_not_compared() -> None:
    words = story(7, 10)
    assert sketch_words(words) == Sketch(b"", 7)
    assert groups(words, words) == {}


def test_a_group_is_named_after_its_earliest_article() -> None:
    a, b = story(20), story(21)
    assert groups(a, b, a, b, a) == {"a0": "a0", "a2": "a0", "a4": "a0", "a1": "a1", "a3": "a1"}


def test_nothing() -> None:
    assert find_copies([]) == {}
