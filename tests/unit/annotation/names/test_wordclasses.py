from __future__ import annotations

import pytest

from mahdar.annotation.names.wordclasses import NameLexicon
from mahdar.annotation.names.wordlists import word_set


@pytest.fixture(scope="module")
def lexicon() -> NameLexicon:
    return NameLexicon({"روسي": "russia", "روسيه": "russia"})


@pytest.mark.parametrize(
    ("norm", "base", "cut"),
    [
        pytest.param("للرئيس", "الرئيس", 1, id="lam before the article"),
        pytest.param("ووزير", "وزير", 1, id="and"),
        pytest.param("وزير", "وزير", 0, id="no proclitic in a known word"),
        pytest.param("ومحمد", "محمد", 1, id="and before a given name"),
        pytest.param("بدر", "بدر", 0, id="given name that begins like a preposition"),
        pytest.param("والكرامه", "الكرامه", 1, id="and before the article"),
    ],
)
def test_proclitics(lexicon: NameLexicon, norm: str, base: str, cut: int) -> None:
    word = lexicon.describe(norm)
    assert (word.base, word.cut) == (base, cut)


def test_categories(lexicon: NameLexicon) -> None:
    assert lexicon.describe("الروسيه").demonym == "russia"
    assert lexicon.describe("في").stop
    assert lexicon.describe("اتصالين").common  # «اتصال» with an ending
    assert lexicon.describe("يتباحث").verbal
    assert lexicon.describe("زنقانه").plain
    assert not lexicon.describe("،").word


def test_unknown_use_of_words() -> None:
    with pytest.raises(KeyError):
        word_set("no-such-use")
