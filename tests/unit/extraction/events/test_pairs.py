"""Where the possible parts of an event stand to its mentions."""

from __future__ import annotations

from mentions import named_mentions

from mahdar.annotation.components import blank_pipeline
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.find import list_triggers, make_context
from mahdar.extraction.events.pairs import date_pairs, entity_pairs, trigger_pair
from mahdar.extraction.heads import Pair
from mahdar.knowledge.load import Knowledge
from mahdar.model import Entity, TimeExpression

TEXT = "التقى كيري لافروف في جنيف أمس. وغادر لافروف جنيف الخميس. وقال كيري إن اللقاء كان جيدا."


def made() -> Context:
    doc = blank_pipeline()(TEXT)
    doc._.entities = tuple(
        Entity(name, kind, named_mentions(TEXT, word))  # type: ignore[arg-type]
        for name, kind, word in (
            ("e1", "PER", "كيري"),
            ("e2", "PER", "لافروف"),
            ("e3", "LOC", "جنيف"),
        )
    )
    doc._.dates = (_date("أمس", "2015-03-02"), _date("الخميس", "2015-03-05"))
    return make_context(doc, Knowledge())


def _date(word: str, value: str) -> TimeExpression:
    at = TEXT.index(word)
    return TimeExpression(at, at + len(word), value)


def test_the_nearest_mention_of_the_sentence_is_taken() -> None:
    context = made()
    met = [t for t in list_triggers(context) if t.lemma.type == "MEET"]
    first, last = met[0], met[-1]
    (pair,) = entity_pairs(context, [first], "e2")
    assert context.words.text[pair.first] == "لافروف"
    assert context.words.sentence[pair.first] == context.words.sentence[first.word]
    pairs = entity_pairs(context, [first, last], "e1")
    assert {p.trigger for p in pairs} == {first.word, last.word}
    assert all(context.words.text[p.first] == "كيري" for p in pairs)


def test_a_mention_behind_counts_as_farther_than_one_before() -> None:
    context = made()
    (pair,) = entity_pairs(context, list_triggers(context)[-1:], "e3")
    assert pair.first < pair.trigger


def test_dates_are_found_by_value() -> None:
    context = made()
    group = list_triggers(context)[:1]
    (pair,) = date_pairs(context, group, "2015-03-05")
    assert context.words.text[pair.first] == context.words.text[pair.last] == "الخميس"
    assert date_pairs(context, group, "2015-03-05/..") == []
    assert date_pairs(context, group, "1999") == []


def test_nobody_stands_nowhere() -> None:
    context = made()
    group = list_triggers(context)[:1]
    assert entity_pairs(context, group, "e9") == []
    at = group[0].word
    assert trigger_pair(group) == Pair(at, at, at)
