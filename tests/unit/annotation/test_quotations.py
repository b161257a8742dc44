from __future__ import annotations

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.quotations import find_quotations

NLP = blank_pipeline()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "قال: «نعود غدا إلى هنا».", [("نعود غدا إلى هنا", True, True)], id="guillemets"
        ),
        pytest.param(
            "سماه «المجلس» أمس", [("المجلس", True, False)], id="a short label is no speech"
        ),
        pytest.param(
            'قال "الأول" ثم "الثاني" هنا',
            [("الأول", True, False), ("الثاني", True, False)],
            id="straight marks pair up",
        ),
        pytest.param(
            "قال «بلا إغلاق إلى آخر السطر\nسطر «ثان» هنا",
            [("بلا إغلاق إلى آخر السطر", False, True), ("ثان", True, False)],
            id="never closed: to the line's end",
        ),
        pytest.param(
            'قال "بلا إغلاق إلى آخر السطر.\nوأضاف: "كلام آخر طويل هنا".',
            [
                ("بلا إغلاق إلى آخر السطر.", False, True),
                ("كلام آخر طويل هنا", True, True),
            ],
            id="straight mark never closed does not shift the next line",
        ),
        pytest.param(
            'انتهى الكلام هنا". وقال "جملة من كلمات كثيرة".',
            [("جملة من كلمات كثيرة", True, True)],
            id="stray closing mark",
        ),
        pytest.param(
            "قال «إن «الجبهة» وافقت على النص»",
            [("إن «الجبهة» وافقت على النص", True, True), ("الجبهة", True, False)],
            id="nested",
        ),
        pytest.param(
            'وقال السالم" نحن هنا منذ عام" ثم مضى.',
            [("نحن هنا منذ عام", True, True)],
            id="against the word",
        ),
        pytest.param(
            "وصاحت: (لا تقتربوا من الباب أبدا).",
            [("لا تقتربوا من الباب أبدا", True, True)],
            id="parentheses",
        ),
        pytest.param("وصل إلى (المدينة القديمة كلها) أمس.", [], id="an aside in parentheses"),
        pytest.param("قال «نص مقلوب هنا كله« ثم", [("نص مقلوب هنا كله", True, True)], id="turned"),
        pytest.param("وقال &quot;السالم&quot;: نص", [("السالم", True, False)], id="html entities"),
        pytest.param(
            "قال «سطر أول من الكلام\nوسطر ثان من الكلام»",
            [("سطر أول من الكلام\nوسطر ثان من الكلام", True, True)],
            id="over lines",
        ),
        pytest.param("«»", [], id="empty"),
        pytest.param("", [], id="no text"),
    ],
)
def test_find_quotations(text, expected):
    doc = NLP.make_doc(text)
    assert [(text[q.start : q.end], q.closed, q.speech) for q in find_quotations(doc)] == expected
