"""Review states: which action leads where, and what is refused."""

from __future__ import annotations

import pytest

from mahdar.errors import JudgementError
from mahdar.judgements import STATES, Judgement, fold_states
from mahdar.judgements.check import check_judgement
from mahdar.judgements.states import check_action

S, O = "سلمى", "Omar"  # noqa: E741


def rows(*steps: str | tuple[str, str]) -> list[Judgement]:
    """Judgements of one claim: actions by Salma, or pairs of action and who."""
    out = []
    for seq, step in enumerate(steps, start=1):
        action, who = (step, S) if isinstance(step, str) else step
        detail = {"edit": {"new": {"time": "2015"}}, "assign": {"to": O}}.get(action, {})
        out.append(Judgement(action, "claim", "c", who, "لأن", detail, seq=seq))
    return out


@pytest.mark.parametrize(
    ("steps", "state", "verdict"),
    [
        ((), "machine_draft", None),
        (("comment",), "machine_draft", None),
        (("assign",), "in_review", None),
        (("accept",), "accepted", "accepted"),
        (("edit",), "accepted_edited", "accepted_edited"),
        (("edit", "accept"), "accepted_edited", "accepted_edited"),
        (("reject",), "rejected", "rejected"),
        (("accept", "reject"), "rejected", "rejected"),
        (("accept", "needs_second"), "needs_second", "accepted"),
        (("needs_second",), "needs_second", None),
        (("accept", "needs_second", ("confirm", O)), "final", "accepted"),
        (("reject", ("confirm", O)), "final", "rejected"),
        (("accept", ("confirm", S)), "accepted", "accepted"),
        (("accept", ("confirm", O), "reject"), "final", "accepted"),
        (("accept", ("confirm", O), "reopen"), "reopened", None),
        (("accept", ("confirm", O), "reopen", "reject"), "rejected", "rejected"),
        (("accept", "assign"), "accepted", "accepted"),
        (("reopen",), "machine_draft", None),
    ],
    ids=lambda v: (
        "-".join(s if isinstance(s, str) else s[0] for s in v) if isinstance(v, tuple) else v
    ),
)
def test_states(steps: tuple[str, ...], state: str, verdict: str | None) -> None:
    found = fold_states(rows(*steps))
    assert (found.state, found.verdict) == (state, verdict)
    assert found.state in STATES


@pytest.mark.parametrize(
    ("before", "action", "who", "says"),
    [
        (("accept",), "confirm", S, "second person"),
        (("needs_second",), "confirm", O, "no decision yet"),
        ((), "confirm", O, "accept, edit or reject it first"),
        (("accept", ("confirm", O)), "edit", S, "reopen it first"),
        (("accept", ("confirm", O)), "reject", S, "reopen it first"),
        ((), "reopen", S, "Mend"),
    ],
    ids=["own", "undecided", "draft", "final-edit", "final-reject", "reopen-draft"],
)
def test_refused(before: tuple[str, ...], action: str, who: str, says: str) -> None:
    wanted = Judgement(action, "claim", "c", who, "لأن", {"new": {"time": "2015"}})
    with pytest.raises(JudgementError, match=says):
        check_action(fold_states(rows(*before)), wanted)


@pytest.mark.parametrize(
    ("judgement", "says"),
    [
        (Judgement("love", "claim", "c", S), "no such action"),
        (Judgement("accept", "actor", "x", S), "about claim or entry"),
        (Judgement("accept", "claim", "c", " "), "nobody judged"),
        (Judgement("accept", "claim", "", S), "about nothing"),
        (Judgement("reject", "claim", "c", S), "no reason"),
        (Judgement("edit", "claim", "c", S, "x"), "lacks new"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {}}), "nothing is edited"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"uid": "z"}}), "uid cannot be edited"),
        (Judgement("edit", "entry", "m-1", S, "x", {"new": {"spans": []}}), "cannot be edited"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"time": "Sunday"}}), "no date"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"killed": "many"}}), "whole number"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"killed": True}}), "whole number"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"type": "PARTY"}}), "unknown"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"type": None}}), "needed"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"modality": "maybe"}}), "unknown"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"roles": ["x"]}}), "no list of"),
        (Judgement("edit", "claim", "c", S, "x", {"new": {"spans": [["cue", "1", 2]]}}), "no list"),
        (Judgement("assign", "claim", "c", S, detail={"to": " "}), "to nobody"),
        (Judgement("rate", "source", "sabq", S, detail={"reliability": "G"}), "A, B, C"),
        (Judgement("credit", "claim", "c", S, detail={"credibility": 7}), "1, 2, 3"),
        (Judgement("mark", "claim", "c", S, detail={"tlp": "PINK"}), "CLEAR, GREEN"),
        (Judgement("split", "entry", "m-1", S, detail={"claims": []}), "no claims to part"),
        (Judgement("split", "actor", "x", S, detail={"claims": ["c"]}), "to whom"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_ill_formed(judgement: Judgement, says: str) -> None:
    with pytest.raises(JudgementError, match=says) as caught:
        check_judgement(judgement)
    assert "Mend" in str(caught.value)
