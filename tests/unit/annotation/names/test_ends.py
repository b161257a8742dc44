"""Where names end, and which words beside a pack's name bear it out or belie it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.ends import mend_ends
from mahdar.annotation.names.find import entities_of
from mahdar.annotation.names.view import Found, View
from mahdar.knowledge.load import load_knowledge
from mahdar.model import Entity, EntityType
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

MakeView = Callable[[str], View]


def _found(view: View, first: int, last: int, type_: EntityType = "PER") -> Found:
    words = view.words
    return Found(first, last, words.start[first], words.end[last], type_, (), "tagger")


@pytest.mark.parametrize(
    ("text", "first", "last", "want"),
    [
        pytest.param("فيصل بن خالد أمير منطقة كذا", 0, 3, "فيصل بن خالد", id="a governor's title"),
        pytest.param("سالم الفواري قنصلا عاما", 0, 2, "سالم الفواري", id="what he was named to"),
        pytest.param("خالد أمير", 0, 1, "خالد أمير", id="a name of two words stays"),
    ],
)
def test_a_role_ends_a_name(view: MakeView, text: str, first: int, last: int, want: str) -> None:
    made = view(text)
    item = _found(made, first, last)
    mend_ends(made, [item])
    assert text[item.start : item.end] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("أكد علي حسين باكير على ذلك", "علي حسين باكير", id="told apart from the preposition"),
        pytest.param("أكد علي حسين باكير ذلك", "حسين باكير", id="never written otherwise"),
    ],
)  # fmt: skip
def test_ali_before_a_name(view: MakeView, text: str, want: str) -> None:
    made = view(text)
    item = _found(made, 2, 3)
    mend_ends(made, [item])
    assert text[item.start : item.end] == want


def test_and_between_two_names_is_no_letter_of_the_second(view: MakeView) -> None:
    text = "في محافظتي كردستان وكرمنشاه"
    made = view(text)
    second = _found(made, 3, 3, "LOC")
    mend_ends(made, [_found(made, 2, 2, "LOC"), second])
    assert text[second.start : second.end] == "كرمنشاه"


@pytest.fixture(scope="module")
def shipped() -> Callable[[str], tuple[Entity, ...]]:
    knowledge = load_knowledge()

    def find(text: str) -> tuple[Entity, ...]:
        return entities_of(text, find_words(text, split_sentences(text)), knowledge, "2015-08-01")

    return find


@pytest.mark.parametrize(
    ("text", "name", "kb"),
    [
        pytest.param("حاربت الدولة تنظيمي داعش والقاعدة معا", "القاعدة", "al-qaeda", id="beside another group"),
        pytest.param("هاجم مقاتلو القاعدة المدينة", "القاعدة", "al-qaeda", id="its fighters"),
        pytest.param("هبطت الطائرة في القاعدة أمس", "القاعدة", None, id="a base"),
        pytest.param("انهارت ميليشيات الحوثي وصالح في اليمن", "صالح", "ali-abdullah-saleh", id="an ally by surname"),
        pytest.param("قاتل جنود المخلوع صالح في اليمن", "صالح", "ali-abdullah-saleh", id="the ousted one"),
        pytest.param("قال خالد صالح في مصر. وأضاف صالح", "صالح", None, id="another of that surname"),
        pytest.param("تسلم الحرس الجمهوري في مصر الموقع", "الحرس الجمهوري", None, id="a guard of another state"),
        pytest.param("في جنوب اليمن اليوم الأربعاء", "اليمن", "yemen", id="the place and the day"),
    ],
)  # fmt: skip
def test_names_in_company(
    shipped: Callable[[str], tuple[Entity, ...]], text: str, name: str, kb: str | None
) -> None:
    at = text.rindex(name)
    ids = {e.kb for e in shipped(text) for m in e.mentions if m.start == at and m.kind == "named"}
    assert ids <= {kb} if kb is None else kb in ids
