"""Entries into the record and out of it, with all that hangs on them."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from mahdar.consolidation.consolidate import Made
from mahdar.consolidation.entries import Entry
from mahdar.store import tables

LOOKUP = 500
"""Values in one IN list: SQLite of some builds takes 999."""
_OF_ENTRIES = (
    tables.entry_claims,
    tables.entry_actors,
    tables.entry_processes,
    tables.entry_issues,
)


def chunks(values: Collection[str]) -> Iterator[list[str]]:
    """Yield values in lists that fit one query."""
    ordered = list(values)
    for at in range(0, len(ordered), LOOKUP):
        yield ordered[at : at + LOOKUP]


def pack_blocks(blocks: Sequence[int]) -> bytes:
    """Return 64-bit numbers as bytes."""
    return struct.pack(f"<{len(blocks)}q", *blocks)


def unpack_blocks(packed: bytes | None) -> tuple[int, ...]:
    """Return the numbers that ``pack_blocks`` packed."""
    return struct.unpack(f"<{len(packed) // 8}q", packed) if packed else ()


def write_entries(connection: Connection, batch: Sequence[Made]) -> int:
    """Write entries and where their claims stand; return how many there are."""
    if not batch:
        return 0
    connection.execute(tables.entries.insert(), [_entry_row(made) for made in batch])
    entries = [made.entry for made in batch]
    links: list[tuple[Any, list[dict[str, Any]]]] = [
        (tables.entry_claims, [row for made in batch for row in _claim_rows(made)]),
        (
            tables.entry_actors,
            [
                {"entry": e.id, "position": n, "actor": actor, "role": role}
                for e in entries
                for n, (actor, role) in enumerate(e.actors)
            ],
        ),
        (
            tables.entry_processes,
            [{"entry": e.id, "process": p} for e in entries for p in e.processes],
        ),
        (tables.entry_issues, [row for e in entries for row in _issue_rows(e)]),
    ]
    for table, rows in links:
        if rows:
            connection.execute(table.insert(), rows)
    return len(batch)


def _entry_row(made: Made) -> dict[str, Any]:
    e = made.entry
    return {
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
        "base": made.name.base,
        "first": made.name.first,
    }


def _claim_rows(made: Made) -> Iterator[dict[str, Any]]:
    joined = zip(made.entry.claims, made.ranks, made.blocks, strict=True)
    for n, (claim, rank, blocks) in enumerate(joined):
        yield {
            "entry": made.entry.id,
            "position": n,
            "claim": claim.claim,
            "score": claim.score,
            "reasons": [list(reason) for reason in claim.reasons],
            "rank": rank,
            "blocks": pack_blocks(blocks),
        }


def _issue_rows(entry: Entry) -> list[dict[str, Any]]:
    """Return what a statement is about as rows, with the stance that most articles tell."""
    stances = entry.fields.get("stance", ())
    stance = stances[0].value if stances else None
    issues = entry.fields.get("issue", ())
    return [{"entry": entry.id, "issue": i.value, "stance": stance} for i in issues]


def write_blocks(connection: Connection, batch: Iterable[Made]) -> None:
    """Write the blocks in which the claims of entries meet others."""
    rows = [
        {"block": block, "claim": joined.claim}
        for made in batch
        for joined, blocks in zip(made.entry.claims, made.blocks, strict=True)
        for block in blocks
    ]
    if rows:
        connection.execute(tables.claim_blocks.insert(), rows)


def delete_blocks(connection: Connection, blocks_of: Mapping[str, Iterable[int]]) -> None:
    """Take claims out of their blocks."""
    b = tables.claim_blocks
    rows = [{"b": block, "c": claim} for claim, blocks in blocks_of.items() for block in blocks]
    if rows:
        connection.execute(
            delete(b).where(b.c.block == bindparam("b"), b.c.claim == bindparam("c")), rows
        )


def delete_entries(connection: Connection, ids: Collection[str] | None = None) -> None:
    """Delete entries; all of them without ``ids``."""
    if ids is None:
        for table in (tables.claim_blocks, *_OF_ENTRIES, tables.entry_states, tables.entries):
            connection.execute(delete(table))
        return
    for some in chunks(sorted(ids)):
        for table in (*_OF_ENTRIES, tables.entry_states):
            connection.execute(delete(table).where(table.c.entry.in_(some)))
        connection.execute(delete(tables.entries).where(tables.entries.c.id.in_(some)))


def keep_aliases(
    connection: Connection, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Let ids that are gone lead to the entry that holds most of their claims.

    What an id stood for when it was last an entry is remembered, so that undoing a merge leads it
    back.

    Args:
        connection: a connection in a transaction, the entries written.
        before: claim to entry, of all entries that were replaced.
        after: claim to entry, of all that replace them.
    """
    past, aliases = tables.past_entry_claims, tables.entry_aliases
    living = set(after.values())
    gone = set(before.values()) - living
    for some in chunks(sorted(living | gone)):
        connection.execute(delete(past).where(past.c.entry.in_(some)))
        connection.execute(delete(aliases).where(aliases.c.old.in_(some)))
    rows = [{"entry": entry, "claim": claim} for claim, entry in before.items() if entry in gone]
    if rows:
        connection.execute(past.insert(), rows)
    led: set[str] = set(gone)
    for some in chunks(sorted({*before, *after})):
        led.update(connection.scalars(select(past.c.entry).where(past.c.claim.in_(some))))
    _lead(connection, led)


def _lead(connection: Connection, ids: Collection[str]) -> None:
    past, aliases, link = tables.past_entry_claims, tables.entry_aliases, tables.entry_claims
    heirs: dict[str, Counter[str]] = {}
    for some in chunks(sorted(ids)):
        rows = connection.execute(
            select(past.c.entry, link.c.entry.label("heir"))
            .select_from(past.join(link, link.c.claim == past.c.claim))
            .where(past.c.entry.in_(some))
        )
        for old, heir in rows:
            heirs.setdefault(old, Counter())[heir] += 1
        connection.execute(delete(aliases).where(aliases.c.old.in_(some)))
    if heirs:
        connection.execute(
            aliases.insert(),
            [
                {"old": old, "new": min(counts, key=lambda e: (-counts[e], e))}
                for old, counts in sorted(heirs.items())
            ],
        )


def mark_merged(connection: Connection) -> None:
    """Note that the entries are up to date with the readings."""
    r, a, m = tables.readings, tables.actors, tables.meta
    connection.execute(update(a).where(a.c.named == 1).values(named=None))
    connection.execute(update(r).where(r.c.merged.is_(None)).values(merged=1))
    connection.execute(update(m).where(m.c.key == "stale").values(value="0"))
