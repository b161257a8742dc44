"""What a judgement is about, looked up in the record: claims, entries, actors, the values they have."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from mahdar.errors import JudgementError
from mahdar.judgements.kinds import CLAIM_FIELDS, Anchor
from mahdar.model import Span
from mahdar.store import tables
from mahdar.store.decisions import load_decided
from mahdar.store.entry_rows import chunks
from mahdar.store.history import load_claims


def quote_of(text: str, spans: Sequence[Span]) -> str:
    """Return a short hash of the characters under spans, by which a changed text shows."""
    quoted = "\x1f".join(span.of(text) for span in spans)
    return hashlib.sha256(quoted.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def load_anchors(
    connection: Connection, uids: Collection[str]
) -> tuple[dict[str, Anchor], set[str]]:
    """Return claims as anchors, and the versions of the engine that read them."""
    c, t, r = tables.claims.c, tables.articles.c, tables.readings.c
    found: dict[str, Anchor] = {}
    engines: set[str] = set()
    for some in chunks(sorted(uids)):
        rows = connection.execute(
            select(c.uid, c.kind, c.type, c.spans, t.sha256, t.text, r.engine)
            .select_from(
                tables.claims.join(tables.articles).join(
                    tables.readings, r.article_id == c.article_id
                )
            )
            .where(c.uid.in_(some))
        )
        for row in rows:
            spans = tuple((role, Span(start, end)) for role, start, end in row.spans)
            quote = quote_of(row.text, [span for _, span in spans])
            found[row.uid] = Anchor(row.uid, row.sha256, row.kind, row.type, spans, quote)
            engines.add(row.engine)
    return found, engines


def resolve_entry(connection: Connection, entry: str) -> str:
    """Return the id of an entry: itself, the one that a past id leads to, or the only one that begins so.

    Raises:
        JudgementError: there is none, or several begin so.
    """
    e, a = tables.entries.c, tables.entry_aliases.c
    if connection.scalar(select(e.id).where(e.id == entry)) is not None:
        return entry
    heir = connection.scalar(select(a.new).where(a.old == entry))
    if heir is not None:
        return str(heir)
    like = list(
        connection.scalars(select(e.id).where(func.substr(e.id, 1, len(entry)) == entry).limit(2))
    )
    if len(like) == 1 and entry:
        return str(like[0])
    if like:
        raise JudgementError(f"several entries begin with {entry}. Mend: give more of the id.")
    raise JudgementError(
        f"there is no entry {entry}. Mend: take an id from `mahdar show timeline`."
    )


def load_entry_claims(connection: Connection, entry: str) -> list[str]:
    """Return the claims of an entry in the order in which they joined it."""
    c = tables.entry_claims.c
    return list(connection.scalars(select(c.claim).where(c.entry == entry).order_by(c.position)))


def load_actor_row(connection: Connection, actor: str) -> Any:
    """Return an actor's row.

    Raises:
        JudgementError: the record knows no such actor.
    """
    row = connection.execute(select(tables.actors).where(tables.actors.c.key == actor)).first()
    if row is None:
        raise JudgementError(f"there is no actor {actor}. Mend: take a key from `mahdar show`.")
    return row


def values_of(connection: Connection, kind: str, subject: str) -> tuple[dict[str, Any], str]:
    """Return the values that a claim or entry has now, as JSON, and of a claim its article's text."""
    if kind == "claim":
        claim = load_claims(connection, [subject], load_decided(connection))[subject]
        values: dict[str, Any] = {
            name: getattr(claim, name) for name in CLAIM_FIELDS if hasattr(claim, name)
        }
        values["text"] = claim.text
        values["roles"] = [list(role) for role in claim.roles]
        values["processes"] = list(claim.processes)
        values["spans"] = [[role, span.start, span.end] for role, span in claim.spans]
        t = tables.articles.c
        text = connection.scalar(select(t.text).where(t.sha256 == claim.article)) or ""
        return values, text
    e, a, p = tables.entries, tables.entry_actors.c, tables.entry_processes.c
    row = connection.execute(select(e).where(e.c.id == subject)).one()
    values = {name: told[0][0] for name, told in row.fields.items() if told}
    values |= {
        name: getattr(row, name) for name in ("type", "time", "place", "modality", "instrument")
    }
    for name in ("killed", "injured"):
        if values.get(name) is not None:
            values[name] = int(values[name])
    roles = connection.execute(
        select(a.actor, a.role).where(a.entry == subject).order_by(a.position)
    )
    values["roles"] = [list(role) for role in roles]
    values["processes"] = list(
        connection.scalars(select(p.process).where(p.entry == subject).order_by(p.process))
    )
    return values, ""
