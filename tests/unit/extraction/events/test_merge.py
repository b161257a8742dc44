"""What of two mentions tells whether they are one event."""

from __future__ import annotations

from mentions import named_mentions

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.merge import describe_mention, pair_features
from mahdar.extraction.events.triggers import find_triggers
from mahdar.knowledge.base import Knowledge
from mahdar.model import Entity
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def paired(text: str, first: str, second: str, *names: str) -> set[str]:
    words = find_words(text, split_sentences(text))
    entities = [Entity(f"e{n}", "ORG", named_mentions(text, name)) for n, name in enumerate(names)]
    context = Context(words, entities, (), (), (), (), Knowledge())
    found = {text[t.start : t.end]: describe_mention(context, t) for t in find_triggers(words)}
    return set(pair_features(found[first], found[second], 0, 2))


def test_mentions_that_read_unlike_are_told() -> None:
    text = "عنوان. وقع اتفاق في المدينة. ودعا الناطق إلى هدنة ثم إلى الاتفاق."
    features = paired(text, "اتفاق", "الاتفاق")
    assert "read-" in features
    assert "read" not in features


def test_entities_beside_mentions_are_compared() -> None:
    text = "عنوان. قصف الجيش المدينة. ثم جاء هجوم الجيش. وقال الناطق إن هجوما آخر وقع."
    assert "behind=same" in paired(text, "قصف", "هجوم", "الجيش")
    assert "behind=none" in paired(text, "قصف", "هجوما", "الجيش")


def test_words_that_mentions_share_are_counted() -> None:
    text = "عنوان. انفجار قنبلة في شارع مزدحم. وخلف الانفجار في شارع مزدحم ضحايا."
    assert "beside=2" in paired(text, "انفجار", "الانفجار")


def test_mentions_that_end_a_sentence_or_the_text_have_nothing_behind_them() -> None:
    text = "عنوان. وقع هجوم. الجيش نفى ذلك. ثم قصف الجيش المدينة. ثم وقع انفجار"
    assert "behind=none" in paired(text, "هجوم", "قصف", "الجيش")
    assert "behind=none" in paired(text, "قصف", "انفجار", "الجيش")
