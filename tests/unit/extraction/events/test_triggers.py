from __future__ import annotations

import pytest

from mahdar.extraction.events.triggers import find_triggers, load_triggers
from mahdar.lexicon.tables import load_table
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def types_in(text):
    words = find_words(text, split_sentences(text))
    return [(text[t.start : t.end], t.lemma.type) for t in find_triggers(words)]


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        pytest.param("والتقى الوزير نظيره", "التقى", "MEET", id="verb-with-waw"),
        pytest.param("بعد لقائه نظيره", "لقائه", "MEET", id="verbal-noun-suffix"),
        pytest.param("أجرى اتصالا هاتفيا", "اتصالا", "CALL", id="light-verb"),
        pytest.param("سيزور الرئيس عمان", "سيزور", "VISIT", id="future"),
        pytest.param("تم التوقيع على الوثيقة", "التوقيع", "AGREE", id="passive"),
        pytest.param("دعا لوقف إطلاق النار", "وقف", "CEASEFIRE", id="phrase"),
        pytest.param("في قصف مدفعي", "قصف", "ATTACK", id="masdar"),
        pytest.param("أفرجت السلطات عنهم", "أفرجت", "RELEASE", id="release"),
        pytest.param("فرض عقوبات جديدة", "عقوبات", "SANCTION", id="sanctions"),
        pytest.param("شكل لجنة تحقيق", "شكل", "FORM", id="form"),
        pytest.param("عقد مؤتمرا صحفيا", "مؤتمرا", "PRESS", id="press"),
        pytest.param("إيصال المساعدات إلى المدينة", "إيصال", "AID", id="aid"),
        pytest.param("قال إن الحافلات قد تنطلق غدا", "تنطلق", "AID", id="subject-before-the-verb"),
        pytest.param(
            "طالب بجثامين الجنود وتسليمها", "تسليمها", "RELEASE", id="suffix-stands-for-it"
        ),
        pytest.param("لن يخلوها طوعا", "يخلوها", "WITHDRAW", id="subjunctive-with-suffix"),
        pytest.param("قال إننا شكلناها", "شكلناها", "FORM", id="first-person-with-suffix"),
    ],
)
def test_trigger_is_found(text, span, kind):
    assert (span, kind) in types_in(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("وقف الرجل أمام الباب", "CEASEFIRE", id="needed-word-missing"),
        pytest.param("هز انفجار سكاني البلاد", "VISIT", id="other-type"),
        pytest.param("قال علماء الاجتماع ذلك", "MEET", id="idiom"),
        pytest.param("تستعد المدينة للعيد", "ADVANCE", id="jussive-without-lam"),
        pytest.param("أعلنت وزارة الدفاع ذلك", "VISIT", id="feminine-ending-is-no-suffix"),
        pytest.param("قتل أفراد أسرة واحدة", "DETAIN", id="family"),
        pytest.param("لم يعرف العدد بالضبط", "DETAIN", id="exactly"),
        pytest.param("سيعلن ذلك لاحقا", "DETAIN", id="later"),
        pytest.param("ارتفعت نسبة الطلب", "MEET", id="no-trigger"),
    ],
)
def test_trigger_needs_its_context(text, kind):
    assert kind not in [k for _, k in types_in(text)]


def test_jussive_counts_after_lam():
    assert ("تستعد", "ADVANCE") in types_in("لم تستعد القوات المدينة")


def test_a_noun_does_not_find_what_it_needs_before_it():
    assert ("انطلاق", "AID") not in types_in("بالحافلات عند انطلاق الموسم")


def test_words_needed_stand_in_the_same_sentence():
    assert ("وقف", "CEASEFIRE") not in types_in("هذا وقف. إطلاق النار جار.")


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        pytest.param("نشر قوات قرب المدينة", False, id="with-its-word"),
        pytest.param("نشر التحالف ألفي رجل", True, id="without"),
    ],
)
def test_words_that_can_do_without_are_listed_and_marked(text, lacking):
    words = find_words(text, split_sentences(text))
    (found,) = (t for t in find_triggers(words) if t.lemma.type == "MOBILIZE")
    assert found.lacking is lacking


def test_one_reading_of_a_type_that_lacks_nothing_is_enough():
    text = "استمرت الجلسة ساعتين"  # MEET as it is, NEGOTIATE only with «مجلس» and the like
    words = find_words(text, split_sentences(text))
    found = [t for t in find_triggers(words) if t.lemma.type == "MEET"]
    assert [t.lacking for t in found] == [False]


@pytest.mark.parametrize(
    "name",
    [
        "events_triggers",
        "events_cues",
        "events_subtypes",
        "events_plover",
        "events_acled",
        "events_tolls",
        "events_idioms",
    ],
)
def test_tables_have_sources_and_no_row_twice(name):
    rows = load_table(name)
    assert all(row["source"] for row in rows)
    assert len({tuple(sorted(row.items())) for row in rows}) == len(rows)


def test_only_rows_that_need_words_can_do_without():
    rows = load_table("events_triggers")
    assert {row["alone"] for row in rows} == {"", "yes"}
    assert all(row["needs"] for row in rows if row["alone"])


def test_every_type_has_triggers():
    types = {lemma.type for readings in load_triggers().values() for lemma, _, _ in readings}
    assert len(types) == 18
