from __future__ import annotations

from mahdar.extraction.commitments import find_commitments
from mahdar.extraction.statements import find_statements

SALEM = ("salem", "PER", ("كريم السالم",))
GOV = ("gov", "ORG", ("حكومة أروى",))


def test_pledge_with_limit_and_condition(make_doc):
    text = "خبر\n\nتعهد كريم السالم بإطلاق المحتجزين قبل نهاية الشهر شرط أن يتوقف القصف."
    doc = make_doc(text, (SALEM,), [("نهاية الشهر", "2016-05-21/2016-05-31")])
    doc._.statements = find_statements(doc)
    (found,) = find_commitments(doc)
    assert found.by == ("salem",)
    assert found.due == "2016-05-31"
    assert found.condition is not None
    assert found.condition.startswith("شرط")
    assert found.statement == doc._.statements[0].id


def test_future_told_of_somebody_is_his(make_doc):
    text = "خبر\n\nقال كريم السالم إن حكومة أروى ستعود إلى العاصمة في يونيو."
    doc = make_doc(text, (SALEM, GOV), [("يونيو", "2016-06")])
    doc._.statements = find_statements(doc)
    (found,) = find_commitments(doc)
    assert (found.by, found.due) == (("gov",), "2016-06")


def test_plan_of_the_paper(make_doc):
    text = "خبر\n\nومن المقرر أن تبدأ حكومة أروى المحادثات الأسبوع المقبل."
    doc = make_doc(text, (GOV,), [("الأسبوع المقبل", "2016-W20")])
    doc._.statements = find_statements(doc)
    (found,) = find_commitments(doc)
    assert (found.by, found.due, found.statement) == (("gov",), "2016-W20", None)


def test_past_date_is_no_due_date(make_doc):
    text = "خبر\n\nتعهد كريم السالم بمواصلة العمل الذي بدأ في يناير."
    doc = make_doc(text, (SALEM,), [("يناير", "2016-01")])
    doc._.statements = find_statements(doc)
    assert [c.due for c in find_commitments(doc)] == [None]
