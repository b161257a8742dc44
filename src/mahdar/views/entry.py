"""One entry opened to its sources: every claim with its sentence, paper and chain of mouths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from mahdar.consolidation.origins import group_origins
from mahdar.errors import RecordError
from mahdar.store import Record, tables
from mahdar.store.load import claim_of, load_context
from mahdar.views.rows import EntryRow, Ref, assemble_rows, load_refs


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of an evidence's ``text``, in code points from its start."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim behind an entry.

    ``text`` is the untouched stretch ``[start, end)`` of the article that holds all of the
    claim's spans; ``marks`` are those spans in it. ``chain`` is nearest to the paper first.
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
    text: str
    start: int
    end: int
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
    """An entry with its evidence, in the order in which claims joined it."""

    entry: EntryRow
    evidence: tuple[Evidence, ...]


def load_entry(record: Record, entry_id: str) -> EntryDetail:
    """Return an entry by its id, an earlier id of it, or a beginning that only it has.

    Raises:
        RecordError: no such entry, several with this beginning, or the record cannot be read.
    """
    with record.reading() as connection:
        row = _find(connection, record.name, entry_id)
        entry = assemble_rows(connection, [row])[0]
        return EntryDetail(entry, _load_evidence(connection, row.id))


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


def _load_evidence(connection: Connection, entry_id: str) -> tuple[Evidence, ...]:
    link, c, t = tables.entry_claims.c, tables.claims.c, tables.articles.c
    rows = connection.execute(
        select(
            tables.claims,
            t.sha256,
            t.name,
            t.title,
            t.publisher,
            t.published.label("article_published"),
            t.anchor,
            t.url,
            t.origin,
            t.agencies,
            t.text.label("article_text"),
            tables.readings.c.engine,
            link.score,
            link.reasons,
        )
        .select_from(
            tables.entry_claims.join(tables.claims, link.claim == c.uid)
            .join(tables.articles, c.article_id == t.id)
            .join(tables.readings, tables.readings.c.article_id == t.id)
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
    groups = group_origins(
        claims, load_context(connection, {}, frozenset(), [row.sha256 for row in rows])
    )
    numbers = {claim.uid: n for n, group in enumerate(groups, start=1) for claim in group}
    keys = {key for row in rows for key in (*row.chain, *row.agencies)}
    keys.update(key for row in rows for reason in row.reasons for key in reason[1:])
    refs = load_refs(connection, keys)
    return tuple(_evidence(row, numbers[row.uid], refs) for row in rows)


def _evidence(row: Any, origin: int, refs: dict[str, Ref]) -> Evidence:
    start = min([row.sentence_start, *(s for _, s, _ in row.spans)])
    end = max([row.sentence_end, *(e for _, _, e in row.spans)])
    return Evidence(
        claim=row.uid,
        type=row.type,
        article=row.name,
        title=row.title,
        publisher=row.publisher,
        published=row.article_published or row.anchor,
        url=row.url,
        place_of_origin=row.origin,
        text=row.article_text[start:end],
        start=start,
        end=end,
        marks=tuple(Mark(s - start, e - start, role) for role, s, e in row.spans),
        chain=tuple(refs[key] for key in row.chain),
        agencies=tuple(refs[key] for key in row.agencies),
        modality=row.modality,
        time=row.time,
        killed=row.killed,
        injured=row.injured,
        origin=origin,
        score=row.score,
        reasons=tuple(tuple(reason) for reason in row.reasons),
        names={key: refs[key] for reason in row.reasons for key in reason[1:]},
        engine=row.engine,
    )
