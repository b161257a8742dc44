from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.groups import find_groups
from mahdar.annotation.names.view import View

MakeView = Callable[[str], View]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("قالت الحركة", [("الحركة", "movement")], id="bare body"),
        pytest.param("السلطات التركية", [("السلطات التركية", "government")], id="adjective"),
        pytest.param("في بلاده", [("بلاده", "state")], id="his country"),
        pytest.param("بين الجانبين المصري والروسي", [("الجانبين المصري والروسي", "side")], id="dual"),
        pytest.param("للجانبين", [("لجانبين", "side")], id="dual past proclitics"),
        pytest.param("الشعب السوري", [("الشعب السوري", "people")], id="people"),
        pytest.param("قالت وسائل إعلام محلية", [("وسائل إعلام محلية", "media")], id="media of a place"),
        pytest.param("ذكرت تقارير إعلامية روسية أن", [("تقارير إعلامية روسية", "source")], id="reports"),
        pytest.param("ونص الاتفاق على", [("الاتفاق", "source")], id="a text that says"),
        pytest.param("على مشروع قرار يدين", [("مشروع قرار", "source")], id="a draft that says"),
        pytest.param("وقع الاتفاق أمس", [], id="a text that says nothing"),
        pytest.param("قوات", [], id="indefinite alone"),
        pytest.param("تشكيل لجنة عسكرية مشتركة", [("لجنة عسكرية مشتركة", "committee")], id="to be formed"),
        pytest.param("تشكيل لجنة", [], id="a body of which nothing is said"),
    ],
)  # fmt: skip
def test_groups(view: MakeView, text: str, want: list[tuple[str, str]]) -> None:
    found = find_groups(view(text), set(), [])
    assert [(text[p.start : p.end], p.kind) for p in found] == want
