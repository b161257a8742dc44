"""Whom an event may concern and where it may be: what is asked about at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from mentions import named_mentions

from mahdar.extraction.events.candidates import candidate_parties, leading_parties
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.place import iter_place_questions
from mahdar.extraction.events.triggers import Trigger, find_triggers
from mahdar.knowledge.base import Knowledge
from mahdar.model import Entity
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def read(text: str, *entities: tuple[str, str, str]) -> Context:
    """Return the layers of a text; an entity is its id, its type and the words that name it."""
    made = [Entity(i, kind, named_mentions(text, name)) for i, kind, name in entities]  # type: ignore[arg-type]
    return Context(find_words(text, split_sentences(text)), made, (), (), (), (), Knowledge())


def trigger_of(context: Context, word: str) -> list[Trigger]:
    return [next(t for t in find_triggers(context.words) if context.words.text[t.word] == word)]


LONG = (
    "كيري يزور المنطقة. وصل كيري أمس. وقال كيري كلاما. وتحدث لافروف. وتحدث فابيوس. وتحدث هاموند. "
    "وتحدث شتاينماير. وتحدث عراقجي. وتحدث شكري. وتحدث عطاف. وتحدث بوريطة. ثم انتهت المباحثات."
)
WHO = ("كيري", "لافروف", "فابيوس", "هاموند", "شتاينماير", "عراقجي", "شكري", "عطاف", "بوريطة")


def talks() -> Context:
    return read(LONG, *((f"e{n}", "PER", name) for n, name in enumerate(WHO)))


def test_whom_the_article_is_about_may_take_part_unsaid() -> None:
    context = talks()
    assert leading_parties(context)[0] == "e0"
    assert candidate_parties(context, trigger_of(context, "المباحثات"))["e0"] == []


def test_so_may_the_last_before_the_sentence_but_not_everyone() -> None:
    context = talks()
    found = candidate_parties(context, trigger_of(context, "المباحثات"))
    assert {"e5", "e6", "e7", "e8"} <= found.keys()
    assert not {"e3", "e4"} & found.keys()


def test_a_place_without_a_government_leads_nothing() -> None:
    context = read("عدن هادئة. عدن آمنة. وصل كيري.", ("e1", "LOC", "عدن"), ("e2", "PER", "كيري"))
    assert leading_parties(context) == ("e2",)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("وقعت اشتباكات في جامعة الأنبار.", ["e1"], id="inside"),
        pytest.param("وقعت اشتباكات داخل جامعة الأنبار.", ["e1"], id="within"),
        pytest.param("أدانت جامعة الأنبار الاشتباكات.", [], id="who-acts"),
    ],
)
def test_a_body_is_a_place_where_something_is_put_into_it(text: str, places: Sequence[str]) -> None:
    context = read(text, ("e1", "ORG", "جامعة الأنبار"))
    group = [t for t in find_triggers(context.words) if t.lemma.type == "ATTACK"][:1]
    asked = iter_place_questions(context, group, Outline(context, group, "2015-08-03"))
    assert [entity for entity, _ in asked] == list(places)
