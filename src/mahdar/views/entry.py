"""One entry opened to its sources: every claim with its sentence, paper and chain of mouths."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from mahdar.consolidation.origins import group_origins
from mahdar.errors import RecordError
from mahdar.model import Span
from mahdar.store import Record, tables
from mahdar.store.history import LazyContext
from mahdar.store.load import claim_of
from mahdar.store.prepare import unpack_sentences
from mahdar.views.rows import EntryRow, Ref, assemble_rows, load_refs

_LOOKUP = 500
GAP = "\n…\n"
"""Between sentences of a claim that do not follow each other."""
_AROUND_CHARS = 400
"""Of a «sentence» longer than twice this (a text without stops) so much is shown around the spans."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of an evidence's ``text``, in code points from its start."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The untouched stretch ``[start, end)`` of an article: whole sentences that hold spans."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim behind an entry.

    ``passages`` are the sentences that hold the claim's spans; ``text`` is these joined by
    ``GAP``, and ``marks`` are the spans in it. ``chain`` is nearest to the paper first.
    ``origin`` numbers the independent origin from 1. ``reasons`` tell why the claim was merged
    (message keys with details; empty for the claim that opened the entry).
    """

    claim: str
    type: str
    article: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    place_of_origin: str | None
    passages: tuple[Passage, ...]
    text: str
    marks: tuple[Mark, ...]
    chain: tuple[Ref, ...]
    agencies: tuple[Ref, ...]
    modality: str | None
    time: str | None
    killed: int | None
    injured: int | None
    origin: int
    score: float
    reasons: tuple[tuple[str, ...], ...]
    names: dict[str, Ref]
    engine: str


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """An entry with its evidence, in the order in which claims joined it: some of ``total``."""

    entry: EntryRow
    evidence: tuple[Evidence, ...]
    total: int


def load_entry(
    record: Record, entry_id: str, *, limit: int | None = None, offset: int = 0
) -> EntryDetail:
    """Return an entry by its id, an earlier id of it, or a beginning that only it has.

    Args:
        record: an open record.
        entry_id: the id or its beginning.
        limit: at most so many claims; all if ``None``.
        offset: how many claims to pass over.
    Raises:
        RecordError: no such entry, several with this beginning, or the record cannot be read.
    """
    with record.reading() as connection:
        row = _find(connection, record.name, entry_id)
        entry = assemble_rows(connection, [row])[0]
        until = None if limit is None else offset + limit
        return EntryDetail(entry, *_load_evidence(connection, row.id, slice(offset, until)))


def load_entry_row(record: Record, entry_id: str) -> EntryRow:
    """Return an entry as ``load_entry`` finds it, without its evidence.

    Raises:
        RecordError: no such entry, several with this beginning, or the record cannot be read.
    """
    with record.reading() as connection:
        return assemble_rows(connection, [_find(connection, record.name, entry_id)])[0]


def _find(connection: Connection, name: str, entry_id: str) -> Any:
    e, alias = tables.entries.c, tables.entry_aliases.c
    row = connection.execute(select(tables.entries).where(e.id == entry_id)).first()
    if row is not None:
        return row
    new = connection.scalar(select(alias.new).where(alias.old == entry_id))
    if new is not None:
        return connection.execute(select(tables.entries).where(e.id == new)).one()
    similar = connection.execute(
        select(tables.entries).where(func.substr(e.id, 1, len(entry_id)) == entry_id).limit(2)
    ).all()
    if entry_id and len(similar) == 1:
        return similar[0]
    if similar:
        raise RecordError(
            f"{name}: several entries begin with {entry_id}. Mend: give more of the id."
        )
    raise RecordError(
        f"{name}: there is no entry {entry_id}. Mend: take an id from `mahdar show timeline`."
    )


def _load_evidence(
    connection: Connection, entry_id: str, shown: slice
) -> tuple[tuple[Evidence, ...], int]:
    """Return some of an entry's evidence, and how much there is; origins are counted over all of it."""
    link, c, t = tables.entry_claims.c, tables.claims.c, tables.articles.c
    rows = connection.execute(
        select(tables.claims, t.sha256, link.score, link.reasons)
        .select_from(
            tables.entry_claims.join(tables.claims, link.claim == c.uid).join(
                tables.articles, c.article_id == t.id
            )
        )
        .where(link.entry == entry_id)
        .order_by(link.position)
    ).all()
    r = tables.claim_roles.c
    roles: dict[str, list[tuple[str, str]]] = {}
    for uid, actor, role in connection.execute(
        select(r.claim, r.actor, r.role)
        .where(r.claim.in_(select(link.claim).where(link.entry == entry_id)))
        .order_by(r.claim, r.position)
    ):
        roles.setdefault(uid, []).append((actor, role))
    claims = [claim_of(row, tuple(roles.get(row.uid, ()))) for row in rows]
    lazy = LazyContext(connection)
    lazy.fetch(claims)
    groups = group_origins(claims, lazy.context)
    numbers = {claim.uid: n for n, group in enumerate(groups, start=1) for claim in group}
    some = rows[shown]
    articles = _load_articles(connection, {row.article_id for row in some})
    keys = {key for row in some for key in (*row.chain, *articles[row.article_id].credits)}
    keys.update(key for row in some for reason in row.reasons for key in reason[1:])
    refs = load_refs(connection, keys)
    told = (_evidence(row, articles[row.article_id], numbers[row.uid], refs) for row in some)
    return tuple(told), len(rows)


def _load_articles(connection: Connection, ids: Collection[int]) -> dict[int, Any]:
    """Return what evidence shows of articles, with their texts and packed readings."""
    t, r = tables.articles.c, tables.readings.c
    columns = (t.id, t.name, t.title, t.publisher, t.published, t.anchor, t.url, t.origin)
    found: dict[int, Any] = {}
    wanted = sorted(ids)
    for at in range(0, len(wanted), _LOOKUP):
        rows = connection.execute(
            select(*columns, t.credits, t.text, r.engine, r.body)
            .select_from(tables.articles.join(tables.readings, r.article_id == t.id))
            .where(t.id.in_(wanted[at : at + _LOOKUP]))
        )
        found.update((row.id, row) for row in rows)
    return found


def find_passages(
    text: str, spans: Sequence[Span], sentences: Sequence[Span]
) -> tuple[Passage, ...]:
    """Return the sentences that spans stand in, in reading order; neighbours are one passage."""
    starts = [sentence.start for sentence in sentences]
    found: list[Span] = []
    for span in spans:
        at = max(0, bisect_right(starts, span.start) - 1)
        start, end = span.start, span.end
        while at < len(sentences) and sentences[at].start < span.end:
            if sentences[at].end > span.start:
                start, end = min(start, sentences[at].start), max(end, sentences[at].end)
            at += 1
        if end - start > 2 * _AROUND_CHARS + span.end - span.start:
            start = max(start, span.start - _AROUND_CHARS)
            end = min(end, span.end + _AROUND_CHARS)
        found.append(Span(start, end))
    joined: list[Span] = []
    for span in sorted(found):
        if joined and (
            span.start <= joined[-1].end or not text[joined[-1].end : span.start].strip()
        ):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(Passage(span.start, span.end, span.of(text)) for span in joined)


def place_marks(passages: Sequence[Passage], spans: Iterable[tuple[str, Span]]) -> Iterator[Mark]:
    """Yield where spans stand in the text that passages make when they are joined by ``GAP``."""
    for role, span in spans:
        offset = 0
        for passage in passages:
            if passage.start <= span.start and span.end <= passage.end:
                shift = offset - passage.start
                yield Mark(span.start + shift, span.end + shift, role)
                break
            offset += len(passage.text) + len(GAP)


def _evidence(row: Any, article: Any, origin: int, refs: dict[str, Ref]) -> Evidence:
    sentences = unpack_sentences(article.body)
    spans = [(role, Span(start, end)) for role, start, end in row.spans]
    passages = find_passages(article.text, [span for _, span in spans], sentences)
    return Evidence(
        claim=row.uid,
        type=row.type,
        article=article.name,
        title=article.title,
        publisher=article.publisher,
        published=article.published or article.anchor,
        url=article.url,
        place_of_origin=article.origin,
        passages=passages,
        text=GAP.join(passage.text for passage in passages),
        marks=tuple(place_marks(passages, spans)),
        chain=tuple(refs[key] for key in row.chain),
        agencies=tuple(refs[key] for key in article.credits),
        modality=row.modality,
        time=row.time,
        killed=row.killed,
        injured=row.injured,
        origin=origin,
        score=row.score,
        reasons=tuple(tuple(reason) for reason in row.reasons),
        names={key: refs[key] for reason in row.reasons for key in reason[1:]},
        engine=article.engine,
    )
