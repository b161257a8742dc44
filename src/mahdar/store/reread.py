"""An article read again by a newer engine: what people decided about its claims stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, select, update

from mahdar.judgements.attach import attach_claims, differences
from mahdar.judgements.fold import active_judgements
from mahdar.store import tables
from mahdar.store.decisions import (
    fold_log,
    load_names,
    read_about,
    write_claim_states,
)
from mahdar.store.entry_rows import chunks
from mahdar.store.indexed import IndexedArticle
from mahdar.store.prepare import PreparedReading, Row
from mahdar.store.record import Record


@dataclass(frozen=True, slots=True)
class Kept:
    """What a newer reading does to the judged claims of an article.

    ``same`` are found with the same values, ``differing`` with others, ``lost`` not at all.
    ``reading`` is what is written of it; ``stay`` are the claims whose rows stay.
    """

    same: int
    differing: int
    lost: int
    reading: PreparedReading
    stay: frozenset[str]


def keep_judged(connection: Connection, article_id: int, reading: PreparedReading, at: str) -> Kept:
    """Return what is written of a newer reading so that every judgement keeps its claim.

    A claim that people decided (itself, or the entry it stands in) stays as it was decided; what the
    newer engine reads otherwise is kept as a proposal. A claim that was only commented on, assigned
    or joined takes the newer values. A judged claim that is no longer found stays.

    Args:
        connection: a connection in a transaction, the old claims still there.
        article_id: the article.
        reading: the newer reading.
        at: moment of reading, for proposals.
    """
    old = _load_old(connection, article_id)
    judged = _judged_among(connection, list(old))
    p = tables.proposals
    for some in chunks(sorted(judged)):
        connection.execute(delete(p).where(p.c.claim.in_(some)))
    if not judged:
        return Kept(0, 0, 0, reading, frozenset())
    new = _with_roles(reading)
    found = attach_claims([old[uid] for uid in sorted(judged)], list(new.values()))
    decided = _decided_among(connection, judged)
    stay: set[str] = set()
    withheld: dict[str, str] = {}
    renamed: dict[str, str] = {}
    proposals: list[Row] = []
    same = differing = 0
    for uid in sorted(judged):
        if uid not in found:
            stay.add(uid)
            continue
        newer = new[found[uid]]
        changes = differences(old[uid], newer)
        same += not changes
        differing += bool(changes)
        if changes and uid in decided:
            stay.add(uid)
            withheld[newer["uid"]] = uid
            body = {name: list(pair) for name, pair in changes.items()}
            proposals.append({"claim": uid, "engine": reading.engine, "made_at": at, "body": body})
        elif newer["uid"] != uid:
            renamed[uid] = newer["uid"]
    if proposals:
        connection.execute(p.insert(), proposals)
    _rename(connection, renamed)
    lost = sum(uid not in found for uid in judged)
    _mark_kept(connection, [uid for uid in judged if uid not in found], 1)
    _mark_kept(connection, list(withheld.values()), None)
    claims = tuple(
        row | {"statement": withheld.get(row["statement"], row["statement"])}
        for row in reading.claims
        if row["uid"] not in withheld
    )
    written = replace(
        reading,
        claims=claims,
        roles=tuple(row for row in reading.roles if row["claim"] not in withheld),
        index=_index_as(reading.index, withheld),
    )
    return Kept(same, differing, lost, written, frozenset(stay))


def _index_as(index: IndexedArticle, names: Mapping[str, str]) -> IndexedArticle:
    """Return what search keeps of an article, with some claims under the ids that they keep."""
    if not names:
        return index
    passages = tuple(
        replace(
            passage,
            claims=tuple(
                replace(claim, uid=names.get(claim.uid, claim.uid)) for claim in passage.claims
            ),
        )
        for passage in index.passages
    )
    return replace(index, passages=passages)


def _load_old(connection: Connection, article_id: int) -> dict[str, dict[str, Any]]:
    """Return the claims of an article as rows with their roles."""
    c, r = tables.claims, tables.claim_roles.c
    rows = connection.execute(select(c).where(c.c.article_id == article_id))
    old: dict[str, dict[str, Any]] = {row.uid: {**row._mapping, "roles": []} for row in rows}
    for some in chunks(sorted(old)):
        named = connection.execute(
            select(r.claim, r.actor, r.role).where(r.claim.in_(some)).order_by(r.claim, r.position)
        )
        for claim, actor, role in named:
            old[claim]["roles"].append([actor, role])
    return old


def _with_roles(reading: PreparedReading) -> dict[str, dict[str, Any]]:
    new: dict[str, dict[str, Any]] = {row["uid"]: {**row, "roles": []} for row in reading.claims}
    for role in sorted(reading.roles, key=lambda row: (row["claim"], row["position"])):
        new[role["claim"]]["roles"].append([role["actor"], role["role"]])
    return new


def _judged_among(connection: Connection, claims: Sequence[str]) -> set[str]:
    """Return the claims that a judgement which counts is about."""
    log, _ = read_about(connection, claims)
    names = load_names(connection, log)
    about = {names.get(uid, uid) for j in active_judgements(log) for uid in j.uids}
    return about & set(claims)


def _decided_among(connection: Connection, claims: set[str]) -> set[str]:
    """Return the claims that have a verdict, or stand in an entry that has one."""
    s, e, link = tables.claim_states.c, tables.entry_states.c, tables.entry_claims.c
    found: set[str] = set()
    for some in chunks(sorted(claims)):
        found.update(
            connection.scalars(select(s.claim).where(s.claim.in_(some), s.verdict.is_not(None)))
        )
        found.update(
            connection.scalars(
                select(link.claim)
                .join(tables.entry_states, e.entry == link.entry)
                .where(link.claim.in_(some), e.verdict.is_not(None))
            )
        )
    return found


def _rename(connection: Connection, renamed: dict[str, str]) -> None:
    """Let judgements and past entries mean claims by the ids that they have now."""
    if not renamed:
        return
    link, past, s = tables.judgement_claims, tables.past_entry_claims, tables.claim_states
    for old, new in sorted(renamed.items()):
        connection.execute(update(link).where(link.c.claim == old).values(claim=new))
        held = select(past.c.entry).where(past.c.claim == new)
        connection.execute(
            delete(past).where(past.c.claim == old, past.c.entry.in_(held.scalar_subquery()))
        )
        connection.execute(update(past).where(past.c.claim == old).values(claim=new))
    for some in chunks(sorted(renamed)):
        connection.execute(delete(s).where(s.c.claim.in_(some)))
    log, claims = read_about(connection, list(renamed.values()))
    write_claim_states(connection, fold_log(connection, log), claims)


def _mark_kept(connection: Connection, uids: Sequence[str], kept: int | None) -> None:
    c = tables.claims
    for some in chunks(sorted(uids)):
        connection.execute(update(c).where(c.c.uid.in_(some)).values(kept=kept))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a newer engine reads otherwise in a claim that people decided.

    ``changes`` maps a field to the value as decided on and the newer one. Taking it over is an edit.
    """

    claim: str
    engine: str
    at: str
    changes: dict[str, tuple[Any, Any]]


def list_proposals(record: Record) -> list[Proposal]:
    """Return what newer readings would change in decided claims.

    Raises:
        RecordError: the record cannot be read.
    """
    p = tables.proposals
    with record.reading() as connection:
        rows = connection.execute(select(p).order_by(p.c.claim)).all()
    return [
        Proposal(
            row.claim,
            row.engine,
            row.made_at,
            {name: (old, new) for name, (old, new) in row.body.items()},
        )
        for row in rows
    ]
