"""Judged claims found again in a newer reading of their article: by id, else by kind and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

COMPARED = (
    "type",
    "time",
    "place",
    "modality",
    "mode",
    "killed",
    "injured",
    "instrument",
    "subtype",
    "due",
    "processes",
    "chain",
    "spans",
    "text",
    "roles",
)
"""What a judged claim and a newer reading of it are compared by."""
_SHARED = 0.5
"""Of the shorter one's characters so many must be shared for two claims to be the same words."""


def attach_claims(judged: Sequence[Row], found: Sequence[Row]) -> dict[str, str]:
    """Return which claim of a newer reading each judged claim is: uid to uid.

    A claim with the same uid is the same. Else it is the one of its kind that shares most characters
    under spans, of equals one of its type, and each is taken once, the best pair first.

    Args:
        judged: claims as they were: ``uid, kind, type, spans``.
        found: all claims of the newer reading of their article.
    """
    new = {row["uid"] for row in found}
    same = {row["uid"]: row["uid"] for row in judged if row["uid"] in new}
    pairs: list[tuple[float, bool, str, str]] = []
    for row in judged:
        if row["uid"] in same:
            continue
        for other in found:
            if other["kind"] != row["kind"] or other["uid"] in same:
                continue
            shared = _shared(row["spans"], other["spans"])
            if shared >= _SHARED:
                pairs.append((-shared, other["type"] != row["type"], row["uid"], other["uid"]))
    taken: set[str] = set()
    for _, _, uid, other_uid in sorted(pairs):
        if uid not in same and other_uid not in taken:
            same[uid] = other_uid
            taken.add(other_uid)
    return same


def _shared(spans: Iterable[Sequence[Any]], others: Iterable[Sequence[Any]]) -> float:
    """Return the share of the smaller set of characters that both hold."""
    mine, theirs = _characters(spans), _characters(others)
    smaller = min(len(mine), len(theirs))
    return len(mine & theirs) / smaller if smaller else 0.0


def _characters(spans: Iterable[Sequence[Any]]) -> set[int]:
    return {at for _, start, end in spans for at in range(start, end)}


def differences(row: Row, other: Row) -> dict[str, tuple[Any, Any]]:
    """Return the fields in which two readings of one claim differ: as judged, and as read newly."""
    return {
        name: (_plain(row[name]), _plain(other[name]))
        for name in COMPARED
        if _plain(row[name]) != _plain(other[name])
    }


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
