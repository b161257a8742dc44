from __future__ import annotations

import pytest

from mahdar.annotation.names.clusters import same_person
from mahdar.knowledge.spelling import name_units


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [
        pytest.param("سالم المرهبي", "سالم المرهبي", True, id="equal"),
        pytest.param("سالم بن راشد المرهبي", "سالم المرهبي", True, id="father left out"),
        pytest.param("سيرغي لافروف", "سيرجي لافروف", True, id="transliteration"),
        pytest.param("فيكي كيندي", "جون كيندي", False, id="same surname"),
        pytest.param("كيندي", "جون كيندي", False, id="a surname alone is not joined here"),
        pytest.param("", "", False, id="empty"),
    ],
)
def test_same_person(one: str, other: str, want: bool) -> None:
    assert same_person(name_units(one), name_units(other)) is want
