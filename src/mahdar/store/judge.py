"""Judgements into the record and out of it: what the workbench and ``mahdar judge`` write through."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from mahdar.consolidation.consolidate import family_of
from mahdar.errors import JudgementError
from mahdar.judgements.chain import anchor_to_json, chain_hash
from mahdar.judgements.check import check_judgement
from mahdar.judgements.fold import active_judgements
from mahdar.judgements.kinds import Judgement
from mahdar.judgements.states import ReviewState, check_action
from mahdar.store import tables
from mahdar.store.decisions import (
    fold_log,
    load_decided,
    read_about,
    read_log,
    read_numbers,
    write_actor_aliases,
    write_claim_states,
    write_subject_state,
)
from mahdar.store.entry_rows import chunks
from mahdar.store.history import load_claims
from mahdar.store.judged import (
    load_actor_row,
    load_anchors,
    load_entry_claims,
    resolve_entry,
    values_of,
)
from mahdar.store.merge import bring_up, claims_of_actors, find_changed, refresh_entries
from mahdar.store.record import Record
from mahdar.store.write import add_actors


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
        return _append(connection, _completed(connection, judgement))


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


def _completed(connection: Connection, judgement: Judgement) -> Judgement:
    """Return a judgement with the claims it is about and what was there before, checked."""
    about = f"{judgement.kind} {judgement.subject}"
    detail = dict(judgement.detail)
    subject = judgement.subject
    uids: list[str] = []
    if judgement.kind == "claim":
        uids = [subject, *_others(detail)]
    elif judgement.kind == "entry":
        subject = resolve_entry(connection, subject)
        uids = load_entry_claims(connection, subject)
        for other in _others(detail):
            uids += load_entry_claims(connection, resolve_entry(connection, other))
    elif judgement.kind == "actor":
        for actor in (subject, *_others(detail)):
            load_actor_row(connection, actor)
        uids = list(detail.get("claims", ()))
        if judgement.action == "split":
            _check_split_actor(connection, judgement, uids)
            _add_split_actor(connection, judgement)
    elif judgement.kind == "article":
        known = tables.articles.c.sha256
        if connection.scalar(select(known).where(known == subject)) is None:
            raise JudgementError(f"{about}: no such article. Mend: give the hash of one.")
    uids = list(dict.fromkeys(uids))
    anchors, engines = load_anchors(connection, uids)
    missing = [uid for uid in uids if uid not in anchors]
    if missing:
        raise JudgementError(f"{about}: there is no claim {missing[0]}. Mend: check the id.")
    _check_together(connection, judgement, subject, uids, detail)
    if judgement.action == "edit":
        detail = _edit_detail(connection, judgement.kind, subject, detail)
    if judgement.kind in ("claim", "entry"):
        check_action(_state_now(connection, judgement.kind, subject), judgement)
    return replace(
        judgement,
        subject=subject,
        detail=detail,
        claims=tuple(anchors[uid] for uid in uids),
        engine="; ".join(sorted(engines)),
    )


def _others(detail: Mapping[str, Any]) -> list[str]:
    other = detail.get("with", [])
    return [other] if isinstance(other, str) else list(other)


def _check_together(
    connection: Connection,
    judgement: Judgement,
    subject: str,
    uids: Sequence[str],
    detail: dict[str, Any],
) -> None:
    """Check what is to be one or apart, and note the claims that leave as ``claims``."""
    about = f"{judgement.action} {judgement.kind} {subject}"
    if judgement.action in ("same", "different") and judgement.kind != "actor":
        if len(uids) < 2:
            raise JudgementError(f"{about}: with itself. Mend: name two.")
        told = load_claims(connection, uids, load_decided(connection))
        families = {family_of(claim) for claim in told.values()}
        if judgement.action == "same" and len(families) > 1:
            shown = ", ".join(sorted(str(f) for f in families))
            raise JudgementError(
                f"{about}: these are of different kinds ({shown}) and cannot be one entry."
                " Mend: edit the type of one first."
            )
    if judgement.action == "different" and judgement.kind == "claim":
        detail["claims"] = [subject]
    elif judgement.action == "different" and judgement.kind == "entry":
        detail["claims"] = load_entry_claims(connection, subject)
        if not set(uids) - set(detail["claims"]):
            raise JudgementError(f"{about}: the two are one entry now. Mend: split it.")
    elif judgement.action == "split" and judgement.kind == "entry":
        leaving = set(detail["claims"])
        if not leaving <= set(uids):
            strange = sorted(leaving - set(uids))[0]
            raise JudgementError(f"{about}: it has no claim {strange}. Mend: check the id.")
        if leaving == set(uids):
            raise JudgementError(f"{about}: all its claims would leave. Mend: leave one.")
        detail["claims"] = sorted(leaving)


def _check_split_actor(connection: Connection, judgement: Judgement, uids: Sequence[str]) -> None:
    naming = claims_of_actors(connection, {judgement.subject})
    strange = sorted(set(uids) - naming)
    if strange:
        raise JudgementError(
            f"split actor {judgement.subject}: the claim {strange[0]} does not name this actor."
            " Mend: check the id."
        )


def _add_split_actor(connection: Connection, judgement: Judgement) -> None:
    """Let the record know whom some claims mean instead, where it does not yet."""
    old = load_actor_row(connection, judgement.subject)
    label = judgement.detail.get("label") or {}
    add_actors(
        connection,
        [
            {
                "key": judgement.detail["to"],
                "type": old.type,
                "kb": None,
                "ar": label.get("ar") or old.ar,
                "en": label.get("en") or old.en,
                "ar_norm": old.ar_norm,
                "country": old.country,
                "source": old.source,
            }
        ],
    )


def _edit_detail(
    connection: Connection, kind: str, subject: str, detail: Mapping[str, Any]
) -> dict[str, Any]:
    """Return an edit's detail with what was there before, and texts that follow from new spans."""
    now, text = values_of(connection, kind, subject)
    new = dict(detail["new"])
    if "spans" in new:
        for _, start, end in new["spans"]:
            if not 0 <= start < end <= len(text):
                raise JudgementError(
                    f"{kind} {subject}: [{start}, {end}) lies outside the article's {len(text)}"
                    " characters. Mend: select again."
                )
        said = [text[a:b] for role, a, b in new["spans"] if role in ("content", "act")]
        if said:
            new["text"] = " … ".join(said)
    old = {name: now.get(name) for name in new}
    if all(old[name] == new[name] for name in new):
        raise JudgementError(f"{kind} {subject}: the values are so already. Mend: accept it.")
    return {**detail, "new": new, "old": old}


def _state_now(connection: Connection, kind: str, subject: str) -> ReviewState:
    """Return a state with all that ``check_action`` asks, folded from the log."""
    if kind == "claim":
        log, _ = read_about(connection, [subject])
        return fold_log(connection, log).claims.get(subject, ReviewState())
    s = tables.entry_states
    row = connection.execute(select(s).where(s.c.entry == subject)).first()
    if row is None:
        return ReviewState()
    return ReviewState(state=row.state, verdict=row.verdict, by=row.decided_by, seq=row.seq)


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
