"""The day an article speaks from, the weekdays it agrees on, and days told by others."""

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.model import Article, Quotation

NLP = blank_pipeline()
MONDAY = "2016-06-06"


def values_of(text: str, published: str = MONDAY) -> list[str]:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published=published)
    opens, closes = text.find("«"), text.find("»")
    if opens >= 0:
        doc._.quotations = (Quotation(opens + 1, closes),)
    doc._.anchor = find_anchor(doc)
    return [found.value for found in find_dates(doc)]


CASES = [
    # A lead of the anchor's own weekday outweighs one slip further down.
    (
        "حزب يندد.\nوعبر الحزب في بيان، الاثنين، عن رفضه.\nوكان التجمع تم أمس السبت",
        "2016-06-06 2016-06-04",
    ),
    ("قال أمس السبت إنه عاد.\nوكان غادر أول من أمس", "2016-06-04 2016-06-03"),
    # A weekday said to come is the same one where nothing is said.
    (
        "تصويت الأربعاء يقلق الحكومة.\nوسيجتمع المجلس الأربعاء للتصويت",
        "2016-06-08 2016-06-08",
    ),
    (
        "تصويت الأربعاء يقلق الحكومة.\nواجتمع المجلس الأربعاء للتصويت",
        "2016-06-01 2016-06-01",
    ),
    (
        "وافقت المنظمة الأحد على الطلب.\nوسيجرى احتفال بعد ظهر الأحد",
        "2016-06-05 2016-06-12",
    ),
    # A paper's news is of the day before, and so are the hours and mornings of those it quotes.
    ("أعلن المتحدث أمس تعيينه.\nوقبل ساعات عزل القائد", "2016-06-05 2016-06-05~"),
    ("أعلن المتحدث اليوم تعيينه.\nوقبل ساعات عزل القائد", "2016-06-06 2016-06-06~"),
    ("أعلن الوزير أمس الإفراج عنها. وقال: «تحدثت معها هذا الصباح»", "2016-06-05 2016-06-05"),
    ("أعلن الوزير اليوم الإفراج عنها. وقال: «تحدثت معها هذا الصباح»", "2016-06-06 2016-06-06"),
    ("قال البيان «سقط القتلى فجر اليوم (أمس الأحد) في القصف»", "2016-06-05 2016-06-05"),
    ("1945- إلقاء قنبلة تلتها بعد ثلاثة أيام أخرى", "1945 1945-06~"),
    # A year that heads a line of a chronology holds to the line's end.
    (
        "1952- توقيع الاتفاق. ووقعه الطرفان في 10 سبتمبر.\nوصل في 10 مايو",
        "1952 1952-09-10 2016-05-10",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_value(text: str, expected: str) -> None:
    assert values_of(text) == expected.split()


def test_the_end_of_last_week_is_over_on_a_saturday() -> None:
    assert values_of("تحررت المدينة أواخر الأسبوع الماضي", "2015-07-25") == [
        "2015-07-18/2015-07-19"
    ]
