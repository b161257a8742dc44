"""Which rows of a record a search finds, in which order, how many, and how they divide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Float, Select, cast, distinct, func, null, select

from mahdar.search.engines import find_matches
from mahdar.search.filters import (
    KINDS,
    Condition,
    Kind,
    SearchFilters,
    find_conditions,
)
from mahdar.search.query import Node
from mahdar.search.results import Facets
from mahdar.store import tables
from mahdar.store.wordtables import WordTable

_T, _D = tables.articles.c, tables.search_articles.c
_P, _S = tables.search_passages.c, tables.search_claims.c
_C, _E, _L = tables.claims.c, tables.entries.c, tables.entry_claims.c
_KEY: dict[Kind, Any] = {"article": _D.article_id, "statement": _S.claim, "entry": _L.entry}
_DAY: dict[Kind, Any] = {"article": _D.first_day, "statement": _S.first_day, "entry": _E.first_day}


def select_results(
    connection: Connection,
    tree: Node | None,
    filters: SearchFilters,
    kind: Kind,
    *,
    ranked: bool = True,
) -> Select[Any]:
    """Return the results of one kind, ``key`` and ``rank``, in the order of the search.

    Of equals the latest comes first; entries that match equally well go by id.
    """
    by_rank = ranked and tree is not None and not filters.newest
    by_day = kind != "entry" or not by_rank
    matches = _match(connection, tree, kind, ranked=ranked)
    key = _KEY[kind]
    rank: Any = cast(null(), Float) if matches is None else matches.c.rank
    if kind == "entry":
        rank = func.min(rank)
    query = _joined(
        select(key.label("key"), rank.label("rank")),
        kind,
        matches,
        find_conditions(connection, kind, filters),
        "entries" if by_day else "",
    )
    order: list[Any] = [rank] if by_rank else []
    if by_day:
        order += [_DAY[kind].is_(None), _DAY[kind].desc()]
    if kind == "entry":
        query = query.group_by(key, *([_E.first_day] if by_day else []))
    return query.order_by(*order, key)


def _match(connection: Connection, tree: Node | None, kind: Kind, *, ranked: bool) -> Any:
    if tree is None:
        return None
    table: WordTable = "search_article_words" if kind == "article" else "search_passage_words"
    # Ranked once and before all else: SQLite cannot rank inside a grouped query.
    return find_matches(connection, table, tree, ranked=ranked).cte("m").prefix_with("MATERIALIZED")


def _joined(
    query: Select[Any],
    kind: Kind,
    matches: Any,
    conditions: Iterable[Condition],
    *wanted: str,
) -> Select[Any]:
    """Return a query over all that may be found of a kind; only the tables it needs are joined.

    Args:
        query: what is selected.
        kind: the kind of results.
        matches: what the words match, ``None`` for everything.
        conditions: what narrows the results.
        wanted: tables that the selection or the order needs.
    """
    query = query.where(*(condition.clause for condition in conditions))
    needed = {*wanted, *(condition.needs for condition in conditions)}
    source: Any = tables.search_articles if kind == "article" else tables.search_claims
    if matches is not None:
        of = _D.article_id if kind == "article" else _S.passage
        source = source.join(matches, matches.c.id == of)
    if "search_passages" in needed or ("articles" in needed and kind != "article"):
        source = source.join(tables.search_passages, _P.id == _S.passage)
    if "articles" in needed:
        of = _D.article_id if kind == "article" else _P.article_id
        source = source.join(tables.articles, _T.id == of)
    if "claims" in needed:
        source = source.join(tables.claims, _C.uid == _S.claim)
    if kind == "entry":
        source = source.join(tables.entry_claims, _L.claim == _S.claim)
        if "entries" in needed:
            source = source.join(tables.entries, _E.id == _L.entry)
    elif kind == "statement":
        query = query.where(_S.kind == "statement")
    return query.select_from(source)


def _counting(
    connection: Connection,
    tree: Node | None,
    filters: SearchFilters,
    kind: Kind,
    by: Any = None,
    needs: str = "",
) -> Select[Any]:
    """Return the number of results of a kind; with ``by``, of each value of a column of ``needs``."""
    number = func.count(distinct(_L.entry)) if kind == "entry" else func.count()
    columns = [number] if by is None else [number, by]
    query = _joined(
        select(*columns),
        kind,
        _match(connection, tree, kind, ranked=False),
        find_conditions(connection, kind, filters),
        needs,
    )
    return query if by is None else query.group_by(by)


def count_results(
    connection: Connection, tree: Node | None, filters: SearchFilters, kind: Kind
) -> int:
    """Return how many results of a kind there are."""
    return connection.scalar(_counting(connection, tree, filters, kind)) or 0


def count_facets(connection: Connection, tree: Node | None, filters: SearchFilters) -> Facets:
    """Return how all results divide; an entry told by two papers counts for both."""
    kind = filters.kind

    def counted(by: Any, needs: str) -> list[tuple[str, int]]:
        rows = connection.execute(_counting(connection, tree, filters, kind, by, needs))
        return [(value, number) for number, value in rows if value]

    months = counted(func.substr(_DAY[kind], 1, 7), "entries" if kind == "entry" else "")
    return Facets(
        tuple(sorted(counted(_T.publisher, "articles"), key=_most_first)),
        tuple(sorted(months)),
        tuple(sorted(_count_processes(connection, tree, filters), key=_most_first)),
        tuple((other, count_results(connection, tree, filters, other)) for other in KINDS),
    )


def _most_first(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _count_processes(
    connection: Connection, tree: Node | None, filters: SearchFilters
) -> list[tuple[str, int]]:
    kind = filters.kind
    belongs, of = (
        (tables.entry_processes, tables.entry_processes.c.entry)
        if kind == "entry"
        else (tables.search_processes, tables.search_processes.c.article_id)
    )
    key = {"article": _D.article_id, "statement": _P.article_id, "entry": _L.entry}[kind]
    results = _joined(
        select(_KEY[kind].label("result"), key.label("key")).distinct(),
        kind,
        _match(connection, tree, kind, ranked=False),
        find_conditions(connection, kind, filters),
        "search_passages" if kind == "statement" else "",
    ).subquery("r")
    rows = connection.execute(
        select(belongs.c.process, func.count())
        .select_from(results.join(belongs, of == results.c.key))
        .group_by(belongs.c.process)
    )
    return [(process, number) for process, number in rows]
