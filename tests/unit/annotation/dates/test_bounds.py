from datetime import date

import pytest

from mahdar.annotation.dates.bounds import find_bounds
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.join import join_packs
from mahdar.knowledge.load import load_knowledge
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("قال وزير الخارجية الأمريكي جون كيري إن", date(2013, 2, 1), date(2017, 1, 20)),
        (
            "بحث وزير الخارجية الروسي سيرغي لافروف مع نظيره الأمريكي جون كيري",
            date(2013, 2, 1),
            date(2017, 1, 20),
        ),
        ("قال وزير الخارجية الأمريكي السابق جون كيري", None, None),
        ("قال جون كيري", None, None),
        ("أكد ضرورة تنفيذ القرار 2254 فورا", date(2015, 12, 18), None),
        ("اجتمع الوفدان في المدينة", None, None),
    ],
    ids=["post", "peer", "former", "no post", "instrument", "nothing"],
)
def test_bounds(knowledge: Knowledge, text: str, first: date | None, last: date | None) -> None:
    words = find_words(text, split_sentences(text))
    bounds = find_bounds(words, knowledge)
    assert (bounds.first, bounds.last) == (first, last)
    assert all(text[span.start : span.end] for span in bounds.evidence)


def test_no_packs_give_no_bounds() -> None:
    words = find_words("القرار 2254", [(0, 11)])
    assert find_bounds(words, join_packs([])) == (None, None, ())
