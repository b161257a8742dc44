"""What merging needs to know of articles and places, kept in the record: copies, credits, parents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, bindparam, delete, select, update

from mahdar.consolidation.copies import find_copies
from mahdar.consolidation.origins import find_house_names
from mahdar.consolidation.reference import Reference, find_credits
from mahdar.store import tables
from mahdar.store.load import iter_sketches
from mahdar.store.notes import HOUSE_NAMES, read_note, write_note
from mahdar.store.prepare import actor_row
from mahdar.store.write import add_actors

_REFERENCE = "reference"


def mark_copies(connection: Connection) -> set[str]:
    """Keep which articles are copies of one text; return those for which that changed."""
    groups = find_copies(iter_sketches(connection))
    t = tables.articles
    marked = connection.execute(select(t.c.sha256, t.c.copies).where(t.c.copies.is_not(None)))
    old = {row.sha256: row.copies for row in marked}
    changes = [
        {"sha": sha, "group": groups.get(sha)}
        for sha in sorted({*groups, *old})
        if groups.get(sha) != old.get(sha)
    ]
    if changes:
        connection.execute(
            update(t).where(t.c.sha256 == bindparam("sha")).values(copies=bindparam("group")),
            changes,
        )
    return {change["sha"] for change in changes if change["sha"] is not None}


def mark_processes(connection: Connection, reference: Reference) -> None:
    """Keep the names of the peace processes that entries belong to, for people to read."""
    used = connection.scalars(select(tables.entry_processes.c.process).distinct())
    known = [reference.processes[p] for p in sorted(used) if p in reference.processes]
    add_actors(connection, (actor_row(facts) for facts in known))


def mark_credits(connection: Connection, reference: Reference) -> set[str]:
    """Keep which agencies each article credits, in its dateline or byline; return what changed."""
    t = tables.articles
    changes = []
    rows = connection.execute(select(t.c.sha256, t.c.author, t.c.agencies, t.c.credits))
    for row in rows:
        found = find_credits(row.author, reference.agency_names)
        credits = list(dict.fromkeys((*row.agencies, *found)))
        if credits != row.credits:
            changes.append({"sha": row.sha256, "found": credits})
    if not changes:
        return set()
    connection.execute(
        update(t).where(t.c.sha256 == bindparam("sha")).values(credits=bindparam("found")), changes
    )
    credited = {key for change in changes for key in change["found"]}
    wanted = [reference.agencies[key] for key in sorted(credited & set(reference.agencies))]
    add_actors(connection, (actor_row(facts) for facts in wanted))
    return {str(change["sha"]) for change in changes}


def mark_house_names(connection: Connection) -> set[str]:
    """Keep which papers credit themselves; return the articles whose credits count otherwise now."""
    t = tables.articles.c
    rows = connection.execute(select(t.sha256, t.publisher, t.credits)).all()
    now = find_house_names((row.publisher or "", row.credits) for row in rows)
    old = {(paper, name) for paper, name in read_note(connection, HOUSE_NAMES) or ()}
    write_note(connection, HOUSE_NAMES, sorted(map(list, now)))
    changed = now ^ old
    return {
        row.sha256
        for row in rows
        if changed and any((row.publisher or "", name) in changed for name in row.credits)
    }


def mark_reference(connection: Connection, reference: Reference) -> bool:
    """Keep which packs and rules the entries were made with, for judgements made later; tell whether
    they changed.
    """
    told = json.dumps([sorted(reference.parents.items()), sorted(reference.wide)])
    now = {
        "digest": hashlib.sha256(told.encode("utf-8")).hexdigest(),
        "rules": hash_rules(),
        "wide": sorted(reference.wide),
    }
    if read_note(connection, _REFERENCE) == now:
        return False
    write_note(connection, _REFERENCE, now)
    return True


@cache
def hash_rules() -> str:
    """Return a hash of the modules that merge claims: entries made by other rules are made anew."""
    digest = hashlib.sha256()
    for path in sorted(files("mahdar.consolidation").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".py"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def load_wide(connection: Connection) -> frozenset[str]:
    """Return the places too wide to tell incidents apart that the entries were made with."""
    note = read_note(connection, _REFERENCE) or {}
    return frozenset(note.get("wide", ()))


def mark_parents(connection: Connection, parents: Mapping[str, str]) -> None:
    """Keep which place lies in which, for the places that the record knows and those above them."""
    table, a = tables.place_parents, tables.actors.c
    connection.execute(delete(table))
    found: dict[str, str] = {}
    for key in connection.scalars(select(a.key).where(a.type == "LOC")):
        at = key
        while at in parents and at not in found:
            found[at] = parents[at]
            at = found[at]
    if found:
        connection.execute(table.insert(), [{"place": p, "parent": q} for p, q in found.items()])
