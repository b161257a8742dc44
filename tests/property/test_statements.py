"""Statements, quotations, datelines, naming and commitments on any text: no crash, valid offsets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dateline import find_dateline
from mahdar.annotation.document import ensure_article, words_of
from mahdar.annotation.quotations import find_quotations
from mahdar.extraction.commitments import find_commitments
from mahdar.extraction.naming import find_naming
from mahdar.extraction.statements import find_statements
from mahdar.model import Anchor, Entity, Mention

NLP = blank_pipeline()
PIECES = [
    "قال",
    "وقالت",
    "وأضاف",
    "مشيرا",
    "إلى",
    "أن",
    "إن",
    "«كلام",
    "طويل",
    "من",
    "كلمات»",
    '"',
    "“",
    "”",
    "«",
    "»",
    ":",
    "،",
    ".",
    "\n",
    "قوله",
    "نقلت",
    "عن",
    "بحسب",
    "وفقا",
    "ل",
    "دعا",
    "طالب",
    "ب",
    "اتهم",
    "وصفه",
    "بأنه",
    "على",
    "في",
    "بيان",
    "كريم",
    "السالم",
    "الراية",
    "\u200f",
    "\u202b",
    "ـ",
    "أكّد",
    "(",
    ")",
    "ما",
    "يسمى",
    "من",
    "المقرر",
    "أن",
    "سوف",
    "2016",
    "لن",
    "لا",
    "رفض",
    "وجاء",
    "في",
    "التقرير",
    "'",
    "''",
    "&quot;",
]


@st.composite
def texts(draw):
    return " ".join(draw(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60)))


@settings(max_examples=150, deadline=None)
@given(texts(), st.integers(0, 5))
def test_any_text(text, step):
    doc = NLP.make_doc(text)
    ensure_article(doc)
    doc._.quotations = find_quotations(doc)
    words = words_of(doc)
    doc._.entities = tuple(
        Entity(f"e{n}", ("PER", "ORG", "LOC")[n % 3], (Mention(words.start[n], words.end[n]),))
        for n in range(0, len(words), step + 1)
    )
    doc._.dates = ()
    doc._.events = ()
    doc._.anchor = Anchor(None, "none")
    doc._.dateline = find_dateline(doc)
    doc._.statements = find_statements(doc)
    size = len(text)
    for quotation in doc._.quotations:
        assert 0 <= quotation.start < quotation.end <= size
    for statement in doc._.statements:
        for span in (statement.cue, *statement.content):
            assert 0 <= span.start < span.end <= size
        assert set(statement.speakers) <= {e.id for e in doc._.entities}
    assert len({s.id for s in doc._.statements}) == len(doc._.statements)
    for naming in find_naming(doc):
        assert text[naming.start : naming.end] == naming.term
    for commitment in find_commitments(doc):
        for span in commitment.spans:
            assert 0 <= span.start < span.end <= size
