"""A record: opened, checked, asked and closed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError

from mahdar.errors import RecordError
from mahdar.i18n import tr
from mahdar.store import tables
from mahdar.store.migrations.upgrade import list_revisions, revision_of, upgrade_tables
from mahdar.store.postgres import hide_password, postgres_engine
from mahdar.store.sqlite import BUSY_MS, CopyFailed, copy_sqlite, is_sqlite_file, sqlite_engine

_log = logging.getLogger("mahdar.store")

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
            if "locked" in str(error.orig) or "lock timeout" in str(error.orig):
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
_OTHER_STORE = "give a file name, or an address that begins with postgresql://"


def _is_address(name: str) -> bool:
    return "://" in name


def _engine_for(name: str) -> Engine:
    if not _is_address(name):
        return sqlite_engine(Path(name))
    if name.partition("://")[0].partition("+")[0] not in ("postgresql", "postgres"):
        raise RecordError(f"{name}: no such kind of record. Mend: {_OTHER_STORE}.")
    try:
        return postgres_engine(name.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise RecordError(f"{name}: not an address ({error}). Mend: {_OTHER_STORE}.") from error


def _shown(name: str) -> str:
    return hide_password(name) if _is_address(name) else name


def open_record(name: str | Path) -> Record:
    """Return an existing record.

    A record whose tables are of an earlier revision is brought to the newest one first; of a file
    a copy is left beside it. The log says so (logger ``mahdar.store``).

    Args:
        name: path of an SQLite file, or a database address (``postgresql://...``).
    Raises:
        RecordError: not there, not a record, damaged, or written by a newer Mahdar.
    """
    name = str(name)
    if not _is_address(name):
        path = Path(name)
        if not path.is_file():
            raise RecordError(
                f"{name}: there is no such record. Mend: make it with `mahdar add ARTICLES"
                f" --record {name}`, or check the name."
            )
        if not is_sqlite_file(path):
            raise _not_a_record(name)
    with _closing_on_error(_engine_for(name), name) as record:
        with record.reading() as connection:
            revision = revision_of(connection)
        if revision is None:
            raise _not_a_record(record.name)
        _bring_up(record, revision)
        return record


def create_record(name: str | Path) -> Record:
    """Return a record, made if it is not there yet.

    Raises:
        RecordError: the file is something else, of a newer Mahdar, or cannot be written.
    """
    name = str(name)
    if not _is_address(name):
        path = Path(name)
        if path.exists() and path.stat().st_size:
            return open_record(name)
        if not path.parent.is_dir():
            raise RecordError(
                f"{name}: the folder {path.parent} is not there. Mend: make it first."
            )
    with _closing_on_error(_engine_for(name), name) as record:
        with record.writing() as connection:
            revision = revision_of(connection)
            if revision is None:
                upgrade_tables(connection)
        if revision is not None:
            _bring_up(record, revision)
        return record


@contextmanager
def _closing_on_error(engine: Engine, name: str) -> Iterator[Record]:
    """Give a record that is closed again when it cannot be used."""
    record = Record(_shown(name), engine)
    try:
        yield record
    except SQLAlchemyError as error:
        record.close()
        raise RecordError(
            f"{record.name}: the record cannot be opened or made ({error}). Mend: {_MEND_DISK}."
        ) from error
    except BaseException:
        record.close()
        raise


def _bring_up(record: Record, revision: str) -> None:
    """Bring a record to the newest revision, and say so."""
    known = list_revisions()
    if revision == known[-1]:
        return
    if revision not in known:
        raise RecordError(
            f"{record.name}: the record's tables are of revision {revision}, this Mahdar knows them"
            f" up to {known[-1]}. Mend: install a newer Mahdar."
        )
    kept = ""
    database = record.engine.url.database
    if record.engine.dialect.name == "sqlite" and database:
        path = Path(database)
        copy = path.with_name(f"{path.name}.{revision}")
        try:
            copy_sqlite(path, copy)
        except (OSError, CopyFailed) as error:
            raise RecordError(
                f"{record.name}: the record must be brought from revision {revision} to"
                f" {known[-1]}, and the copy {copy.name} cannot be written first ({error})."
                f" Mend: {_MEND_DISK}."
            ) from error
        kept = copy.name
    with record.writing() as connection:
        if revision_of(connection) == revision:  # else another process was faster
            upgrade_tables(connection)
    for lang in ("en", "ar"):
        key = "record.upgraded_with_copy" if kept else "record.upgraded"
        _log.warning("%s", tr(key, lang, name=record.name, old=revision, new=known[-1], copy=kept))


def _not_a_record(name: str) -> RecordError:
    return RecordError(
        f"{name}: this file is not a Mahdar record. Mend: give --record another name, or check it."
    )
