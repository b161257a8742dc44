"""The entries of a record made anew from its claims, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from mahdar.consolidation.claims import Context
from mahdar.consolidation.consolidate import FAMILIES, consolidate
from mahdar.consolidation.copies import find_copies
from mahdar.consolidation.entries import Entry
from mahdar.consolidation.reference import Reference, find_credits
from mahdar.store import tables
from mahdar.store.load import iter_claims, iter_sketches, load_context
from mahdar.store.prepare import actor_row
from mahdar.store.record import Record
from mahdar.store.write import add_actors

_ROWS = 2000
"""Entries written at once: bounds memory, and keeps the database busy."""
_NO_PACKS = Reference()
Progress = Callable[[str, int, int], None]
"""Called with the kind of entry that begins, its number and how many kinds there are."""


def consolidate_record(
    record: Record,
    *,
    reference: Reference = _NO_PACKS,
    on_progress: Progress | None = None,
) -> int:
    """Make the entries of a record from all its claims; return how many there are.

    Ids of entries stay what they were where the identity did; an id that is gone leads to the
    entry that holds most of its claims. A process that is killed leaves the old entries.

    Args:
        record: an open record.
        reference: what the knowledge packs tell of places and agencies.
        on_progress: told of each kind as it begins.
    Raises:
        RecordError: the record is locked or broken.
    """
    with record.writing() as connection:
        _mark_copies(connection)
        _mark_credits(connection, reference)
        context = load_context(connection, reference.parents, reference.wide)
        _mark_parents(connection, context)
        before = _entries_of_claims(connection)
        for table in (
            tables.entry_claims,
            tables.entry_actors,
            tables.entry_processes,
            tables.entry_issues,
            tables.entries,
        ):
            connection.execute(delete(table))
        written = 0
        after: dict[str, str] = {}
        for number, (kind, *_) in enumerate(FAMILIES):
            if on_progress:
                on_progress(kind, number, len(FAMILIES))
            batch: list[Entry] = []
            for entry in consolidate(kind, iter_claims(connection, kind), context):
                batch.append(entry)
                after.update((joined.claim, entry.id) for joined in entry.claims)
                if len(batch) >= _ROWS:
                    written += _write(connection, batch)
                    batch = []
            written += _write(connection, batch)
        _keep_aliases(connection, before, after)
        connection.execute(
            update(tables.meta).where(tables.meta.c.key == "stale").values(value="0")
        )
    return written


def _mark_copies(connection: Connection) -> None:
    groups = find_copies(iter_sketches(connection))
    t = tables.articles
    marked = connection.execute(select(t.c.sha256, t.c.copies).where(t.c.copies.is_not(None)))
    old = {row.sha256: row.copies for row in marked}
    changes = [
        {"sha": sha, "group": groups.get(sha)}
        for sha in {*groups, *old}
        if groups.get(sha) != old.get(sha)
    ]
    if changes:
        connection.execute(
            update(t).where(t.c.sha256 == bindparam("sha")).values(copies=bindparam("group")),
            changes,
        )


def _mark_credits(connection: Connection, reference: Reference) -> None:
    """Keep which agencies each article credits, in its dateline or byline."""
    t = tables.articles
    changes = []
    rows = connection.execute(select(t.c.sha256, t.c.author, t.c.agencies, t.c.credits))
    for row in rows:
        found = find_credits(row.author, reference.agency_names)
        credits = list(dict.fromkeys((*row.agencies, *found)))
        if credits != row.credits:
            changes.append({"sha": row.sha256, "found": credits})
    if not changes:
        return
    connection.execute(
        update(t).where(t.c.sha256 == bindparam("sha")).values(credits=bindparam("found")), changes
    )
    credited = {key for change in changes for key in change["found"]}
    wanted = [reference.agencies[key] for key in sorted(credited & set(reference.agencies))]
    add_actors(connection, (actor_row(facts) for facts in wanted))


def _mark_parents(connection: Connection, context: Context) -> None:
    """Keep which place lies in which, for the places that the record knows and those above them."""
    table = tables.place_parents
    connection.execute(delete(table))
    found: dict[str, str] = {}
    for facts in context.actors.values():
        at = facts.key
        while facts.type == "LOC" and at in context.parents and at not in found:
            found[at] = context.parents[at]
            at = found[at]
    if found:
        connection.execute(table.insert(), [{"place": p, "parent": q} for p, q in found.items()])


def _entries_of_claims(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(tables.entry_claims.c.claim, tables.entry_claims.c.entry))
    return {row.claim: row.entry for row in rows}


def _write(connection: Connection, batch: list[Entry]) -> int:
    if not batch:
        return 0
    connection.execute(
        tables.entries.insert(),
        [
            {
                "id": e.id,
                "kind": e.kind,
                "type": e.type,
                "standing": e.standing,
                "modality": e.modality,
                "time": e.time,
                "first_day": e.first_day,
                "last_day": e.last_day,
                "place": e.place,
                "instrument": e.instrument,
                "articles": e.articles,
                "origins": e.origins,
                "confidence": e.confidence,
                "fields": {
                    name: [[v.value, list(v.claims)] for v in values]
                    for name, values in e.fields.items()
                    if name != "text"
                },
                "text": e.text,
            }
            for e in batch
        ],
    )
    links: list[tuple[Any, list[dict[str, Any]]]] = [
        (
            tables.entry_claims,
            [
                {
                    "entry": e.id,
                    "position": n,
                    "claim": j.claim,
                    "score": j.score,
                    "reasons": [list(r) for r in j.reasons],
                }
                for e in batch
                for n, j in enumerate(e.claims)
            ],
        ),
        (
            tables.entry_actors,
            [
                {"entry": e.id, "position": n, "actor": actor, "role": role}
                for e in batch
                for n, (actor, role) in enumerate(e.actors)
            ],
        ),
        (
            tables.entry_processes,
            [{"entry": e.id, "process": p} for e in batch for p in e.processes],
        ),
        (tables.entry_issues, [row for e in batch for row in _issue_rows(e)]),
    ]
    for table, rows in links:
        if rows:
            connection.execute(table.insert(), rows)
    return len(batch)


def _issue_rows(entry: Entry) -> list[dict[str, Any]]:
    """Return what a statement is about as rows, with the stance that most articles tell."""
    stances = entry.fields.get("stance", ())
    stance = stances[0].value if stances else None
    issues = entry.fields.get("issue", ())
    return [{"entry": entry.id, "issue": i.value, "stance": stance} for i in issues]


def _keep_aliases(
    connection: Connection, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Let ids that are gone lead to the entry that holds most of their claims."""
    living = set(after.values())
    heirs: dict[str, Counter[str]] = {}
    for claim, old in before.items():
        if old not in living and claim in after:
            heirs.setdefault(old, Counter())[after[claim]] += 1
    moved = {old: min(n, key=lambda e: (-n[e], e)) for old, n in heirs.items()}
    aliases = tables.entry_aliases
    known = {row.old: row.new for row in connection.execute(select(aliases))}
    wanted = {old: moved.get(new, new) for old, new in known.items()} | moved
    wanted = {old: new for old, new in wanted.items() if old not in living and new in living}
    if wanted != known:
        connection.execute(delete(aliases))
        if wanted:
            connection.execute(
                aliases.insert(), [{"old": old, "new": new} for old, new in wanted.items()]
            )
