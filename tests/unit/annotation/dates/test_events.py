"""Days that name events, and the table they stand in."""

from datetime import date

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.lexicon.tables import load_table
from mahdar.model import Article
from mahdar.text.normalize import normalize_text

NLP = blank_pipeline()


def values_of(text: str, published: str = "2015-08-10") -> list[str]:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published=published)
    doc._.anchor = find_anchor(doc)
    return [found.value for found in find_dates(doc)]


CASES = [
    ("منذ هجمات 11 سبتمبر تغير كل شيء", "2001-09-11"),
    ("منذ أحداث الحادي عشر من أيلول (سبتمبر)", "2001-09-11"),
    ("اندلعت ثورة 25 يناير", "2011-01-25"),
    ("أهمية ثورتي 25 يناير و30 يونيو", "2011-01-25 2013-06-30"),
    ("في مرحلة ما بعد 30 يونيو", "2013-06-30"),
    ("يصل في 11 سبتمبر المقبل", "2015-09-11"),
    ("سيصل الوفد في 25 يناير", "2016-01-25"),
    ("هاجموا كتيبة 17 فبراير", ""),
    ("بعد هجمات 11 سبتمبر سقطت المدينة في يونيو", "2001-09-11 2015-06"),
    ("منذ حرب 94", "1994"),
    ("بموجب اتفاق القاهرة 2011", "2011"),
    ("منذ حرب أكتوبر", "1973-10"),
    ("خسائر حرب تموز", "2006-07"),
    ("بعد أحداث سبتمبر تغير كل شيء", "2001-09"),
    ("سقطت في حرب أكتوبر الماضي", "2014-10"),
    ("وصل بعد أحداث شهدتها البلاد في سبتمبر", "2014-09"),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_value(text: str, expected: str) -> None:
    assert values_of(text) == expected.split()


def test_rows_are_real_days_with_normal_heads_each_told_once() -> None:
    seen: set[tuple[str, str, str]] = set()
    for row in load_table("dates_events"):
        assert date(int(row["year"]), int(row["month"]), int(row["day"] or 1))
        assert row["source"]
        for head in row["heads"].split("|"):
            assert normalize_text(head)[0] == head
            key = (head, row["day"], row["month"])
            assert key not in seen
            seen.add(key)
