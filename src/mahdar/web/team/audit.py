"""What was done: a log to which rows are only added, each with the hash of the row before.

The database itself refuses to change or delete rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import func, insert, select

from mahdar.store import Record, teamtables

AuditAction = Literal[
    "signed_in",
    "failed",
    "locked",
    "signed_out",
    "refused",
    "exported",
    "judged",
    "brought",
    "administered",
    "wrote",
]
ACTIONS: tuple[str, ...] = (
    "signed_in", "failed", "locked", "signed_out", "refused",
    "exported", "judged", "brought", "administered", "wrote",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row. ``at`` is ISO 8601 in UTC; ``detail`` plain values, never a password or a text."""

    seq: int
    at: str
    who: str
    action: str
    address: str
    detail: dict[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Rows, the latest first, and how many there are."""

    rows: tuple[AuditRow, ...]
    total: int


def hash_row(row: AuditRow) -> str:
    """Return the SHA-256 of a row: canonical JSON of all its fields but the hash itself."""
    facts = {key: value for key, value in asdict(row).items() if key != "hash"}
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def note(
    record: Record,
    who: str,
    action: AuditAction,
    address: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditRow:
    """Add a row; return it as it stands.

    Args:
        record: an open record.
        who: a user's name; of a failed sign-in the name that was given.
        action: what was done.
        address: where from; ``terminal`` for the command line.
        detail: what it was done to.
    """
    a = teamtables.audit
    with record.writing() as connection:
        last = connection.execute(
            select(a.c.seq, a.c.hash).order_by(a.c.seq.desc()).limit(1)
        ).first()
        row = AuditRow(
            seq=last.seq + 1 if last else 1,
            at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            who=who,
            action=action,
            address=address,
            detail=dict(detail or {}),
            previous=last.hash if last else "",
            hash="",
        )
        values = asdict(row) | {"hash": hash_row(row)}
        connection.execute(insert(a).values(**values))
    return AuditRow(**values)


def list_audit(
    record: Record,
    *,
    who: str | None = None,
    action: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> AuditPage:
    """Return rows, the latest first; ``limit`` 0 for all."""
    a = teamtables.audit
    where = [a.c[key] == value for key, value in (("who", who), ("action", action)) if value]
    with record.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(a).where(*where)) or 0
        asked = select(a).where(*where).order_by(a.c.seq.desc()).offset(offset)
        found = connection.execute(asked.limit(limit) if limit else asked)
        return AuditPage(tuple(AuditRow(**row._mapping) for row in found), total)


def find_broken(record: Record) -> int | None:
    """Return the number of the first row that does not fit the chain, ``None`` for a whole one."""
    a = teamtables.audit
    previous = ""
    with record.reading() as connection:
        for number, found in enumerate(connection.execute(select(a).order_by(a.c.seq)), start=1):
            row = AuditRow(**found._mapping)
            if row.seq != number or row.previous != previous or hash_row(row) != row.hash:
                return number
            previous = row.hash
    return None
