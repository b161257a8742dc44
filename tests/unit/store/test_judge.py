"""Judgements in the record, on both stores: what shows, what stays, what is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from judging import claims_of, dump, ids, make_press, rebuild
from made_readings import meeting
from sqlalchemy import select, text

from mahdar.errors import JudgementError
from mahdar.store import (
    Judgement,
    Record,
    add_readings,
    consolidate_record,
    create_record,
    judge,
    list_judgements,
    list_undone,
    prepare_reading,
    review_state,
    tables,
    undo,
)
from mahdar.views import Filters, list_timeline

WHO = "سلمى"


@pytest.fixture(scope="module")
def prepared() -> list[object]:
    return [prepare_reading(reading) for reading in make_press()]


@pytest.fixture
def record(record_url: str, prepared: list[object]) -> Iterator[Record]:
    with create_record(record_url) as made:
        add_readings(made, prepared)  # type: ignore[arg-type]
        consolidate_record(made)
        yield made


def entry(record: Record, entry_id: str) -> tuple[object, ...]:
    """Return type, time, place, standing, articles, origins of an entry."""
    e = tables.entries.c
    with record.reading() as connection:
        row = connection.execute(
            select(e.type, e.time, e.place, e.standing, e.articles, e.origins).where(
                e.id == entry_id
            )
        ).one()
    return tuple(row)


def home(record: Record, claim: str) -> str:
    c = tables.entry_claims.c
    with record.reading() as connection:
        return str(connection.scalar(select(c.entry).where(c.claim == claim)))


def test_accept_is_a_row_with_all_that_was_seen(record: Record) -> None:
    subject = ids(record, "meeting")[0]
    done = judge(record, Judgement("accept", "entry", subject, WHO))
    assert (done.seq, done.previous, len(done.hash), done.engine) == (1, "", 64, "test 1")
    assert done.at.endswith("+00:00")
    assert done.uids == tuple(claims_of(record, subject))
    assert list_judgements(record) == [done]
    found = review_state(record, "entry", subject)
    assert (found.state.state, found.state.by, found.fresh) == ("accepted", WHO, 0)
    second = judge(record, Judgement("comment", "entry", subject, "Omar", "good"))
    assert second.previous == done.hash
    assert review_state(record, "entry", subject).state.state == "accepted"


def test_a_rejected_claim_counts_no_longer_and_stands_alone(record: Record) -> None:
    subject = ids(record, "meeting")[0]
    claim, *others = claims_of(record, subject)
    articles = entry(record, subject)[4]
    judge(record, Judgement("reject", "claim", claim, WHO, "another meeting"))
    alone = home(record, claim)
    assert claims_of(record, alone) == [claim]
    assert review_state(record, "entry", alone).state.state == "rejected"
    assert others
    together = claims_of(record, home(record, others[0]))
    assert set(others) <= set(together)
    assert claim not in together
    undo(record, 1, WHO)
    assert entry(record, subject)[4] == articles
    assert list_undone(record) == {1}


def test_merge_split_and_undo(record: Record) -> None:
    before = dump(record, {"judgements", "judgement_claims", "entry_aliases", "past_entry_claims"})
    first, second, *_ = ids(record, "incident")
    both = {*claims_of(record, first), *claims_of(record, second)}
    merged = judge(record, Judgement("same", "entry", first, WHO, "", {"with": second}))
    whole = home(record, merged.uids[0])
    assert set(claims_of(record, whole)) == both
    gone = second if whole != second else first
    found = review_state(record, "entry", gone)
    assert (found.state.state, found.heir) == ("superseded", whole)
    leaving = claims_of(record, whole)[:2]
    judge(record, Judgement("split", "entry", whole, WHO, "", {"claims": leaving}))
    assert set(claims_of(record, home(record, leaving[0]))) == set(leaving)
    assert both - set(leaving) == set(
        claims_of(record, home(record, sorted(both - set(leaving))[0]))
    )
    undo(record, 2, WHO)
    undo(record, 1, WHO)
    after = dump(record, {"judgements", "judgement_claims", "entry_aliases", "past_entry_claims"})
    assert after == before


def test_different_holds_whatever_comes_later(record: Record) -> None:
    subject = ids(record, "meeting")[0]
    one, other = claims_of(record, subject)[:2]
    judge(record, Judgement("different", "claim", one, WHO, "", {"with": other}))
    assert home(record, one) != home(record, other)
    more = meeting("quds", "القدس: التقى كيري لافروف في الدوحة أمس.", time="2015-08-01")
    add_readings(record, [prepare_reading(more)])
    consolidate_record(record)
    assert home(record, one) != home(record, other)
    rebuild(record)
    assert home(record, one) != home(record, other)


def test_an_edited_claim_shows_its_new_value_beside_the_machines(record: Record) -> None:
    subject = ids(record, "incident")[0]
    claim = claims_of(record, subject)[0]
    done = judge(record, Judgement("edit", "claim", claim, WHO, "misread", {"new": {"killed": 40}}))
    assert done.detail == {"new": {"killed": 40}, "old": {"killed": 3}}
    with record.reading() as connection:
        c = tables.claims.c
        assert connection.scalar(select(c.killed).where(c.uid == claim)) == 3
        fields = connection.scalar(
            select(tables.entries.c.fields).where(tables.entries.c.id == home(record, claim))
        )
    assert ["40", [claim]] in fields["killed"]
    assert review_state(record, "claim", claim).state.edits == {"killed": (40, 1)}


def test_an_edited_type_moves_a_claim_to_another_kind_of_entry(record: Record) -> None:
    claim = claims_of(record, ids(record, "incident")[0])[0]
    judge(record, Judgement("edit", "claim", claim, WHO, "aid", {"new": {"type": "AID"}}))
    assert home(record, claim) in ids(record, "humanitarian")
    other = claims_of(record, ids(record, "incident")[1])[0]
    with pytest.raises(JudgementError, match="different kinds"):
        judge(record, Judgement("same", "claim", claim, WHO, "", {"with": other}))
    undo(record, 1, WHO)
    assert home(record, claim) in ids(record, "incident")


def test_an_edited_entry_keeps_what_its_claims_tell(record: Record) -> None:
    subject = ids(record, "meeting")[0]
    before = entry(record, subject)
    new = {"time": "2015-07", "roles": [["houthis", "actor"]], "place": None}
    judge(record, Judgement("edit", "entry", subject, WHO, "so", {"new": new}))
    assert entry(record, subject)[1:3] == ("2015-07", None)
    a, e = tables.entry_actors.c, tables.entries.c
    with record.reading() as connection:
        roles = connection.execute(select(a.actor, a.role).where(a.entry == subject)).all()
        row = connection.execute(select(e.fields, e.first_day).where(e.id == subject)).one()
    assert [tuple(role) for role in roles] == [("houthis", "actor")]
    assert row.fields["time"][0] == ["2015-07", []]
    assert row.fields["time"][1][0] == before[1]
    assert row.first_day == "2015-07-01"
    add_readings(record, [prepare_reading(meeting("quds", "التقى كيري لافروف.", time=before[1]))])
    consolidate_record(record)
    assert entry(record, subject)[1] == "2015-07"
    assert review_state(record, "entry", subject).fresh == 1
    undo(record, 1, WHO)
    assert entry(record, subject)[1] == before[1]


def test_edits_of_an_entry_leave_it_as_making_it_anew_would(record: Record) -> None:
    subject = next(i for i in ids(record, "incident") if len(claims_of(record, i)) > 1)
    edits = (
        {"killed": 9},
        {"killed": 11, "modality": "denied"},
        {"place": "doha", "roles": [["john-kerry", "actor"]]},
        {"killed": None},
    )
    for new in edits:
        last = judge(record, Judgement("edit", "entry", subject, WHO, "as told", {"new": new}))
        shown = dump(record)
        rebuild(record)
        assert dump(record) == shown, new
    undo(record, last.seq, WHO)
    shown = dump(record)
    rebuild(record)
    assert dump(record) == shown


def test_new_spans_carry_their_words(record: Record) -> None:
    claim = claims_of(record, ids(record, "statement")[0])[0]
    c, t = tables.claims, tables.articles
    with record.reading() as connection:
        row = connection.execute(
            select(c.c.spans, t.c.text).select_from(c.join(t)).where(c.c.uid == claim)
        ).one()
    spans = [[role, a, b - 5] if role == "content" else [role, a, b] for role, a, b in row.spans]
    done = judge(
        record, Judgement("edit", "claim", claim, WHO, "too long", {"new": {"spans": spans}})
    )
    _, start, end = spans[-1]
    assert done.detail["new"]["text"] == row.text[start:end]
    outside = [["cue", 0, 3], ["content", 4, 10_000]]
    with pytest.raises(JudgementError, match="outside the article"):
        judge(record, Judgement("edit", "claim", claim, WHO, "x", {"new": {"spans": outside}}))


def test_actors_merged_and_split(record: Record) -> None:
    e, a = tables.entries.c, tables.entry_actors.c

    def actors() -> set[str]:
        with record.reading() as connection:
            return set(
                connection.scalars(
                    select(a.actor).join(tables.entries, e.id == a.entry).where(e.kind == "meeting")
                )
            )

    assert {"john-kerry", "sergey-lavrov"} <= actors()
    judge(record, Judgement("same", "actor", "john-kerry", WHO, "", {"with": "sergey-lavrov"}))
    assert "sergey-lavrov" not in actors()
    undo(record, 1, WHO)
    assert "sergey-lavrov" in actors()
    r = tables.claim_roles.c
    with record.reading() as connection:
        claim = connection.scalars(
            select(r.claim).where(r.actor == "john-kerry").order_by(r.claim)
        ).first()
    detail = {"claims": [claim], "to": "teresa-kerry", "label": {"ar": "تيريزا كيري"}}
    judge(record, Judgement("split", "actor", "john-kerry", WHO, "", detail))
    assert {"john-kerry", "teresa-kerry"} <= actors()
    with record.reading() as connection:
        label = select(tables.actors.c.ar).where(tables.actors.c.key == "teresa-kerry")
        assert connection.scalar(label) == "تيريزا كيري"


def test_second_review_needs_a_second_person(record: Record) -> None:
    claim = claims_of(record, ids(record, "meeting")[0])[0]
    judge(record, Judgement("accept", "claim", claim, WHO))
    judge(record, Judgement("needs_second", "claim", claim, WHO))
    with pytest.raises(JudgementError, match="second person"):
        judge(record, Judgement("confirm", "claim", claim, WHO))
    judge(record, Judgement("confirm", "claim", claim, "Omar"))
    assert review_state(record, "claim", claim).state.state == "final"
    with pytest.raises(JudgementError, match="reopen it first"):
        judge(record, Judgement("reject", "claim", claim, WHO, "no"))
    assert len(list_judgements(record)) == 3


def test_an_entry_stands_where_all_its_claims_stand(record: Record) -> None:
    subject = ids(record, "meeting")[0]
    *most, last = claims_of(record, subject)
    for claim in most:
        judge(record, Judgement("accept", "claim", claim, WHO))
    assert review_state(record, "entry", subject).state.state == "in_review"
    judge(record, Judgement("accept", "claim", last, WHO))
    assert review_state(record, "entry", subject).state.state == "accepted"


def test_sources_credibility_and_markings(record: Record) -> None:
    claim = claims_of(record, ids(record, "meeting")[0])[0]
    judge(record, Judgement("rate", "source", "sabq", WHO, "", {"reliability": "B"}))
    judge(record, Judgement("credit", "claim", claim, WHO, "", {"credibility": 2}))
    judge(record, Judgement("mark", "claim", claim, WHO, "", {"tlp": "RED"}))
    judge(record, Judgement("mark", "process", "yemen", WHO, "", {"tlp": "AMBER+STRICT"}))
    state = review_state(record, "claim", claim).state
    assert (state.credibility, state.tlp, state.state) == (2, "RED", "machine_draft")
    with record.reading() as connection:
        rows = connection.execute(select(tables.subject_states).order_by("kind")).all()
    assert [(r.kind, r.subject, r.reliability, r.tlp) for r in rows] == [
        ("process", "yemen", None, "AMBER+STRICT"),
        ("source", "sabq", "B", None),
    ]
    undo(record, 1, WHO)
    with record.reading() as connection:
        assert len(connection.execute(select(tables.subject_states)).all()) == 1


@pytest.mark.parametrize(
    ("judgement", "says"),
    [
        (Judgement("accept", "entry", "m-000000000000", WHO), "there is no entry"),
        (Judgement("accept", "claim", "f" * 20, WHO), "there is no claim"),
        (Judgement("same", "actor", "john-kerry", WHO, "", {"with": "nobody"}), "no actor nobody"),
        (Judgement("comment", "article", "f" * 64, WHO, "x"), "no such article"),
        (Judgement("undo", "judgement", "77", WHO), "no judgement 77"),
        (Judgement("undo", "judgement", "last", WHO), "not the number"),
    ],
    ids=["entry", "claim", "actor", "article", "number", "no-number"],
)
def test_what_is_not_there_is_named(record: Record, judgement: Judgement, says: str) -> None:
    with pytest.raises(JudgementError, match=says):
        judge(record, judgement)
    assert list_judgements(record) == []


def test_impossible_identities_are_refused(record: Record) -> None:
    met, said = ids(record, "meeting")[0], ids(record, "statement")[0]
    for wanted, says in (
        (Judgement("same", "entry", met, WHO, "", {"with": said}), "different kinds"),
        (Judgement("same", "entry", met, WHO, "", {"with": []}), "name two|with itself"),
        (Judgement("different", "entry", met, WHO, "", {"with": met}), "Mend"),
        (
            Judgement("split", "entry", met, WHO, "", {"claims": claims_of(record, met)}),
            "leave one",
        ),
        (Judgement("split", "entry", met, WHO, "", {"claims": ["f" * 20]}), "has no claim"),
        (
            Judgement(
                "split", "actor", "aden", WHO, "", {"claims": claims_of(record, met)[:1], "to": "x"}
            ),
            "does not name this actor",
        ),
        (
            Judgement("edit", "entry", met, WHO, "x", {"new": {"type": "MEET"}}),
            "so already",
        ),
    ):
        if wanted.detail.get("with") == []:
            one = claims_of(record, met)[:1]
            wanted = Judgement("same", "claim", one[0], WHO, "", {"with": one[0]})
        with pytest.raises(JudgementError, match=says):
            judge(record, wanted)
    done = judge(record, Judgement("accept", "entry", met, WHO))
    undo(record, done.seq, WHO)
    with pytest.raises(JudgementError, match="undone already"):
        undo(record, done.seq, WHO)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE judgements SET who = 'x'", "DELETE FROM judgements"],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_the_log(record: Record, statement: str) -> None:
    done = judge(record, Judgement("accept", "entry", ids(record, "meeting")[0], WHO))
    with pytest.raises(Exception, match="kept for ever"), record.writing() as connection:
        connection.execute(text(statement))
    assert list_judgements(record) == [done]


def test_a_judgement_that_fails_half_way_leaves_nothing(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = ids(record, "meeting")[0]
    before = dump(record)
    with monkeypatch.context() as patch:
        patch.setattr("mahdar.store.merge.write_entry_states", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            judge(record, Judgement("reject", "claim", claims_of(record, subject)[0], WHO, "x"))
    assert dump(record) == before


def test_lists_are_narrowed(record: Record) -> None:
    met, shot = ids(record, "meeting")[0], ids(record, "incident")[0]
    judge(record, Judgement("accept", "entry", met, WHO))
    judge(record, Judgement("accept", "claim", claims_of(record, met)[1], "Omar"))
    judge(record, Judgement("accept", "entry", shot, WHO))
    assert [j.seq for j in list_judgements(record)] == [3, 2, 1]
    assert [j.seq for j in list_judgements(record, kind="entry", subject=met)] == [2, 1]
    assert [j.seq for j in list_judgements(record, who=WHO)] == [3, 1]
    assert [j.seq for j in list_judgements(record, since=1, limit=1)] == [3]


def test_views_leave_out_what_is_rejected_and_find_merged_actors(record: Record) -> None:
    subject = ids(record, "meeting")[0]
    judge(record, Judgement("reject", "entry", subject, WHO, "never happened"))
    shown = {row.id for row in list_timeline(record)}
    assert subject not in shown
    assert shown < {row.id for row in list_timeline(record, Filters(rejected=True))}
    judge(record, Judgement("same", "actor", "john-kerry", WHO, "", {"with": "sergey-lavrov"}))
    merged = list_timeline(record, Filters(actor="لافروف"))
    assert merged
    assert {ref.key for row in merged for ref, _ in row.actors} >= {"john-kerry"}
