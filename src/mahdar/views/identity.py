"""Who an actor is: whom people took it for, and every claim that names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from mahdar.consolidation.flatten import normalize_words
from mahdar.errors import RecordError
from mahdar.store import Record, tables
from mahdar.store.entry_rows import chunks
from mahdar.store.merge import claims_of_actors
from mahdar.views.dossier import ActorRow, list_actors
from mahdar.views.quotes import Quote, load_quotes
from mahdar.views.rows import Ref, load_refs

_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Naming:
    """A claim that names the actor, with its sentence and article (``sha256`` is the article's hash)."""

    quote: Quote
    kind: str
    type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor with the keys that people took into it (``merged``) or that it was taken into (``into``).

    ``namings`` are some of its ``total`` claims, by day.
    """

    actor: Ref
    kb: str | None
    merged: tuple[Ref, ...]
    into: Ref | None
    namings: tuple[Naming, ...]
    total: int


def load_identity(record: Record, key: str, *, limit: int = 50, offset: int = 0) -> Identity:
    """Return who an actor was taken for, and some of the claims that name it.

    Args:
        record: an open record.
        key: of an actor, place or instrument.
        limit: at most so many claims.
        offset: how many to pass over.
    Raises:
        RecordError: nobody has this key, or the record cannot be read.
    """
    a, x, c, t = tables.actors.c, tables.actor_aliases.c, tables.claims.c, tables.articles.c
    with record.reading() as connection:
        row = connection.execute(select(tables.actors).where(a.key == key)).first()
        if row is None:
            raise RecordError(
                f"{record.name}: nobody has the key {key}. Mend: take it from the list of actors."
            )
        merged = list(connection.scalars(select(x.old).where(x.new == key).order_by(x.old)))
        into = connection.scalar(select(x.new).where(x.old == key))
        found: list[Any] = []
        naming = claims_of_actors(connection, {key})
        for some in chunks(sorted(naming - _find_given_away(connection, key, naming))):
            found += connection.execute(
                select(c.uid, c.kind, c.type, c.published, t.sha256)
                .select_from(tables.claims.join(tables.articles, c.article_id == t.id))
                .where(c.uid.in_(some))
            ).all()
        refs = load_refs(connection, [*merged, *([into] if into else [])])
    found.sort(key=lambda claim: (claim.published or "9999", claim.uid))
    shown = found[offset : offset + limit]
    quotes = load_quotes(record, [claim.uid for claim in shown])
    return Identity(
        actor=Ref(row.key, row.ar, row.en, row.type),
        kb=row.kb,
        merged=tuple(refs[old] for old in merged),
        into=refs[into] if into else None,
        namings=tuple(
            Naming(quotes[claim.uid], claim.kind, claim.type, claim.sha256) for claim in shown
        ),
        total=len(found),
    )


def _find_given_away(connection: Connection, key: str, claims: set[str]) -> set[str]:
    """Return those of the claims that people said to mean another, though their articles name this one."""
    s = tables.claim_states.c
    rows = connection.execute(select(s.claim, s.recast))
    return {row.claim for row in rows if row.claim in claims and key in (row.recast or {})}


def find_namesakes(record: Record, identity: Identity, name: str = "") -> tuple[ActorRow, ...]:
    """Return others of its type with this in their name, else with its own last word, most named first.

    Raises:
        RecordError: the record cannot be read.
    """
    label = identity.actor.ar or identity.actor.en
    wanted = name.strip() or next(iter(label.split()[-1:]), "")
    if not wanted:
        return ()
    found = list_actors(record, name=wanted, type_=identity.actor.type, limit=_CANDIDATES + 1)
    known = {identity.actor.key, *(ref.key for ref in identity.merged)}
    return tuple(row for row in found.rows if row.ref.key not in known)[:_CANDIDATES]


def make_key(record: Record, type_: str, name: str) -> str:
    """Return a key that nobody has yet for somebody new of this name.

    Raises:
        RecordError: the record cannot be read.
    """
    base = f"{type_}:{normalize_words(name) or name.strip().lower()}"
    key, number = base, 1
    with record.reading() as connection:
        a = tables.actors.c.key
        while connection.scalar(select(a).where(a == key)) is not None:
            number += 1
            key = f"{base} {number}"
    return key
