"""Where the review of entries stands: folded from the judgements of an entry and of its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, select, update

from mahdar.consolidation.days import format_day, parse_days
from mahdar.judgements.fold import active_judgements
from mahdar.judgements.kinds import Judgement
from mahdar.judgements.states import ReviewState, fold_states
from mahdar.store import tables
from mahdar.store.decisions import load_names, read_numbers, state_columns
from mahdar.store.entry_rows import LOOKUP, chunks

_ACCEPTED = frozenset({"accepted", "accepted_edited"})


def write_entry_states(
    connection: Connection, entries: Collection[str] | None = None, made: Collection[str] = ()
) -> set[str]:
    """Write the states of entries, and lay what was edited in them over what their claims give.

    Args:
        connection: a connection in a transaction.
        entries: those whose claims or judgements changed; all, and all just made, without it.
        made: entries that were just made anew, and so show what their claims give.
    Returns:
        Entries that show edits which no longer hold, as they were not made anew: they must be.
    """
    states = tables.entry_states
    claims_of, log = _load(connection, entries)
    old: dict[str, Any] = {}
    for some in chunks(sorted(claims_of)):
        kept = connection.execute(
            select(states.c.entry, states.c.edits).where(states.c.entry.in_(some))
        )
        old.update((row.entry, row.edits) for row in kept)
        connection.execute(delete(states).where(states.c.entry.in_(some)))
    if entries is None:
        connection.execute(delete(states))
        old, made = {}, claims_of.keys()
    names = load_names(connection, log)
    own = _attach(log, claims_of, names)
    told = _claim_states(connection, [c for claims in claims_of.values() for c in claims])
    rows = []
    behind: set[str] = set()
    for entry, claims in sorted(claims_of.items()):
        state = fold_states(own.get(entry, ()))
        below = [told[c] for c in claims if c in told]
        columns = state_columns(state)
        edits = _values(columns["edits"])
        shown = {} if entry in made else _values(old.get(entry, {}))
        if not shown.items() <= edits.items():
            behind.add(entry)  # something edited is taken back or edited otherwise
        elif further := {name: value for name, value in edits.items() if name not in shown}:
            _lay_over(connection, entry, further)
        if state.seq == 0 and not below:
            continue
        if not state.verdict and state.state == "machine_draft":
            columns = state_columns(_from_claims(state, below, len(claims)))
        seen = {names.get(c, c) for c in state.seen}
        fresh = len(set(claims) - seen) if seen else 0
        rows.append({"entry": entry, **columns, "fresh": fresh})
    if rows:
        connection.execute(states.insert(), rows)
    return behind


def _values(edits: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return edited fields with their values, without the numbers of the judgements."""
    return {name: value for name, (value, _) in edits.items()}


def _load(
    connection: Connection, entries: Collection[str] | None
) -> tuple[dict[str, list[str]], list[Judgement]]:
    """Return the claims of entries, and of all that share a judgement with them, directly or through
    others; and the judgements.
    """
    link, j = tables.judgement_claims.c, tables.judgements.c
    if entries is None:
        judged = set(connection.scalars(select(link.claim)))
        judged.update(connection.scalars(select(tables.claim_states.c.claim)))
        entries = _entries_with(connection, judged)
    claims_of: dict[str, list[str]] = {}
    numbers: set[int] = set()
    wanted = set(entries)
    while wanted:
        fresh_claims = _claims_of(connection, wanted)
        claims_of |= fresh_claims
        fresh: set[int] = set()
        for some in chunks(sorted({c for claims in fresh_claims.values() for c in claims})):
            fresh.update(
                connection.scalars(
                    select(link.seq)
                    .join(tables.judgements, link.seq == j.seq)
                    .where(link.claim.in_(some), j.kind == "entry")
                )
            )
        fresh -= numbers
        numbers |= fresh
        about: set[str] = set()
        ordered = sorted(fresh)
        for at in range(0, len(ordered), LOOKUP):
            about.update(
                connection.scalars(
                    select(link.claim).where(link.seq.in_(ordered[at : at + LOOKUP]))
                )
            )
        wanted = _entries_with(connection, about) - claims_of.keys()
    return claims_of, read_numbers(connection, numbers)


def _entries_with(connection: Connection, claims: Collection[str]) -> set[str]:
    c = tables.entry_claims.c
    found: set[str] = set()
    for some in chunks(sorted(claims)):
        found.update(connection.scalars(select(c.entry).where(c.claim.in_(some))))
    return found


def _claims_of(connection: Connection, entries: Collection[str]) -> dict[str, list[str]]:
    c = tables.entry_claims.c
    found: dict[str, list[str]] = {}
    for some in chunks(sorted(entries)):
        rows = connection.execute(
            select(c.entry, c.claim).where(c.entry.in_(some)).order_by(c.entry, c.position)
        )
        for entry, claim in rows:
            found.setdefault(entry, []).append(claim)
    return found


def _attach(
    log: Sequence[Judgement], claims_of: Mapping[str, Sequence[str]], names: Mapping[str, str]
) -> dict[str, list[Judgement]]:
    """Return the active judgements of each entry: each goes to the entry with most of its claims."""
    home = {claim: entry for entry, claims in claims_of.items() for claim in claims}
    own: dict[str, list[Judgement]] = {}
    for judgement in active_judgements(log):
        if judgement.kind != "entry":
            continue
        claims = (names.get(uid, uid) for uid in judgement.uids)
        held = Counter(home[claim] for claim in claims if claim in home)
        if held:
            subject = judgement.subject
            best = min(held, key=lambda entry: (-held[entry], entry != subject, entry))
            own.setdefault(best, []).append(judgement)
    return own


def _claim_states(connection: Connection, claims: Collection[str]) -> dict[str, Any]:
    s = tables.claim_states.c
    found: dict[str, Any] = {}
    for some in chunks(sorted(claims)):
        rows = connection.execute(
            select(s.claim, s.state, s.verdict, s.seq, s.decided_by).where(s.claim.in_(some))
        )
        found.update((row.claim, row) for row in rows)
    return found


def _from_claims(state: ReviewState, below: Sequence[Any], claims: int) -> ReviewState:
    """Return the state of an entry that nobody decided as a whole, from that of its claims."""
    decided = [row for row in below if row.verdict]
    if not any(row.state != "machine_draft" for row in below):
        return state
    seq = max([state.seq, *(row.seq for row in below)])
    verdicts = {row.verdict for row in decided}
    if len(decided) < claims or not (verdicts <= _ACCEPTED or verdicts == {"rejected"}):
        return replace(state, state="in_review", seq=seq)
    verdict = max(verdicts)  # accepted < accepted_edited; rejected stands alone
    by = decided[0].decided_by if len({row.decided_by for row in decided}) == 1 else None
    final = all(row.state == "final" for row in decided)
    return replace(state, state="final" if final else verdict, verdict=verdict, by=by, seq=seq)


def _lay_over(connection: Connection, entry: str, edits: Mapping[str, Any]) -> None:
    """Show edited values in an entry; what the claims tell stays beside them in ``fields``."""
    e = tables.entries
    row = connection.execute(select(e).where(e.c.id == entry)).one()
    values: dict[str, Any] = {}
    fields = dict(row.fields)
    for name, value in edits.items():
        if name == "roles":
            _replace_actors(connection, entry, value)
        elif name == "processes":
            _replace_processes(connection, entry, value)
        else:
            told = [list(v) for v in fields.get(name, ()) if v[0] != str(value)]
            same = [list(v) for v in fields.get(name, ()) if v[0] == str(value)]
            kept = same or ([[str(value), []]] if value is not None else [])
            fields[name] = [*kept, *told]
            if name in ("type", "time", "place", "modality", "instrument"):
                values[name] = value
    if "time" in values:
        days = parse_days(values["time"])
        if days is not None:
            values |= {"first_day": format_day(days.first), "last_day": format_day(days.last)}
    connection.execute(
        update(e).where(e.c.id == entry).values(fields=_told_first(fields), **values)
    )


def _told_first(fields: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return fields with those that no claim tells at the end, by name: edits are laid over one after
    the other or all at once, in any order, and the entry is the same.
    """
    told = {name: values for name, values in fields.items() if any(by for _, by in values)}
    return told | {name: fields[name] for name in sorted(fields.keys() - told.keys())}


def _replace_actors(connection: Connection, entry: str, roles: Sequence[Sequence[str]]) -> None:
    table = tables.entry_actors
    connection.execute(delete(table).where(table.c.entry == entry))
    if roles:
        connection.execute(
            table.insert(),
            [
                {"entry": entry, "position": n, "actor": actor, "role": role}
                for n, (actor, role) in enumerate(roles)
            ],
        )


def _replace_processes(connection: Connection, entry: str, processes: Sequence[str]) -> None:
    table = tables.entry_processes
    connection.execute(delete(table).where(table.c.entry == entry))
    if processes:
        connection.execute(
            table.insert(), [{"entry": entry, "process": p} for p in sorted(set(processes))]
        )
