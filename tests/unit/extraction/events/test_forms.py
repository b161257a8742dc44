from __future__ import annotations

import pytest

from mahdar.extraction.events.forms import iter_noun_forms, iter_verb_forms
from mahdar.text.normalize import normalize_word


@pytest.mark.parametrize(
    ("past", "present", "forms"),
    [
        pytest.param(
            "اجتمع", "يجتمع", "اجتمعت اجتمعوا اجتمعا يجتمعون سيجتمع ستجتمع نجتمع", id="sound"
        ),
        pytest.param(
            "التقى", "يلتقي", "التقت التقوا التقيا التقاه يلتقون سيلتقي يلتقيه يلتق", id="defective"
        ),
        pytest.param("زار", "يزور", "زارت زاروا زارها يزورون سيزورها يزر", id="hollow"),
        pytest.param("غزا", "يغزو", "غزت غزوا يغزون سيغزو", id="defective-waw"),
        pytest.param("بدأ", "يبدأ", "بدأت بدأوا بدأتا يبدأ", id="hamza"),
    ],
)
def test_verb_forms(past, present, forms):
    made = {form.text for form in iter_verb_forms(past, present)}
    assert {normalize_word(form) for form in forms.split()} <= made


def test_tenses_are_told():
    tense = {form.text: form.tense for form in iter_verb_forms("زار", "يزور")}
    assert (tense["زارت"], tense["تزور"], tense["ستزور"]) == ("past", "present", "future")


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        pytest.param("لقاء", "اللقاء لقائه لقاؤه لقاءها لقاءين", id="hamza"),
        pytest.param("زيارة", "الزيارة زيارته زيارتها زيارتين", id="feminine"),
        pytest.param("اجتماع", "اجتماعا اجتماعهم الاجتماعان", id="masculine"),
        pytest.param("التحاق", "التحاقا التحاقه الالتحاق", id="radical-al"),
    ],
)
def test_noun_forms(noun, forms):
    made = {form.text for form in iter_noun_forms(noun)}
    assert {normalize_word(form) for form in forms.split()} <= made


def test_suffixed_and_definite_nouns_are_definite():
    by_text = {form.text: form for form in iter_noun_forms("زيارة")}
    assert by_text["زيارته"].suffix
    assert by_text["زيارته"].definite
    assert by_text["الزياره"].definite
    assert not by_text["زياره"].definite


def test_a_noun_given_with_its_article_has_no_other_form():
    assert [form.text for form in iter_noun_forms("الأعمال")] == ["الاعمال"]
