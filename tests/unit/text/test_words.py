from __future__ import annotations

import pytest

from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("جنيف3", ["جنيف", "3"]),
        ("بـ30 حزيران", ["بـ", "30", "حزيران"]),
        ("1,500 و3.5", ["1,500", "و", "3.5"]),
        ("في 2017.", ["في", "2017", "."]),
        ("«لافروف»:", ["«", "لافروف", "»", ":"]),
        ("قَالَ", ["قَالَ"]),
        ("قال\u200f\u200eأمس", ["قال\u200f\u200eأمس"]),
        ("\u200fقال \u202b(أ)", ["قال", "(", "أ", ")"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert find_words(text, split_sentences(text)).text == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("قال نعم. ثم ذهب.", ["قال نعم.", "ثم ذهب."]),
        ("في 3.5 و2017.\nثم", ["في 3.5 و2017.", "ثم"]),
        ("نقلت أ. ف. ب. عن مسؤول.", ["نقلت أ. ف. ب. عن مسؤول."]),
        ("هل وافق؟ نعم!", ["هل وافق؟", "نعم!"]),
        ("قال «نعم.» وذهب.", ["قال «نعم.»", "وذهب."]),
        ("  \n\n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


def test_skipped_stretches_leave_no_words() -> None:
    text = "قال [ads1] إن الاتفاق [ads1]"
    words = find_words(text, split_sentences(text), [(4, 10), (22, 28)])
    assert words.text == ["قال", "إن", "الاتفاق"]


def test_between_and_at() -> None:
    words = find_words("قال لافروف إن", [(0, 13)])
    assert list(words.between(4, 10)) == [1]
    assert list(words.between(5, 12)) == [1, 2]
    assert words.at(0) == 0
    assert words.at(12) == 2
    assert list(words.between(13, 20)) == []


def test_a_lone_tatweel_is_a_dash_with_a_form() -> None:
    words = find_words("الرياض ـ واس", [(0, 12)])
    assert words.norm == ["الرياض", "ـ", "واس"]
