"""What governs a trigger: its tense in the clause and how real it reads."""

from __future__ import annotations

import pytest

from mahdar.extraction.events.context import Context
from mahdar.extraction.events.governors import (
    clause_tense,
    governor_classes,
    governor_features,
    plain_reading,
)
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.triggers import find_triggers
from mahdar.knowledge.base import Knowledge
from mahdar.text.normalize import normalize_word
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def at_trigger(text, span):
    words = find_words(text, split_sentences(text))
    context = Context(words, (), (), (), (), (), Knowledge())
    trigger = next(t for t in find_triggers(words) if text[t.start : t.end] == span)
    return context, trigger


@pytest.mark.parametrize(
    ("text", "span", "reading"),
    [
        pytest.param("عنوان. سيلتقي الوزير نظيره", "سيلتقي", "planned", id="future-verb"),
        pytest.param("عنوان. لم يلتق الوزير أحدا ولن يلتقي نظيره", "يلتقي", "denied", id="lan"),
        pytest.param("عنوان. دعا الوزير إلى اجتماع عاجل", "اجتماع", "by-urge", id="demand"),
        pytest.param(
            "عنوان. طالب المجلس بفتح الممرات، وإطلاق سراح الأسرى",
            "إطلاق",
            "by-urge",
            id="demand-over-joined-nouns",
        ),
        pytest.param("عنوان. اقترح الوسيط هدنة قصيرة", "هدنة", "by-seek", id="proposal"),
        pytest.param("عنوان. نفى المتحدث انسحاب القوات", "انسحاب", "by-reject", id="denial"),
        pytest.param("عنوان. هدد الوزير بعقوبات جديدة", "عقوبات", "by-may", id="threat"),
        pytest.param("عنوان. عقد الوزيران اجتماعا مطولا", "اجتماعا", "by-done", id="light-verb"),
        pytest.param("عنوان. الاجتماع المقبل في المدينة", "الاجتماع", "planned", id="next"),
        pytest.param(
            "عنوان. من المقرر أن يزور الرئيس البلاد", "يزور", "that-intend", id="scheduled"
        ),
        pytest.param("الوزير يزور البلاد", "يزور", "headline-present", id="headline"),
    ],
)
def test_reading(text, span, reading):
    context, trigger = at_trigger(text, span)
    features = governor_features(context, trigger, Outline(context, [trigger], "2016-03-10"))
    assert [f for f in features if f.startswith("v=")] == ["v=" + reading]


@pytest.mark.parametrize(
    ("text", "span", "tense"),
    [
        pytest.param("زار الرئيس المدينة", "زار", "past", id="past"),
        pytest.param("في قصف المدينة", "قصف", "noun", id="noun-after-preposition"),
        pytest.param("الطائرات التي قصفت المدينة", "قصفت", "past", id="relative-clause"),
        pytest.param("سيزور الرئيس المدينة", "سيزور", "future", id="future"),
    ],
)
def test_clause_tense(text, span, tense):
    assert clause_tense(*at_trigger(text, span)) == tense


@pytest.mark.parametrize(
    ("word", "name"),
    [
        pytest.param("وطالب", "urge", id="proclitic"),
        pytest.param("ينفي", "reject", id="verb"),
        pytest.param("المقبلة", "soon", id="adjective"),
    ],
)
def test_governor_classes(word, name):
    assert name in governor_classes(normalize_word(word))


def test_unknown_word_governs_nothing():
    assert governor_classes("كرسي") == ()


@pytest.mark.parametrize(
    ("text", "span", "reading"),
    [
        pytest.param("عنوان. وإذا ما اعتقلتهم الشرطة", "اعتقلتهم", "if-past", id="and-if"),
        pytest.param("عنوان. دعا إلى اجتماع عاجل", "اجتماع", "by-urge", id="demand"),
        pytest.param("عنوان. الاجتماع مثمر", "الاجتماع", "def", id="definite"),
    ],
)
def test_plain_reading(text, span, reading):
    assert plain_reading(*at_trigger(text, span)) == reading
