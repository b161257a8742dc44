"""What a wording tells of whom it calls."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.profiles import SOME, make_profile, make_wording, stem_of
from mahdar.annotation.names.view import View


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("الحوثيين", "حوثيه", id="plural and feminine adjective"),
        pytest.param("المقاومه", "مقاوم", id="article and ending"),
        pytest.param("مستوطنون", "المستوطنين", id="case"),
    ],
)
def test_stems_agree(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize("word", ["مصر", "امن", "عدن"])
def test_short_words_stay_whole(word: str) -> None:
    assert stem_of(word) == word


@pytest.mark.parametrize(
    ("words", "head", "count", "definite", "many"),
    [
        pytest.param("سته حراس", "حارس", 6, False, True, id="number in words"),
        pytest.param("احد الحراس", "حارس", 1, True, True, id="one of several"),
        pytest.param("عدد من المسلحين", "مسلح", SOME, True, True, id="some"),
        pytest.param("الشاب الفلسطيني", "شاب", 0, True, False, id="one with an adjective"),
    ],
)
def test_wording(
    view: Callable[[str], View], words: str, head: str, count: int, definite: bool, many: bool
) -> None:
    made = make_wording(view("").lexicon, tuple(words.split()), False)
    assert (made.head, made.count, made.definite, made.many) == (head, count, definite, many)


def test_numbers_in_a_name_count_nobody(view: Callable[[str], View]) -> None:
    made = make_wording(view("").lexicon, ("ثلاثه", "انهار"), True)
    assert made.count == 0


def test_adjectives_name_states(view: Callable[[str], View]) -> None:
    made = make_wording(view("").lexicon, ("القوات", "الروسيه"), False)
    assert made.states == {"russia"}


def test_profile_has_each_wording_once_and_every_mention(view: Callable[[str], View]) -> None:
    text = "قتل ستة حراس. دفن الحراس. شيع الحراس."
    cluster = Cluster("ORG", name="الحراس")
    for start in (text.index("ستة"), text.index("الحراس"), text.rindex("الحراس")):
        cluster.add(start, text.index(".", start), "nominal")
    made = make_profile(view(text), cluster)
    assert [w.count for w in made.wordings] == [6, 0]
    assert len(made.words) == 3
    assert made.status == "noun"
    assert made.heads == {"حارس"}
