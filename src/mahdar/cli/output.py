"""Rows printed as a table, JSON or CSV. Arabic goes out in logical order, untouched."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, TextIO, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mahdar.i18n import tr

T = TypeVar("T")

_NARROW_WIDTH = 110
"""Characters below which a table leaves out its spare columns."""
_FILE_WIDTH = 160
"""Characters of a table that goes into a file or pipe."""


class RowFormat(StrEnum):
    """What ``mahdar show`` prints."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


FormatOption = Annotated[
    RowFormat, typer.Option("--format", "-f", help="Form of the output. · صيغة الناتج.")
]


class Lang(StrEnum):
    """Language of labels."""

    ar = "ar"
    en = "en"


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of a table and of CSV: message key of its head, what it shows, its share of width.

    ``ratio`` 0 gives the column all it needs, unbroken. A column with ``spare`` is left out of
    tables on narrow screens; CSV has all.
    """

    key: str
    show: Callable[[T, str], str]
    ratio: int = 1
    spare: bool = False


def print_rows(
    rows: Sequence[T],
    columns: Sequence[Column[T]],
    form: RowFormat,
    lang: str,
    *,
    target: TextIO | None = None,
) -> None:
    """Print rows.

    JSON gives every field of a row under the contract's names and codes, one array (``jsonl``: one row a line); CSV gives the
    table's columns, heads as codes, texts that no spreadsheet takes for a formula; a table has heads and codes in the language asked for.
    """
    out = target or sys.stdout
    if form is RowFormat.json:
        json.dump([plain(row) for row in rows], out, ensure_ascii=False, indent=1)
        out.write("\n")
    elif form is RowFormat.jsonl:
        for row in rows:
            out.write(json.dumps(plain(row), ensure_ascii=False) + "\n")
    elif form is RowFormat.csv:
        from mahdar.export.formats.output import safe_cell  # loads what only exports need

        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.key.rpartition(".")[2] for column in columns])
        writer.writerows(
            [safe_cell(_flat(column.show(row, lang))) for column in columns] for row in rows
        )
    else:
        _print_table(rows, columns, lang, out)


def _print_table(rows: Sequence[T], columns: Sequence[Column[T]], lang: str, out: TextIO) -> None:
    console = Console(file=out, highlight=False)
    if not console.is_terminal:
        console.width = _FILE_WIDTH
    narrow = console.width < _NARROW_WIDTH
    table = Table(expand=True)
    shown = [column for column in columns if not (narrow and column.spare)]
    for column in shown:
        table.add_column(
            tr(column.key, lang),
            ratio=column.ratio or None,
            no_wrap=not column.ratio,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(_flat(column.show(row, lang))) for column in shown))
    console.print(table)
    console.print(tr("show.rows", lang, count=len(rows)), markup=False)


def _flat(text: str) -> str:
    return " ".join(text.split())


def plain(value: Any) -> Any:
    """Return a row as data that JSON takes, field names kept."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(item) for key, item in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def cut(text: str, chars: int) -> str:
    """Return a text of at most ``chars`` characters, with a mark where it was cut."""
    return text if len(text) <= chars else text[: chars - 1].rstrip() + "…"
