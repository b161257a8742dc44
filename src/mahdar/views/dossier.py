"""Actors and places: listed by how often they are named, and one opened to all that concerns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from mahdar.consolidation.flatten import normalize_words
from mahdar.errors import RecordError
from mahdar.store import Record, tables
from mahdar.views.filters import load_parents
from mahdar.views.rows import Ref, load_refs


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor, place or instrument. ``articles`` name it; ``kb`` is its id in the packs."""

    ref: Ref
    kb: str | None
    country: str | None
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class ActorPage:
    """Some actors of ``total``."""

    rows: tuple[ActorRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ActorFactsheet:
    """What the record knows of one actor or place.

    ``names`` are the forms in which articles name it, normalised. ``kinds`` counts the entries it
    takes part in (or, for a place, that are told of it); ``months`` the articles per month
    (``2015-08``) that mention it. ``papers`` counts articles that name it, most first.
    """

    row: ActorRow
    names: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    papers: tuple[tuple[str, int], ...]
    within: tuple[Ref, ...]


def list_actors(
    record: Record,
    *,
    name: str | None = None,
    type_: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> ActorPage:
    """Return actors and places by the number of articles that name them; unnamed sources left out.

    Args:
        record: an open record.
        name: only with this in their name, Arabic in any spelling or English in any case.
        type_: ``PER``, ``ORG`` or ``LOC``.
        limit: at most so many.
        offset: how many to pass over.
    Raises:
        RecordError: the record cannot be read.
    """
    a, m = tables.actors.c, tables.mentions.c
    where: list[ColumnElement[bool]] = [a.source == 0, a.type != "INSTRUMENT"]
    if type_:
        where.append(a.type == type_)
    if name and name.strip():
        norm = normalize_words(name)
        found = [func.lower(a.en).contains(name.strip().lower(), autoescape=True)]
        if norm:
            n = tables.actor_names.c
            found.append(a.ar_norm.contains(norm, autoescape=True))
            found.append(a.key.in_(select(n.actor).where(n.norm == norm)))
        where.append(or_(*found))
    # Who stands on the page first, by an index alone; then how often each of these few is mentioned.
    articles = select(func.count()).where(m.actor == a.key).scalar_subquery()
    page = select(a.key).where(*where).order_by(articles.desc(), a.key).limit(limit).offset(offset)
    with record.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(tables.actors).where(*where))
        keys = list(connection.scalars(page))
        told = {
            row.actor: row
            for row in connection.execute(
                select(
                    m.actor,
                    func.count().label("articles"),
                    func.sum(m.named + m.nominal).label("mentions"),
                )
                .where(m.actor.in_(keys))
                .group_by(m.actor)
            )
        }
        rows = {
            row.key: row for row in connection.execute(select(tables.actors).where(a.key.in_(keys)))
        }
    return ActorPage(
        tuple(
            ActorRow(
                Ref(key, rows[key].ar, rows[key].en, rows[key].type),
                rows[key].kb,
                rows[key].country,
                told[key].articles if key in told else 0,
                told[key].mentions if key in told else 0,
            )
            for key in keys
        ),
        total or 0,
    )


def load_names(record: Record, keys: Iterable[str]) -> dict[str, Ref]:
    """Return who or what keys stand for.

    Raises:
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        return load_refs(connection, keys)


def load_factsheet(record: Record, key: str) -> ActorFactsheet:
    """Return what the record knows of an actor or place.

    Raises:
        RecordError: nobody has this key, or the record cannot be read.
    """
    a, m, n = tables.actors.c, tables.mentions.c, tables.actor_names.c
    t, e = tables.articles.c, tables.entries.c
    with record.reading() as connection:
        row = connection.execute(select(tables.actors).where(a.key == key)).first()
        if row is None:
            raise RecordError(
                f"{record.name}: nobody has the key {key}. Mend: take it from the list of actors."
            )
        articles, mentions = connection.execute(
            select(func.count(), func.sum(m.named + m.nominal)).where(m.actor == key)
        ).one()
        names = connection.scalars(select(n.norm).where(n.actor == key).order_by(n.norm)).all()
        link = tables.entry_actors.c
        mine = e.id.in_(select(link.entry).where(link.actor == key))
        of = or_(mine, e.place == key) if row.type == "LOC" else mine
        kinds = connection.execute(
            select(e.kind, func.count().label("n"))
            .where(of)
            .group_by(e.kind)
            .order_by(func.count().desc())
        ).all()
        month = func.substr(func.coalesce(t.anchor, t.published), 1, 7)
        named = tables.mentions.join(tables.articles, m.article_id == t.id)
        months = connection.execute(
            select(month.label("month"), func.count().label("n"))
            .select_from(named)
            .where(m.actor == key, month.is_not(None))
            .group_by(month)
            .order_by(month)
        ).all()
        papers = connection.execute(
            select(t.publisher, func.count().label("n"))
            .select_from(named)
            .where(m.actor == key, t.publisher.is_not(None))
            .group_by(t.publisher)
            .order_by(func.count().desc(), t.publisher)
            .limit(20)
        ).all()
        parents = load_parents(connection)
        above: list[str] = []
        at = parents.get(key)
        while at is not None and at not in above:
            above.append(at)
            at = parents.get(at)
        refs = load_refs(connection, above)
    return ActorFactsheet(
        row=ActorRow(
            Ref(row.key, row.ar, row.en, row.type), row.kb, row.country, articles, mentions or 0
        ),
        names=tuple(names),
        kinds=tuple((each.kind, each.n) for each in kinds),
        months=tuple((each.month, each.n) for each in months),
        papers=tuple((each.publisher, each.n) for each in papers),
        within=tuple(refs[each] for each in above),
    )
