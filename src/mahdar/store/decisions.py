"""The log of judgements out of the record, and what follows from it into tables that are quick to ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select

from mahdar.consolidation.decided import Decided
from mahdar.judgements.chain import anchor_from_json
from mahdar.judgements.fold import Folded, fold_judgements
from mahdar.judgements.kinds import Judgement
from mahdar.judgements.states import ReviewState
from mahdar.store import tables
from mahdar.store.entry_rows import chunks

_J = tables.judgements.c


def read_log(connection: Connection, *conditions: ColumnElement[bool]) -> list[Judgement]:
    """Return judgements by number; all of them without a condition."""
    rows = connection.execute(select(tables.judgements).where(*conditions).order_by(_J.seq))
    return [judgement_of(row) for row in rows]


def judgement_of(row: Any) -> Judgement:
    """Return a row of ``judgements``."""
    return Judgement(
        action=row.action,
        kind=row.kind,
        subject=row.subject,
        who=row.who,
        reason=row.reason,
        detail=row.detail,
        claims=tuple(map(anchor_from_json, row.claims)),
        engine=row.engine,
        at=row.at,
        seq=row.seq,
        previous=row.previous,
        hash=row.hash,
    )


def read_numbers(connection: Connection, numbers: Collection[int]) -> list[Judgement]:
    """Return judgements by their numbers, with all that undo them, directly or through others."""
    found: dict[int, Judgement] = {}
    wanted = set(numbers)
    while wanted:
        ordered = sorted(wanted)
        fresh: list[Judgement] = []
        for at in range(0, len(ordered), 500):
            some = ordered[at : at + 500]
            fresh += read_log(connection, _J.seq.in_(some))
            undoing = (_J.kind == "judgement") & _J.subject.in_([str(n) for n in some])
            fresh += read_log(connection, undoing)
        new = {j.seq: j for j in fresh if j.seq not in found}
        found |= new
        wanted = set(new) - wanted
    return [found[seq] for seq in sorted(found)]


def read_about(connection: Connection, claims: Collection[str]) -> tuple[list[Judgement], set[str]]:
    """Return the judgements that share a claim with some claims, directly or through others, and all
    claims that these are about.
    """
    link = tables.judgement_claims.c
    seen: set[str] = set()
    numbers: set[int] = set()
    wanted = set(claims)
    while wanted:
        seen |= wanted
        fresh: set[int] = set()
        for some in chunks(sorted(wanted)):
            fresh.update(connection.scalars(select(link.seq).where(link.claim.in_(some))))
        fresh -= numbers
        numbers |= fresh
        found: set[str] = set()
        ordered = sorted(fresh)
        for at in range(0, len(ordered), 500):
            some_numbers = ordered[at : at + 500]
            found.update(connection.scalars(select(link.claim).where(link.seq.in_(some_numbers))))
        wanted = found - seen
    return read_numbers(connection, numbers), seen


def load_names(connection: Connection, log: Iterable[Judgement]) -> dict[str, str]:
    """Return which claims of a log are named otherwise now: uid then to uid now."""
    link = tables.judgement_claims.c
    uids = sorted({uid for judgement in log for uid in judgement.uids})
    names: dict[str, str] = {}
    for some in chunks(uids):
        rows = connection.execute(
            select(link.original, link.claim).where(
                link.original.in_(some), link.original != link.claim
            )
        )
        names.update((row.original, row.claim) for row in rows)
    return names


def fold_log(connection: Connection, log: Sequence[Judgement]) -> Folded:
    """Return what a log leads to, its claims as they are named now."""
    names = load_names(connection, log)
    return fold_judgements(log, lambda uid: names.get(uid, uid))


def write_claim_states(connection: Connection, folded: Folded, claims: Collection[str]) -> set[str]:
    """Write what judgements lead to for some claims; return those that must be merged anew.

    Args:
        connection: a connection in a transaction.
        folded: what the judgements of these claims lead to.
        claims: with each claim all that share a judgement with it, directly or through others.
    """
    s = tables.claim_states
    old: dict[str, _Bearing] = {}
    for some in chunks(sorted(claims)):
        for was in connection.execute(select(s).where(s.c.claim.in_(some))):
            old[was.claim] = _bearing(was.one_with, was.apart, was.verdict, was.edits, was.recast)
        connection.execute(delete(s).where(s.c.claim.in_(some)))
    made = (_state_row(claim, folded) for claim in sorted(claims))
    rows = [row for row in made if row is not None]
    if rows:
        connection.execute(s.insert(), rows)
    new = {
        row["claim"]: _bearing(
            row["one_with"], row["apart"], row["verdict"], row["edits"], row["recast"]
        )
        for row in rows
    }
    changed = {c for c in claims if old.get(c, _NOTHING) != new.get(c, _NOTHING)}
    return changed | _mates_of_regrouped(changed, old, new)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """What of a claim's state bears on where the claim stands."""

    group: str | None = None
    apart: tuple[str, ...] = ()
    alone: bool = False
    edits: Mapping[str, Any] = field(default_factory=dict)
    recast: Mapping[str, str] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[str | None, tuple[str, ...]]:
        """With whom the claim is one, and with whom not."""
        return self.group, self.apart


_NOTHING = _Bearing()


def _bearing(
    one_with: str | None,
    apart: Sequence[str],
    verdict: str | None,
    edits: Mapping[str, Sequence[Any]],
    recast: Mapping[str, str],
) -> _Bearing:
    values = {name: value for name, (value, _) in edits.items()}
    return _Bearing(one_with, tuple(apart), verdict == "rejected", values, recast)


def _mates_of_regrouped(
    changed: Collection[str], old: Mapping[str, _Bearing], new: Mapping[str, _Bearing]
) -> set[str]:
    """Return the claims that are or were in one group with a claim whose group or partings changed.

    What a claim is apart from holds for its whole group. Where the claim stands elsewhere, as it
    was rejected, nothing else would tell the entry of the others that it is open to more claims
    now, or to fewer.
    """
    regrouped = {
        claim
        for claim in changed
        if old.get(claim, _NOTHING).standing != new.get(claim, _NOTHING).standing
    }
    found: set[str] = set()
    for bearings in (old, new):
        groups = {bearings[claim].group for claim in regrouped & bearings.keys()} - {None}
        found.update(claim for claim, bearing in bearings.items() if bearing.group in groups)
    return found


def _state_row(claim: str, folded: Folded) -> dict[str, Any] | None:
    decided = folded.decided
    state = folded.claims.get(claim)
    group, apart = decided.groups.get(claim), sorted(decided.apart.get(claim, ()))
    recast = dict(decided.recast.get(claim, {}))
    if state is None and group is None and not apart and not recast:
        return None
    state = state or ReviewState()
    return {
        "claim": claim,
        **state_columns(state),
        "credibility": state.credibility,
        "one_with": group,
        "apart": apart,
        "recast": recast,
    }


def state_columns(state: ReviewState) -> dict[str, Any]:
    """Return the columns that claims' and entries' states share."""
    return {
        "state": state.state,
        "verdict": state.verdict,
        "decided_by": state.by,
        "assignee": state.assignee,
        "tlp": state.tlp,
        "edits": {name: [value, seq] for name, (value, seq) in state.edits.items()},
        "seq": state.seq,
    }


def load_decided(connection: Connection) -> Decided:
    """Return all that people have decided, as consolidation takes it."""
    s, a = tables.claim_states, tables.actor_aliases
    groups: dict[str, str] = {}
    apart: dict[str, frozenset[str]] = {}
    alone: set[str] = set()
    edits: dict[str, dict[str, Any]] = {}
    recast: dict[str, dict[str, str]] = {}
    for row in connection.execute(select(s)):
        if row.one_with is not None:
            groups[row.claim] = row.one_with
        if row.apart:
            apart[row.claim] = frozenset(row.apart)
        if row.verdict == "rejected":
            alone.add(row.claim)
        if row.edits:
            edits[row.claim] = {name: value for name, (value, _) in row.edits.items()}
        if row.recast:
            recast[row.claim] = row.recast
    actors = {row.old: row.new for row in connection.execute(select(a))}
    return Decided(groups, apart, frozenset(alone), edits, actors, recast)


def write_actor_aliases(connection: Connection) -> set[str]:
    """Write which actors were taken into others; return the actors for which that changed."""
    a = tables.actor_aliases
    about = read_log(connection, _J.kind == "actor", _J.action.in_(("same", "different")))
    log = read_numbers(connection, [j.seq for j in about])
    now = dict(fold_judgements(log).decided.actors)
    old = {row.old: row.new for row in connection.execute(select(a))}
    changed = {k for k in {*now, *old} if now.get(k) != old.get(k)}
    if changed:
        connection.execute(delete(a))
        if now:
            connection.execute(a.insert(), [{"old": k, "new": v} for k, v in sorted(now.items())])
    return changed


def write_subject_state(connection: Connection, kind: str, subject: str) -> None:
    """Write the reliability or marking of a source, article or process."""
    s = tables.subject_states
    about = read_log(connection, _J.kind == kind, _J.subject == subject)
    log = read_numbers(connection, [j.seq for j in about])
    found = fold_judgements(log).subjects.get((kind, subject))
    connection.execute(delete(s).where(s.c.kind == kind, s.c.subject == subject))
    if found and (found.get("reliability") or found.get("tlp")):
        connection.execute(
            s.insert().values(
                kind=kind,
                subject=subject,
                reliability=found.get("reliability"),
                tlp=found.get("tlp"),
                seq=found["seq"],
            )
        )


def rebuild_states(connection: Connection) -> None:
    """Fold the whole log anew into the tables of claims, actors and subjects."""
    log = read_log(connection)
    folded = fold_log(connection, log)
    for table in (tables.claim_states, tables.actor_aliases, tables.subject_states):
        connection.execute(delete(table))
    decided = folded.decided
    claims = {*folded.claims, *decided.groups, *decided.apart, *decided.recast}
    write_claim_states(connection, folded, claims)
    write_actor_aliases(connection)
    for kind, subject in folded.subjects:
        write_subject_state(connection, kind, subject)
