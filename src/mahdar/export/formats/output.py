"""Files that appear whole or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from mahdar.errors import SettingError
from mahdar.export.formats.columns import Row, Table

MANIFEST = "manifest.json"
LIST_MARK = "; "
"""Between the values of a list in one cell."""
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet take a text for a formula (OWASP, CSV injection)."""


def manifest_path(out: Path, *, folder: bool) -> Path:
    """Return where the manifest of an export lies: in the folder, or beside the file."""
    return out / MANIFEST if folder else out.with_name(f"{out.name}.{MANIFEST}")


def check_target(out: Path, *, folder: bool) -> None:
    """See that an export may be written there.

    Raises:
        SettingError: no such parent folder, a folder where a file is due or the reverse, or a
            folder that holds something else than an earlier export.
    """
    if not out.parent.is_dir():
        raise SettingError(f"{out}: the folder {out.parent} is not there. Mend: make it first.")
    if not os.access(out.parent, os.W_OK):
        raise SettingError(f"{out}: you may not write in {out.parent}. Mend: give another --out.")
    if not folder and out.is_dir():
        raise SettingError(f"{out}: this is a folder, the format writes one file. Mend: name one.")
    if folder and out.exists():
        if not out.is_dir():
            raise SettingError(
                f"{out}: this is a file, the format writes a folder. Mend: name one."
            )
        if any(out.iterdir()) and not (out / MANIFEST).is_file():
            raise SettingError(
                f"{out}: the folder holds other things than an export. Mend: give a new folder."
            )


@contextmanager
def replacing(out: Path, *, folder: bool) -> Iterator[Path]:
    """Give a place beside ``out`` to write to; it takes the place of ``out`` when all went well."""
    made = out.with_name(f".{out.name}.{uuid4().hex[:8]}.part")
    if folder:
        made.mkdir()
    try:
        yield made
        if folder and out.exists():
            old = out.with_name(f".{out.name}.{uuid4().hex[:8]}.old")
            out.rename(old)
            made.rename(out)
            shutil.rmtree(old)
        else:
            made.replace(out)
    finally:
        if made.is_dir():
            shutil.rmtree(made, ignore_errors=True)
        else:
            made.unlink(missing_ok=True)


def file_facts(path: Path) -> dict[str, object]:
    """Return a file's size in bytes and its SHA-256."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def safe_cell(value: Any) -> Any:
    """Return a value as a CSV cell: lists joined, flags as 0 or 1, texts that no spreadsheet runs.

    A text that begins like a formula gets an apostrophe in front, which spreadsheets hide.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        value = LIST_MARK.join(value)
    if isinstance(value, str):
        value = value.replace("\x00", "")  # ends a text in many readers
        return f"'{value}" if value.startswith(_RISKY) else value
    return value


class CsvSink:
    """One CSV file in UTF-8 with a byte order mark, as spreadsheets want it for Arabic."""

    def __init__(self, path: Path, table: Table, *, tags: bool = False) -> None:
        self.table = table
        self.rows = 0
        self._stream: IO[str] = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._writer.writerow([column.name for column in table.columns])
        if tags:
            self._writer.writerow([column.hxl for column in table.columns])

    def write(self, row: Row) -> None:
        """Add a row of the table."""
        self._writer.writerow([safe_cell(cell) for cell in self.table.cells(row)])
        self.rows += 1

    def close(self) -> None:
        """End the file."""
        self._stream.close()


def write_csv(path: Path, table: Table, rows: Iterator[Row], *, tags: bool = False) -> int:
    """Write the rows of one table to one CSV file and return their number."""
    sink = CsvSink(path, table, tags=tags)
    try:
        for row in rows:
            sink.write(row)
    finally:
        sink.close()
    return sink.rows


def write_dictionary(path: Path, tables: Sequence[Table]) -> None:
    """Write what each column means, in both languages, as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["table", "column", "type", "unit", "ar", "en"])
        for table in tables:
            for c in table.columns:
                writer.writerow([table.name, c.name, c.type, c.unit, c.ar, c.en])
