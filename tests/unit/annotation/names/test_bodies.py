from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.bodies import find_bodies
from mahdar.annotation.names.bodyforms import is_feminine
from mahdar.annotation.names.view import View

MakeView = Callable[[str], View]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("قالت الخارجية الروسية", ["الخارجية الروسية"], id="ministry without its noun"),
        pytest.param("قال وزير الخارجية الروسي", [], id="a minister is no ministry"),
        pytest.param("القوات المسلحة المصرية", ["القوات المسلحة المصرية"], id="armed forces"),
        pytest.param("القوات الحكومية السورية", [], id="descriptive adjective"),
        pytest.param("وزارة التجارة والصناعة المصرية", ["وزارة التجارة والصناعة المصرية"], id="two fields"),
        pytest.param("حزب الشعب الديمقراطي المعارض", ["حزب الشعب الديمقراطي"], id="adjective that only describes"),
        pytest.param("هيئة الحقيقة والكرامة مساء", ["هيئة الحقيقة والكرامة"], id="coordination"),
        pytest.param("وكالة الأنباء اليمنية", ["وكالة الأنباء اليمنية"], id="agency by description"),
        pytest.param("مجلس الوزراء", [], id="generic body"),
        pytest.param("حركة التجارة", [], id="movement of goods"),
        pytest.param("مركز الملك سلمان للإغاثة", ["مركز الملك سلمان للإغاثة"], id="named for a king"),
        pytest.param("البيت", [], id="no body"),
    ],
)  # fmt: skip
def test_bodies(view: MakeView, text: str, want: list[str]) -> None:
    assert [text[b.start : b.end] for b in find_bodies(view(text))] == want


@pytest.mark.parametrize(
    ("noun", "want"),
    [("حكومه", True), ("قوات", True), ("كتائب", True), ("جيش", False), ("حزب", False)],
)
def test_gender(noun: str, want: bool) -> None:
    assert is_feminine(noun) is want


def test_the_state_is_linked(view: MakeView) -> None:
    body = find_bodies(view("نفت وزارة الخارجية المصرية ذلك"))[0]
    assert (body.ids, body.country) == (("egypt-mfa",), "egypt")
