"""Articles of a record: listed with what they carry, and one opened with its reading and claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from mahdar.errors import RecordError
from mahdar.model import Reading, Span
from mahdar.store import Record, tables
from mahdar.store.prepare import unpack_reading
from mahdar.views.dossier import load_names
from mahdar.views.reviews import DRAFT, Review, load_claim_reviews
from mahdar.views.rows import Ref, load_refs

_LOOKUP = 500
_AFTER_HEX = "g"
"""Sorts after every hexadecimal digit."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as lists show it. ``claims`` counts what it tells; ``group`` names its copies.

    ``day`` is the anchor's EDTF, else the day of printing as given; ``added`` a UTC moment.
    """

    sha256: str
    name: str
    title: str | None
    publisher: str | None
    day: str | None
    words: int
    claims: int
    group: str | None
    added: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some articles of ``total``."""

    rows: tuple[ArticleRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ArticleClaim:
    """A claim of one article, with the entry it stands in.

    ``spans`` are ``(role, span)`` in code points of the article; ``actors`` are ``(who, role)``.
    ``entry`` is ``None`` for claims that make no entry of their own (named instruments).
    ``review`` is where its review stands; what a person edited is shown in the claim's fields, and
    ``machine`` keeps the engine's values of these (as the record has them: keys, EDTF, codes).
    """

    uid: str
    kind: str
    type: str
    spans: tuple[tuple[str, Span], ...]
    sentence: Span
    actors: tuple[tuple[Ref, str], ...]
    place: Ref | None
    time: str | None
    due: str | None
    modality: str | None
    mode: str | None
    subtype: str | None
    killed: int | None
    injured: int | None
    instrument: Ref | None
    chain: tuple[Ref, ...]
    processes: tuple[str, ...]
    text: str
    entry: str | None
    standing: str | None
    articles: int
    origins: int
    review: Review = DRAFT
    machine: Mapping[str, Any] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Where its first span begins."""
        return min(span.start for _, span in self.spans)


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article opened: its row, reading, claims in reading order, copies, and its neighbours.

    ``earlier`` and ``later`` are the hashes of the articles before and after it in the list.
    """

    row: ArticleRow
    reading: Reading
    claims: tuple[ArticleClaim, ...]
    keys: dict[str, Ref]
    copies: tuple[ArticleRow, ...]
    earlier: str | None
    later: str | None


def _row(row: Any) -> ArticleRow:
    return ArticleRow(
        row.sha256,
        row.name,
        row.title,
        row.publisher,
        row.anchor or row.published,
        row.words,
        row.claims,
        row.copies,
        row.added_at,
        row.url,
    )


def _columns() -> list[ColumnElement[Any]]:
    t, c = tables.articles.c, tables.claims.c
    count = select(func.count()).where(c.article_id == t.id).scalar_subquery().label("claims")
    return [
        t.id,
        t.sha256,
        t.name,
        t.title,
        t.publisher,
        t.anchor,
        t.published,
        t.words,
        t.copies,
        t.added_at,
        t.url,
        count,
    ]


def list_articles(
    record: Record,
    *,
    publisher: str | None = None,
    words: str | None = None,
    since: str | None = None,
    until: str | None = None,
    added_after: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> ArticlePage:
    """Return articles, the latest day first.

    Args:
        record: an open record.
        publisher: only of this paper.
        words: only with this in their title, in any case.
        since, until: ISO days of the article, both included.
        added_after: only what came in after this moment (ISO 8601, UTC).
        limit: at most so many.
        offset: how many to pass over.
    Raises:
        RecordError: the record cannot be read.
    """
    t = tables.articles.c
    day = func.coalesce(t.anchor, t.published)
    where: list[ColumnElement[bool]] = []
    if publisher:
        where.append(t.publisher == publisher)
    if words:
        where.append(or_(t.title.icontains(words, autoescape=True), t.name == words))
    if since:
        where.append(day >= since)
    if until:
        where.append(func.substr(day, 1, len(until)) <= until)
    if added_after:
        where.append(t.added_at > added_after)
    with record.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(tables.articles).where(*where))
        rows = connection.execute(
            select(*_columns())
            .where(*where)
            .order_by(day.desc().nulls_last(), t.id.desc())
            .limit(limit)
            .offset(offset)
        ).all()
    return ArticlePage(tuple(_row(row) for row in rows), total or 0)


def list_publishers(record: Record) -> list[tuple[str, int]]:
    """Return the papers of a record with their number of articles, most first."""
    t = tables.articles.c
    with record.reading() as connection:
        rows = connection.execute(
            select(t.publisher, func.count().label("n"))
            .where(t.publisher.is_not(None))
            .group_by(t.publisher)
            .order_by(func.count().desc(), t.publisher)
        ).all()
    return [(row.publisher, row.n) for row in rows]


def load_article(record: Record, sha256: str) -> ArticleDetail:
    """Return an article by the hash of its bytes, or a beginning of 8 and more digits that only it has.

    Raises:
        RecordError: no such article, several with this beginning, or the record cannot be read.
    """
    t = tables.articles.c
    with record.reading() as connection:
        row = _find(connection, record.name, sha256)
        text, body = connection.execute(
            select(t.text, tables.readings.c.body)
            .select_from(tables.articles.join(tables.readings))
            .where(t.id == row.id)
        ).one()
        reading = unpack_reading(body, text)
        claims = _load_claims(connection, row.id)
        copies = (
            connection.execute(
                select(*_columns())
                .where(t.copies == row.copies, t.id != row.id)
                .order_by(func.coalesce(t.published, t.anchor), t.id)
            ).all()
            if row.copies
            else []
        )
        earlier, later = _neighbours(connection, row)
        keys = load_refs(connection, _keys(reading))
    reviews = load_claim_reviews(record, [claim.uid for claim in claims])
    edited = {
        key
        for review in reviews.values()
        for name in ("place", "instrument", "roles")
        for key in _keys_of(name, review.edits.get(name))
    }
    names = load_names(record, edited) if edited else {}
    claims = tuple(
        _reviewed(claim, reviews[claim.uid], names) if claim.uid in reviews else claim
        for claim in claims
    )
    return ArticleDetail(
        _row(row), reading, claims, keys, tuple(_row(each) for each in copies), earlier, later
    )


def _keys_of(name: str, value: Any) -> list[str]:
    """Return the keys in an edited field: ``roles`` are pairs, the others a key or nothing."""
    if not value:
        return []
    return [actor for actor, _ in value] if name == "roles" else [value]


def _reviewed(claim: ArticleClaim, review: Review, names: Mapping[str, Ref]) -> ArticleClaim:
    """Return a claim as its reviewers left it, with the engine's values kept beside."""
    new: dict[str, Any] = {}
    machine: dict[str, Any] = {}
    for name, value in review.edits.items():
        if name == "roles":
            machine[name] = [[ref.key, role] for ref, role in claim.actors]
            new["actors"] = tuple((names.get(key, Ref(key)), role) for key, role in value)
        elif name in ("place", "instrument"):
            was = claim.place if name == "place" else claim.instrument
            machine[name] = was.key if was else None
            new[name] = names.get(value, Ref(value)) if value else None
        elif name == "spans":
            machine[name] = [[role, span.start, span.end] for role, span in claim.spans]
            new[name] = tuple((role, Span(start, end)) for role, start, end in value)
        elif name == "processes":
            machine[name] = list(claim.processes)
            new[name] = tuple(value)
        else:
            machine[name] = getattr(claim, name)
            new[name] = value
    return replace(claim, review=review, machine=machine, **new)


def load_text(record: Record, sha256: str) -> tuple[ArticleRow, str]:
    """Return an article's row and its untouched text.

    Raises:
        RecordError: no such article, or the record cannot be read.
    """
    with record.reading() as connection:
        row = _find(connection, record.name, sha256)
        text = connection.scalar(
            select(tables.articles.c.text).where(tables.articles.c.id == row.id)
        )
    return _row(row), text or ""


def find_articles(record: Record, claims: Sequence[str]) -> dict[str, str]:
    """Return the hash of the article that makes each of these claims.

    Raises:
        RecordError: the record cannot be read.
    """
    c, t = tables.claims.c, tables.articles.c
    out: dict[str, str] = {}
    with record.reading() as connection:
        for at in range(0, len(claims), _LOOKUP):
            rows = connection.execute(
                select(c.uid, t.sha256)
                .select_from(tables.claims.join(tables.articles, c.article_id == t.id))
                .where(c.uid.in_(claims[at : at + _LOOKUP]))
            )
            out.update((row.uid, row.sha256) for row in rows)
    return out


def _keys(reading: Reading) -> list[str]:
    return [entity.kb or entity.key for entity in reading.entities if entity.kb or entity.key]


def _find(connection: Connection, name: str, sha256: str) -> Any:
    t = tables.articles.c
    rows = connection.execute(
        select(*_columns()).where(t.sha256 >= sha256, t.sha256 < sha256 + _AFTER_HEX).limit(2)
    ).all()
    if len(rows) == 1 and len(sha256) >= 8:
        return rows[0]
    what = "several articles begin with" if len(rows) > 1 else "there is no article"
    raise RecordError(f"{name}: {what} {sha256}. Mend: take the hash from the list of articles.")


def _neighbours(connection: Connection, row: Any) -> tuple[str | None, str | None]:
    """Return the hashes before and after an article in the order of ``list_articles``."""
    t = tables.articles.c
    day = func.coalesce(t.anchor, t.published)
    mine = row.anchor or row.published
    down, up = (day.desc(), t.id.desc()), (day, t.id)

    def first(condition: ColumnElement[bool], order: tuple[ColumnElement[Any], ...]) -> str | None:
        return connection.scalar(select(t.sha256).where(condition).order_by(*order).limit(1))

    # Each in two steps that an index answers: in the same day, else in the nearest other one.
    same = day.is_(None) if mine is None else day == mine
    undated = day.is_(None)
    earlier = first(same & (t.id < row.id), down)
    later = first(same & (t.id > row.id), up)
    if mine is None:
        return earlier, later or first(day.is_not(None), up)
    return earlier or first(day < mine, down) or first(undated, down), later or first(
        day > mine, up
    )


def _load_claims(connection: Connection, article_id: int) -> tuple[ArticleClaim, ...]:
    c, link, e = tables.claims.c, tables.entry_claims.c, tables.entries.c
    rows = connection.execute(
        select(tables.claims, link.entry, e.standing, e.articles, e.origins)
        .select_from(
            tables.claims.outerjoin(tables.entry_claims, link.claim == c.uid).outerjoin(
                tables.entries, e.id == link.entry
            )
        )
        .where(c.article_id == article_id)
    ).all()
    r = tables.claim_roles.c
    roles: dict[str, list[tuple[str, str]]] = {}
    for uid, actor, role in connection.execute(
        select(r.claim, r.actor, r.role)
        .where(r.claim.in_(select(c.uid).where(c.article_id == article_id)))
        .order_by(r.claim, r.position)
    ):
        roles.setdefault(uid, []).append((actor, role))
    keys = {key for pairs in roles.values() for key, _ in pairs}
    keys.update(key for row in rows for key in (row.place, row.instrument, *row.chain) if key)
    refs = load_refs(connection, keys)
    claims = [
        ArticleClaim(
            uid=row.uid,
            kind=row.kind,
            type=row.type,
            spans=tuple((role, Span(start, end)) for role, start, end in row.spans),
            sentence=Span(row.sentence_start, row.sentence_end),
            actors=tuple((refs[key], role) for key, role in roles.get(row.uid, ())),
            place=refs[row.place] if row.place else None,
            time=row.time,
            due=row.due,
            modality=row.modality,
            mode=row.mode,
            subtype=row.subtype,
            killed=row.killed,
            injured=row.injured,
            instrument=refs[row.instrument] if row.instrument else None,
            chain=tuple(refs[key] for key in row.chain),
            processes=tuple(row.processes),
            text=row.text,
            entry=row.entry,
            standing=row.standing,
            articles=row.articles or 0,
            origins=row.origins or 0,
        )
        for row in rows
        if row.spans
    ]
    return tuple(sorted(claims, key=lambda claim: (claim.start, claim.kind, claim.uid)))
