"""Articles read again by a newer engine: every judgement keeps its claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from judging import LASTING, claims_of, dump, ids, rebuild
from made_readings import make_reading, meeting
from sqlalchemy import select

from mahdar.model import Reading
from mahdar.store import (
    Judgement,
    Record,
    add_readings,
    consolidate_record,
    create_record,
    judge,
    list_proposals,
    prepare_reading,
    review_state,
    tables,
    undo,
)
from mahdar.store.verify import verify_record

WHO = "سلمى"
TEXT = "التقى كيري لافروف في الدوحة أمس وبحثا الأزمة."
MET = meeting("sabq", TEXT)
MORE = meeting("hayat", "التقى كيري لافروف في الدوحة قبل يوم.")
OTHER = meeting("okaz", "الدوحة: التقى كيري لافروف أمس.")


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    with create_record(record_url) as made:
        add_readings(made, [prepare_reading(MET), prepare_reading(OTHER)])
        consolidate_record(made)
        yield made


def newer(**changes: object) -> Reading:
    """The article as a newer engine reads it."""
    return replace(meeting("sabq", TEXT, **changes), engine="test 2")


def reread(record: Record, reading: Reading) -> tuple[int, int, int]:
    added = add_readings(record, [prepare_reading(reading)])
    consolidate_record(record)
    assert added.reread == 1
    return added.judged_same, added.judged_differing, added.judged_lost


def claim_in(record: Record, reading: Reading) -> str:
    c, t = tables.claims, tables.articles
    with record.reading() as connection:
        return str(
            connection.scalar(
                select(c.c.uid)
                .select_from(c.join(t))
                .where(t.c.sha256 == reading.article.sha256, c.c.family == "meeting")
            )
        )


def time_of(record: Record, claim: str) -> str | None:
    with record.reading() as connection:
        c = tables.claims.c
        return connection.scalar(select(c.time).where(c.uid == claim))


def test_nothing_judged_nothing_kept(record: Record) -> None:
    assert reread(record, newer(time="2015-08-02")) == (0, 0, 0)
    assert time_of(record, claim_in(record, MET)) == "2015-08-02"


def test_the_same_values_are_the_same(record: Record) -> None:
    claim = claim_in(record, MET)
    judge(record, Judgement("accept", "claim", claim, WHO))
    assert reread(record, newer()) == (1, 0, 0)
    assert review_state(record, "claim", claim).state.state == "accepted"
    assert list_proposals(record) == []


def test_a_decided_claim_stays_and_the_newer_values_are_a_proposal(record: Record) -> None:
    claim = claim_in(record, MET)
    judge(record, Judgement("accept", "claim", claim, WHO))
    assert reread(record, newer(time="2015-08-02")) == (0, 1, 0)
    assert time_of(record, claim) == "2015-08-03"
    (proposal,) = list_proposals(record)
    assert (proposal.claim, proposal.engine) == (claim, "test 2")
    assert proposal.changes == {"time": ("2015-08-03", "2015-08-02")}
    assert reread(record, replace(newer(), engine="test 3")) == (1, 0, 0)
    assert list_proposals(record) == []


def test_an_accepted_entry_decides_its_claims(record: Record) -> None:
    subject = ids(record, "meeting")[0]
    judge(record, Judgement("accept", "entry", subject, WHO))
    assert reread(record, newer(time="2015-08-02")) == (0, 1, 0)
    assert ids(record, "meeting") == [subject]
    assert review_state(record, "entry", subject).state.state == "accepted"


def test_a_claim_that_was_only_joined_takes_the_newer_values(record: Record) -> None:
    one, other = claim_in(record, MET), claim_in(record, OTHER)
    judge(record, Judgement("same", "claim", one, WHO, "", {"with": other}))
    assert reread(record, newer(time="2015-07-20")) == (0, 1, 0)
    assert time_of(record, one) == "2015-07-20"
    (entry,) = ids(record, "meeting")
    assert set(claims_of(record, entry)) == {one, other}


def test_a_claim_under_a_new_id_is_found_by_its_words(record: Record) -> None:
    one, other = claim_in(record, MET), claim_in(record, OTHER)
    judge(record, Judgement("different", "claim", one, WHO, "", {"with": other}))
    assert len(ids(record, "meeting")) == 2
    assert reread(record, newer(type="NEGOTIATE")) == (0, 1, 0)
    moved = claim_in(record, MET)
    assert moved != one
    assert len(ids(record, "meeting")) == 2
    assert verify_record(record).problems == ()
    undo(record, 1, WHO)
    assert len(ids(record, "meeting")) == 1


def test_a_judged_claim_that_is_not_found_stays(record: Record) -> None:
    claim = claim_in(record, MET)
    judge(record, Judgement("accept", "claim", claim, WHO))
    gone = make_reading(TEXT, publisher="sabq", engine="test 2")
    assert gone.article.sha256 == MET.article.sha256
    assert reread(record, gone) == (0, 0, 1)
    assert time_of(record, claim) == "2015-08-03"
    assert claim in claims_of(record, ids(record, "meeting")[0])
    assert verify_record(record).problems == ()
    with record.reading() as connection:
        c = tables.claims.c
        assert connection.scalar(select(c.kept).where(c.uid == claim)) == 1
    assert reread(record, replace(newer(), engine="test 3")) == (1, 0, 0)
    with record.reading() as connection:
        assert connection.scalar(select(c.kept).where(c.uid == claim)) is None


def test_an_undone_judgement_keeps_nothing(record: Record) -> None:
    claim = claim_in(record, MET)
    done = judge(record, Judgement("accept", "claim", claim, WHO))
    undo(record, done.seq, WHO)
    assert reread(record, newer(time="2015-08-02")) == (0, 0, 0)
    assert time_of(record, claim) == "2015-08-02"


def test_search_knows_a_decided_claim_by_the_id_that_it_keeps(record: Record) -> None:
    claim = claim_in(record, MET)
    judge(record, Judgement("accept", "claim", claim, WHO))
    assert reread(record, newer(type="NEGOTIATE")) == (0, 1, 0)
    s, c = tables.search_claims.c, tables.claims.c
    with record.reading() as connection:
        known = set(connection.scalars(select(s.claim)))
        held = set(connection.scalars(select(c.uid)))
    assert claim in known
    assert known <= held


def test_judging_while_what_was_read_again_is_not_merged_yet(record: Record) -> None:
    other = claim_in(record, OTHER)
    old = claim_in(record, MET)
    add_readings(record, [prepare_reading(newer(type="NEGOTIATE")), prepare_reading(MORE)])
    assert record.stale
    judge(record, Judgement("accept", "claim", other, WHO))
    judge(record, Judgement("same", "claim", other, WHO, "", {"with": claim_in(record, MET)}))
    with record.reading() as connection:
        held = set(connection.scalars(select(tables.entry_claims.c.claim)))
    assert old not in held
    assert {other, claim_in(record, MET), claim_in(record, MORE)} <= held
    consolidate_record(record)
    assert not record.stale
    followed = dump(record, LASTING)
    rebuild(record)
    assert dump(record, LASTING) == followed
