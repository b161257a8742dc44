from __future__ import annotations

import pytest

from mahdar.extraction.statements import find_statements

SALEM = ("salem", "PER", ("كريم السالم", "السالم"))
NORA = ("nora", "PER", ("نورة العامري",))
RAYA = ("raya", "ORG", ("الراية",))
COUNCIL = ("council", "ORG", ("مجلس الأعيان",))
ARWA = ("arwa", "LOC", ("أروى",))
OFFICIALS = ("source:officials", "ORG", ("~مسؤولون محليون",))
ALL = (SALEM, NORA, RAYA, COUNCIL, ARWA, OFFICIALS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "خبر\n\nوفي أروى، قال مسؤولون محليون إن الطريق مغلق.",
            [("source:officials",)],
            id="a place before the verb is no speaker",
        ),
        pytest.param(
            "خبر\n\nقال كريم السالم ونورة العامري إن الطريق مغلق.",
            [("salem", "nora")],
            id="joint speakers",
        ),
        pytest.param(
            "خبر\n\nواتهم كريم السالم مجلس الأعيان بعرقلة الاتفاق.",
            [("salem",)],
            id="accuser and accused",
        ),
        pytest.param(
            "خبر\n\nقال كريم السالم إن الوفد غادر المدينة. واتهم مجلس الأعيان بعرقلة الاتفاق.",
            [("salem",), ("salem",)],
            id="the only noun after «اتهم» is the accused",
        ),
        pytest.param(
            "خبر\n\nوأفاد بيان صادر عن مجلس الأعيان أن الطريق مغلق.",
            [("council",)],
            id="a paper speaks for its owner",
        ),
        pytest.param(
            "خبر\n\nكشف تقرير صادر عن مجلس الأعيان أن الطريق مغلق.",
            [("council",)],
            id="«صادر عن» opens no content",
        ),
        pytest.param(
            "خبر\n\nوأظهرت دراسة لمجلس الأعيان أن الطريق مغلق.",
            [("council",)],
            id="a study of a body",
        ),
        pytest.param(
            "خبر\n\nوقال بعض مسؤولون محليون إن الطريق مغلق.",
            [("source:officials",)],
            id="a quantifier before the subject",
        ),
        pytest.param(
            "خبر\n\nوقال كريم السالم مستشار نورة العامري إن الطريق مغلق.",
            [("salem",)],
            id="whose adviser he is",
        ),
        pytest.param(
            "خبر\n\nوقال عضو البعثة أمس إن أروى باتت تقول إن الطريق مغلق.",
            [(), ("arwa",)],
            id="an auxiliary between subject and verb",
        ),
        pytest.param(
            "خبر\n\nقال كريم السالم إن الجسر سليم. وردا على السؤال قالت نورة العامري إن الطريق مغلق.",
            [("salem",), ("nora",)],
            id="«ردا على» is no cue",
        ),
        pytest.param(
            "خبر\n\nوقال مجلس الأعيان إن الجسر سليم. وجاء في البيان أن الطريق مغلق.",
            [("council",), ("council",)],
            id="the paper is the last speaker's",
        ),
        pytest.param(
            "خبر\n\nوقال متحدث بجوازات المنطقة العقيد كريم السالم إن الطريق مغلق.",
            [("salem",)],
            id="a rank brings the holder of the title",
        ),
        pytest.param(
            "خبر\n\nوجاء في بيان مجلس الأعيان أن الطريق مغلق.",
            [("council",)],
            id="whose paper it is",
        ),
        pytest.param(
            "خبر\n\nوقال كريم السالم لبرنامج «الراية»: «الطريق مغلق منذ يومين كاملين».",
            [("salem",)],
            id="a programme is spoken to",
        ),
        pytest.param(
            "خبر\n\nواستعرض كريم السالم نتائج الزيارة، مشيرا إلى أن الطريق مغلق.",
            [("salem",)],
            id="participle goes with the subject of its sentence",
        ),
        pytest.param(
            "خبر\n\nوقال كريم السالم، الذي طلب عدم كشف اسمه، إن الطريق مغلق.",
            [("salem",)],
            id="asking for anonymity is no statement",
        ),
        pytest.param(
            "خبر\n\nونقلت الراية عن كريم السالم قوله إن الطريق مغلق.",
            [("salem",)],
            id="quoted through a paper",
        ),
        pytest.param(
            "خبر\n\nيعقد الاجتماع غدا في القصر بحضور الجميع، بحسب مجلس الأعيان.",
            [("council",)],
            id="according to",
        ),
    ],
)
def test_speakers(make_doc, text, expected):
    assert [s.speakers for s in find_statements(make_doc(text, ALL))] == expected
