"""The closed value lists of the packs' schema (docs/reference/packs.md says what they mean)."""

from __future__ import annotations

from functools import cache

from mahdar.lexicon.tables import load_table

BODIES = {
    "mfa": "وزارة الخارجية",
    "mod": "وزارة الدفاع",
    "moi": "وزارة الداخلية",
    "government": "الحكومة",
    "parliament": "البرلمان",
    "presidency": "الرئاسة",
    "army": "الجيش",
}
"""Bodies that every state has: suffix of the id -> usual Arabic name without the adjective."""


@cache
def allowed_values(field: str) -> frozenset[str]:
    """Return the values a field may have: ``PER.kind``, ``ORG.kind``, ``place.kind`` ..."""
    return frozenset(row["value"] for row in load_table("pack_values") if row["field"] == field)


@cache
def post_titles() -> frozenset[str]:
    """Return the titles a post may have."""
    return frozenset(row["title"] for row in load_table("post_titles"))
