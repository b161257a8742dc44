from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import mahdar
from mahdar.i18n import load_messages, tr, tr_code
from mahdar.model import Act, EventType, Modality, Mode, Role, Setting

SOURCE = Path(mahdar.__file__).parent
ARABIC = re.compile("[\u0600-\u06ff]")
LETTER = re.compile(r"[^\W\d_]")


SAME = {"goal": "place"}
"""Slots of the brief with one value and two prepositions: one arrives «إلى» a place, and in it."""


def places(text: str) -> set[str]:
    return {SAME.get(name, name) for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(load_messages()))
def test_both_languages_say_the_same(key: str) -> None:
    row = load_messages()[key]
    assert places(row["ar"]) == places(row["en"])
    words = "".join(text for text, *_ in Formatter().parse(row["ar"]))
    assert ARABIC.search(words) or not LETTER.search(words), "no Arabic in the Arabic text"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("event", EventType.__args__),  # type: ignore[attr-defined]
        ("act", Act.__args__),  # type: ignore[attr-defined]
        ("mode", Mode.__args__),  # type: ignore[attr-defined]
        ("modality", Modality.__args__),  # type: ignore[attr-defined]
        ("role", Role.__args__),  # type: ignore[attr-defined]
        ("setting", Setting.__args__),  # type: ignore[attr-defined]
    ],
)
def test_every_value_of_the_contract_has_words(kind: str, values: tuple[str, ...]) -> None:
    for value in values:
        assert f"{kind}.{value}" in load_messages()


def test_messages_named_in_code_and_pages_exist() -> None:
    messages = load_messages()
    named = re.compile(r"""\b(?:tr|t)\(\s*["']([\w.]+)["']""")
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.j2")]:
        for key in named.findall(path.read_text(encoding="utf-8")):
            found = any(k.startswith(key) for k in messages) if key[-1] in "._" else key in messages
            assert found, f"{path.name} asks for {key}"


def test_unknown_codes_show_themselves() -> None:
    assert tr_code("event", "NEW", "ar") == "NEW"
    assert tr("page.left_out", "en", count=3).startswith("3 ")
