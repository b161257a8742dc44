"""Questions to a small record of known content."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from made_readings import make_reading, meeting

from mahdar.consolidation.reference import Reference
from mahdar.errors import RecordError, SettingError
from mahdar.store import Record, add_readings, consolidate_record, create_record, prepare_reading
from mahdar.views import (
    Filters,
    list_agreements,
    list_ceasefires,
    list_commitments,
    list_contacts,
    list_incidents,
    list_sources,
    list_statements,
    list_timeline,
    load_entry,
)

SAID = "الاتفاق مع طهران يمنع انتشار السلاح في المنطقة"
READINGS = [
    meeting("aawsat", "لقاء في الخليج\n\nالتقى كيري لافروف في الدوحة أمس وبحثا الأزمة السورية."),
    meeting("sabq", "الدوحة: كيري التقى لافروف وناقشا الملف النووي في ساعتين."),
    make_reading(
        "رويترز: هاتف كيري الجبير الجمعة.",
        publisher="okaz",
        published="2015-08-08",
        agency=["reuters"],
        events=[
            {
                "type": "CALL",
                "trigger": "هاتف",
                "who": ("john-kerry", "adel-al-jubeir"),
                "time": "2015-08-07",
            }
        ],
    ),
    make_reading(
        f"قال كيري، وفق رويترز، إن {SAID}. وأشار إلى اتفاق فيينا.",
        publisher="okaz",
        statements=[
            {
                "who": ["john-kerry"],
                "cue": "قال",
                "content": SAID,
                "via": ["reuters"],
                "act": "praise",
            },
            {"who": ["john-kerry"], "cue": "وأشار", "content": "إلى اتفاق فيينا"},
        ],
        instruments=[("اتفاق فيينا", "jcpoa")],
        commitments=[{"who": ["john-kerry"], "act": "يمنع انتشار السلاح", "due": "2015-09-15"}],
    ),
    make_reading(
        "أعلن الحوثيون هدنة في تعز خمسة أيام.",
        published="2015-08-01",
        events=[
            {
                "type": "CEASEFIRE",
                "trigger": "هدنة",
                "who": ["houthis"],
                "place": "taiz",
                "time": "2015-08-01/2015-08-05",
                "processes": ["yemen"],
            }
        ],
    ),
    make_reading(
        "خرق الحوثيون التهدئة في تعز وقتل ثلاثة.",
        publisher="sabq",
        published="2015-08-03",
        events=[
            {
                "type": "VIOLATION",
                "trigger": "خرق",
                "who": ["houthis"],
                "place": "taiz",
                "time": "2015-08-02",
                "killed": 3,
                "processes": ["yemen"],
            }
        ],
    ),
    make_reading(
        "قصف الحوثيون عدن وسقط 12 قتيلا.",
        publisher="sabq",
        events=[
            {
                "type": "ATTACK",
                "trigger": "قصف",
                "who": ["houthis"],
                "place": "aden",
                "time": "2015-08-03",
                "killed": 12,
            }
        ],
    ),
    make_reading(
        "قصف الحوثيون عدن فقتل 15 شخصا.",
        events=[
            {
                "type": "ATTACK",
                "trigger": "قصف",
                "who": ["houthis"],
                "place": "aden",
                "time": "2015-08-03",
                "killed": 15,
            }
        ],
    ),
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def record(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    """The same record on each store."""
    if request.param == "sqlite":
        name = str(tmp_path_factory.mktemp("record") / "talks.db")
    else:
        name = request.getfixturevalue("postgres_server").make_database()
    with create_record(name) as made:
        add_readings(made, [prepare_reading(r) for r in READINGS])
        consolidate_record(made, reference=Reference({"taiz": "yemen", "aden": "yemen"}))
        yield made


def test_timeline_by_day(record: Record) -> None:
    rows = list_timeline(record)
    assert [r.day for r in rows] == sorted(r.day or "" for r in rows)
    assert {(r.day, r.type) for r in rows} == {
        ("2015-08-01", "CEASEFIRE"),
        ("2015-08-02", "VIOLATION"),
        ("2015-08-03", "MEET"),
        ("2015-08-03", "ATTACK"),
        ("2015-08-07", "CALL"),
    }
    (met,) = (r for r in rows if r.type == "MEET")
    assert (met.articles, met.origins, met.standing) == (2, 2, "independently_confirmed")
    assert met.text in {
        "التقى كيري لافروف في الدوحة أمس وبحثا الأزمة السورية.",
        "الدوحة: كيري التقى لافروف وناقشا الملف النووي في ساعتين.",
    }


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        pytest.param(Filters(actor="john-kerry"), ["MEET", "CALL"], id="actor by id"),
        pytest.param(Filters(actor="كيري"), ["MEET", "CALL"], id="actor in Arabic"),
        pytest.param(Filters(actor="كـــيري"), ["MEET", "CALL"], id="actor with tatweel"),
        pytest.param(Filters(actor="sergey LAVROV"), ["MEET"], id="actor in English, any case"),
        pytest.param(Filters(actor="Lavrov"), ["MEET"], id="part of a name"),
        pytest.param(Filters(actor="nobody"), [], id="nobody"),
        pytest.param(Filters(actor="%"), [], id="a pattern is no name"),
        pytest.param(Filters(place="doha"), ["MEET"], id="place"),
        pytest.param(
            Filters(place="yemen"), ["CEASEFIRE", "VIOLATION", "ATTACK"], id="what lies in a place"
        ),
        pytest.param(Filters(process="yemen"), ["CEASEFIRE", "VIOLATION"], id="process"),
        pytest.param(Filters(since="2015-08-07"), ["CALL"], id="from"),
        pytest.param(Filters(until="2015-08-02"), ["CEASEFIRE", "VIOLATION"], id="to"),
        pytest.param(
            Filters(since="2015-08-05", until="2015-08-06"), ["CEASEFIRE"], id="inside a window"
        ),
        pytest.param(Filters(since="2015-09"), [], id="a month"),
        pytest.param(Filters(type="meet"), ["MEET"], id="type in any case"),
        pytest.param(Filters(limit=1), ["CEASEFIRE"], id="limit"),
    ],
)
def test_filters(record: Record, filters: Filters, types: list[str]) -> None:
    assert [row.type for row in list_timeline(record, filters)] == types


def test_a_filter_that_is_no_date(record: Record) -> None:
    with pytest.raises(SettingError, match=r"--from soon.*Mend"):
        list_timeline(record, Filters(since="soon"))


def test_statements(record: Record) -> None:
    first = next(r for r in list_statements(record) if r.act == "praise")
    assert first.text == SAID
    assert [r.key for r in first.speakers] == ["john-kerry"]
    assert [r.key for r in first.via] == ["reuters"]
    assert [r.text for r in list_statements(record, Filters(type="praise"))] == [SAID]


def test_contacts(record: Record) -> None:
    rows = list_contacts(record, Filters(actor="كيري"))
    seen = [(r.a.key, r.b.key, r.times, r.meetings, r.calls, r.last) for r in rows]
    assert seen == [
        ("adel-al-jubeir", "john-kerry", 1, 0, 1, "2015-08-07"),
        ("john-kerry", "sergey-lavrov", 1, 1, 0, "2015-08-03"),
    ]


def test_ceasefires_with_breaches(record: Record) -> None:
    (truce,) = list_ceasefires(record)
    assert (truce.status, truce.first, truce.last) == ("declared", "2015-08-01", "2015-08-05")
    assert [b.type for b in truce.breaches] == ["VIOLATION"]


def test_incidents_with_tolls_side_by_side(record: Record) -> None:
    attack = next(r for r in list_incidents(record) if r.entry.type == "ATTACK")
    assert attack.killed is not None
    assert (attack.killed.low, attack.killed.high) == (12, 15)
    assert attack.injured is None
    assert attack.entry.articles == 2


def test_agreements_name_who_invokes_them(record: Record) -> None:
    (row,) = list_agreements(record)
    assert (row.id, row.mentions, row.articles) == ("jcpoa", 1, 0)
    assert [(ref.key, n) for ref, n in row.invoked_by] == [("john-kerry", 1)]


@pytest.mark.parametrize(
    ("as_of", "state"),
    [(date(2015, 9, 7), "open"), (date(2015, 9, 15), "due"), (date(2015, 9, 16), "overdue")],
)
def test_commitments(record: Record, as_of: date, state: str) -> None:
    (row,) = list_commitments(record, as_of=as_of)
    assert (row.due, row.state) == ("2015-09-15", state)


def test_sources(record: Record) -> None:
    rows = list_sources(record)
    assert [(r.kind, r.source.key, r.articles, r.own) for r in rows] == [
        ("paper", "aawsat", 3, 3),
        ("paper", "sabq", 3, 3),
        ("paper", "okaz", 2, 1),
        ("agency", "reuters", 1, 0),
    ]
    assert rows[2].independence == 0.5


def test_an_entry_opens_to_its_sources(record: Record) -> None:
    (met,) = list_timeline(record, Filters(type="MEET"))
    detail = load_entry(record, met.id)
    assert detail.entry == met
    texts = {r.article.id: r.article.text for r in READINGS}
    for evidence in detail.evidence:
        for passage in evidence.passages:
            assert texts[evidence.article][passage.start : passage.end] == passage.text
        assert [evidence.text[m.start : m.end] for m in evidence.marks] == ["التقى"]
    assert {e.origin for e in detail.evidence} == {1, 2}
    assert [bool(e.reasons) for e in detail.evidence] == [False, True]


def test_the_chain_of_a_statement(record: Record) -> None:
    (said,) = list_statements(record, Filters(type="praise"))
    (evidence,) = load_entry(record, said.id).evidence
    assert [ref.key for ref in evidence.chain] == ["reuters", "john-kerry"]
    assert [evidence.text[m.start : m.end] for m in evidence.marks] == ["قال", SAID]


def test_an_entry_by_the_beginning_of_its_id(record: Record) -> None:
    (met,) = list_timeline(record, Filters(type="MEET"))
    assert load_entry(record, met.id[:9]).entry.id == met.id
    with pytest.raises(RecordError, match=r"several entries begin with m-?.*Mend"):
        load_entry(record, "m")
    with pytest.raises(RecordError, match=r"no entry z-1.*Mend"):
        load_entry(record, "z-1")


def test_every_value_has_claims(record: Record) -> None:
    for row in list_timeline(record):
        detail = load_entry(record, row.id)
        claims = {e.claim for e in detail.evidence}
        assert claims
        for told in row.fields.values():
            assert all(value.claims and set(value.claims) <= claims for value in told)


def test_an_empty_record(tmp_path: Path) -> None:
    with create_record(tmp_path / "empty.db") as empty:
        assert list_timeline(empty) == []
        assert list_contacts(empty) == []
        assert list_sources(empty) == []
        assert list_agreements(empty) == []
