"""Weeks, which EDTF gives by number, are told by their days."""

from __future__ import annotations

import pytest

from mahdar.i18n import Language
from mahdar.web.figures import format_date


@pytest.mark.parametrize(
    ("edtf", "lang", "shown"),
    [
        ("2015-W33", "en", "10 Aug 2015 – 16 Aug 2015"),
        ("2015-W33", "ar", "١٠ آب/أغسطس ٢٠١٥ – ١٦ آب/أغسطس ٢٠١٥"),
        ("2015-WXX", "en", "2015-WXX"),
    ],
)
def test_week(edtf: str, lang: Language, shown: str) -> None:
    assert format_date(edtf, lang, "arabic" if lang == "ar" else "latin") == shown
