"""The chain of hashes: any change of a row shows, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mahdar.judgements import Anchor, Judgement, chain_hash, find_break
from mahdar.judgements.chain import anchor_from_json, anchor_to_json
from mahdar.model import Span

ANCHOR = Anchor("c" * 20, "a" * 64, "event", "MEET", (("trigger", Span(3, 9)),), "q")


def make_log(rows: int = 4) -> list[Judgement]:
    log: list[Judgement] = []
    for seq in range(1, rows + 1):
        row = Judgement(
            "comment", "claim", "c" * 20, "سلمى", f"ملاحظة {seq}", {"b": 1, "a": [None]}, (ANCHOR,),
            "mahdar 0.1.0", "2026-01-01T00:00:00+00:00", seq, log[-1].hash if log else "",
        )  # fmt: skip
        log.append(replace(row, hash=chain_hash(row)))
    return log


def test_a_whole_chain() -> None:
    assert find_break(make_log()) is None
    assert find_break([]) is None


CHANGES = {
    "who": "Omar",
    "at": "2026-01-01T00:00:01+00:00",
    "action": "accept",
    "kind": "entry",
    "subject": "d" * 20,
    "reason": "أخرى",
    "detail": {"b": 2, "a": [None]},
    "claims": (),
    "engine": "mahdar 9",
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_field_is_in_the_hash(name: str) -> None:
    log = make_log()
    log[1] = replace(log[1], **{name: CHANGES[name]})  # type: ignore[arg-type]
    assert find_break(log) == (2, "hash")


def test_dropped_put_in_and_rehashed_rows_show() -> None:
    log = make_log()
    assert find_break(log[:1] + log[2:]) == (2, "number")
    forged = replace(log[1], reason="أخرى")
    forged = replace(forged, hash=chain_hash(forged))
    assert find_break([log[0], forged, *log[2:]]) == (3, "previous")


def test_order_of_keys_does_not_matter() -> None:
    row = make_log()[0]
    assert chain_hash(replace(row, detail={"a": [None], "b": 1})) == row.hash


def test_the_form_that_is_hashed_is_pinned() -> None:
    # A change here makes every log that was ever written look forged.
    assert make_log(1)[0].hash == chain_hash(make_log(1)[0])
    assert chain_hash(Judgement("accept", "claim", "c", "سلمى", seq=1)) == PINNED


PINNED = "92c5aa21d357d1456aa2454679de60a74ed774ecc9d82c125bdb87f0332e8fb7"


def test_anchors_come_back() -> None:
    assert anchor_from_json(anchor_to_json(ANCHOR)) == ANCHOR
