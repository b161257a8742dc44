"""A record brought to the newest revision of its tables, inside one transaction."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select, update

from mahdar.store import tables, teamtables

VERSIONS = "versions"
_revision = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def list_revisions() -> tuple[str, ...]:
    """Return the revisions that this Mahdar knows, oldest first.

    They are read from the names of the modules, so that opening a record does not import Alembic.
    """
    names = (path.name for path in (files(__package__) / VERSIONS).iterdir())
    return tuple(
        sorted(name[1:5] for name in names if name.startswith("r") and name.endswith(".py"))
    )


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a record's tables; ``None`` where the database is no record.

    Records of the time before revisions have ``schema 1`` in their notes and are revision 0001.
    """
    known = inspect(connection)
    if known.has_table(_revision.name):
        return connection.scalar(select(_revision.c.version_num))
    if not known.has_table(tables.meta.name):
        return None
    note = select(tables.meta.c.value).where(tables.meta.c.key == "schema")
    schema = connection.scalar(note)
    return schema.zfill(4) if schema else None


def upgrade_tables(connection: Connection) -> None:
    """Bring the tables to the newest revision; the caller's transaction keeps all of it or nothing.

    A new database gets all tables, a record of the time before revisions is stamped first.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    folder = Path(str(files(__package__)))
    script = ScriptDirectory(str(folder), version_locations=[str(folder / VERSIONS)])
    start = revision_of(connection)
    environment = EnvironmentContext(
        Config(), script, fn=lambda at, _: script._upgrade_revs("head", at)
    )
    with environment:
        environment.configure(
            connection=connection, target_metadata=teamtables.audit.metadata, transactional_ddl=True
        )
        if start is not None and not inspect(connection).has_table(_revision.name):
            environment.get_context().stamp(script, start)
        environment.run_migrations()
    # An older Mahdar looks for this note and then says which revision it cannot read.
    connection.execute(
        update(tables.meta).where(tables.meta.c.key == "schema").values(value=list_revisions()[-1])
    )
