"""What people have judged, as an export needs it: review states and TLP markings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

UNREVIEWED = "machine_draft"


@dataclass(frozen=True, slots=True)
class Review:
    """States of claims and entries, and markings of articles (by hash), entries and processes."""

    claims: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    processes: dict[str, str] = field(default_factory=dict)

    def claim_state(self, uid: str) -> str:
        """Return a claim's review state."""
        return self.claims.get(uid, UNREVIEWED)

    def entry_state(self, entry: str) -> str:
        """Return an entry's review state."""
        return self.entries.get(entry, UNREVIEWED)

    def strictest(self) -> str | None:
        """Return the strictest marking in the record, ``None`` where nothing is marked."""
        return None

    def entry_mark(self, entry: str, processes: Sequence[str]) -> str | None:
        """Return the strictest marking of an entry and its processes."""
        return None

    def marked_entries(self, connection: Connection) -> dict[str, str]:
        """Return the marking of every entry that has one, by itself or by a process."""
        return {}


def load_review(connection: Connection) -> Review:
    """Return what has been judged in a record."""
    return Review()
