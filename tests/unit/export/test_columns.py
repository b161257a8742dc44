"""The column dictionary says what there is: every column once, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from mahdar.errors import KnowledgeError
from mahdar.export.formats import FORMATS
from mahdar.export.formats.columns import ColumnType, Table, load_tables
from mahdar.export.formats.columns_page import render_columns_page
from mahdar.export.formats.hxl import TABLES as HXL
from mahdar.export.formats.stream import TABLES
from mahdar.i18n import tr

ALL = load_tables()
COLUMNS = [(t.name, c) for t in ALL.values() for c in t.columns]
IDS = [f"{table}.{c.name}" for table, c in COLUMNS]


def test_every_table_is_written_by_some_format() -> None:
    coded = {"plover", "acled", "ged", "ceasefires"}
    assert set(ALL) == {*TABLES, *HXL.values(), *coded}


@pytest.mark.parametrize("table", ALL.values(), ids=lambda t: t.name)
def test_columns_are_named_once(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_column_is_told_in_both_languages(table: str, column: object) -> None:
    c = next(c for c in ALL[table].columns if c is column)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", c.name)
    assert c.type in get_args(ColumnType)
    assert re.search(r"[\u0621-\u064a]{2}", c.ar)
    assert re.search(r"[a-zA-Z]{2}", c.en)
    assert not re.search(r"[\u0600-\u06ff]", c.en)
    if c.type == "day":
        assert c.unit == "ISO 8601"
    if c.type == "date":
        assert c.unit == "EDTF"


@pytest.mark.parametrize("table", sorted(HXL.values()))
def test_hxl_tables_are_tagged_throughout(table: str) -> None:
    for column in ALL[table].columns:
        assert re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", column.hxl), column.name


def test_a_row_that_does_not_fit_is_refused() -> None:
    table = ALL["participants"]
    row = {column.name: None for column in table.columns}
    assert table.cells(row) == [None] * len(table.columns)
    with pytest.raises(KnowledgeError, match="colour"):
        table.cells({**row, "colour": "red"})
    del row["role"]
    with pytest.raises(KeyError):
        table.cells(row)


def test_the_page_is_made_from_the_dictionary() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "export-columns.md"
    assert page.read_text(encoding="utf-8") == render_columns_page(), (
        "run: python -m mahdar.export.formats.columns_page > docs/reference/export-columns.md"
    )


def test_every_format_is_told_of() -> None:
    docs = Path(__file__).parents[3] / "docs"
    how_to = (docs / "how-to" / "export.md").read_text(encoding="utf-8")
    codes = (docs / "reference" / "export-formats.md").read_text(encoding="utf-8")
    for name, form in FORMATS.items():
        assert f"| `{name}` |" in how_to
        assert tr(f"export.format.{name}", "ar")
        if name not in ("csv", "parquet", "jsonl"):
            assert f"## `{name}`" in codes
        form.load()
