from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.roles import find_roles
from mahdar.annotation.names.view import View

MakeView = Callable[[str], View]


@pytest.mark.parametrize(
    ("text", "phrase", "title", "country", "type_"),
    [
        pytest.param("قال وزير الخارجية الروسي إن", "وزير الخارجية الروسي", "foreign-minister", "russia", "PER", id="post and adjective"),
        pytest.param("قال رئيس الوزراء اليوم", "رئيس الوزراء", "prime-minister", "", "PER", id="stops at words of time"),
        pytest.param("أعلن المتحدث باسم الحكومة اليمنية أمس", "المتحدث باسم الحكومة اليمنية", "spokesperson", "", "PER", id="spokesman"),
        pytest.param("دعا الأمين العام للأمم المتحدة إلى", "الأمين العام للأمم المتحدة", "secretary-general", "", "PER", id="purpose"),
        pytest.param("سفير روسيا في مصر قال", "سفير روسيا في مصر", "ambassador", "", "PER", id="where an envoy sits"),
        pytest.param("وصل وزير الدفاع جون", "وزير الدفاع", "defence-minister", "", "PER", id="stops at a name"),
        pytest.param("زار ولي ولي العهد القاهرة", "ولي ولي العهد", "deputy-crown-prince", "", "PER", id="crown"),
        pytest.param("قال مسؤولون أمريكيون التعاون", "مسؤولون أمريكيون", "", "united-states", "ORG", id="indefinite plural"),
        pytest.param("قالت المسؤولة الأمريكية", "المسؤولة الأمريكية", "", "united-states", "PER", id="feminine"),
        pytest.param("أكدت الممثلة الخاصة للأمين العام بالإنابة أن", "الممثلة الخاصة للأمين العام بالإنابة", "", "", "PER", id="acting"),
        pytest.param("أن مصدرا دبلوماسيا كبيرا أكد", "مصدرا دبلوماسيا كبيرا", "", "", "ORG", id="accusative source"),
        pytest.param("قال المتحدث باسم مجلس قيادة المقاومة اليوم", "المتحدث باسم مجلس قيادة المقاومة", "spokesperson", "", "PER", id="nouns in a row"),
        pytest.param("قال سكان في الحي", "سكان", "", "", "ORG", id="residents"),
        pytest.param("وبالرئيس اليمني", "الرئيس اليمني", "president", "yemen", "PER", id="past proclitics"),
    ],
)  # fmt: skip
def test_role_phrases(
    view: MakeView, text: str, phrase: str, title: str, country: str, type_: str
) -> None:
    found = find_roles(view(text))[0]
    assert (text[found.start : found.end], found.title, found.country, found.type) == (
        phrase,
        title,
        country,
        type_,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("الحل السياسي قريب", id="adjective after a noun"),
        pytest.param("وصلت المساعدات إلى محافظة عدن", id="aid and province"),
        pytest.param("القوى الموالية للنظام", id="participle"),
        pytest.param("", id="empty"),
    ],
)
def test_no_role(view: MakeView, text: str) -> None:
    assert find_roles(view(text)) == []


def test_a_role_inside_another(view: MakeView) -> None:
    text = "قال مستشار الرئيس اليمني إن"
    assert [text[p.start : p.end] for p in find_roles(view(text))] == [
        "مستشار الرئيس اليمني",
        "الرئيس اليمني",
    ]
