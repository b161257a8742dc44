import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.model import Anchor, Article

NLP = blank_pipeline()
BODY = "قال الوزير إن المحادثات مستمرة بين الطرفين وإن الوفد باق في المدينة.\n"


def anchor_of(text: str, published: str | None = None, url: str | None = None) -> Anchor:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published=published, url=url)
    return find_anchor(doc)


@pytest.mark.parametrize(
    ("published", "edtf"),
    [
        ("2015-07-21", "2015-07-21"),
        ("2015-07-21T23:10:00+03:00", "2015-07-21"),
        ("2015-07-21 23:10", "2015-07-21"),
        ("2016-04", "2016-04"),
        ("2016-12-27/2016-12-28", "2016-12-27/2016-12-28"),
    ],
)
def test_metadata_come_first(published: str, edtf: str) -> None:
    anchor = anchor_of("اليوم الخميس 8 يونيو 2017 " + BODY, published)
    assert (anchor.edtf, anchor.basis, anchor.certainty) == (edtf, "metadata", 1.0)


@pytest.mark.parametrize("published", ["", "yesterday", "2015-13-40", "0000-00-00"])
def test_unreadable_metadata_count_as_none(published: str) -> None:
    assert anchor_of(BODY, published).basis == "none"


def test_a_day_that_spells_itself_out() -> None:
    anchor = anchor_of("خبر\n\nقال الوزير أمس الأربعاء 7 جوان 2017 إن المحادثات مستمرة.")
    assert (anchor.edtf, anchor.basis) == ("2017-06-08", "text")
    assert anchor.certainty > 0.9
    assert anchor.evidence


def test_dateline() -> None:
    text = "خبر\n\nعدن 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م سبأ\n" + BODY
    anchor = anchor_of(text)
    assert (anchor.edtf, anchor.basis) == ("2015-08-10", "text")


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.example/2015/07/21/story.html",
        "https://paper.example/2015-07-21-story",
        "https://paper.example/Issues/20150721/Con20150721784582.htm",
    ],
)
def test_address(url: str) -> None:
    anchor = anchor_of(BODY, url=url)
    assert (anchor.edtf, anchor.basis) == ("2015-07-21", "url")


def test_number_in_address_is_no_date() -> None:
    assert anchor_of(BODY, url="https://paper.example/article/20159921").edtf is None


def test_stamp_alone_is_weak_evidence() -> None:
    anchor = anchor_of("خبر\n\n" + BODY + "نشر بتاريخ 22/7/2015")
    assert (anchor.edtf, anchor.basis) == ("2015-07-22", "text")
    assert anchor.certainty < 0.85


def test_stamp_of_another_month_is_rejected() -> None:
    text = (
        "آخر تحديث: الجمعة, نوفمبر 15, 2024\n\nخبر\n"
        + BODY
        + "وكان الوزيران اتصلا في العاشر من نيسان الجاري، بعد اتفاق وقع في 3 شباط 2016."
    )
    anchor = anchor_of(text)
    assert (anchor.edtf, anchor.basis) == ("2016-04", "text")
    assert anchor.certainty < 0.9
    assert len(anchor.rejected) == 1
    assert anchor.rejected[0].startswith("2024-11-15")


def test_stamp_years_after_the_metadata_is_rejected_and_tells_no_date() -> None:
    text = "خبر\n\n" + BODY + "العدد 1105 - 01/5/2024"
    doc = NLP(text)
    doc._.article = Article("t", text, "", published="2015-08-03")
    doc._.anchor = find_anchor(doc)
    assert doc._.anchor.rejected[0].startswith("2024-05-01")
    assert find_dates(doc) == ()


def test_stamp_before_what_the_article_tells_is_rejected() -> None:
    text = "نشر في 3/1/2014\n\n" + BODY + "وقع الطرفان الاتفاق في 5 أيار 2016 ثم انهار."
    anchor = anchor_of(text)
    assert anchor.edtf is None
    assert "2016-05-05" in anchor.rejected[0]


def test_weekday_alone_gives_evidence_but_no_date() -> None:
    anchor = anchor_of("خبر\n\nقال الوزير أمس الجمعة إن المحادثات مستمرة.")
    assert (anchor.edtf, anchor.basis, anchor.certainty) == (None, "none", 0.0)
    assert anchor.evidence
