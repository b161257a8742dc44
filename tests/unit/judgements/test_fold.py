"""What a log leads to: identities, edits, undoing, sources."""

from __future__ import annotations

import pytest

from mahdar.judgements import Anchor, Judgement, active_judgements, fold_judgements

A, B, C, D = (letter * 20 for letter in "abcd")


def row(
    seq: int, action: str, subject: str, *uids: str, kind: str = "claim", **detail: object
) -> Judgement:
    seen = tuple(Anchor(uid, "article", "event", "MEET", (), "") for uid in uids or (subject,))
    return Judgement(action, kind, subject, "سلمى", "لأن", detail, seen, seq=seq)


def undo(seq: int, target: int) -> Judgement:
    return Judgement("undo", "judgement", str(target), "Omar", seq=seq)


@pytest.mark.parametrize(
    ("log", "groups", "apart"),
    [
        ([row(1, "same", A, A, B)], [{A, B}], []),
        ([row(1, "same", A, A, B), row(2, "same", B, B, C)], [{A, B, C}], []),
        ([row(1, "different", A, A, B, claims=[A])], [], [(A, B)]),
        (
            [row(1, "different", A, A, B, claims=[A]), row(2, "same", A, A, B)],
            [{A, B}],
            [],
        ),
        (
            [row(1, "same", A, A, B, C), row(2, "different", A, A, B, claims=[A])],
            [{B, C}],
            [(A, B)],
        ),
        (
            [row(1, "split", "m-1", A, B, C, D, kind="entry", claims=[A, B])],
            [{A, B}, {C, D}],
            [(A, C), (A, D), (B, C), (B, D)],
        ),
        ([row(1, "same", A, A, B), undo(2, 1)], [], []),
        ([row(1, "same", A, A, B), undo(2, 1), undo(3, 2)], [{A, B}], []),
        (
            [row(1, "different", A, A, B, claims=[A]), row(2, "same", A, A, B), undo(3, 2)],
            [],
            [(A, B)],
        ),
    ],
    ids=[
        "same",
        "same-follows",
        "different",
        "later-same-holds",
        "later-different-holds",
        "split-makes-two",
        "undone",
        "undoing-undone",
        "undoing-gives-back-the-parting",
    ],
)
def test_identity(
    log: list[Judgement], groups: list[set[str]], apart: list[tuple[str, str]]
) -> None:
    decided = fold_judgements(log).decided
    found: dict[str, set[str]] = {}
    for claim, name in decided.groups.items():
        found.setdefault(name, set()).add(claim)
    assert sorted(found.values(), key=sorted) == groups
    pairs = {tuple(sorted((a, b))) for a, others in decided.apart.items() for b in others}
    assert pairs == set(apart)


@pytest.mark.parametrize(
    ("log", "actors"),
    [
        ([row(1, "same", "x", kind="actor", **{"with": "y"})], {"y": "x"}),
        (
            [
                row(1, "same", "x", kind="actor", **{"with": "y"}),
                row(2, "same", "z", kind="actor", **{"with": "x"}),
            ],
            {"y": "z", "x": "z"},
        ),
        (
            [
                row(1, "same", "x", kind="actor", **{"with": "y"}),
                row(2, "same", "z", kind="actor", **{"with": "x"}),
                row(3, "different", "z", kind="actor", **{"with": "x"}),
            ],
            {"y": "x"},
        ),
        (
            [
                row(1, "same", "x", kind="actor", **{"with": "y"}),
                row(2, "different", "x", kind="actor", **{"with": "y"}),
            ],
            {},
        ),
    ],
    ids=["same", "chain", "leaves-with-its-own", "parted"],
)
def test_actors(log: list[Judgement], actors: dict[str, str]) -> None:
    assert fold_judgements(log).decided.actors == actors


def test_a_split_actor_is_somebody_else_in_some_claims() -> None:
    log = [row(1, "split", "x", A, B, kind="actor", claims=[A, B], to="x#2")]
    assert fold_judgements(log).decided.recast == {A: {"x": "x#2"}, B: {"x": "x#2"}}


def test_rejected_and_edited() -> None:
    log = [
        row(1, "edit", A, new={"time": "2015"}),
        row(2, "edit", A, new={"time": "2016", "killed": 3}),
        row(3, "reject", B),
        row(4, "reject", C),
        row(5, "reopen", C),
    ]
    decided = fold_judgements(log).decided
    assert decided.edits == {A: {"time": "2016", "killed": 3}}
    assert decided.alone == {B}


def test_claims_are_named_as_they_are_now() -> None:
    log = [row(1, "same", A, A, B), row(2, "accept", A)]
    folded = fold_judgements(log, lambda uid: D if uid == A else uid)
    assert set(folded.decided.groups) == {B, D}
    assert folded.claims[D].state == "accepted"


def test_sources_and_markings() -> None:
    log = [
        row(1, "rate", "sabq", kind="source", reliability="B"),
        row(2, "rate", "sabq", kind="source", reliability="C"),
        row(3, "mark", "yemen", kind="process", tlp="RED"),
        row(4, "mark", "a1", kind="article", tlp="AMBER"),
        undo(5, 2),
        row(6, "mark", "a1", kind="article", tlp=None),
    ]
    subjects = fold_judgements(log).subjects
    assert subjects[("source", "sabq")]["reliability"] == "B"
    assert subjects[("process", "yemen")]["tlp"] == "RED"
    assert subjects[("article", "a1")]["tlp"] is None


def test_active_leaves_out_undone_and_undoing() -> None:
    log = [row(1, "accept", A), undo(2, 1), undo(3, 2), row(4, "reject", B), undo(5, 4)]
    assert [j.seq for j in active_judgements(log)] == [1]
