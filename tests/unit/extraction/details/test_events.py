"""Further facts of events: who guarantees, how long, how many, which round."""

from __future__ import annotations

from typing import Any

import pytest

from mahdar.extraction.details import add_details
from mahdar.extraction.events.find import make_context
from mahdar.knowledge.base import Knowledge
from mahdar.model import Event, Instrument, Span

RU, TR, UN = (
    ("ru", "LOC", ("روسيا",)),
    ("tr", "LOC", ("تركيا",)),
    ("un", "ORG", ("الأمم المتحدة",)),
)
ADEN, TAIZ = ("aden", "LOC", ("عدن",)), ("taiz", "LOC", ("تعز",))


def details_of(make_doc: Any, text: str, type_: str, trigger: str, entities=(), **more: Any):
    doc = make_doc(text, entities, more.pop("dates", ()))
    at = text.index(trigger)
    event = Event("v1", type_, (Span(at, at + len(trigger)),))  # type: ignore[arg-type]
    context = make_context(doc, Knowledge())
    (found,) = add_details(context, [event], more.pop("instruments", ()))
    for detail in found.details:
        assert 0 <= detail.start < detail.end <= len(text)
    return [(d.name, d.entity or d.value) for d in found.details if d.name != "title"]


@pytest.mark.parametrize(
    ("text", "type_", "trigger", "entities", "expected"),
    [
        pytest.param(
            "أُعلن اتفاق بضمانة كل من تركيا وروسيا أمس.",
            "AGREE",
            "اتفاق",
            (RU, TR),
            [("guarantor", "tr"), ("guarantor", "ru")],
            id="guarantors in a row",
        ),
        pytest.param(
            "جرى اتفاق ذو صلة بضمان السلم الأهلي في روسيا.",
            "AGREE",
            "اتفاق",
            (RU,),
            [],
            id="securing the peace is no guarantor",
        ),
        pytest.param(
            "توصل الطرفان إلى هدنة بوساطة الأمم المتحدة لمدة خمسة أيام.",
            "CEASEFIRE",
            "هدنة",
            (UN,),
            [("mediator", "un"), ("duration", "P5D")],
            id="mediator and duration",
        ),
        pytest.param(
            "بدأت هدنة 72 ساعة في تعز.",
            "CEASEFIRE",
            "هدنة",
            (TAIZ,),
            [("duration", "PT72H")],
            id="hours right after the word",
        ),
        pytest.param(
            "اتفقا على هدنة مدتها شهرين.",
            "CEASEFIRE",
            "هدنة",
            (),
            [("duration", "P2M")],
            id="a dual",
        ),
        pytest.param(
            "أطلق سراح 25 أسيرا مقابل تسليم جثامين.",
            "RELEASE",
            "أطلق",
            (),
            [
                ("persons", "25"),
                ("category", "prisoners-of-war"),
                ("exchange_for", "تسليم جثامين"),
            ],
            id="an exchange",
        ),
        pytest.param(
            "اعتقل بين 10 و15 ناشطا.",
            "DETAIN",
            "اعتقل",
            (),
            [("persons", "10"), ("persons", "15"), ("category", "persons")],
            id="a range gives both bounds",
        ),
        pytest.param(
            "اعتقال شخص في السوق.", "DETAIN", "اعتقال", (), [], id="a person is no figure"
        ),
        pytest.param(
            "وصول 30 شاحنة مساعدات من عدن إلى تعز للنازحين.",
            "AID",
            "مساعدات",
            (ADEN, TAIZ),
            [
                ("quantity", "30 trucks"),
                ("from", "aden"),
                ("to", "taiz"),
                ("beneficiary_category", "displaced"),
            ],
            id="a convoy",
        ),
        pytest.param(
            "تعقد مفاوضات برعاية الأمم المتحدة.",
            "NEGOTIATE",
            "مفاوضات",
            (UN,),
            [("sponsor", "un")],
            id="sponsor",
        ),
        pytest.param(
            "قصفت الطائرات 30 شاحنة لمدة يومين.", "ATTACK", "قصفت", (), [], id="not of attacks"
        ),
    ],
)
def test_facts(make_doc, text, type_, trigger, entities, expected) -> None:
    assert details_of(make_doc, text, type_, trigger, entities) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("عقدت الجولة الرابعة من المفاوضات.", [("round", "4")], id="ordinal"),
        pytest.param("تبدأ الجولة المقبلة من المفاوضات.", [("round", "next")], id="the next round"),
        pytest.param(
            "بدأت مفاوضات جنيف 3 أمس.",
            [("round", "3"), ("track", "gva"), ("track", "gva")],
            id="a numbered track",
        ),
        pytest.param("بدأت مفاوضات جنيف أمس.", [("track", "gva")], id="a track"),
        pytest.param("مفاوضات منذ 3 أيام.", [], id="days are no round"),
    ],
)
def test_rounds(make_doc, text, expected) -> None:
    trigger = "مفاوضات" if "مفاوضات" in text else "المفاوضات"
    found = details_of(make_doc, text, "NEGOTIATE", trigger, (("gva", "LOC", ("جنيف",)),))
    assert sorted(set(found)) == sorted(set(expected))


def test_dates_of_an_agreement(make_doc) -> None:
    text = "الاتفاق الموقع في 4 مايو 2017 يدخل حيز التنفيذ في 6 مايو 2017."
    found = details_of(
        make_doc,
        text,
        "AGREE",
        "الاتفاق",
        dates=[("4 مايو 2017", "2017-05-04"), ("6 مايو 2017", "2017-05-06")],
    )
    assert ("signed", "2017-05-04") in found
    assert ("in_effect", "2017-05-06") in found


def test_provisions_are_parted(make_doc) -> None:
    text = "وينص الاتفاق على وقف إطلاق النار في المدينة، وانسحاب القوات من المطار، وتبادل الأسرى."
    found = details_of(make_doc, text, "AGREE", "الاتفاق")
    assert [value for name, value in found if name == "provision"] == [
        "وقف إطلاق النار في المدينة",
        "وانسحاب القوات من المطار",
        "وتبادل الأسرى",
    ]


def test_under_an_instrument(make_doc) -> None:
    text = "تنفذ الهدنة بموجب القرار 2254."
    at = text.index("القرار 2254")
    found = details_of(
        make_doc, text, "CEASEFIRE", "الهدنة", instruments=(Instrument(at, at + 11, "unsc-2254"),)
    )
    assert found == [("under", "unsc-2254")]


def test_what_an_agreement_is_called(make_doc) -> None:
    text = "رعت مصر اتفاقا لوقف النار في الغوطة، وأشادت به روسيا."
    doc = make_doc(text)
    at = text.index("اتفاقا")
    event = Event("v1", "AGREE", (Span(at, at + 6),))
    (found,) = add_details(make_context(doc, Knowledge()), [event])
    assert [d.value for d in found.details if d.name == "title"] == ["اتفاقا لوقف النار في الغوطة"]
