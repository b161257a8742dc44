"""Which words may be cues, and where what they introduce begins: no model is asked."""

from __future__ import annotations

import pytest

from mahdar.extraction.statements.candidates import find_candidates
from mahdar.extraction.statements.view import make_view

SALEM = ("salem", "PER", ("كريم السالم",))
COUNCIL = ("council", "ORG", ("مجلس الأعيان", "المرصد المحلي"))
GUARD = ("guard", "ORG", ("~مصدر أمني",))
ALL = (SALEM, COUNCIL, GUARD)


def cues(make_doc, text):
    """Return cue and first words of what it introduces, of those that read over no other cue first."""
    view = make_view(make_doc(text, ALL))
    words = view.words
    return [
        (
            text[words.start[c.first] : words.end[c.last]],
            text[c.complement.start :].split("\n")[0],
            c.over is not None,
        )
        for c in find_candidates(view)
    ]


@pytest.mark.parametrize(
    ("body", "cue", "begins"),
    [
        pytest.param(
            "قتل جنديان في الكمين، حسبما أفاد مصدر أمني.", "حسبما أفاد", "قتل جنديان", id="hasbama"
        ),
        pytest.param(
            "قتل جنديان في الكمين، على ما ذكره مصدر أمني.", "على", "قتل جنديان", id="ala ma"
        ),
        pytest.param(
            "وقال كريم السالم الذي رفض الكشف عن هويته إن الهدنة صامدة.",
            "وقال",
            "الهدنة صامدة",
            id="a subject that would not be named",
        ),
        pytest.param(
            "ندد كريم السالم بالقصف ووصفه بأنه جريمة حرب.", "ووصفه", "جريمة حرب", id="called so"
        ),
        pytest.param(
            "وهو قرار اعتبره كريم السالم خطوة مهمة.", "اعتبره", "خطوة مهمة", id="held for so"
        ),
        pytest.param(
            "واكتفى كريم السالم بالقول إن الهدنة صامدة.", "بالقول", "الهدنة صامدة", id="saying that"
        ),
        pytest.param(
            "ونقلت صحيفة عن كريم السالم القول إن الهدنة صامدة.",
            "القول",
            "الهدنة صامدة",
            id="quoted as saying",
        ),
        pytest.param(
            "وقال كريم السالم الهدنة صامدة في المدينة.", "وقال", "الهدنة صامدة", id="bare words"
        ),
        pytest.param(
            "أكد كريم السالم استمرار المشاورات لتشكيل لجنة.",
            "أكد",
            "استمرار",
            id="object, then purpose",
        ),
        pytest.param(
            "وأبلغ كريم السالم مجلس الأعيان رفضه القرار.", "وأبلغ", "رفضه", id="told to somebody"
        ),
        pytest.param(
            "وقال كريم السالم (إن الهدنة صامدة في المدينة).", "وقال", "الهدنة", id="in parentheses"
        ),
        pytest.param("وزاد كريم السالم أن الهدنة صامدة.", "وزاد", "الهدنة صامدة", id="zada"),
        pytest.param("إننا ندعو الجميع إلى ضبط النفس.", "ندعو", "ضبط النفس", id="we call on"),
        pytest.param(
            "«الهدنة صامدة في كل المدينة» هذا ما أعلنه كريم السالم.",
            "أعلنه",
            "الهدنة صامدة",
            id="behind its quotation",
        ),
    ],
)
def test_cue_and_where_its_words_begin(make_doc, body, cue, begins):
    found = cues(make_doc, "خبر\n\n" + body)
    assert [rest for held, rest, _ in found if held.startswith(cue) and rest.startswith(begins)]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        pytest.param("طُلب من كريم السالم المشاركة في اللقاء.", "طُلب", id="passive by its vowel"),
        pytest.param("ونحن نعتقد أن الهدنة صامدة.", "نعتقد", id="one's own thinking"),
        pytest.param("قال المرصد المحلي ومقره أروى إن الهدنة صامدة.", "ومقره", id="its seat"),
        pytest.param("وصل طالب جامعي إلى المدينة.", "طالب", id="a student"),
    ],
)
def test_no_cue(make_doc, body, word):
    assert word not in [held for held, _, _ in cues(make_doc, "خبر\n\n" + body)]


def test_a_verb_is_read_over_a_word_that_looks_like_a_cue(make_doc):
    text = "خبر\n\nوقال شاهد يدعى كريم السالم إن الهدنة صامدة."
    assert ("وقال", "الهدنة صامدة.", True) in cues(make_doc, text)


def test_on_board_is_where_not_what(make_doc):
    text = "خبر\n\nوأكد كريم السالم للصحافيين على متن الطائرة أن الهدنة صامدة."
    assert ("وأكد", "الهدنة صامدة.", False) in cues(make_doc, text)
