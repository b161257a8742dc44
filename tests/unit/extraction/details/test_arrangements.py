"""Zones, bodies and lists: what stands, where, since when and who belongs to it."""

from __future__ import annotations

import pytest

from mahdar.consolidation.claims import BODY_TYPES, LIST_TYPES, ZONE_TYPES
from mahdar.extraction.details import find_arrangements, tell_uses
from mahdar.extraction.events.find import make_context
from mahdar.knowledge.base import Knowledge
from mahdar.lexicon.tables import load_table
from mahdar.model import ArrangementStatus, Instrument

IDLIB = ("idlib", "LOC", ("إدلب",))
GHOUTA = ("ghouta", "LOC", ("الغوطة الشرقية",))
HOMS = ("homs", "LOC", ("ريف حمص",))
ASTANA = ("astana", "LOC", ("أستانا",))
RU, US = ("ru", "LOC", ("موسكو",)), ("us", "LOC", ("واشنطن",))
NUSRA = ("nusra", "ORG", ("جبهة النصرة",))


def find(make_doc, text, entities=(), dates=()):
    doc = make_doc(text, entities, dates)
    found = find_arrangements(make_context(doc, Knowledge()), None)
    for a in found:
        assert 0 <= a.start < a.end <= len(text)
        for span in a.evidence:
            assert 0 <= span.start < span.end <= len(text)
    return found


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        pytest.param(
            "أعلنت الأطراف منطقة خفض التصعيد في إدلب.",
            (IDLIB,),
            [("de-escalation", "declared", "occurred", "idlib")],
            id="declared",
        ),
        pytest.param(
            "سيتم إعلان منطقة خفض التوتر في إدلب.",
            (IDLIB,),
            [("de-escalation", "declared", "planned", "idlib")],
            id="to be declared",
        ),
        pytest.param(
            "تناقش الأطراف تفاصيل إنشاء منطقة خفض التصعيد الرابعة في إدلب.",
            (IDLIB,),
            [("de-escalation", "under-negotiation", "occurred", "idlib")],
            id="negotiating beats setting up",
        ),
        pytest.param(
            "اتفاقان لخفض التصعيد في الغوطة الشرقية وريف حمص، نتج عنهما هدوء نسبي في هاتين المنطقتين.",
            (GHOUTA, HOMS),
            [
                ("de-escalation", "agreed", "occurred", "ghouta"),
                ("de-escalation", "agreed", "occurred", "homs"),
                ("de-escalation", "operational", "occurred", "ghouta"),
                ("de-escalation", "operational", "occurred", "homs"),
            ],
            id="two places, taken up again",
        ),
        pytest.param(
            "رغم إعلان إدلب منطقة خفض توتر يتواصل القصف على المنطقة.",
            (IDLIB,),
            [
                ("de-escalation", "declared", "occurred", "idlib"),
                ("de-escalation", "attacked", "occurred", "idlib"),
            ],
            id="place before, and an attack on it",
        ),
        pytest.param(
            "ترفض واشنطن إقامة منطقة آمنة على الحدود.",
            (US,),
            [("safe-zone", "contested", "occurred", None)],
            id="refused",
        ),
        pytest.param(
            "مناطق خفض التصعيد التي نتجت عن مؤتمر أستانا.",
            (ASTANA,),
            [("de-escalation", "named", "occurred", None)],
            id="a venue is no place of it",
        ),
        pytest.param("المنطقة آمنة تماما.", (), [], id="safe, not a safe zone"),
        pytest.param("ساد هدوء في المنطقة.", (), [], id="a region without a zone before"),
    ],
)
def test_zones(make_doc, text, entities, expected) -> None:
    found = find(make_doc, text, entities)
    assert [(a.type, a.status, a.modality, a.place) for a in found] == expected


def test_the_time_of_a_status(make_doc) -> None:
    text = "إعلان إدلب منطقة خفض توتر في مايو 2017."
    (zone,) = find(make_doc, text, (IDLIB,), [("مايو 2017", "2017-05")])
    assert zone.time == "2017-05"


@pytest.mark.parametrize(
    ("text", "entities", "type_", "status", "details"),
    [
        pytest.param(
            "شكل الطرفان أربع مجموعات عمل لبحث ملف الدستور.",
            (),
            "working-group",
            "formed",
            {("number", "4"), ("mandate", "لبحث ملف الدستور")},
            id="groups with a mandate",
        ),
        pytest.param(
            "موسكو وواشنطن اتفقتا على آلية للرقابة على وقف القتال.",
            (RU, US),
            "mechanism",
            "agreed",
            {("founder", "ru"), ("founder", "us"), ("mandate", "للرقابة على وقف القتال")},
            id="who agreed on it",
        ),
        pytest.param(
            "تشكيل لجان لبحث ملفات المعتقلين بضمانة موسكو.",
            (RU,),
            "committee",
            "formed",
            {("mandate", "لبحث ملفات المعتقلين بضمانة موسكو"), ("guarantor", "ru")},
            id="a guaranteed committee",
        ),
        pytest.param(
            "طالب بإقامة شريط أمني على الحدود.",
            (),
            "security-strip",
            "proposed",
            set(),
            id="a strip asked for",
        ),
        pytest.param(
            "انسحب وفد المعارضة من القاعة.",
            (),
            "delegation",
            "left",
            {("called", "وفد المعارضة")},
            id="left",
        ),
        pytest.param(
            "تشكيل مجموعة اتصال تضم موسكو وواشنطن.",
            (RU, US),
            "contact-group",
            "formed",
            {("member", "ru"), ("member", "us")},
            id="members",
        ),
    ],
)
def test_bodies(make_doc, text, entities, type_, status, details) -> None:
    (body,) = find(make_doc, text, entities)
    assert (body.type, body.status) == (type_, status)
    assert {(d.name, d.entity or d.value) for d in body.details} == details


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("عقدت لجنة تحكيم المسابقة اجتماعها.", id="a committee of no peace process"),
        pytest.param("وصل الوفد إلى المطار.", id="a delegation of which nothing is told"),
        pytest.param("فرز الأصوات في المدينة.", id="counting votes"),
    ],
)
def test_what_is_none(make_doc, text) -> None:
    assert find(make_doc, text) == ()


@pytest.mark.parametrize(
    ("text", "status", "details"),
    [
        pytest.param(
            "طالب بإدراج جبهة النصرة على قائمة الإرهاب.",
            "listed",
            {("listed", "nusra")},
            id="listed",
        ),
        pytest.param(
            "ترفض واشنطن فرز المعارضة عن جبهة النصرة.",
            "contested",
            {("listed", "nusra")},
            id="told apart",
        ),
        pytest.param("تعديل قائمة التنظيمات الإرهابية.", "under-negotiation", set(), id="revised"),
    ],
)
def test_lists(make_doc, text, status, details) -> None:
    (found,) = find(make_doc, text, (NUSRA, US))
    assert found.kind == "list"
    assert found.status == status
    assert {(d.name, d.entity) for d in found.details} == details


def test_the_table_names_known_types() -> None:
    kinds = {"zone": ZONE_TYPES, "body": BODY_TYPES, "list": LIST_TYPES}
    for row in load_table("arrangements_heads"):
        assert row["type"] in kinds[row["kind"]], row
    statuses = set(ArrangementStatus.__args__)  # type: ignore[attr-defined]
    assert {row["status"] for row in load_table("arrangements_status")} <= statuses


@pytest.mark.parametrize(
    ("text", "use", "accused"),
    [
        pytest.param("الحل على أساس بيان جنيف وحده.", "invoked", None, id="invoked"),
        pytest.param("اتهم موسكو بخرق بيان جنيف.", "breached", "ru", id="breach laid to somebody"),
        pytest.param("رحبت واشنطن ببيان جنيف.", "supported", None, id="welcomed"),
        pytest.param("ترفض واشنطن بيان جنيف.", "rejected", None, id="rejected"),
        pytest.param("صدر بيان جنيف أمس.", None, None, id="only named"),
    ],
)
def test_uses_of_instruments(make_doc, text, use, accused) -> None:
    at = text.index("بيان جنيف")
    context = make_context(make_doc(text, (RU, US)), Knowledge())
    (found,) = tell_uses(context, (Instrument(at, at + 9, "geneva-communique"),))
    assert (found.use, found.accused) == (use, accused)
