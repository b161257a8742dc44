"""A parsed query in the language of each database, and the rows that match it.

Stems decide what is found; exact forms and titles only raise the rank, since a word whose exact form
matches has the same stem. So both databases find the same rows. Ranks differ: BM25 on SQLite, on
PostgreSQL the weighted frequency of ``ts_rank`` with the length of the text taken into account.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Float, Select, func, literal, literal_column, null, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSQUERY

from mahdar.search.query import Any as Some
from mahdar.search.query import Node, Term
from mahdar.store.wordtables import (
    EXACT,
    WordTable,
    fts_table,
    quote_lexeme,
    vector_table,
)
from mahdar.text.stems import without_article

_BM25_WEIGHTS = (4.0, 1.5, 1.0, 0.5)
"""Of title, exact form, stem and names from packs."""
_VECTOR_WEIGHTS = (0.2, 0.1, 0.3, 1.0)
"""Of the labels D (stem), C (names from packs), B (exact form) and A (title)."""
_BY_LENGTH = 1
"""Flag of ``ts_rank``: divide by 1 + log of the length."""


def find_matches(
    connection: Connection, table: WordTable, query: Node, *, ranked: bool
) -> Select[Any]:
    """Return the ids of a word table's rows that match, each with its ``rank``, lower being better."""
    if connection.dialect.name == "sqlite":
        fts = fts_table(table)
        rank: Any = (
            func.bm25(literal_column(table), *(literal_column(str(w)) for w in _BM25_WEIGHTS))
            if ranked
            else null()
        )
        whole: Any = literal_column(table)
        return select(fts.c.rowid.label("id"), sql_cast(rank, Float).label("rank")).where(
            whole.op("MATCH")(write_fts(query))
        )
    vectors = vector_table(table)
    asked = sql_cast(literal(write_tsquery(query)), TSQUERY)
    weights = sql_cast(literal(list(_VECTOR_WEIGHTS), ARRAY(REAL)), ARRAY(REAL))
    rank = -func.ts_rank(weights, vectors.c.words, asked, _BY_LENGTH) if ranked else null()
    return select(vectors.c.id.label("id"), sql_cast(rank, Float).label("rank")).where(
        vectors.c.words.op("@@")(asked)
    )


def write_fts(node: Node) -> str:
    """Return a query in the language of FTS5; words stand between quotation marks, always."""
    if isinstance(node, Term):
        return _fts_term(node)
    if isinstance(node, Some):
        return "(" + " OR ".join(map(write_fts, node.parts)) + ")"
    wanted = "(" + " AND ".join(map(write_fts, node.parts)) + ")"
    if not node.without:
        return wanted
    return f"({wanted} NOT ({' OR '.join(map(write_fts, node.without))}))"


def _fts_term(term: Term) -> str:
    exact = _fts_phrase(term.exact)
    if term.form == "exact":
        return f"(exact : {exact})"
    if term.form == "prefix":
        begun = [*term.stem[:-1], without_article(term.exact[-1])]
        return f"({{title stem names}} : {_fts_phrase(begun)} * OR exact : {exact} *)"
    stem = _fts_phrase(term.stem)
    # The title apart: within one column filter its weight would drown in the frequency of the text.
    return f"({{stem names}} : {stem} OR title : {stem} OR exact : {exact})"


def _fts_phrase(words: Any) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"'


def write_tsquery(node: Node) -> str:
    """Return a query in the language of PostgreSQL; words stand between quotation marks, always."""
    if isinstance(node, Term):
        return _vector_term(node)
    if isinstance(node, Some):
        return "(" + " | ".join(map(write_tsquery, node.parts)) + ")"
    wanted = list(map(write_tsquery, node.parts))
    wanted += [f"!{write_tsquery(part)}" for part in node.without]
    return "(" + " & ".join(wanted) + ")"


def _vector_term(term: Term) -> str:
    exact = [quote_lexeme(EXACT + word) for word in term.exact]
    if term.form == "exact":
        return "(" + " <-> ".join(exact) + ")"
    stem = [quote_lexeme(word) for word in term.stem]
    if term.form == "prefix":
        stem[-1] = quote_lexeme(without_article(term.exact[-1])) + ":*"
        exact[-1] += ":*"
    return f"(({' <-> '.join(stem)}) | ({' <-> '.join(exact)}))"
