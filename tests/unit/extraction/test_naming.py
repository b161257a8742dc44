from __future__ import annotations

from mahdar.extraction.naming import find_naming
from mahdar.extraction.statements import find_statements

SALEM = ("salem", "PER", ("كريم السالم",))
FRONT = ("front", "ORG", ("جبهة الشمال",))


def terms(make_doc, text):
    doc = make_doc(text, (SALEM, FRONT))
    doc._.statements = find_statements(doc)
    return doc, find_naming(doc)


def test_papers_own_term(make_doc):
    text = "خبر\n\nواصلت المليشيات قصف المدينة."
    _doc, found = terms(make_doc, text)
    assert [(n.term, n.statement) for n in found] == [("المليشيات", None)]


def test_speakers_term(make_doc):
    text = "خبر\n\nقال كريم السالم إن الانقلابيين سيغادرون المدينة."
    doc, found = terms(make_doc, text)
    assert [(n.term, n.statement) for n in found] == [("الانقلابيين", doc._.statements[0].id)]


def test_distancing_points_to_the_name(make_doc):
    text = "خبر\n\nدخلت ما يسمى جبهة الشمال المدينة."
    _doc, found = terms(make_doc, text)
    assert [(n.term, n.entity) for n in found] == [("ما يسمى", "front")]


def test_scare_quotes_are_not_names(make_doc):
    text = "خبر\n\nأعلنت «جبهة الشمال» عن «الإصلاحات» أمس."
    _doc, found = terms(make_doc, text)
    assert [n.term for n in found] == ["الإصلاحات"]
