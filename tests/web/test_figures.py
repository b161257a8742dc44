"""Dates and counts as they are read: weeks by their days, spans without saying a month twice, nouns by number."""

from __future__ import annotations

import pytest

from mahdar.i18n import Language, tr_count
from mahdar.web.figures import format_date


@pytest.mark.parametrize(
    ("edtf", "lang", "shown"),
    [
        ("2015-W33", "en", "10–16 Aug 2015"),
        ("2015-W33", "ar", "١٠–١٦ آب/أغسطس ٢٠١٥"),
        ("2015-W31", "en", "27 Jul – 2 Aug 2015"),
        ("2015-W53", "en", "28 Dec 2015 – 3 Jan 2016"),
        ("2015-WXX", "en", "2015-WXX"),
        ("2015-08-03/2015-08-03", "en", "3 Aug 2015"),
        ("2015-08/2015-09", "en", "Aug 2015 – Sep 2015"),
        ("2015-08-03~/2015-08-09", "en", "c. 3 Aug 2015 – 9 Aug 2015"),
        ("2015-08-03/..", "ar", "منذ ٣ آب/أغسطس ٢٠١٥"),
    ],
)
def test_date(edtf: str, lang: Language, shown: str) -> None:
    assert format_date(edtf, lang, "arabic" if lang == "ar" else "latin") == shown


@pytest.mark.parametrize(
    ("number", "arabic", "english"),
    [
        (0, "لا مقالات", "no articles"),
        (1, "مقال واحد", "one article"),
        (2, "مقالان", "two articles"),
        (3, "3 مقالات", "3 articles"),
        (10, "10 مقالات", "10 articles"),
        (11, "11 مقالا", "11 articles"),
        (99, "99 مقالا", "99 articles"),
        (100, "100 مقال", "100 articles"),
        (102, "102 مقال", "102 articles"),
        (103, "103 مقالات", "103 articles"),
    ],
)
def test_count(number: int, arabic: str, english: str) -> None:
    assert tr_count("count.articles", number, "ar", str(number)) == arabic
    assert tr_count("count.articles", number, "en", str(number)) == english
