from __future__ import annotations

import re
from pathlib import Path

import pytest

from mahdar.extraction.events.codes import acled_code, find_subtype, plover_code
from mahdar.extraction.events.triggers import find_triggers
from mahdar.lexicon.tables import load_table
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

SHARED = Path(__file__).resolve().parents[5] / "shared"


@pytest.mark.parametrize(
    ("kind", "subtype", "modality", "code"),
    [
        ("MEET", None, "occurred", "CONSULT//diplomatic"),
        ("VISIT", None, "occurred", "CONSULT/visit/diplomatic"),
        ("MEET", None, "planned", "AGREE//diplomatic"),
        ("ATTACK", "air-strike", "occurred", "ASSAULT/heavy-weapons/military"),
        ("ATTACK", "no-such", "ongoing", "ASSAULT"),
        ("RELEASE", "exchange", "demanded", "REQUEST/yield/legal"),
        ("CALL", None, "occurred", "CONSULT/phone/diplomatic"),
        ("AGREE", None, "occurred", "SUPPORT//diplomatic"),
        ("ADVANCE", None, "occurred", "COERCE/seize/military"),
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


@pytest.mark.shared
def test_plover_modes_are_those_of_the_published_table():
    path = SHARED / "data" / "events" / "plover" / "CAMEO2PLOVER-2021.txt"
    if not path.is_file():
        pytest.skip("no shared folder beside the checkout")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"\d+:\s*([A-Z]+)\s*,\s*([\w-]*)\s*,", line) for line in lines)
    published = {match.groups() for match in found if match}
    ours = {(row["category"], row["mode"]) for row in load_table("events_plover")}
    assert ours - published <= {("ASSAULT", "execute"), ("ASSAULT", "primitive")}
