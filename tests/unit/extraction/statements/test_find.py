from __future__ import annotations

import pytest

from mahdar.extraction.statements import find_statements

SALEM = ("salem", "PER", ("كريم السالم", "السالم"))
NORA = ("nora", "PER", ("نورة العامري", "العامري"))
COUNCIL = ("council", "ORG", ("مجلس الأعيان",))
RAYA = ("raya", "ORG", ("الراية",))
ARWA = ("arwa", "LOC", ("أروى",))
ALL = (SALEM, NORA, COUNCIL, RAYA, ARWA)


def said(make_doc, text, entities=ALL):
    doc = make_doc(text, entities)
    return [
        (s.speakers, text[s.content[0].start : s.content[0].end], s.mode)
        for s in find_statements(doc)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "خبر\n\nقال كريم السالم إن الهدنة صامدة في المدينة.",
            [(("salem",), "الهدنة صامدة في المدينة", "indirect")],
            id="verb, subject, that-clause",
        ),
        pytest.param(
            "خبر\n\nوأضاف كريم السالم: «لن نغادر طاولة الحوار قبل توقيع الاتفاق».",
            [(("salem",), "لن نغادر طاولة الحوار قبل توقيع الاتفاق", "direct")],
            id="colon and quotation",
        ),
        pytest.param(
            "خبر\n\nقال كريم السالم إن الوفد سيصل غدا، مشيرا إلى أن اللجنة تعمل منذ أسبوع.",
            [
                (("salem",), "الوفد سيصل غدا", "indirect"),
                (("salem",), "اللجنة تعمل منذ أسبوع", "indirect"),
            ],
            id="participle goes on",
        ),
        pytest.param(
            "خبر\n\nقال كريم السالم إن الوفد سيصل. وأضاف أن اللجنة تعمل.",
            [
                (("salem",), "الوفد سيصل", "indirect"),
                (("salem",), "اللجنة تعمل", "indirect"),
            ],
            id="dropped subject",
        ),
        pytest.param(
            "خبر\n\nقال كريم السالم إن الوفد سيصل.\nقالت نورة العامري إن الطريق مغلق.\nوأضافت أن القافلة توقفت.",
            [
                (("salem",), "الوفد سيصل", "indirect"),
                (("nora",), "الطريق مغلق", "indirect"),
                (("nora",), "القافلة توقفت", "indirect"),
            ],
            id="the verb's gender picks the speaker",
        ),
        pytest.param(
            "السالم: الاتفاق خلال أيام\n\nعقد اجتماع أمس.",
            [(("salem",), "الاتفاق خلال أيام", "direct")],
            id="colon headline",
        ),
        pytest.param(
            "خبر\n\nدعا كريم السالم مجلس الأعيان إلى وقف القتال فورا.",
            [(("salem",), "وقف القتال فورا", "indirect")],
            id="demand of somebody",
        ),
        pytest.param(
            "خبر\n\nلكن كريم السالم رفض الاتهامات.",
            [(("salem",), "الاتهامات", "indirect")],
            id="subject before the verb, noun object",
        ),
    ],
)
def test_find_statements(make_doc, text, expected):
    assert said(make_doc, text) == expected


def test_inner_statement_keeps_the_outer_whole(make_doc):
    text = "خبر\n\nقال كريم السالم إن نورة العامري أكدت أن الطريق آمن."
    doc = make_doc(text, ALL)
    outer, inner = find_statements(doc)
    assert outer.speakers == ("salem",)
    assert inner.speakers == ("nora",)
    assert inner.via == ("salem",)
    assert outer.content[0].start < inner.content[0].start
    assert outer.content[0].end == inner.content[0].end


def test_agency_carries_the_words(make_doc):
    text = "خبر\n\nونقلت وكالة الراية عن كريم السالم قوله إن الهدنة صامدة."
    statements = find_statements(make_doc(text, ALL))
    assert [(s.speakers, s.via) for s in statements] == [(("salem",), ("raya",))]


def test_interview_holds_for_the_whole_article(make_doc):
    text = "خبر\n\nقال كريم السالم في مقابلة مع صحيفة الراية إن الهدنة صامدة.\nوأضاف أن الوفد سيصل غدا."
    statements = find_statements(make_doc(text, ALL))
    assert [s.via for s in statements] == [("raya",), ("raya",)]
    assert {s.setting for s in statements} == {"interview"}


def test_setting_of_a_press_conference(make_doc):
    text = "خبر\n\nقال كريم السالم في مؤتمر صحفي إن الهدنة صامدة."
    assert find_statements(make_doc(text, ALL))[0].setting == "press-conference"


def test_quotation_runs_over_sentences(make_doc):
    text = "خبر\n\nوقال كريم السالم: «وصلنا أمس. سنبقى أسبوعا. ثم نعود إلى بلادنا». وغادر الوفد القاعة."
    content = said(make_doc, text)[0][1]
    assert content == "وصلنا أمس. سنبقى أسبوعا. ثم نعود إلى بلادنا"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("خبر\n\nولم يقل كريم السالم إن الهدنة صامدة.", id="negated"),
        pytest.param("خبر\n\nمن المتوقع أن يعلن كريم السالم عن خطة.", id="expected, not said"),
        pytest.param("خبر\n\nزار كريم السالم المدينة أمس والتقى الأهالي.", id="no cue"),
        pytest.param("خبر\n\nيذكر أن الوفد وصل أمس.", id="passive of the paper"),
    ],
)
def test_no_statement(make_doc, text):
    assert said(make_doc, text) == []


def test_issues_stance_and_negation(make_doc):
    text = "خبر\n\nأكد كريم السالم رفض مجلس الأعيان لأي خرق لوقف إطلاق النار.\nوقال كريم السالم إنه لا توجد ضمانات."
    statements = find_statements(make_doc(text, ALL))
    assert "ceasefire" in statements[0].issues
    assert statements[0].stance == "opposes"
    assert statements[-1].negated
    assert "guarantees" in statements[-1].issues
