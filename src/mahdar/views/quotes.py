"""The words behind any value of a view: each claim with its article and the spans that carry it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from mahdar.consolidation.claims import Fact
from mahdar.store import Record, tables
from mahdar.views.rows import Ref, load_refs

_LOOKUP = 500


@dataclass(frozen=True, slots=True)
class Quote:
    """One claim as its article tells it.

    ``text`` is the untouched stretch ``[start, end)`` of the article, its telling sentence; ``spans`` are
    ``(role, start, end)`` in the article's code points, ``facts`` the further facts with theirs.
    ``chain`` is nearest to the paper first.
    """

    claim: str
    article_id: int
    article: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    text: str
    spans: tuple[tuple[str, int, int], ...]
    facts: tuple[Fact, ...]
    chain: tuple[Ref, ...]


def load_quotes(record: Record, claims: Iterable[str]) -> dict[str, Quote]:
    """Return claims by uid with their sentences and sources; uids that are not there are left out.

    Args:
        record: an open record.
        claims: uids, as ``EntryRow.claims`` and ``Told.claims`` give them.
    Raises:
        RecordError: the record cannot be read.
    """
    wanted = list(dict.fromkeys(claims))
    c, t = tables.claims.c, tables.articles.c
    length = c.sentence_end - c.sentence_start
    found: list[Any] = []
    with record.reading() as connection:
        for at in range(0, len(wanted), _LOOKUP):
            found += connection.execute(
                select(
                    c.uid,
                    c.article_id,
                    c.sentence_start,
                    c.sentence_end,
                    c.spans,
                    c.facts,
                    c.chain,
                    t.name,
                    t.title,
                    t.publisher,
                    func.coalesce(t.published, t.anchor).label("published"),
                    t.url,
                    func.substr(t.text, c.sentence_start + 1, length).label("sentence"),
                )
                .select_from(tables.claims.join(tables.articles))
                .where(c.uid.in_(wanted[at : at + _LOOKUP]))
            ).all()
        refs = load_refs(connection, (key for row in found for key in row.chain))
    rows = {row.uid: row for row in found}
    return {
        uid: Quote(
            claim=uid,
            article_id=row.article_id,
            article=row.name,
            title=row.title,
            publisher=row.publisher,
            published=row.published,
            url=row.url,
            start=row.sentence_start,
            end=row.sentence_end,
            text=row.sentence,
            spans=tuple((role, start, end) for role, start, end in row.spans),
            facts=tuple(Fact(*fact) for fact in row.facts or ()),
            chain=tuple(refs[key] for key in row.chain),
        )
        for uid in wanted
        if (row := rows.get(uid)) is not None
    }
