"""A judgement made ready for the log: the claims it is about, what was there before, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from mahdar.consolidation.consolidate import family_of
from mahdar.errors import JudgementError
from mahdar.judgements.kinds import Judgement
from mahdar.judgements.states import ReviewState, check_action
from mahdar.store import tables
from mahdar.store.decisions import fold_log, load_decided, read_about
from mahdar.store.history import load_claims
from mahdar.store.judged import (
    load_actor_row,
    load_anchors,
    load_entry_claims,
    resolve_entry,
    values_of,
)
from mahdar.store.merge import claims_of_actors
from mahdar.store.write import add_actors


def complete(connection: Connection, judgement: Judgement) -> Judgement:
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
