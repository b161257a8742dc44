"""Months and days that the article shows to be persons, cities and movements."""

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.model import Article

NLP = blank_pipeline()

CASES = [
    ("قالت تيريزا ماي إنها ستعود. والتقى بعد ماي الوفد", ""),
    ("قالت الوزيرة إنها ستعود. وعاد بعد ماي إلى تونس", "2015-05"),
    ("التقت تيريزا ماي الوفد في ماي الماضي", "2015-05"),
    ("سيطرت المقاومة في اليمن على مديريات في اب وتقدمت", ""),
    ("سيطرت المقاومة في اليمن على مديريات في آب وتقدمت", "2015-08"),
    ("سيطرت المعارضة على بلدات في اب وتقدمت", "2015-08"),
    ("14 آذار تدعو إلى الحوار.\nواجتمعت قوى 14 آذار مساء", ""),
    ("اجتمعت قوى «14 آذار». وخرج المحتجون يوم 14 آذار", "2015-03-14"),
    ("خرج المحتجون في 14 آذار", "2015-03-14"),
    ("مرشح فريق «8 آذار» للرئاسة", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_names_are_no_dates(text: str, expected: str) -> None:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published="2015-08-10")
    doc._.anchor = find_anchor(doc)
    assert [found.value for found in find_dates(doc)] == expected.split()
