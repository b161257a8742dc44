"""All that is said to PostgreSQL alone: the driver, writers that take turns, its messages."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from mahdar.errors import RecordError

WAIT_MS = 30_000
"""How long a writer waits for another one before the record counts as locked."""
KEPT_CONNECTIONS = 8
MORE_CONNECTIONS = 24
"""So many are kept open, and so many more are opened while more threads ask at once: the workbench has
eight for reading, and a view may ask a second question in the middle of one. A server takes 100 unless told."""
_LOCK = 0x6D616864  # «mahd»: any number that no other program takes in a database of its own
_READ_ONLY = "mahdar_read_only"


def postgres_engine(name: str) -> Engine:
    """Return an engine on a PostgreSQL database, which is one record.

    Writers take turns as they do on SQLite: a transaction begins by taking a lock that ends with
    it. Readers do not wait, and see one state of the record.

    Raises:
        RecordError: the driver is not installed.
    """
    if find_spec("psycopg") is None:
        raise RecordError(
            f"{hide_password(name)}: the driver for PostgreSQL is not installed. Mend: pip install"
            " 'mahdar[postgres]'."
        )
    engine = create_engine(
        make_url(name).set(drivername="postgresql+psycopg"),
        pool_size=KEPT_CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        if connection.get_execution_options().get(_READ_ONLY, False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {WAIT_MS}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


def hide_password(name: str) -> str:
    """Return a database address as it may be shown."""
    url = make_url(name)
    return name if url.password is None else url.render_as_string(hide_password=True)
