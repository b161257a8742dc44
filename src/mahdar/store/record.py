"""A record: opened, checked, asked and closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, create_engine, func, inspect, select
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from mahdar.errors import RecordError
from mahdar.store import tables
from mahdar.store.sqlite import BUSY_MS, is_sqlite_file, sqlite_engine

_LOOKUP = 500
"""Values in one IN list: SQLite of some builds takes 999."""


class Record:
    """An open record. Use it as a context manager, or close it.

    ``name`` is the path or address the user gave.
    """

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self.engine = engine

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the record and writes nothing.

        Raises:
            RecordError: the database is locked or broken.
        """
        with self._errors(), self.engine.connect() as connection:
            yield connection.execution_options(mahdar_read_only=True)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection inside a transaction: all of it is kept, or nothing.

        Raises:
            RecordError: the database is locked or broken.
        """
        with self._errors(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise RecordError(
                    f"{self.name}: another program has been writing to this record for"
                    f" {BUSY_MS // 1000} seconds. Mend: wait until it has finished."
                ) from error
            raise RecordError(f"{self.name}: {error.orig}. Mend: {_MEND_DISK}.") from error
        except DatabaseError as error:
            if "malformed" in str(error.orig) or "not a database" in str(error.orig):
                raise RecordError(
                    f"{self.name}: the file is damaged. Mend: restore a copy of it, or add the"
                    " articles to a new record."
                ) from error
            raise

    def meta(self, key: str) -> str | None:
        """Return a value of the record's own notes."""
        with self.reading() as connection:
            return connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == key))

    @property
    def stale(self) -> bool:
        """Whether claims were added since the entries were last made."""
        return self.meta("stale") == "1"

    def engines(self, hashes: Iterable[str]) -> dict[str, str]:
        """Return which of these articles the record holds, with the engine that read each."""
        wanted = list(hashes)
        found: dict[str, str] = {}
        join = tables.articles.join(tables.readings)
        with self.reading() as connection:
            for at in range(0, len(wanted), _LOOKUP):
                rows = connection.execute(
                    select(tables.articles.c.sha256, tables.readings.c.engine)
                    .select_from(join)
                    .where(tables.articles.c.sha256.in_(wanted[at : at + _LOOKUP]))
                )
                found.update((sha, engine) for sha, engine in rows)
        return found

    def counts(self) -> dict[str, int]:
        """Return how many articles, claims and entries the record holds."""
        with self.reading() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (tables.articles, tables.claims, tables.entries, tables.actors)
            }


_MEND_DISK = "check that the disk has room and that you may write there"


def _engine_for(name: str) -> Engine:
    return create_engine(name) if "://" in name else sqlite_engine(Path(name))


def open_record(name: str | Path) -> Record:
    """Return an existing record.

    Args:
        name: path of an SQLite file, or a database address (``postgresql://...``).
    Raises:
        RecordError: not there, not a record, damaged, or of another version.
    """
    name = str(name)
    if "://" not in name:
        path = Path(name)
        if not path.is_file():
            raise RecordError(
                f"{name}: there is no such record. Mend: make it with `mahdar add ARTICLES"
                f" --record {name}`, or check the name."
            )
        if not is_sqlite_file(path):
            raise _not_a_record(name)
    record = Record(name, _engine_for(name))
    try:
        _check(record)
    except BaseException:
        record.close()
        raise
    return record


def create_record(name: str | Path) -> Record:
    """Return a record, made if it is not there yet.

    Raises:
        RecordError: the file is something else, of another version, or cannot be written.
    """
    name = str(name)
    if "://" not in name:
        path = Path(name)
        if path.exists() and path.stat().st_size:
            return open_record(name)
        if not path.parent.is_dir():
            raise RecordError(
                f"{name}: the folder {path.parent} is not there. Mend: make it first."
            )
    record = Record(name, _engine_for(name))
    try:
        with record.writing() as connection:
            if not inspect(connection).has_table("meta"):
                tables.metadata.create_all(connection)
                connection.execute(
                    tables.meta.insert(),
                    [
                        {"key": "schema", "value": str(tables.SCHEMA)},
                        {"key": "stale", "value": "0"},
                    ],
                )
        _check(record)
    except SQLAlchemyError as error:
        record.close()
        raise RecordError(
            f"{name}: the record cannot be made ({error}). Mend: {_MEND_DISK}."
        ) from error
    except BaseException:
        record.close()
        raise
    return record


def _not_a_record(name: str) -> RecordError:
    return RecordError(
        f"{name}: this file is not a Mahdar record. Mend: give --record another name, or check it."
    )


def _check(record: Record) -> None:
    with record.reading() as connection:
        if not inspect(connection).has_table("meta"):
            raise _not_a_record(record.name)
    version = record.meta("schema")
    if version is None:
        raise _not_a_record(record.name)
    if version != str(tables.SCHEMA):
        raise RecordError(
            f"{record.name}: the record has schema {version}, this Mahdar reads schema"
            f" {tables.SCHEMA}. Mend: use the Mahdar that wrote it, or add the articles to a new"
            " record."
        )
