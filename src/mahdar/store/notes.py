"""What a record notes for itself in ``meta``, as JSON."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select

from mahdar.consolidation.origins import find_house_names
from mahdar.store import tables

HOUSE_NAMES = "house_names"


def read_note(connection: Connection, key: str) -> Any:
    """Return a note that the record keeps for itself, ``None`` where there is none."""
    m = tables.meta.c
    value = connection.scalar(select(m.value).where(m.key == key))
    return None if value is None else json.loads(value)


def write_note(connection: Connection, key: str, value: object) -> None:
    """Write a note."""
    m = tables.meta
    connection.execute(delete(m).where(m.c.key == key))
    connection.execute(
        m.insert().values(key=key, value=json.dumps(value, ensure_ascii=False, sort_keys=True))
    )


def load_house_names(connection: Connection) -> set[tuple[str, str]]:
    """Return the pairs of paper and credited name that mean the paper itself.

    They are noted when entries are made; a record whose entries are older than that is gone through.
    """
    noted = read_note(connection, HOUSE_NAMES)
    if noted is not None:
        return {(paper, name) for paper, name in noted}
    t = tables.articles.c
    rows = connection.execute(select(t.publisher, t.credits))
    return find_house_names((row.publisher or "", row.credits) for row in rows)
