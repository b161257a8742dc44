"""The log of judgements and where reviews stand, as they are shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mahdar.errors import JudgementError
from mahdar.judgements.fold import active_judgements
from mahdar.judgements.kinds import Judgement
from mahdar.judgements.states import ReviewState
from mahdar.store import tables
from mahdar.store.decisions import read_log
from mahdar.store.entry_rows import chunks
from mahdar.store.judged import load_entry_claims, resolve_entry
from mahdar.store.record import Record


def list_judgements(
    record: Record,
    *,
    kind: str | None = None,
    subject: str | None = None,
    who: str | None = None,
    since: int = 0,
    limit: int = 0,
) -> list[Judgement]:
    """Return judgements, the newest first.

    Args:
        record: an open record.
        kind: only about such subjects; of a claim or entry those on its claims are meant too.
        subject: only about this claim, entry, actor ... (with ``kind``).
        who: only of this person.
        since: only those after this number.
        limit: at most so many; 0 for all.
    """
    j, link = tables.judgements.c, tables.judgement_claims.c
    conditions = [j.seq > since] if since else []
    if who is not None:
        conditions.append(j.who == who)
    with record.reading() as connection:
        if kind in ("claim", "entry") and subject is not None:
            claims: Collection[str] = [subject]
            if kind == "entry":
                claims = load_entry_claims(connection, resolve_entry(connection, subject))
            numbers: set[int] = set()
            for some in chunks(sorted(claims)):
                numbers.update(connection.scalars(select(link.seq).where(link.claim.in_(some))))
            conditions.append(j.seq.in_(sorted(numbers)))
        else:
            if kind is not None:
                conditions.append(j.kind == kind)
            if subject is not None:
                conditions.append(j.subject == subject)
        found = read_log(connection, *conditions)[::-1]
    return found[:limit] if limit else found


def list_undone(record: Record) -> frozenset[int]:
    """Return the numbers of the judgements that count no longer."""
    with record.reading() as connection:
        log = read_log(connection)
    counting = {j.seq for j in active_judgements(log)}
    return frozenset(j.seq for j in log if j.action != "undo" and j.seq not in counting)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Where the review of a claim or entry stands, for showing.

    ``fresh`` counts claims of an entry that came after it was decided. ``heir`` is the entry that a
    superseded one leads to.
    """

    kind: str
    subject: str
    state: ReviewState
    fresh: int = 0
    heir: str | None = None


def review_state(record: Record, kind: str, subject: str) -> Reviewed:
    """Return where the review of a claim or entry stands.

    Raises:
        JudgementError: no such claim or entry.
    """
    found = review_states(record, kind, [subject])
    if subject not in found:
        raise JudgementError(f"there is no {kind} {subject}. Mend: take an id from `mahdar show`.")
    return found[subject]


def review_states(record: Record, kind: str, subjects: Sequence[str]) -> dict[str, Reviewed]:
    """Return where the reviews of many claims or entries stand; unknown ones are left out."""
    found: dict[str, Reviewed] = {}
    table = tables.claim_states if kind == "claim" else tables.entry_states
    key = table.c.claim if kind == "claim" else table.c.entry
    of = tables.claims.c.uid if kind == "claim" else tables.entries.c.id
    a = tables.entry_aliases.c
    with record.reading() as connection:
        for some in chunks(sorted(set(subjects))):
            for known in connection.scalars(select(of).where(of.in_(some))):
                found[known] = Reviewed(kind, known, ReviewState())
            for row in connection.execute(select(table).where(key.in_(some))):
                state = ReviewState(
                    state=row.state,
                    verdict=row.verdict,
                    by=row.decided_by,
                    assignee=row.assignee,
                    edits={name: (value, seq) for name, (value, seq) in row.edits.items()},
                    credibility=row.credibility if kind == "claim" else None,
                    tlp=row.tlp,
                    seq=row.seq,
                )
                subject = row.claim if kind == "claim" else row.entry
                fresh = 0 if kind == "claim" else row.fresh
                found[subject] = Reviewed(kind, subject, state, fresh)
            if kind == "entry":
                for old, new in connection.execute(select(a.old, a.new).where(a.old.in_(some))):
                    gone = ReviewState(state="superseded")
                    found.setdefault(old, Reviewed(kind, old, gone, heir=new))
    return found
