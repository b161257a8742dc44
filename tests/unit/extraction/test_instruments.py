from __future__ import annotations

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.extraction.instruments import find_instruments, slug_of
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.load import load_knowledge
from mahdar.knowledge.records import InstrumentRecord, Place
from mahdar.model import Article, Entity, Mention


@pytest.fixture(scope="module")
def nlp():
    return blank_pipeline()


@pytest.fixture(scope="module")
def knowledge():
    return Knowledge(
        instruments={
            "nile-deal": InstrumentRecord(
                "nile-deal", "agreement", {"ar": ("اتفاق النيل الأزرق",)}, date="2019-01-01"
            )
        },
        places={"egypt": Place("egypt", "country", {"ar": ("مصر",)})},
        demonyms={"مصري": "egypt", "مصريه": "egypt", "سوداني": "sudan", "سودانيه": "sudan"},
    )


def found(nlp, knowledge, text, places=(), persons=(), published=None):
    doc = nlp.make_doc(text)
    doc._.article = Article("a", text, "", published=published)
    doc._.entities = tuple(
        Entity(
            f"e{n}",
            kind,
            (Mention(text.index(name), text.index(name) + len(name)),),
            kb="egypt" if name == "مصر" else None,
        )
        for n, (name, kind) in enumerate(
            [(p, "LOC") for p in places] + [(p, "PER") for p in persons]
        )
    )
    return [(text[i.start : i.end], i.id) for i in find_instruments(doc, knowledge)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("تمسك الوفد بالقرار 2254 كاملا.", [("القرار 2254", "unsc-2254")], id="bare"),
        pytest.param(
            "نفذوا قرار مجلس الأمن الدولي رقم (1701) فورا.",
            [("قرار مجلس الأمن الدولي رقم (1701)", "unsc-1701")],
            id="council",
        ),
        pytest.param(
            "أشار إلى القرار الأممي رقم ٢٢١٦.",
            [("القرار الأممي رقم ٢٢١٦", "unsc-2216")],
            id="digits",
        ),
        pytest.param(
            "وفق القرارين 2118 و2254 معا.",
            [("القرارين 2118", "unsc-2118"), ("2254", "unsc-2254")],
            id="listed",
        ),
        pytest.param(
            "نص قرار الجمعية العامة 194 على العودة.",
            [("قرار الجمعية العامة 194", "unga-194")],
            id="assembly",
        ),
        pytest.param("صدر قرار وزاري رقم 120 أمس.", [], id="ministerial"),
        pytest.param("قال إن القرار جاء متأخرا.", [], id="unnumbered"),
        pytest.param("رحب بالاتفاق الذي وقع أمس.", [], id="bare-agreement"),
        pytest.param("علق على الاتفاق النووي.", [("الاتفاق النووي", None)], id="topic"),
        pytest.param(
            "رفضوا المبادرة المصرية السودانية.",
            [("المبادرة المصرية السودانية", None)],
            id="adjectives",
        ),
        pytest.param(
            "حدد البيان المصري السوداني المشترك المسار.",
            [("البيان المصري السوداني المشترك", None)],
            id="joint-statement",
        ),
    ],
)
def test_patterns(nlp, knowledge, text, expected):
    got = found(nlp, knowledge, text)
    assert [span for span, _ in got] == [span for span, _ in expected]
    for (_, id_), (_, want) in zip(got, expected, strict=True):
        assert want is None or id_ == want


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        pytest.param("دعا إلى تطبيق اتفاق الصخيرات.", "الصخيرات", ["اتفاق الصخيرات"], id="city"),
        pytest.param("استند إلى بيان جنيف 1 فقط.", "جنيف", ["بيان جنيف 1"], id="numbered"),
        pytest.param("تحدث عن اتفاق مصر معهم.", "مصر", [], id="country"),
        pytest.param("أصدر بيانا بجنيف أمس.", "جنيف", [], id="preposition"),
    ],
)
def test_head_with_place(nlp, knowledge, text, place, expected):
    assert [s for s, _ in found(nlp, knowledge, text, places=[place])] == expected


def test_pack_name_counts_from_its_date(nlp, knowledge):
    text = "بحثوا اتفاق النيل الأزرق مطولا."
    assert found(nlp, knowledge, text, published="2020-05-01") == [
        ("اتفاق النيل الأزرق", "nile-deal")
    ]
    assert found(nlp, knowledge, text, published="2015-05-01")[0][1] != "nile-deal"


def test_head_with_person(nlp, knowledge):
    got = found(nlp, knowledge, "رفضت الفصائل مبادرة سمير الجابري.", persons=["سمير الجابري"])
    assert [s for s, _ in got] == ["مبادرة سمير الجابري"]


def test_slug_is_stable_and_latin():
    assert slug_of(["الاتفاق", "النووي"]) == slug_of(["اتفاق", "النووي"])
    assert slug_of(["اتفاق", "الصخيرات"]).isascii()
    assert slug_of(["«"]) == "instrument"


def test_shipped_packs_are_searched(nlp):
    got = found(nlp, load_knowledge(), "تمسكوا ببيان جنيف.", published="2016-01-01")
    assert [s for s, _ in got] == ["بيان جنيف"]


@pytest.mark.parametrize(
    ("published", "id_"),
    [
        pytest.param("2015-08-02", "jcpoa", id="after it was agreed"),
        pytest.param("2015-03-02", "atfaq-fyyna", id="before"),
    ],
)
def test_the_vienna_agreement_by_date(nlp, published, id_):
    text = "رحبت الدول باتفاق فيينا أمس."
    shown = found(nlp, load_knowledge(), text, places=["فيينا"], published=published)
    assert shown == [("اتفاق فيينا", id_)]
