"""The word index of each database: FTS5 on SQLite, text vectors on PostgreSQL, the same rows in both.

``search_article_words`` has a row per article under its id, ``search_passage_words`` one per row of
``search_passages``. Words come in ready (``store/analysis.py``): no database folds or stems anything.
The tables of FTS5 keep no text: what a row held must be given again to take it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    TableClause,
    bindparam,
    cast,
    column,
    delete,
    insert,
    table,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

WordTable = Literal["search_article_words", "search_passage_words"]
WORD_TABLES: tuple[WordTable, ...] = ("search_article_words", "search_passage_words")
MAX_POSITION = 16_383
"""PostgreSQL knows no later position in a text: beyond it phrases are not told from mere neighbours."""
EXACT = "="
"""Before exact forms in a text vector, where stems and exact forms share one column."""


@dataclass(frozen=True, slots=True)
class WordRow:
    """The words of one article or passage, joined by spaces; ``exact`` and ``stem`` run in parallel.

    ``title`` holds the stems of the title, empty for a passage; ``names`` those of the names of who
    and what it tells of, where the text has others.
    """

    id: int
    exact: str
    stem: str
    title: str = ""
    names: str = ""


def add_words(connection: Connection, name: WordTable, rows: Sequence[WordRow]) -> None:
    """Write rows that are not there yet."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(fts_table(name)), [_fts_row(row) for row in rows])
    else:
        connection.execute(
            insert(vector_table(name)).values(words=cast(bindparam("vector"), TSVECTOR)),
            [{"id": row.id, "vector": _text_vector(row)} for row in rows],
        )


def drop_words(connection: Connection, name: WordTable, rows: Sequence[WordRow]) -> None:
    """Take rows out; they must be what was written."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        order = {name: "delete"}
        connection.execute(insert(fts_table(name)), [order | _fts_row(row) for row in rows])
    else:
        gone = vector_table(name)
        connection.execute(delete(gone).where(gone.c.id.in_([row.id for row in rows])))


def clear_words(connection: Connection) -> None:
    """Empty the word index."""
    for name in WORD_TABLES:
        if connection.dialect.name == "sqlite":
            connection.execute(insert(fts_table(name)), [{name: "delete-all"}])
        else:
            connection.execute(delete(vector_table(name)))


def fts_table(name: WordTable) -> TableClause:
    """Return a word table of SQLite; the column of its own name takes orders and queries."""
    columns = (name, "rowid", "title", "exact", "stem", "names")
    return table(name, *(column(c) for c in columns))


def vector_table(name: WordTable) -> TableClause:
    """Return a word table of PostgreSQL."""
    return table(name, column("id"), column("words", TSVECTOR))


def _fts_row(row: WordRow) -> dict[str, Any]:
    return {
        "rowid": row.id,
        "title": row.title,
        "exact": row.exact,
        "stem": row.stem,
        "names": row.names,
    }


def _text_vector(row: WordRow) -> str:
    """Return a row as the text form of a ``tsvector``: titles weigh A, exact forms B, names C, stems D.

    The title stands before the text and the names after it, with gaps, so that no phrase spans two.
    """
    places: dict[str, list[str]] = {}
    title = row.title.split()
    for at, word in enumerate(title, start=1):
        places.setdefault(word, []).append(f"{at}A")
    at = len(title) + 1
    for at, (exact, stem) in enumerate(_pairs(row), start=len(title) + 2):
        where = min(at, MAX_POSITION)
        places.setdefault(EXACT + exact, []).append(f"{where}B")
        places.setdefault(stem, []).append(f"{where}")
    for where, word in enumerate(row.names.split(), start=at + 2):
        places.setdefault(word, []).append(f"{min(where, MAX_POSITION)}C")
    return " ".join(f"{quote_lexeme(word)}:{','.join(at)}" for word, at in places.items())


def _pairs(row: WordRow) -> Iterator[tuple[str, str]]:
    return zip(row.exact.split(" "), row.stem.split(" "), strict=True) if row.exact else iter(())


def quote_lexeme(word: str) -> str:
    """Return a word as text vectors and queries on them take it."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
