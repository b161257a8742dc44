"""Content in several pieces, with models that take every cue and never stop early."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mahdar.extraction.statements.find import finish_statements, look_through
from mahdar.extraction.statements.models import load_models
from mahdar.linear import LinearModel

ALL = (
    ("salem", "PER", ("كريم السالم", "السالم")),
    ("council", "ORG", ("المرصد المحلي",)),
)
SURE = LinearModel(("yes",), {"bias": (5.0,)})
NEVER = LinearModel(("yes",), {"bias": (-5.0,)})


def pieces(make_doc, text):
    view, candidates = look_through(make_doc(text, ALL))
    found = finish_statements(view, replace(load_models(), cue=SURE, stop=NEVER), candidates)
    return [(s.speakers, [span.of(text) for span in s.content]) for s in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "ويبلغ عددهم، بحسب المرصد المحلي، سبعين ألفا.",
            [(("council",), ["يبلغ عددهم", "سبعين ألفا"])],
            id="a source in the middle",
        ),
        pytest.param(
            "وصلت القافلة إلى أطراف المدينة مساء أمس، بحسب المرصد المحلي، وبدأ توزيع المساعدات.",
            [(("council",), ["وصلت القافلة إلى أطراف المدينة مساء أمس"])],
            id="a whole clause before the source",
        ),
        pytest.param(
            "«لن نغادر طاولة الحوار»، قال كريم السالم: «قبل توقيع الاتفاق كله».",
            [(("salem",), ["لن نغادر طاولة الحوار", "قبل توقيع الاتفاق كله"])],
            id="an interrupted quotation",
        ),
        pytest.param(
            "«لن نغادر طاولة الحوار»، قال كريم السالم.",
            [(("salem",), ["لن نغادر طاولة الحوار"])],
            id="a cue behind its quotation",
        ),
        pytest.param(
            "وقال كريم السالم: «لن نغادر طاولة الحوار».\n«الاتفاق أقرب مما يظن الناس».",
            [(("salem",), ["لن نغادر طاولة الحوار", "الاتفاق أقرب مما يظن الناس"])],
            id="a quotation goes on in its own paragraph",
        ),
        pytest.param(
            "وقال كريم السالم إن الحوار مستمر.\n«الاتفاق أقرب مما يظن الناس».",
            [(("salem",), ["الحوار مستمر"])],
            id="no quotation before, nothing to go on",
        ),
    ],
)
def test_pieces(make_doc, body, expected):
    assert pieces(make_doc, "خبر\n\n" + body) == expected


def test_a_name_in_marks_only_opens_what_is_said(make_doc):
    text = "كريم السالم: «النور» لم يعط الحكومة فرصة"
    assert pieces(make_doc, text) == [(("salem",), ["النور» لم يعط الحكومة فرصة"])]
