"""The tables ``*.tsv`` beside this: code lists and the column dictionary, kept as data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from mahdar.errors import KnowledgeError


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``NAME.tsv``, each a map of column to text; ``#`` lines are comments.

    Raises:
        KnowledgeError: a row with another number of cells than the head.
    """
    path = files("mahdar.export.formats") / f"{name}.tsv"
    head: list[str] = []
    rows: list[dict[str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not head:
            head = cells
            continue
        if len(cells) != len(head):
            raise KnowledgeError(
                f"export/formats/{name}.tsv, line {number}: {len(cells)} cells where the head has"
                f" {len(head)}"
            )
        rows.append(dict(zip(head, (cell.strip() for cell in cells), strict=True)))
    return tuple(rows)


def load_map(name: str, key: str, value: str) -> dict[str, str]:
    """Return two columns of a table as a map."""
    return {row[key]: row[value] for row in load_rows(name)}
