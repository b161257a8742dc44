"""Random sequences of judgements: following a change gives what making all anew gives; undoing gives
back the entries that were there; the order in which articles come does not matter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import (
    LASTING,
    LOG,
    claims_of,
    dump,
    dump_anew,
    ids,
    judge_at_random,
    make_press,
    rebuild,
)
from postgres import Server
from sqlalchemy import select

from mahdar.judgements import Anchor, Judgement, fold_judgements
from mahdar.store import (
    PreparedReading,
    Record,
    add_readings,
    consolidate_record,
    create_record,
    judge,
    merge,
    open_record,
    prepare_reading,
    tables,
    undo,
)
from mahdar.store.sqlite import copy_sqlite
from mahdar.store.verify import verify_record

PREPARED = [prepare_reading(reading) for reading in make_press()]
FEW = [prepare_reading(reading) for reading in make_press(papers=2, days=2)]
"""So few claims that judgements picked at random meet in the same ones."""


def make_original(path: Path, readings: list[PreparedReading]) -> Path:
    with create_record(path) as record:
        add_readings(record, readings)
        consolidate_record(record)
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_original(tmp_path_factory.mktemp("judged") / "talks.db", PREPARED)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_original(tmp_path_factory.mktemp("judged") / "few.db", FEW)


@pytest.fixture
def record(original: Path, tmp_path: Path) -> Iterator[Record]:
    copy_sqlite(original, tmp_path / "copy.db")
    with open_record(tmp_path / "copy.db") as copy:
        yield copy


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.slow) for n in range(4, 40))]
)
def test_following_changes_equals_making_all_anew(record: Record, seed: int) -> None:
    rng = random.Random(seed)
    done: list[int] = []
    for step in range(12 if seed < 4 else 40):
        before = dump(record, LOG | LASTING)
        made = judge_at_random(record, rng, done)
        if made is None:
            continue
        done.append(made.seq)
        followed = dump(record, LOG | LASTING)
        rebuild(record)
        anew = dump(record, LOG | LASTING)
        assert followed == anew, f"seed {seed}, step {step}: {made}"
        if rng.random() < 0.3:
            done.append(undo(record, made.seq, "Omar").seq)
            assert dump(record, LOG | LASTING) == before, f"seed {seed}, step {step}: undo {made}"


def follow_long(record: Record, seed: int, steps: int, every: int) -> None:
    """Judge at random without making anew in between, as a record in use does: what is left behind
    by one judgement may show many later.
    """
    rng = random.Random(seed)
    done: list[int] = []
    for step in range(steps):
        made = judge_at_random(record, rng, done)
        if made is not None:
            done.append(made.seq)
        if step % every == every - 1 or step == steps - 1:
            anew = dump_anew(record, LASTING)
            assert dump(record, LASTING) == anew, f"seed {seed}, by step {step}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [62, *range(200, 210)])
def test_following_many_changes_equals_making_all_anew(record: Record, seed: int) -> None:
    follow_long(record, seed, steps=80, every=10)


@pytest.mark.parametrize(
    "seed",
    [
        *range(2),
        *(pytest.param(n, marks=pytest.mark.slow) for n in (1051, 1070, *range(1100, 1120))),
    ],
)
def test_following_many_changes_of_few_claims(small: Path, tmp_path: Path, seed: int) -> None:
    copy_sqlite(small, tmp_path / "copy.db")
    with open_record(tmp_path / "copy.db") as record:
        follow_long(record, seed, steps=60 if seed < 2 else 120, every=10)


def test_edits_of_an_entry_show_alike_in_whatever_order_they_came(record: Record) -> None:
    entry = ids(record, "statement")[0]
    first = judge(record, Judgement("edit", "entry", entry, "Omar", "x", {"new": {"killed": 77}}))
    judge(record, Judgement("edit", "entry", entry, "Omar", "x", {"new": {"time": "2015-07"}}))
    before = dump(record, LOG | LASTING)
    taken_back = undo(record, first.seq, "Omar")
    assert dump(record, LASTING) == dump_anew(record, LASTING)
    undo(record, taken_back.seq, "Omar")
    assert dump(record, LOG | LASTING) == before == dump_anew(record, LOG | LASTING)


@pytest.mark.parametrize("way", ["joined last", "parted last"])
def test_a_rejected_claim_speaks_for_its_group(record: Record, way: str) -> None:
    """What a claim is apart from holds for those that people put together with it, also where it
    stands by itself as it was rejected: another claim leaves their entry, and comes back.
    """
    a, b, c, *_, rejected = sorted(claims_of(record, ids(record, "meeting")[0]))
    other = Judgement("different", "claim", c, "Omar", "", {"with": rejected})
    joined = Judgement("same", "claim", rejected, "Omar", "", {"with": a})
    judge(record, Judgement("same", "claim", a, "Omar", "", {"with": b}))
    judge(record, Judgement("reject", "claim", rejected, "Omar", "x"))
    judge(record, other if way == "joined last" else joined)
    before = dump(record, LOG | LASTING)
    assert entry_of(record, a) == entry_of(record, b) == entry_of(record, c)
    last = judge(record, joined if way == "joined last" else other)
    assert entry_of(record, a) == entry_of(record, b) != entry_of(record, c)
    assert dump(record, LASTING) == dump_anew(record, LASTING)
    undo(record, last.seq, "Omar")
    assert dump(record, LOG | LASTING) == before == dump_anew(record, LOG | LASTING)


def entry_of(record: Record, claim: str) -> str:
    link = tables.entry_claims.c
    with record.reading() as connection:
        return str(connection.scalar(select(link.entry).where(link.claim == claim)))


@pytest.mark.parametrize(
    "seed", [100, *(pytest.param(n, marks=pytest.mark.slow) for n in (101, 102))]
)
def test_both_stores_follow_alike(record: Record, postgres_server: Server, seed: int) -> None:
    url = postgres_server.make_database()
    with create_record(url) as other:
        add_readings(other, PREPARED)
        consolidate_record(other)
        numbered = {"articles", "claims", "mentions"}
        for each in (record, other):
            rng = random.Random(seed)
            done: list[int] = []
            for _ in range(15):
                made = judge_at_random(each, rng, done)
                if made is not None:
                    done.append(made.seq)
        assert dump(other, LOG | numbered) == dump(record, LOG | numbered)
        assert verify_record(other).problems == ()
        followed = dump(other, LASTING)
        rebuild(other)
        assert dump(other, LASTING) == followed
    postgres_server.drop_database(url)


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 20))]
)
def test_articles_in_any_portions_give_the_same_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(merge, "_MOST_CHANGED", 2.0)  # always follow changes
    rng = random.Random(seed)
    order = list(PREPARED)
    rng.shuffle(order)
    done: list[int] = []
    with create_record(tmp_path / "talks.db") as record:
        while order:
            size = rng.choice((1, 2, 5, 20))
            add_readings(record, order[:size])
            del order[:size]
            consolidate_record(record)
            if seed % 2 and (made := judge_at_random(record, rng, done)) is not None:
                done.append(made.seq)
        # Rows of articles and mentions carry numbers that follow the order of adding.
        numbered = {"articles", "claims", "mentions"}
        followed = dump(record, LASTING | numbered)
        rebuild(record)
        assert dump(record, LASTING | numbered) == followed, f"seed {seed}"


CLAIMS = [f"{n:020x}" for n in range(6)]


def anchors(*uids: str) -> tuple[Anchor, ...]:
    return tuple(Anchor(uid, "a", "event", "MEET", (), "") for uid in uids)


@st.composite
def logs(draw: st.DrawFn) -> list[Judgement]:
    """Logs about six claims: joined, parted, split, rejected, edited, undone."""
    log: list[Judgement] = []
    for seq in range(1, draw(st.integers(1, 12)) + 1):
        action = draw(st.sampled_from(["same", "different", "split", "reject", "edit", "undo"]))
        some = draw(st.lists(st.sampled_from(CLAIMS), min_size=2, max_size=4, unique=True))
        who = draw(st.sampled_from(["a", "b"]))
        if action == "undo" and log:
            target = draw(st.integers(1, seq - 1))
            log.append(Judgement("undo", "judgement", str(target), who, seq=seq))
        elif action == "same":
            log.append(Judgement("same", "claim", some[0], who, claims=anchors(*some), seq=seq))
        elif action in ("different", "split"):
            kind = "claim" if action == "different" else "entry"
            detail = {"claims": some[:1]}
            log.append(Judgement(action, kind, some[0], who, "", detail, anchors(*some), seq=seq))
        elif action == "reject":
            log.append(Judgement("reject", "claim", some[0], who, claims=anchors(some[0]), seq=seq))
        else:
            detail = {"new": {"time": f"2015-08-0{seq % 9 + 1}"}}
            log.append(
                Judgement("edit", "claim", some[0], who, "", detail, anchors(some[0]), seq=seq)
            )
    return log


@given(logs())
def test_undoing_the_last_gives_the_log_before(log: list[Judgement]) -> None:
    last = log[-1]
    undone = [*log, Judgement("undo", "judgement", str(last.seq), "x", seq=last.seq + 1)]
    assert fold_judgements(undone).decided == fold_judgements(log[:-1]).decided
    redone = [*undone, Judgement("undo", "judgement", str(last.seq + 1), "x", seq=last.seq + 2)]
    assert fold_judgements(redone).decided == fold_judgements(log).decided


@given(logs())
def test_claims_of_one_group_are_never_apart(log: list[Judgement]) -> None:
    decided = fold_judgements(log).decided
    for claim, others in decided.apart.items():
        assert claim not in others
        for other in others:
            assert claim in decided.apart[other]
            group = decided.groups.get(claim)
            assert group is None or group != decided.groups.get(other)


@given(logs(), st.randoms())
def test_the_order_in_which_rows_are_given_does_not_matter(
    log: list[Judgement], rng: random.Random
) -> None:
    shuffled = list(log)
    rng.shuffle(shuffled)
    assert fold_judgements(shuffled) == fold_judgements(log)
