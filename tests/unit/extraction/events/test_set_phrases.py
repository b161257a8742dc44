"""Set phrases bar their words from other readings."""

from __future__ import annotations

import pytest

from mahdar.extraction.events.triggers import find_triggers
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def types_of(text: str) -> set[tuple[str, str]]:
    return {
        (text[t.start : t.end], t.lemma.type)
        for t in find_triggers(find_words(text, split_sentences(text)))
    }


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        ("دعا إلى وقف إطلاق النار فورا", ("وقف", "CEASEFIRE"), "ATTACK"),
        ("اتفقا على وقف دائم لإطلاق النار", ("وقف", "CEASEFIRE"), "ATTACK"),
        ("حدث تبادل إطلاق النار قرب الجسر", ("إطلاق", "ATTACK"), "CEASEFIRE"),
        ("طالبت بإطلاق سراح المعتقلين", ("إطلاق", "RELEASE"), "FORM"),
        ("جرى تبادل الأسرى بين الطرفين", ("تبادل", "RELEASE"), "MEET"),
        ("عقد مؤتمرا صحفيا في المطار", ("مؤتمرا", "PRESS"), "NEGOTIATE"),
        ("أجرى مباحثات هاتفية مع نظيره", ("مباحثات", "CALL"), "MEET"),
        ("انتهت الجولة الرابعة من المحادثات", ("الجولة", "NEGOTIATE"), "VISIT"),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else "",
)
def test_phrase(text: str, there: tuple[str, str], absent: str) -> None:
    found = types_of(text)
    assert there in found
    assert absent not in {kind for _, kind in found}


@pytest.mark.parametrize(
    "text",
    [
        "دورية على خط وقف إطلاق النار",
        "شن هجوما لاذعا على الوزير",
        "وقع ذلك فجر الجمعة",
        "ضرب بالقرار عرض الحائط",
        "خاض معركة انتخابية صعبة",
    ],
)
def test_no_attack(text: str) -> None:
    kinds = {kind for word, kind in types_of(text)}
    assert not kinds & {"CEASEFIRE"}
    if "ضرب" not in text:
        assert "ATTACK" not in kinds


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("خرجت الطائرات لضرب المواقع", "ضرب"),
        ("وصل لبحث الأزمة", "بحث"),
        ("بعد قصف المدينة", "قصف"),
        ("أعلنت عملية استعادة المدينة", "استعادة"),
    ],
)
def test_verbal_noun(text: str, word: str) -> None:
    forms = [
        t.form.tense
        for t in find_triggers(find_words(text, split_sentences(text)))
        if text[t.start : t.end] == word
    ]
    assert forms
    assert set(forms) == {"noun"}
