from __future__ import annotations

import pytest

from mahdar.extraction.statements.cues import load_cue_forms


@pytest.mark.parametrize(
    ("form", "lemma", "kind", "gender", "number"),
    [
        ("وقال", "قال", "perfect", "m", "s"),
        ("قالت", "قال", "perfect", "f", "s"),
        ("دعت", "دعا", "perfect", "f", "s"),
        ("نفت", "نفي", "perfect", "f", "s"),
        ("اكدا", "اكد", "perfect", "m", "d"),
        ("طالبوا", "طالب", "perfect", "m", "p"),
        ("تدعو", "دعا", "imperfect", "f", "s"),
        ("يدعون", "دعا", "imperfect", "m", "p"),
        ("يدعون", "ادعي", "imperfect", "m", "p"),
        ("وسيعلن", "اعلن", "imperfect", "m", "s"),
        ("مشيرا", "اشار", "participle", "m", "s"),
        ("داعيا", "دعا", "participle", "m", "s"),
        ("مؤكده", "اكد", "participle", "f", "s"),
        ("قوله", "قال", "noun", "m", "s"),
        ("دعوته", "دعا", "noun", "m", "s"),
        ("وصفها", "وصف", "perfect", "m", "s"),
    ],
)
def test_forms(form, lemma, kind, gender, number):
    found = [c for c in load_cue_forms()[form] if c.kind == kind]
    assert (lemma, gender, number) in [(c.verb.lemma, c.gender, c.number) for c in found]


def test_suffixed_verb_is_marked():
    assert any(c.suffixed for c in load_cue_forms()["وصفها"] if c.kind == "perfect")


def test_first_person_only_where_it_does_something():
    assert any(c.first_person for c in load_cue_forms()["نطالب"])
    assert any(c.first_person for c in load_cue_forms()["وطالبنا"])
    assert "نعتقد" not in load_cue_forms()
