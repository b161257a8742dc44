"""Revisions: every way to the newest tables ends in the same tables, and nothing is lost on it."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from made_readings import meeting
from sqlalchemy import text

from mahdar.errors import RecordError
from mahdar.store import add_readings, create_record, open_record, prepare_reading, tables
from mahdar.store.migrations.upgrade import list_revisions
from mahdar.store.wordtables import WORD_TABLES

FOLDER = Path(tables.__file__).parent / "migrations"


def test_revisions_are_one_line() -> None:
    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER / "versions")])
    assert Config()
    assert script.get_heads() == [list_revisions()[-1]]
    walked = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(walked)) == list_revisions()


def test_revisions_end_in_the_tables_of_the_code(record_url: str) -> None:
    with create_record(record_url) as record, record.reading() as connection:
        opts = {
            "compare_type": False,
            "include_name": lambda name, *_: not (name or "").startswith(WORD_TABLES),
        }
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, tables.metadata) == []


def make_schema_1(path: Path) -> None:
    """Make a record as Mahdar made them before revisions, with one article in it."""
    from alembic.operations import Operations
    from sqlalchemy import create_engine

    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER / "versions")])
    module = script.get_revision("0001").module
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            module.upgrade()
        connection.execute(
            text(
                "INSERT INTO articles (sha256, name, noise, text, words, agencies, credits, sketch,"
                " shingles, added_at) VALUES ('ab', 'a1', '[]', 'نص', 1, '[]', '[]', x'', 0, 'then')"
            )
        )
    engine.dispose()


def test_a_record_of_the_time_before_revisions_opens(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "old.db"
    make_schema_1(path)
    with caplog.at_level(logging.WARNING, "mahdar.store"), open_record(path) as record:
        assert record.counts()["articles"] == 1
        add_readings(record, [prepare_reading(meeting("sabq", "التقى كيري لافروف أمس."))])
        assert record.counts()["articles"] == 2
    assert "old.db.0001" in caplog.text
    assert "رُفعت" in caplog.text
    copy = sqlite3.connect(tmp_path / "old.db.0001")
    assert copy.execute("SELECT name FROM articles").fetchall() == [("a1",)]
    assert copy.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() == ("1",)
    copy.close()
    caplog.clear()
    with open_record(path):
        assert caplog.text == ""


def test_an_upgrade_that_fails_leaves_the_record_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    make_schema_1(path)
    (tmp_path / "old.db.0001.part").mkdir()  # the copy cannot be written
    with pytest.raises(RecordError, match=r"old\.db\.0001.*Mend"):
        open_record(path)
    (tmp_path / "old.db.0001.part").rmdir()
    with monkeypatch.context() as patch:
        script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER / "versions")])
        assert script.get_revision("0002") is not None
        patch.setattr(
            "mahdar.store.record.upgrade_tables",
            lambda connection: connection.execute(text("CREATE TABLE half (x)")) and 1 / 0,
        )
        with pytest.raises(ZeroDivisionError):
            open_record(path)
    database = sqlite3.connect(path)
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    database.close()
    assert "half" not in names
    with open_record(path) as record:
        assert record.counts()["articles"] == 1


@pytest.mark.parametrize(
    "name", ["mysql://host/base", "oracle+x://h/b", "://x"], ids=["mysql", "oracle", "none"]
)
def test_other_stores_are_refused_by_name(name: str) -> None:
    with pytest.raises(RecordError, match="Mend"):
        open_record(name)


def test_an_empty_database_is_no_record(record_url: str) -> None:
    if "://" not in record_url:
        pytest.skip("a file that is not there is another error, tested with the record")
    with pytest.raises(RecordError, match="not a Mahdar record"):
        open_record(record_url)


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"(?s)postgresql://.*Mend"):
        open_record(f"postgresql://nobody@/talks?host={tmp_path}")


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        open_record(f"postgresql://nobody:secret@/talks?host={tmp_path}")
    assert "secret" not in str(caught.value)
