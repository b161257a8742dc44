"""The search index written with the readings, and completed where it is behind or of another make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from mahdar.model import Span
from mahdar.store import tables
from mahdar.store.analysis import analysis_version, analyze_text, join_words
from mahdar.store.indexed import IndexedArticle, Named, index_article, join_pieces
from mahdar.store.record import Record
from mahdar.store.wordtables import WordRow, add_words, clear_words, drop_words

Progress = Callable[[int, int], None]
"""Called with the number of articles indexed so far and of all that are to be."""
NOTE = "search"
"""The note in ``meta`` that says which rules made the index."""
_CHUNK_ARTICLES = 100
_LOOKUP = 500
"""Values in one IN list: SQLite of some builds takes 999."""


def write_index(connection: Connection, found: Mapping[int, IndexedArticle]) -> None:
    """Write what the index keeps of articles, inside the transaction that writes their readings.

    An index made by other rules is left as it is: search makes it anew. Passages that earlier
    readings of an article left are taken out.

    Args:
        connection: a writing connection, the claims already written.
        found: ids of articles to what is kept of them.
    """
    if not found or not _is_current(connection):
        return
    ids = list(found)
    days = tables.search_articles
    known = set(connection.scalars(select(days.c.article_id).where(days.c.article_id.in_(ids))))
    _forget(connection, known)
    connection.execute(
        insert(days),
        [
            {
                "article_id": n,
                "first_day": kept.first_day,
                "last_day": kept.last_day,
                "names": kept.names,
            }
            for n, kept in found.items()
        ],
    )
    told = [
        {"article_id": n, "process": process}
        for n, kept in found.items()
        for process in kept.processes
    ]
    if told:
        connection.execute(insert(tables.search_processes), told)
    rows = [WordRow(n, kept.exact, kept.stem, kept.title, kept.names) for n, kept in found.items()]
    add_words(connection, "search_article_words", rows)
    _write_passages(connection, found)


def _write_passages(connection: Connection, found: Mapping[int, IndexedArticle]) -> None:
    p = tables.search_passages
    number = connection.scalar(select(func.max(p.c.id))) or 0
    passages: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    words: list[WordRow] = []
    for article_id, kept in found.items():
        for passage in kept.passages:
            number += 1
            pieces = [[piece.start, piece.end] for piece in passage.pieces]
            passages.append(
                {
                    "id": number,
                    "article_id": article_id,
                    "pieces": pieces,
                    "names": passage.names,
                }
            )
            words.append(WordRow(number, passage.exact, passage.stem, names=passage.names))
            claims += [
                {
                    "claim": claim.uid,
                    "passage": number,
                    "kind": claim.kind,
                    "first_day": claim.first_day,
                    "last_day": claim.last_day,
                }
                for claim in passage.claims
            ]
    if passages:
        connection.execute(insert(p), passages)
        connection.execute(insert(tables.search_claims), claims)
        add_words(connection, "search_passage_words", words)


def _forget(connection: Connection, articles: Iterable[int]) -> None:
    """Take articles with their passages out of the index."""
    p, d, t = tables.search_passages, tables.search_articles, tables.articles.c
    for article_id in articles:
        article = connection.execute(
            select(t.text, t.title, d.c.names)
            .join(d, d.c.article_id == t.id)
            .where(t.id == article_id)
        ).one()
        words = analyze_text(article.text)
        title = join_words([analyze_text(article.title or "")])[1]
        row = WordRow(article_id, *join_words([words]), title, article.names)
        drop_words(connection, "search_article_words", [row])
        passages = connection.execute(
            select(p.c.id, p.c.pieces, p.c.names).where(p.c.article_id == article_id)
        )
        rows = [
            WordRow(
                passage.id,
                *join_pieces(words, (Span(a, b) for a, b in passage.pieces)),
                names=passage.names,
            )
            for passage in passages
        ]
        drop_words(connection, "search_passage_words", rows)
        for table in (p, tables.search_processes, d):
            connection.execute(delete(table).where(table.c.article_id == article_id))


def _is_current(connection: Connection) -> bool:
    """Tell whether the index is made by the rules of this Mahdar; an index not begun is, from now on."""
    note = tables.meta.c
    made_by = connection.scalar(select(note.value).where(note.key == NOTE))
    if made_by is None:
        connection.execute(insert(tables.meta).values(key=NOTE, value=analysis_version()))
        return True
    return bool(made_by == analysis_version())


def index_is_complete(record: Record) -> bool:
    """Tell whether every article is in the index, by the rules of this Mahdar."""
    if record.meta(NOTE) != analysis_version():
        return False
    with record.reading() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (tables.articles, tables.search_articles)
        ]
    return counts[0] == counts[1]


def complete_index(
    record: Record, *, anew: bool = False, on_progress: Progress = lambda done, of: None
) -> int:
    """Put into the index what is not in it yet, a transaction per hundred articles.

    A process that is killed goes on where it stopped.

    Args:
        record: an open record.
        anew: empty the index first; an index made by other rules is emptied in any case.
        on_progress: told after every hundred articles.
    Returns:
        The number of articles indexed.
    Raises:
        RecordError: the record is locked, broken or cannot be written.
    """
    with record.writing() as connection:
        if anew or not _is_current(connection):
            clear_words(connection)
            for table in (
                tables.search_claims,
                tables.search_passages,
                tables.search_processes,
                tables.search_articles,
            ):
                connection.execute(delete(table))
            note = tables.meta.c.key == NOTE
            connection.execute(update(tables.meta).where(note).values(value=analysis_version()))
    with record.reading() as connection:
        total = len(_missing(connection, None))
    done = 0
    while True:
        with record.writing() as connection:
            ids = _missing(connection, _CHUNK_ARTICLES)
            write_index(connection, _load(connection, ids))
        if not ids:
            return done
        done += len(ids)
        on_progress(done, max(total, done))


def _missing(connection: Connection, limit: int | None) -> list[int]:
    t, days = tables.articles.c, tables.search_articles
    query = select(t.id).where(t.id.not_in(select(days.c.article_id))).order_by(t.id).limit(limit)
    return list(connection.scalars(query))


def _load(connection: Connection, ids: Sequence[int]) -> dict[int, IndexedArticle]:
    """Return what is to be kept of articles that the record holds already."""
    t, c = tables.articles.c, tables.claims.c
    m, r, a = tables.mentions.c, tables.claim_roles.c, tables.actors.c
    articles = connection.execute(
        select(t.id, t.text, t.title, t.anchor, t.published).where(t.id.in_(ids)).order_by(t.id)
    ).mappings()
    claims: dict[int, list[dict[str, Any]]] = {}
    for claim in connection.execute(
        select(
            *(c.uid, c.article_id, c.kind, c.family, c.time, c.published, c.place, c.instrument),
            *(c.processes, c.spans, c.sentence_start, c.sentence_end),
        )
        .where(c.article_id.in_(ids))
        .order_by(c.uid)
    ).mappings():
        claims.setdefault(claim["article_id"], []).append(dict(claim))
    mentioned: dict[int, set[str]] = {}
    for article_id, actor in connection.execute(
        select(m.article_id, m.actor).where(m.article_id.in_(ids), m.named > 0)
    ):
        mentioned.setdefault(article_id, set()).add(actor)
    partakers: dict[str, set[str]] = {}
    for uid, actor in connection.execute(
        select(r.claim, r.actor)
        .select_from(tables.claim_roles.join(tables.claims))
        .where(c.article_id.in_(ids))
    ):
        partakers.setdefault(uid, set()).add(actor)
    keys = {key for some in (*mentioned.values(), *partakers.values()) for key in some}
    keys.update(
        row[of] for some in claims.values() for row in some for of in ("place", "instrument")
    )
    labels: dict[str, tuple[str, str]] = {}
    wanted = sorted(key for key in keys if key)
    for at in range(0, len(wanted), _LOOKUP):
        some = wanted[at : at + _LOOKUP]
        known = select(a.key, a.ar, a.en).where(a.kb.is_not(None), a.key.in_(some))
        labels.update((key, (ar, en)) for key, ar, en in connection.execute(known))
    return {
        article["id"]: index_article(
            dict(article),
            claims.get(article["id"], ()),
            Named(labels, mentioned.get(article["id"], ()), partakers),
        )
        for article in articles
    }
