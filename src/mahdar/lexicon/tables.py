"""Loader of the lexicon's tables.

A table is a tab-separated file ``NAME.tsv`` beside this module: first line the column names, ``#``
lines are comments. Every table has a ``source`` column: ``press`` (seen in Arabic news; where
counted, ``press:N`` articles), ``grammar``, ``memory`` (written by heart, not looked up) or the name of an
open data file.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from mahdar.errors import KnowledgeError


@cache
def load_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a lexicon table, each a map of column to text (empty text for nothing).

    Raises:
        KnowledgeError: no such table, or a row with another number of columns than the head.
    """
    path = files("mahdar.lexicon") / f"{name}.tsv"
    if not path.is_file():
        raise KnowledgeError(f"the lexicon has no table {name}.tsv")
    head: list[str] | None = None
    rows: list[dict[str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if head is None:
            head = cells
            continue
        if len(cells) != len(head):
            raise KnowledgeError(
                f"lexicon/{name}.tsv, line {number}: {len(cells)} columns where the head has {len(head)}"
            )
        rows.append(dict(zip(head, (cell.strip() for cell in cells), strict=True)))
    return tuple(rows)
