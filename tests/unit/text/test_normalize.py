from __future__ import annotations

import pytest

from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_text, normalize_word, surface_offset


@pytest.mark.parametrize(
    ("word", "norm"),
    [
        ("إيران", "ايران"),
        ("الْقُدْس", "القدس"),
        ("مؤتمـــــر", "مؤتمر"),
        ("سورية", "سوريه"),
        ("عیسی", "عيسي"),
        ("ﺳﻮﺭﻳﺎ", "سوريا"),
        ("٢٠١٧", "2017"),
        ("\u200fلافروف\u200e", "لافروف"),
        ("BBC", "bbc"),
    ],
)
def test_normal_form(word: str, norm: str) -> None:
    assert normalize_word(word) == norm
    assert normalize_word(norm) == norm


def test_alignment_leads_back() -> None:
    text = "قال\u200f مـحـمّد: ﻻ"
    norm, origin = normalize_text(text)
    assert norm == "قال محمد: لا"
    assert len(origin) == len(norm) + 1
    assert text[origin[4]] == "م"
    assert origin[-1] == len(text)
    assert origin == sorted(origin)


@pytest.mark.parametrize(
    ("word", "cut", "surface"),
    [
        ("لليمن", 1, "ليمن"),
        ("وَكيري", 1, "كيري"),
        ("بــسوريا", 1, "سوريا"),
        ("كيري", 0, "كيري"),
        ("ﻻنا", 2, "نا"),
    ],
)
def test_surface_after_a_proclitic(word: str, cut: int, surface: str) -> None:
    assert word[surface_offset(word, cut) :] == surface


@pytest.mark.parametrize(
    ("norm", "splits"),
    [
        ("كيري", {(0, "كيري"), (1, "يري")}),
        ("وللحوثيين", {(0, "وللحوثيين"), (1, "للحوثيين"), (2, "لحوثيين"), (2, "الحوثيين")}),
        ("لليمن", {(0, "لليمن"), (1, "ليمن"), (1, "اليمن")}),
        ("في", {(0, "في")}),
    ],
)
def test_proclitic_splits(norm: str, splits: set[tuple[int, str]]) -> None:
    assert set(proclitic_splits(norm)) == splits
