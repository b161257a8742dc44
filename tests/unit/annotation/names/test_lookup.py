from __future__ import annotations

import pytest

from mahdar.annotation.names.lookup import EntityIndex, expand_members
from mahdar.model import Entity, Mention

# «قال المتحدث باسم وزارة الدفاع سالم إن الوزارة»: a nominal that holds a name, then a name.
SPOKESMAN = Entity("e1", "PER", (Mention(5, 29, "nominal"), Mention(30, 34)))
MINISTRY = Entity("e2", "ORG", (Mention(17, 29), Mention(38, 45, "nominal")))
BOTH = Entity("e3", "PER", (Mention(50, 58, "nominal"),), members=("e1", "e9"))


@pytest.fixture
def index() -> EntityIndex:
    return EntityIndex((SPOKESMAN, MINISTRY, BOTH))


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        pytest.param(0, 60, [5, 17, 30, 38, 50], id="all"),
        pytest.param(6, 29, [17], id="inner only"),
        pytest.param(5, 28, [], id="cut at the end"),
        pytest.param(10, 10, [], id="empty"),
    ],
)
def test_mentions_in(index: EntityIndex, start: int, end: int, want: list[int]) -> None:
    assert [m.start for m in index.mentions_in(start, end)] == want


@pytest.mark.parametrize(
    ("char", "want"),
    [
        pytest.param(4, None, id="before"),
        pytest.param(5, "e1", id="first character"),
        pytest.param(20, "e1", id="widest wins"),
        pytest.param(29, None, id="end is outside"),
        pytest.param(31, "e1", id="name"),
        pytest.param(99, None, id="past all"),
    ],
)
def test_entity_at(index: EntityIndex, char: int, want: str | None) -> None:
    found = index.entity_at(char)
    assert (found.id if found else None) == want


def test_mentions_at_gives_the_widest_first(index: EntityIndex) -> None:
    assert [m.entity.id for m in index.mentions_at(20)] == ["e1", "e2"]


def test_nearest(index: EntityIndex) -> None:
    before = index.nearest_before(37, types={"PER"}, kinds={"nominal"})
    assert before is not None
    assert (before.start, before.end) == (5, 29)
    assert index.nearest_before(29, types={"PER"}, floor=6) is None
    assert index.nearest_before(4) is None
    after = index.nearest_after(30, types={"ORG"})
    assert after is not None
    assert after.start == 38
    assert index.nearest_after(46, ceiling=50) is None


def test_members(index: EntityIndex) -> None:
    assert index.members(BOTH) == (SPOKESMAN,)
    assert index.members(MINISTRY) == (MINISTRY,)


def test_empty() -> None:
    index = EntityIndex(())
    assert index.mentions_in(0, 10) == []
    assert index.entity_at(0) is None
    assert index.nearest_before(5) is None
    assert index.nearest_after(0) is None


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        pytest.param(("e3",), ("e1", "e2"), id="joint"),
        pytest.param(("e1", "e3"), ("e1", "e2"), id="each-once"),
        pytest.param(("e4",), ("e4",), id="members-unknown"),
        pytest.param(("e9",), ("e9",), id="no-such-entity"),
        pytest.param((), (), id="none"),
    ],
)
def test_expand_members(ids: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    entities = {
        "e1": Entity("e1", "LOC", ()),
        "e2": Entity("e2", "LOC", ()),
        "e3": Entity("e3", "ORG", (), members=("e1", "e2")),
        "e4": Entity("e4", "ORG", (), members=("e7",)),
    }
    assert expand_members(ids, entities) == wanted
