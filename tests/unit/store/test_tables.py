"""The tables are the same on SQLite and PostgreSQL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from mahdar.store import tables, teamtables

STORE = Path(tables.__file__).parent


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda t: t.name)
@pytest.mark.parametrize("dialect", [postgresql.dialect(), sqlite.dialect()], ids=lambda d: d.name)
def test_tables_compile(table: object, dialect: object) -> None:
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))  # type: ignore[arg-type]
    for index in table.indexes:  # type: ignore[attr-defined]
        assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda t: t.name)
def test_tables_are_described(table: object) -> None:
    assert f"``{table.name}``" in f"{tables.__doc__} {teamtables.__doc__}"  # type: ignore[attr-defined]


def test_only_one_module_speaks_to_sqlite_alone() -> None:
    root = STORE.parent
    for path in [*STORE.glob("*.py"), *(root / "views").glob("*.py")]:
        if path.name in ("sqlite.py",):
            continue
        code = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.S)
        assert "PRAGMA" not in code, path
        assert "sqlite3" not in code, path
        assert not re.search(r"\btext\(", code), f"{path}: raw SQL"
