"""The same tables as Parquet, through DuckDB: half of pyarrow's download, and what analysts query with.

Rows are spooled as JSON lines and turned by DuckDB table by table, so that memory stays bounded.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

import duckdb

from mahdar.export.formats.columns import Table, load_tables
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.export.formats.stream import TABLES, iter_rows

_SQL_TYPES = {
    "text": "VARCHAR",
    "date": "VARCHAR",  # EDTF: a month or an interval is no DATE
    "whole": "BIGINT",
    "number": "DOUBLE",
    "day": "DATE",
    "flag": "BOOLEAN",
    "list": "VARCHAR[]",
}
_MEMORY = "256MB"


def write_parquet_tables(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one Parquet file per table; lists stay lists, days are dates.

    Returns:
        Rows by file name.
    """
    tables = [load_tables()[name] for name in TABLES]
    counts = dict.fromkeys(TABLES, 0)
    spools: dict[str, IO[str]] = {
        name: (out / f"{name}.spool").open("w", encoding="utf-8") for name in TABLES
    }
    known = {table.name: table for table in tables}
    try:
        for name, row in iter_rows(source, tick):
            cells = known[name].cells(row)
            values = {c.name: v for c, v in zip(known[name].columns, cells, strict=True)}
            spools[name].write(json.dumps(values, ensure_ascii=False).replace("\\u0000", "") + "\n")
            counts[name] += 1
    finally:
        for spool in spools.values():
            spool.close()
    with duckdb.connect(":memory:") as database:
        # One thread: the same rows give the same bytes.
        database.execute(f"SET threads = 1; SET memory_limit = '{_MEMORY}'")
        database.execute("SET temp_directory = ?", [str(out / ".duckdb")])
        for table in tables:
            spool_path = out / f"{table.name}.spool"
            _convert(database, table, spool_path, out / f"{table.name}.parquet")
            spool_path.unlink()
    return {f"{name}.parquet": counts[name] for name in TABLES}


def _convert(database: duckdb.DuckDBPyConnection, table: Table, spool: Path, target: Path) -> None:
    columns = ", ".join(f"{_quoted(c.name)}: '{_SQL_TYPES[c.type]}'" for c in table.columns)
    meanings = ", ".join(f"{_quoted(c.name)}: {_quoted(f'{c.en} | {c.ar}')}" for c in table.columns)
    database.execute(
        f"COPY (SELECT * FROM read_json({_quoted(str(spool))}, format = 'newline_delimited',"
        f" columns = {{{columns}}}))"
        f" TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd,"
        f" KV_METADATA {{{meanings}}})"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
