"""The column dictionary: what every column of every exported table holds, as data in ``columns.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from mahdar.errors import KnowledgeError
from mahdar.export.formats.data import load_rows

ColumnType = Literal["text", "whole", "number", "day", "date", "flag", "list"]
Row = dict[str, Any]
"""A row of a table: column name to ``str``, ``int``, ``float``, ``bool``, a list of texts or ``None``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``unit`` and ``hxl`` are empty where it has none; ``ar`` and ``en`` say what it means."""

    name: str
    type: ColumnType
    unit: str
    hxl: str
    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its columns, in their order."""

    name: str
    columns: tuple[Column, ...]

    def cells(self, row: Row) -> list[Any]:
        """Return a row's values in the order of the columns.

        Raises:
            KeyError: the row lacks a column of the dictionary.
            KnowledgeError: the row has a column that is not in it.
        """
        if len(row) > len(self.columns):
            extra = sorted(set(row) - {column.name for column in self.columns})
            raise KnowledgeError(f"columns.tsv does not tell of {', '.join(extra)} in {self.name}")
        return [row[column.name] for column in self.columns]


@cache
def load_tables() -> dict[str, Table]:
    """Return all tables by name.

    Raises:
        KnowledgeError: a row of the dictionary that breaks its form.
    """
    found: dict[str, list[Column]] = {}
    for row in load_rows("columns"):
        column = Column(
            row["column"],
            row["type"],  # type: ignore[arg-type]  # checked by a test over the whole table
            row["unit"],
            row["hxl"],
            row["ar"],
            row["en"],
        )
        found.setdefault(row["table"], []).append(column)
    return {name: Table(name, tuple(columns)) for name, columns in found.items()}
