"""All that is said to SQLite alone: how a file is opened, waited for and locked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, pool

BUSY_MS = 30_000
"""How long a writer waits for another one before the record counts as locked."""
KEPT_CONNECTIONS = 16
"""So many are kept for the next question; more are opened where more threads ask at once, none waits."""
MAPPED_BYTES = 2**31 - 2**16
"""So much of the file is read where the system holds it in memory, by all connections alike (SQLite's most).
Each keeping pages of its own would take gigabytes where many people read."""
_MAGIC = b"SQLite format 3\x00"
_READ_ONLY = "mahdar_read_only"

CopyFailed = sqlite3.Error
"""What ``copy_sqlite`` raises beside ``OSError``."""


def is_sqlite_file(path: Path) -> bool:
    """Tell whether a file is an SQLite database; an empty file counts as one."""
    with path.open("rb") as stream:
        head = stream.read(len(_MAGIC))
    return head in (b"", _MAGIC)


def copy_sqlite(path: Path, target: Path) -> None:
    """Copy a record as it stands, what other connections have committed to its journal included.

    The copy appears under its name only when it is whole.

    Raises:
        sqlite3.Error, OSError: it cannot be read or written.
    """
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
        source.backup(copy)
    unfinished.replace(target)


def sqlite_engine(path: Path) -> Engine:
    """Return an engine on an SQLite file: WAL, foreign keys, writers that take turns.

    A transaction takes the write lock when it begins, so that two writers wait for each other
    instead of failing half-way; connections with the option ``mahdar_read_only`` do not.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=pool.QueuePool,
        pool_size=KEPT_CONNECTIONS,
        max_overflow=-1,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reading = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
