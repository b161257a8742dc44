"""Results opened: the article each stands in, who speaks or acts, and the stretches that match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from mahdar.model import Span
from mahdar.search.engines import find_matches
from mahdar.search.filters import Kind, SearchFilters, articles_wanted
from mahdar.search.matching import find_marks, make_snippets, mark_title
from mahdar.search.query import Node
from mahdar.search.results import Named, SearchHit
from mahdar.store import tables
from mahdar.store.analysis import IndexWords, analyze_text, concatenate
from mahdar.store.prepare import unpack_reading

_LOOKUP = 500
_T, _C, _E, _L = tables.articles.c, tables.claims.c, tables.entries.c, tables.entry_claims.c
_P, _S = tables.search_passages.c, tables.search_claims.c
_ARTICLE = (
    _T.id.label("article_id"),
    _T.name,
    _T.sha256,
    _T.title,
    _T.publisher,
    _T.published,
    _T.anchor,
    _T.url,
    _T.text,
)


def open_hits(
    connection: Connection, filters: SearchFilters, tree: Node | None, page: Sequence[Any]
) -> tuple[SearchHit, ...]:
    """Return the results of a page (``key``, ``rank``) with all that is shown of them."""
    kind = filters.kind
    keys = [row.key for row in page]
    if kind == "article":
        articles = {
            row.article_id: row
            for row in _lookup(
                connection,
                select(tables.search_articles.c.first_day.label("day"), *_ARTICLE).join(
                    tables.articles, _T.id == tables.search_articles.c.article_id
                ),
                _T.id,
                keys,
            )
        }
        return tuple(_article_hit(connection, row, articles[row.key], tree) for row in page)
    if kind == "statement":
        claims = {row.uid: row for row in _load_claims(connection, keys)}
        people = _load_people(connection, tables.claim_roles, "claim", keys, ("speaker",))
        return tuple(
            _claim_hit(connection, kind, row, claims[row.key], claims[row.key], people, tree)
            for row in page
        )
    best = _best_claims(connection, filters, tree, keys)
    claims = {row.uid: row for row in _load_claims(connection, list(best.values()))}
    people = _load_people(connection, tables.entry_actors, "entry", keys, ())
    entries = {
        row.entry: row
        for row in _lookup(
            connection,
            select(_E.id.label("entry"), _E.type, _E.first_day.label("day")),
            _E.id,
            keys,
        )
    }
    return tuple(
        _claim_hit(connection, kind, row, claims[best[row.key]], entries[row.key], people, tree)
        for row in page
    )


def _lookup(connection: Connection, query: Any, column: Any, keys: Sequence[Any]) -> Iterable[Any]:
    for at in range(0, len(keys), _LOOKUP):
        yield from connection.execute(query.where(column.in_(keys[at : at + _LOOKUP])))


def _load_claims(connection: Connection, uids: Sequence[str]) -> Iterable[Any]:
    query = select(
        _C.uid, _C.type, _S.first_day.label("day"), _L.entry, _P.pieces, *_ARTICLE
    ).select_from(
        tables.claims.join(tables.articles, _T.id == _C.article_id)
        .join(tables.search_claims, _S.claim == _C.uid)
        .join(tables.search_passages, _P.id == _S.passage)
        .outerjoin(tables.entry_claims, _L.claim == _C.uid)
    )
    return _lookup(connection, query, _C.uid, uids)


def _best_claims(
    connection: Connection, filters: SearchFilters, tree: Node | None, entries: Sequence[str]
) -> dict[str, str]:
    """Return the claim of each entry that matches best; of equals the one that joined it first.

    Where a paper or agency was asked for, it is one of theirs.
    """
    source: Any = tables.entry_claims.join(tables.search_claims, _S.claim == _L.claim)
    order: list[Any] = [_L.position]
    if tree is not None:
        matches = (
            find_matches(connection, "search_passage_words", tree, ranked=True)
            .cte("m")
            .prefix_with("MATERIALIZED")
        )
        source = source.join(matches, matches.c.id == _S.passage)
        order.insert(0, matches.c.rank)
    source = source.join(tables.search_passages, _P.id == _S.passage)
    query = select(_L.entry, _L.claim).select_from(source).order_by(*order)
    for articles in articles_wanted(connection, filters):
        query = query.where(_P.article_id.in_(articles))
    best: dict[str, str] = {}
    for entry, claim in _lookup(connection, query, _L.entry, entries):
        best.setdefault(entry, claim)
    return best


def _load_people(
    connection: Connection, link: Any, owner: str, keys: Sequence[str], roles: tuple[str, ...]
) -> dict[str, tuple[Named, ...]]:
    a = tables.actors.c
    query = (
        select(link.c[owner], a.key, a.ar, a.en)
        .select_from(link.join(tables.actors, a.key == link.c.actor))
        .order_by(link.c[owner], link.c.position)
    )
    if roles:
        query = query.where(link.c.role.in_(roles))
    out: dict[str, tuple[Named, ...]] = {}
    for of, key, ar, en in _lookup(connection, query, link.c[owner], keys):
        out[of] = (*out.get(of, ()), Named(key, ar, en))
    return out


def _article_hit(connection: Connection, row: Any, article: Any, tree: Node | None) -> SearchHit:
    words = analyze_text(article.text)
    whole = [Span(0, len(article.text))]
    marks = _find_all(connection, article, words, whole, tree)
    title = (article.title or "").strip()
    if title and article.text.startswith(title):
        # The title is shown above the snippets: they tell more below it.
        below = [(mark, term) for mark, term in marks if mark.start >= len(title)]
        if below:
            marks, whole = below, [Span(len(title), len(article.text))]
    return SearchHit(
        kind="article",
        id=article.name,
        type="",
        day=article.day,
        who=(),
        snippets=make_snippets(article.text, words, marks, whole),
        entry=None,
        **_of_article(row, article, tree),
    )


def _claim_hit(
    connection: Connection,
    kind: Kind,
    row: Any,
    claim: Any,
    shown: Any,
    people: Mapping[str, tuple[Named, ...]],
    tree: Node | None,
) -> SearchHit:
    """Return a statement, or an entry by its best claim; ``shown`` has the type, day and entry."""
    pieces = [Span(start, end) for start, end in claim.pieces]
    parts = [analyze_text(piece.of(claim.text)).moved(piece.start) for piece in pieces]
    words = concatenate(parts)
    marks = _find_all(connection, claim, words, pieces, tree)
    return SearchHit(
        kind=kind,
        id=row.key,
        type=shown.type,
        day=shown.day,
        who=people.get(row.key, ()),
        snippets=make_snippets(claim.text, words, marks, pieces, most=1),
        entry=shown.entry,
        **_of_article(row, claim, tree),
    )


def _find_all(
    connection: Connection,
    article: Any,
    words: IndexWords,
    within: Sequence[Span],
    tree: Node | None,
) -> Sequence[tuple[Span, int]]:
    """Return what a query finds in stretches of an article: its words, else the names it stands for."""
    if tree is None:
        return ()
    marks = [mark for piece in within for mark in find_marks(words.within(piece), tree)]
    if marks:
        return marks
    body = connection.scalar(
        select(tables.readings.c.body).where(tables.readings.c.article_id == article.article_id)
    )
    if body is None:
        return ()
    named = [
        (Span(mention.start, mention.end), number)
        for entity in unpack_reading(body, article.text).entities
        if entity.kb
        for number in {
            n for name in entity.label.values() for _, n in find_marks(analyze_text(name), tree)
        }
        for mention in entity.mentions
    ]
    return sorted(
        (span, number)
        for span, number in named
        if any(piece.start <= span.start and span.end <= piece.end for piece in within)
    )


def _of_article(row: Any, article: Any, tree: Node | None) -> dict[str, Any]:
    return {
        "article": article.name,
        "sha256": article.sha256,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published or article.anchor,
        "url": article.url,
        "title_marks": mark_title(article.title, tree),
        "score": round(-row.rank, 4) if row.rank is not None else 0.0,
    }
