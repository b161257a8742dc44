"""A folder of CSV files, one per table, that spreadsheets open with their Arabic whole."""

from __future__ import annotations

from pathlib import Path

from mahdar.export.formats.columns import load_tables
from mahdar.export.formats.output import CsvSink, write_dictionary
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.export.formats.stream import TABLES, iter_rows


def write_csv_tables(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write the tables, and ``columns.csv`` that tells what each column means.

    Args:
        source: the record.
        out: an empty folder.
        tick: called after each article and entry.
    Returns:
        Rows by file name.
    """
    tables = [load_tables()[name] for name in TABLES]
    sinks = {table.name: CsvSink(out / f"{table.name}.csv", table) for table in tables}
    try:
        for table, row in iter_rows(source, tick):
            sinks[table].write(row)
    finally:
        for sink in sinks.values():
            sink.close()
    write_dictionary(out / "columns.csv", tables)
    return {f"{name}.csv": sink.rows for name, sink in sinks.items()}
