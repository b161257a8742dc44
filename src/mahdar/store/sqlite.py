"""All that is said to SQLite alone: how a file is opened, waited for and locked."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, pool

BUSY_MS = 30_000
"""How long a writer waits for another one before the record counts as locked."""
_MAGIC = b"SQLite format 3\x00"
_READ_ONLY = "mahdar_read_only"


def is_sqlite_file(path: Path) -> bool:
    """Tell whether a file is an SQLite database; an empty file counts as one."""
    with path.open("rb") as stream:
        head = stream.read(len(_MAGIC))
    return head in (b"", _MAGIC)


def sqlite_engine(path: Path) -> Engine:
    """Return an engine on an SQLite file: WAL, foreign keys, writers that take turns.

    A transaction takes the write lock when it begins, so that two writers wait for each other
    instead of failing half-way; connections with the option ``mahdar_read_only`` do not.
    """
    engine = create_engine(f"sqlite:///{path}", poolclass=pool.QueuePool)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reading = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
