from __future__ import annotations

import pytest

from mahdar.extraction.events.codes import acled_code, find_subtype, plover_code
from mahdar.extraction.events.triggers import find_triggers
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


@pytest.mark.parametrize(
    ("kind", "subtype", "modality", "code"),
    [
        ("MEET", None, "occurred", "CONSULT//diplomatic"),
        ("VISIT", None, "occurred", "CONSULT/visit/diplomatic"),
        ("MEET", None, "planned", "AGREE//diplomatic"),
        ("ATTACK", "air-strike", "occurred", "ASSAULT/aerial/military"),
        ("ATTACK", "no-such", "ongoing", "ASSAULT"),
        ("RELEASE", "exchange", "demanded", "REQUEST/yield/legal"),
        ("PRESS", None, "occurred", None),
        ("MEET", None, "denied", None),
    ],
)
def test_plover(kind, subtype, modality, code):
    assert plover_code(kind, subtype, modality) == code


@pytest.mark.parametrize(
    ("kind", "subtype", "modality", "code"),
    [
        (
            "ATTACK",
            "shelling",
            "occurred",
            "Explosions/Remote violence: Shelling/artillery/missile attack",
        ),
        ("ATTACK", None, "occurred", "Battles: Armed clash"),
        ("ATTACK", "shelling", "planned", None),
        ("MEET", None, "occurred", None),
    ],
)
def test_acled(kind, subtype, modality, code):
    assert acled_code(kind, subtype, modality) == code


@pytest.mark.parametrize(
    ("text", "kind", "subtype"),
    [
        ("شنت الطائرات غارات جوية", "ATTACK", "air-strike"),
        ("انفجار سيارة مفخخة", "ATTACK", "bombing"),
        ("تمديد الهدنة أسبوعا", "CEASEFIRE", "extended"),
        ("قدم استقالته أمس", "FORM", "resignation"),
        ("رفع العقوبات عن البلاد", "SANCTION", "lifted"),
        ("صفقة تبادل أسرى", "RELEASE", "exchange"),
    ],
)
def test_subtype(text, kind, subtype):
    words = find_words(text, split_sentences(text))
    group = [t for t in find_triggers(words) if t.lemma.type == kind]
    assert find_subtype(words, group) == subtype
