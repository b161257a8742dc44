"""A record that was changed behind Mahdar's back shows, and where."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from judging import claims_of, ids, make_press
from sqlalchemy import text

from mahdar.store import (
    Judgement,
    Record,
    add_readings,
    consolidate_record,
    create_record,
    judge,
    prepare_reading,
)
from mahdar.store.verify import verify_record


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    with create_record(record_url) as made:
        add_readings(made, [prepare_reading(reading) for reading in make_press()[:9]])
        consolidate_record(made)
        for _ in range(3):
            judge(made, Judgement("comment", "entry", ids(made, "meeting")[0], "سلمى", "ملاحظة"))
        yield made


def tamper(record: Record, *statements: str) -> list[tuple[str, str, str]]:
    """Change a record as somebody would who has the file, guards taken down; return what shows."""
    with record.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE judgements DISABLE TRIGGER USER"))
        else:
            for what in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS judgements_stay_{what}"))
        for statement in statements:
            connection.execute(text(statement))
    return [(p.kind, p.where, p.what) for p in verify_record(record).problems]


def test_an_untouched_record_is_whole(record: Record) -> None:
    told: list[tuple[int, int]] = []
    found = verify_record(record, on_progress=lambda done, total: told.append((done, total)))
    assert found.problems == ()
    assert (found.judgements, found.articles, found.claims) == (3, 9, 9)
    assert len(found.head) == 64
    assert told[-1] == (9, 9)


@pytest.mark.parametrize(
    ("statement", "shows"),
    [
        ("UPDATE judgements SET who = 'x' WHERE seq = 2", ("chain", "2", "chain_hash")),
        ("UPDATE judgements SET at = 'x' WHERE seq = 1", ("chain", "1", "chain_hash")),
        ("DELETE FROM judgements WHERE seq = 2", ("chain", "2", "chain_number")),
        ("UPDATE judgements SET previous = 'x' WHERE seq = 3", ("chain", "3", "chain_previous")),
    ],
    ids=["who", "when", "dropped", "previous"],
)
def test_the_first_bad_row_is_named(
    record: Record, statement: str, shows: tuple[str, str, str]
) -> None:
    assert tamper(record, statement)[0] == shows


def test_changed_texts_and_spans_show(record: Record) -> None:
    problems = tamper(record, "UPDATE articles SET text = 'نص آخر'")
    assert {p[0] for p in problems} == {"text", "span", "quote"}
    assert sum(p[0] == "text" for p in problems) == 9


def test_a_claim_moved_to_another_article_shows(record: Record) -> None:
    problems = tamper(
        record,
        "UPDATE claims SET article_id = (SELECT max(id) FROM articles)"
        " WHERE article_id = (SELECT min(id) FROM articles)",
    )
    assert any(kind == "uid" for kind, _, _ in problems)


def test_words_that_are_not_under_their_spans_show(record: Record) -> None:
    problems = tamper(record, "UPDATE claims SET text = 'كلام آخر' WHERE kind = 'statement'")
    assert {p[2] for p in problems} == {"words"}


def test_a_subject_that_is_gone_shows(record: Record) -> None:
    claim = claims_of(record, ids(record, "meeting")[0])[0]
    problems = tamper(record, f"DELETE FROM claims WHERE uid = '{claim}'")
    assert ("subject", f"1 {claim}", "subject") in problems
