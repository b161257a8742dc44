"""Judged claims found again in a newer reading."""

from __future__ import annotations

from typing import Any

import pytest

from mahdar.judgements.attach import attach_claims, differences


def claim(
    uid: str, *spans: tuple[int, int], kind: str = "event", type: str = "MEET"
) -> dict[str, Any]:
    return {"uid": uid, "kind": kind, "type": type, "spans": [["trigger", a, b] for a, b in spans]}


@pytest.mark.parametrize(
    ("judged", "found", "same"),
    [
        ([claim("a", (0, 5))], [claim("a", (50, 55))], {"a": "a"}),
        ([claim("a", (0, 5))], [claim("b", (2, 7))], {"a": "b"}),
        ([claim("a", (0, 10))], [claim("b", (6, 16))], {}),
        ([claim("a", (0, 5))], [claim("b", (0, 5), kind="statement")], {}),
        ([claim("a", (0, 5))], [claim("b", (0, 5), type="CALL")], {"a": "b"}),
        (
            [claim("a", (0, 5))],
            [claim("b", (0, 5), type="CALL"), claim("c", (0, 5))],
            {"a": "c"},
        ),
        (
            [claim("a", (0, 10)), claim("b", (8, 14))],
            [claim("c", (0, 11)), claim("d", (9, 14))],
            {"a": "c", "b": "d"},
        ),
        ([claim("a", (0, 5)), claim("b", (1, 5))], [claim("c", (0, 5))], {"a": "c"}),
        ([claim("a", (0, 5))], [], {}),
        ([claim("a")], [claim("b", (0, 5))], {}),
    ],
    ids=[
        "same-id",
        "moved",
        "too-little-shared",
        "another-kind",
        "another-type",
        "same-type-first",
        "two-and-two",
        "each-once",
        "nothing-found",
        "no-spans",
    ],
)
def test_attach(
    judged: list[dict[str, Any]], found: list[dict[str, Any]], same: dict[str, str]
) -> None:
    assert attach_claims(judged, found) == same


def test_differences_name_field_and_both_values() -> None:
    row = dict.fromkeys(
        ("time", "place", "modality", "mode", "killed", "injured", "instrument", "subtype", "due")
    ) | {"type": "MEET", "processes": [], "chain": [], "spans": [], "text": "", "roles": []}
    assert differences(row, row | {"roles": ()}) == {}
    assert differences(row, row | {"killed": 3}) == {"killed": (None, 3)}
