"""Judgements into the record: what the workbench and ``mahdar judge`` write through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from mahdar.errors import JudgementError
from mahdar.judgements.chain import anchor_to_json, chain_hash
from mahdar.judgements.check import check_judgement
from mahdar.judgements.kinds import Judgement
from mahdar.store import tables
from mahdar.store.completing import complete
from mahdar.store.decisions import (
    fold_log,
    read_about,
    read_log,
    read_numbers,
    write_actor_aliases,
    write_claim_states,
    write_subject_state,
)
from mahdar.store.entry_rows import chunks
from mahdar.store.merge import bring_up, claims_of_actors, find_changed, refresh_entries
from mahdar.store.record import Record


def judge(record: Record, judgement: Judgement) -> Judgement:
    """Write a judgement, and bring the entries that it reaches up to it; return it as it stands in
    the log.

    The judgement and all that follows from it are one transaction: it is kept whole or not at all.

    Args:
        record: an open record.
        judgement: what a person decided; see ``Judgement``. For ``same`` and ``different`` the
            detail's ``with`` is the other claim, entry or actor (for entries also a list), for
            ``split`` its ``claims`` are those that leave, for ``edit`` its ``new`` maps fields to
            values.
    Raises:
        JudgementError: no such subject, not possible in its state, or something is missing.
        RecordError: the record is locked or broken.
    """
    check_judgement(judgement)
    if judgement.action == "undo":
        return undo(record, _number(judgement.subject), judgement.who, judgement.reason)
    with record.writing() as connection:
        _make_ready(connection)
        return _append(connection, complete(connection, judgement))


def undo(record: Record, seq: int, who: str, reason: str = "") -> Judgement:
    """Take a judgement back: the record is as if it had not been made; both stay in the log.

    Args:
        record: an open record.
        seq: number of the judgement; of an undoing too, which then counts no longer.
        who: name of the person.
        reason: why.
    Raises:
        JudgementError: no such judgement, or it is undone already.
        RecordError: the record is locked or broken.
    """
    wanted = Judgement("undo", "judgement", str(seq), who, reason)
    check_judgement(wanted)
    with record.writing() as connection:
        _make_ready(connection)
        log = read_numbers(connection, [seq])
        target = next((j for j in log if j.seq == seq), None)
        if target is None:
            raise JudgementError(f"there is no judgement {seq}. Mend: see `mahdar judge log`.")
        undoing = [j for j in log if j.action == "undo" and j.subject == str(seq)]
        if any(_counts(j, log) for j in undoing):
            raise JudgementError(
                f"judgement {seq} is undone already. Mend: undo the undoing to have it back."
            )
        return _append(connection, replace(wanted, claims=target.claims, engine=target.engine))


def _number(text: str) -> int:
    if not text.isdecimal():
        raise JudgementError(
            f"{text}: not the number of a judgement. Mend: see `mahdar judge log`."
        )
    return int(text)


def _counts(judgement: Judgement, log: Sequence[Judgement]) -> bool:
    """Tell whether an undoing counts: whether it was not itself undone, and so on."""
    later = [j for j in log if j.action == "undo" and j.subject == str(judgement.seq)]
    return not any(_counts(j, log) for j in later)


def _make_ready(connection: Connection) -> None:
    """Bring the entries up to the claims where a run of ``mahdar add`` has not finished, or is going
    on; make them anew where an older Mahdar made them, without what judging looks up.
    """
    m = tables.meta.c
    if connection.scalar(select(m.value).where(m.key == "stale")) != "1":
        return
    changed = find_changed(connection)
    if changed is not None:
        # Copies and credits of new articles are for the run itself: it merges their claims again.
        refresh_entries(connection, changed)
        return
    from mahdar.consolidation.reference import reference_of
    from mahdar.knowledge.load import load_knowledge

    bring_up(connection, reference_of(load_knowledge()), anew=True)


def _append(connection: Connection, judgement: Judgement) -> Judgement:
    """Write a row at the end of the log and all that follows from it."""
    j = tables.judgements
    last = connection.execute(select(j.c.seq, j.c.hash).order_by(j.c.seq.desc()).limit(1)).first()
    judgement = replace(
        judgement,
        seq=last.seq + 1 if last else 1,
        previous=last.hash if last else "",
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        detail=dict(judgement.detail),
    )
    judgement = replace(judgement, hash=chain_hash(judgement))
    connection.execute(
        j.insert().values(
            seq=judgement.seq,
            at=judgement.at,
            who=judgement.who,
            action=judgement.action,
            kind=judgement.kind,
            subject=judgement.subject,
            reason=judgement.reason,
            detail=judgement.detail,
            claims=[anchor_to_json(anchor) for anchor in judgement.claims],
            engine=judgement.engine,
            previous=judgement.previous,
            hash=judgement.hash,
        )
    )
    if judgement.claims:
        names = _names_now(connection, judgement.uids)
        connection.execute(
            tables.judgement_claims.insert(),
            [
                {"seq": judgement.seq, "original": uid, "claim": names.get(uid, uid)}
                for uid in judgement.uids
            ],
        )
    _follow(connection, judgement)
    return judgement


def _names_now(connection: Connection, uids: Sequence[str]) -> dict[str, str]:
    link = tables.judgement_claims.c
    names: dict[str, str] = {}
    for some in chunks(uids):
        rows = connection.execute(select(link.original, link.claim).where(link.original.in_(some)))
        names.update((row.original, row.claim) for row in rows)
    return names


def _follow(connection: Connection, judgement: Judgement) -> None:
    """Bring states and entries up to the last judgement."""
    target = judgement
    while target.action == "undo":
        target = read_log(connection, tables.judgements.c.seq == int(target.subject))[0]
    changed: set[str] = set()
    if target.kind == "actor":
        changed |= claims_of_actors(connection, write_actor_aliases(connection))
    elif target.kind not in ("claim", "entry"):
        write_subject_state(connection, target.kind, target.subject)
    entries: set[str] = set()
    if judgement.claims:
        names = _names_now(connection, judgement.uids)
        log, claims = read_about(connection, [names.get(uid, uid) for uid in judgement.uids])
        changed |= write_claim_states(connection, fold_log(connection, log), claims)
        c = tables.entry_claims.c
        for some in chunks(sorted(names.get(uid, uid) for uid in judgement.uids)):
            entries.update(connection.scalars(select(c.entry).where(c.claim.in_(some))))
    if changed or entries:
        refresh_entries(connection, changed, judged=entries)
