from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.persons import find_persons
from mahdar.annotation.names.roles import find_roles
from mahdar.annotation.names.view import View

MakeView = Callable[[str], View]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("قال الدكتور سالم المرهبي إن", ["سالم المرهبي"], id="title"),
        pytest.param("التقى د. ياسر المنجد", ["ياسر المنجد"], id="abbreviated title"),
        pytest.param("الأمير فيصل بن خالد بن سعود يغادر", ["فيصل بن خالد بن سعود"], id="fathers"),
        pytest.param("الملك عبد الله الثاني يصل", ["عبد الله الثاني"], id="ordinal"),
        pytest.param("وأكد خالد أبو زيد ذلك", ["خالد أبو زيد"], id="connector"),
        pytest.param("وزير الدفاع الأمريكي ستيف هارلون يصل", ["ستيف هارلون"], id="after a role"),
        pytest.param("أعلن سمير نشار ومحمد الطيب ذلك", ["سمير نشار", "محمد الطيب"], id="two persons"),
        pytest.param("اللواء المتمركز هناك", [], id="participle after a rank"),
        pytest.param("على محمد أن", [], id="preposition"),
        pytest.param("", [], id="empty"),
    ],
)  # fmt: skip
def test_persons(view: MakeView, text: str, want: list[str]) -> None:
    made = view(text)
    assert [text[p.start : p.end] for p in find_persons(made, find_roles(made))] == want
