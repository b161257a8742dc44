"""The entries of a record made from its claims: all of them, or those that a change reaches."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import Connection, Text, cast, func, select

from mahdar.consolidation.claims import Claim
from mahdar.consolidation.cluster import Cluster, rank_of
from mahdar.consolidation.consolidate import FAMILIES, RULES, Made, consolidate, family_of
from mahdar.consolidation.decided import Decided
from mahdar.consolidation.entries import Name, build_entry, name_cluster, settle_ids
from mahdar.consolidation.recluster import Place, recluster
from mahdar.consolidation.reference import Reference
from mahdar.store import tables
from mahdar.store.decisions import load_decided, rebuild_states
from mahdar.store.entry_rows import (
    chunks,
    delete_blocks,
    delete_entries,
    keep_aliases,
    mark_merged,
    write_blocks,
    write_entries,
)
from mahdar.store.entry_states import write_entry_states
from mahdar.store.history import LazyContext, RecordHistory, load_claims, load_places
from mahdar.store.load import iter_claims, load_context
from mahdar.store.marks import (
    mark_copies,
    mark_credits,
    mark_house_names,
    mark_parents,
    mark_processes,
    mark_reference,
)
from mahdar.store.record import Record

_ROWS = 2000
"""Entries written at once: bounds memory, and keeps the database busy."""
_NO_PACKS = Reference()
Progress = Callable[[str, int, int], None]
"""Called with the kind of entry that begins, its number and how many kinds there are."""
_FEW_ACTORS = 8
"""Up to so many actors the database looks through the chains itself, once for each."""
_MOST_CHANGED = 0.25
"""Share of claims from which making all entries anew is quicker than following what changed."""


def consolidate_record(
    record: Record,
    *,
    reference: Reference = _NO_PACKS,
    on_progress: Progress | None = None,
    anew: bool = False,
) -> int:
    """Bring the entries of a record up to its claims and judgements; return how many there are.

    Only what new and changed claims reach is made anew, with the same result as making everything
    anew. Ids of entries stay what they were where the identity did; an id that is gone leads to the
    entry that holds most of its claims. A process that is killed leaves the old entries.

    Args:
        record: an open record.
        reference: what the knowledge packs tell of places and agencies.
        on_progress: told of each kind as it begins.
        anew: make all entries anew.
    Raises:
        RecordError: the record is locked or broken.
    """
    with record.writing() as connection:
        bring_up(connection, reference, anew=anew, on_progress=on_progress)
        return connection.scalar(select(func.count()).select_from(tables.entries)) or 0


def bring_up(
    connection: Connection,
    reference: Reference,
    *,
    anew: bool = False,
    on_progress: Progress | None = None,
) -> None:
    """Bring entries up to claims and judgements: ``consolidate_record`` inside a transaction."""
    packs = mark_reference(connection, reference)
    articles = mark_copies(connection) | mark_credits(connection, reference)
    articles |= mark_house_names(connection)
    mark_parents(connection, reference.parents)
    changed = None if anew or packs else find_changed(connection, articles)
    if changed is None:
        rebuild_entries(connection, reference, on_progress)
    else:
        refresh_entries(connection, changed, on_progress=on_progress)
    mark_processes(connection, reference)
    mark_merged(connection)


def rebuild_entries(
    connection: Connection, reference: Reference, on_progress: Progress | None = None
) -> None:
    """Make all entries anew.

    Args:
        connection: a connection in a transaction.
        reference: what the knowledge packs tell of places.
        on_progress: told of each kind as it begins.
    """
    rebuild_states(connection)
    decided = load_decided(connection)
    context = load_context(connection, reference.parents, reference.wide)
    link = tables.entry_claims.c
    before = {row.claim: row.entry for row in connection.execute(select(link.claim, link.entry))}
    delete_entries(connection)
    after: dict[str, str] = {}
    for number, (kind, *_) in enumerate(FAMILIES):
        if on_progress:
            on_progress(kind, number, len(FAMILIES))
        batch: list[Made] = []
        for made in consolidate(kind, iter_claims(connection, kind, decided), context, decided):
            batch.append(made)
            after.update((joined.claim, made.entry.id) for joined in made.entry.claims)
            if len(batch) >= _ROWS:
                _write(connection, batch)
                batch = []
        _write(connection, batch)
    keep_aliases(connection, before, after)
    write_entry_states(connection)


def _write(connection: Connection, batch: list[Made]) -> None:
    write_entries(connection, batch)
    write_blocks(connection, batch)


@dataclass(slots=True)
class Refreshed:
    """Entries that were made anew, by their ids, and those that they replaced."""

    made: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)


def refresh_entries(
    connection: Connection,
    changed: Collection[str],
    *,
    judged: Collection[str] = (),
    on_progress: Progress | None = None,
) -> Refreshed:
    """Make the entries anew that a change of some claims reaches.

    Args:
        connection: a connection in a transaction; ``claim_states`` is up to date.
        changed: claims that are new, gone, told otherwise or newly decided about.
        judged: entries whose own judgements changed.
        on_progress: told of each kind as it begins.
    Returns:
        What changed; the states of these entries are written too.
    """
    decided = load_decided(connection)
    lazy = LazyContext(connection)
    claims = load_claims(connection, changed, decided)
    lazy.fetch(list(claims.values()))
    places = load_places(connection, of_claims=changed)
    kinds = _kinds_of(connection, [place.claim for place in places])
    done = Refreshed()
    for number, (kind, *_) in enumerate(FAMILIES):
        now = [claim for claim in claims.values() if family_of(claim) == kind]
        before = [place for place in places if kinds[place.claim] == kind]
        if not now and not before:
            continue
        if on_progress:
            on_progress(kind, number, len(FAMILIES))
        _refresh_kind(connection, kind, now, before, changed, decided, lazy, done)
    behind = write_entry_states(connection, done.made | set(judged), done.made)
    if behind:
        _remake(connection, behind, decided, lazy)
        write_entry_states(connection, behind, behind)
        done.made |= behind
        done.replaced |= behind
    return done


def _remake(
    connection: Connection, entries: Collection[str], decided: Decided, lazy: LazyContext
) -> None:
    """Make entries anew from the claims that they hold: what people had edited in them is taken off.

    Which claims are one is no question here: edits of an entry change none of its claims.
    """
    e, c = tables.entries, tables.entry_claims
    batch: list[Made] = []
    for some in chunks(sorted(entries)):
        rows = connection.execute(
            select(e.c.id, e.c.kind, e.c.base, e.c.first, c.c.claim)
            .select_from(e.join(c, c.c.entry == e.c.id))
            .where(e.c.id.in_(some), c.c.position == 0)
        ).all()
        for row in rows:
            history = RecordHistory(connection, row.kind, (), decided, lazy)
            cluster = _grow(history, row.claim)
            lazy.fetch(cluster.members)
            uids = [claim.uid for claim in cluster.members]
            blocks = {uid: list(place.blocks) for uid, place in history.places(uids).items()}
            batch.append(
                Made(
                    build_entry(row.kind, cluster, lazy.context, row.id),
                    Name(row.base, row.first),
                    tuple(rank_of(claim) for claim in cluster.members),
                    tuple(blocks[uid] for uid in uids),
                )
            )
    delete_entries(connection, [made.entry.id for made in batch])
    write_entries(connection, batch)


def _refresh_kind(
    connection: Connection,
    kind: str,
    now: list[Claim],
    before: list[Place],
    changed: Collection[str],
    decided: Decided,
    lazy: LazyContext,
    done: Refreshed,
) -> None:
    history = RecordHistory(connection, kind, changed, decided, lazy)
    result = recluster(now, before, history, RULES[kind], lazy.context, decided)
    clusters = list(result.clusters)
    names = [name_cluster(kind, cluster) for cluster in clusters]
    replaced = _entries_opened_by(connection, kind, result.replaced)
    old_bases = {row.base for row in replaced.values()}
    ids, renamed = _settle(connection, kind, names, old_bases, set(replaced))
    for row in renamed:
        cluster = _grow(history, row.leader)
        clusters.append(cluster)
        names.append(Name(row.base, row.first))
        replaced[row.id] = row
    blocks = dict(result.blocks)
    missing = {c.uid for cluster in clusters for c in cluster.members} - blocks.keys()
    blocks |= {uid: list(p.blocks) for uid, p in history.places(missing).items()}
    lazy.fetch([claim for cluster in clusters for claim in cluster.members])
    batch = [
        Made(
            build_entry(kind, cluster, lazy.context, ids[name.first]),
            name,
            tuple(rank_of(claim) for claim in cluster.members),
            tuple(blocks[claim.uid] for claim in cluster.members),
        )
        for cluster, name in zip(clusters, names, strict=True)
    ]
    link = tables.entry_claims.c
    was: dict[str, str] = {}
    for some in chunks(sorted(replaced)):
        rows = connection.execute(select(link.claim, link.entry).where(link.entry.in_(some)))
        was.update((row.claim, row.entry) for row in rows)
    old_places = load_places(connection, kind, of_claims=was)
    delete_blocks(connection, {place.claim: place.blocks for place in old_places})
    delete_entries(connection, replaced.keys())
    _write(connection, batch)
    becomes = {joined.claim: made.entry.id for made in batch for joined in made.entry.claims}
    keep_aliases(connection, was, becomes)
    done.made |= {made.entry.id for made in batch}
    done.replaced |= replaced.keys()


@dataclass(frozen=True, slots=True)
class _Old:
    id: str
    base: str
    first: str
    leader: str


def _entries_opened_by(
    connection: Connection, kind: str, leaders: Collection[str]
) -> dict[str, _Old]:
    e, c = tables.entries, tables.entry_claims
    found: dict[str, _Old] = {}
    for some in chunks(sorted(leaders)):
        rows = connection.execute(
            select(e.c.id, e.c.base, e.c.first, c.c.claim)
            .select_from(e.join(c, c.c.entry == e.c.id))
            .where(c.c.claim.in_(some), c.c.position == 0, e.c.kind == kind)
        )
        found.update((row.id, _Old(row.id, row.base, row.first, row.claim)) for row in rows)
    return found


def _settle(
    connection: Connection,
    kind: str,
    names: Iterable[Name],
    old_bases: Collection[str],
    replaced: Collection[str],
) -> tuple[dict[str, str], list[_Old]]:
    """Return the ids of new entries, and others whose ids change because they share an identity."""
    e, c = tables.entries, tables.entry_claims
    others: list[_Old] = []
    for some in chunks(sorted({name.base for name in names} | set(old_bases))):
        rows = connection.execute(
            select(e.c.id, e.c.base, e.c.first, c.c.claim)
            .select_from(e.join(c, c.c.entry == e.c.id))
            .where(e.c.base.in_(some), e.c.kind == kind, c.c.position == 0)
        )
        others += [_Old(*row) for row in rows if row.id not in replaced]
    ids = settle_ids([*names, *(Name(other.base, other.first) for other in others)])
    return ids, [other for other in others if ids[other.first] != other.id]


def _grow(history: RecordHistory, leader: str) -> Cluster:
    """Return an entry as it is, in the making again."""
    places = sorted(history.members([leader])[leader], key=lambda place: place.rank)
    claims = history.claims([place.claim for place in places])
    cluster = Cluster()
    for place in places:
        cluster.add(claims[place.claim], place.match)
    return cluster


def _kinds_of(connection: Connection, claims: Collection[str]) -> dict[str, str]:
    e, c = tables.entries.c, tables.entry_claims.c
    found: dict[str, str] = {}
    for some in chunks(sorted(claims)):
        rows = connection.execute(
            select(c.claim, e.kind)
            .select_from(tables.entry_claims.join(tables.entries))
            .where(c.claim.in_(some))
        )
        found.update((row.claim, row.kind) for row in rows)
    return found


def find_changed(connection: Connection, articles: Collection[str] = ()) -> set[str] | None:
    """Return the claims that changed since the entries were made; ``None`` when most did.

    These are the claims of readings that came since, claims that are gone, and the claims of articles
    whose copies or credits count otherwise now, and of actors that articles only described when the
    entries were made, and name now.
    """
    c, link, r = tables.claims.c, tables.entry_claims.c, tables.readings.c
    all_claims = connection.scalar(select(func.count()).select_from(tables.claims)) or 0
    unmade = select(func.count()).select_from(tables.entry_claims)
    if not connection.scalar(unmade) or connection.scalar(unmade.where(link.rank.is_(None))):
        return None
    new = (
        select(c.uid)
        .select_from(
            tables.claims.join(tables.readings, tables.readings.c.article_id == c.article_id)
        )
        .where(r.merged.is_(None))
    )
    changed = set(connection.scalars(new))
    gone = (
        select(link.claim)
        .select_from(tables.entry_claims.outerjoin(tables.claims, c.uid == link.claim))
        .where(c.uid.is_(None))
    )
    changed.update(connection.scalars(gone))
    t = tables.articles.c
    for some in chunks(sorted(articles)):
        changed.update(
            connection.scalars(
                select(c.uid)
                .select_from(tables.claims.join(tables.articles))
                .where(t.sha256.in_(some))
            )
        )
    a = tables.actors.c
    changed |= claims_of_actors(
        connection, set(connection.scalars(select(a.key).where(a.named == 1)))
    )
    return None if len(changed) > _MOST_CHANGED * all_claims else changed


def claims_of_actors(connection: Connection, actors: AbstractSet[str]) -> set[str]:
    """Return the claims that name some actors: as participants, as the place, or in the chain."""
    if not actors:
        return set()
    c, r, s = tables.claims.c, tables.claim_roles.c, tables.claim_states.c
    found: set[str] = set()
    for some in chunks(sorted(actors)):
        found.update(connection.scalars(select(r.claim).where(r.actor.in_(some))))
        found.update(connection.scalars(select(c.uid).where(c.place.in_(some))))
    if len(actors) <= _FEW_ACTORS:
        for actor in sorted(actors):
            inside = cast(c.chain, Text).contains(json.dumps(actor), autoescape=True)
            found.update(connection.scalars(select(c.uid).where(inside)))
    else:
        chains = connection.execute(select(c.uid, c.chain).where(cast(c.chain, Text) != "[]"))
        found.update(uid for uid, chain in chains if not actors.isdisjoint(chain))
    for claim, edits, recast in connection.execute(select(s.claim, s.edits, s.recast)):
        told = json.dumps([edits, recast])
        if any(json.dumps(actor) in told for actor in actors):
            found.add(claim)
    return found
