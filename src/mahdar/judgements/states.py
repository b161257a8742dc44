"""Review states, folded from the judgements of one subject by a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mahdar.errors import JudgementError
from mahdar.judgements.kinds import Judgement

STATES = (
    "machine_draft",
    "in_review",
    "accepted",
    "accepted_edited",
    "rejected",
    "needs_second",
    "final",
    "reopened",
    "superseded",
)
_OPEN = frozenset({"machine_draft", "in_review", "reopened"})
_DECIDED = frozenset({"accepted", "accepted_edited", "rejected"})
_ALLOWED: Mapping[str, frozenset[str]] = {
    "accept": _OPEN | _DECIDED | {"needs_second"},
    "edit": _OPEN | _DECIDED | {"needs_second"},
    "reject": _OPEN | _DECIDED | {"needs_second"},
    "assign": _OPEN | _DECIDED | {"needs_second"},
    "needs_second": _OPEN | _DECIDED,
    "confirm": _DECIDED | {"needs_second"},
    "reopen": _DECIDED | {"needs_second", "final"},
}
"""States in which an action is possible; actions that stand not here change no state."""


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where the review of a claim or entry stands.

    ``verdict`` is what was decided last (accepted, accepted_edited, rejected), ``None`` while
    nothing is; it stays while a second person looks at it and when that makes it final.
    ``by`` decided it. ``edits`` maps a field to ``(new value, number of the judgement)``.
    ``seq`` is the last judgement, 0 for none; ``seen`` are the claims it was made on.
    """

    state: str = "machine_draft"
    verdict: str | None = None
    by: str | None = None
    assignee: str | None = None
    edits: Mapping[str, tuple[Any, int]] = field(default_factory=dict)
    credibility: int | None = None
    tlp: str | None = None
    seq: int = 0
    seen: tuple[str, ...] = ()


def check_action(state: ReviewState, judgement: Judgement) -> None:
    """Check that a judgement is possible in a state.

    Raises:
        JudgementError: it is not; says what to do first.
    """
    allowed = _ALLOWED.get(judgement.action)
    about = f"{judgement.kind} {judgement.subject}"
    if allowed is not None and state.state not in allowed:
        mend = {
            "final": "reopen it first",
            "machine_draft": "accept, edit or reject it first",
        }.get(state.state, "decide it first" if judgement.action == "confirm" else "nothing to do")
        raise JudgementError(
            f"{about}: {judgement.action} is not possible while it is {state.state}. Mend: {mend}."
        )
    if judgement.action == "confirm":
        if state.verdict is None:
            raise JudgementError(
                f"{about}: there is no decision yet to confirm. Mend: accept, edit or reject it first."
            )
        if state.by == judgement.who:
            raise JudgementError(
                f"{about}: {judgement.who} decided it. Mend: a second person must confirm."
            )


def fold_states(log: Iterable[Judgement]) -> ReviewState:
    """Return the state that the judgements of one subject lead to, undone ones left out by the caller.

    The fold itself refuses nothing: where an undo makes a later step impossible (a confirmation
    of a decision that is gone), that step has no effect.
    """
    state = ReviewState()
    for judgement in log:
        state = _step(state, judgement)
    return state


def _step(state: ReviewState, judgement: Judgement) -> ReviewState:
    allowed = _ALLOWED.get(judgement.action)
    if allowed is not None and state.state not in allowed:
        return state
    detail = judgement.detail
    here = replace(state, seq=judgement.seq)
    seen = judgement.uids
    if judgement.action == "accept":
        verdict = "accepted_edited" if state.edits else "accepted"
        return replace(here, state=verdict, verdict=verdict, by=judgement.who, seen=seen)
    if judgement.action == "edit":
        edits = {**state.edits, **{f: (new, judgement.seq) for f, new in detail["new"].items()}}
        verdict = "accepted_edited"
        return replace(
            here, state=verdict, verdict=verdict, by=judgement.who, edits=edits, seen=seen
        )
    if judgement.action == "reject":
        return replace(here, state="rejected", verdict="rejected", by=judgement.who, seen=seen)
    if judgement.action == "needs_second":
        return replace(here, state="needs_second", seen=state.seen or seen)
    if judgement.action == "confirm":
        if state.verdict is None or state.by == judgement.who:
            return state
        return replace(here, state="final", seen=seen)
    if judgement.action == "reopen":
        return replace(here, state="reopened", verdict=None, by=None, seen=seen)
    if judgement.action == "assign":
        begun = "in_review" if state.state in _OPEN else state.state
        return replace(here, state=begun, assignee=detail["to"], seen=state.seen or seen)
    if judgement.action == "credit":
        return replace(here, credibility=detail["credibility"])
    if judgement.action == "mark":
        return replace(here, tlp=detail["tlp"])
    return state
