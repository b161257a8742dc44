"""Questions to a small record of known content: positions, talks, zones, bodies, measures, names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from made_readings import make_reading

from mahdar.cli.output import plain
from mahdar.consolidation.claims import ActorFacts
from mahdar.consolidation.reference import Reference
from mahdar.errors import SettingError
from mahdar.judgements import Judgement
from mahdar.store import (
    Record,
    add_readings,
    consolidate_record,
    create_record,
    judge,
    prepare_reading,
)
from mahdar.views import (
    Filters,
    find_issue,
    list_agreements,
    list_bodies,
    list_ceasefires,
    list_commitments,
    list_contacts,
    list_designations,
    list_detainees,
    list_humanitarian,
    list_incidents,
    list_monitoring,
    list_naming,
    list_positions,
    list_processes,
    list_talks,
    list_zones,
    load_quotes,
)


def stance(who: str, day: str, issue: str, held: str | None, words: str) -> Any:
    return make_reading(
        f"{'كيري' if who == 'john-kerry' else 'لافروف'} قال إن {words}.",
        published=day,
        statements=[
            {"who": [who], "cue": "قال", "content": words, "issues": [issue], "stance": held}
        ],
    )


def call(day: str) -> Any:
    return make_reading(
        f"هاتف كيري لافروف يوم {day}.",
        published=day,
        events=[
            {"type": "CALL", "trigger": "هاتف", "who": ("john-kerry", "sergey-lavrov"), "time": day}
        ],
    )


READINGS = [
    stance("john-kerry", "2015-08-01", "ceasefire", "supports", "الهدنة ضرورية الآن لكل الأطراف"),
    stance("john-kerry", "2015-08-09", "ceasefire", "opposes", "لا معنى لهدنة كهذه في رأي واشنطن"),
    stance("sergey-lavrov", "2015-08-03", "ceasefire", "opposes", "وقف النار سابق لأوانه كليا"),
    stance(
        "sergey-lavrov", "2015-11-20", "ceasefire", "supports", "وقف النار صار مطلوبا من الجميع"
    ),
    stance("sergey-lavrov", "2015-08-03", "elections", None, "الانتخابات شأن داخلي لا يعنينا"),
    make_reading(
        "بدأت الجولة الثالثة من محادثات موسكو بحضور كيري والجبير برعاية واس.",
        published="2015-08-02",
        events=[
            {
                "type": "NEGOTIATE",
                "trigger": "محادثات",
                "who": ("john-kerry", "adel-al-jubeir"),
                "place": "moscow",
                "time": "2015-08-02",
                "processes": ["yemen-talks"],
                "details": [
                    ("round", "3", "الثالثة"),
                    ("track", "moscow", "موسكو"),
                    ("sponsor", "spa", "واس"),
                ],
            }
        ],
    ),
    make_reading(
        "تعقد مفاوضات في الدوحة الشهر المقبل.",
        published="2015-08-05",
        events=[
            {
                "type": "NEGOTIATE",
                "trigger": "مفاوضات",
                "place": "doha",
                "time": "2015-09",
                "modality": "planned",
                "processes": ["yemen-talks"],
            }
        ],
    ),
    make_reading(
        "اتفقت الأطراف على منطقة خفض التصعيد في تعز بضمانة روسيا.",
        published="2015-08-01",
        arrangements=[
            {
                "kind": "zone",
                "type": "de-escalation",
                "name": "منطقة خفض التصعيد",
                "status": "agreed",
                "place": "taiz",
                "processes": ["yemen-talks"],
                "details": [("guarantor", "russia", "روسيا")],
            }
        ],
    ),
    make_reading(
        "منطقة خفض التصعيد في تعز انهارت.",
        publisher="sabq",
        published="2015-08-20",
        arrangements=[
            {
                "kind": "zone",
                "type": "de-escalation",
                "name": "منطقة خفض التصعيد",
                "status": "ended",
                "place": "taiz",
                "processes": ["yemen-talks"],
            }
        ],
    ),
    *(
        make_reading(
            f"قصف الحوثيون {place} فقتل {killed} شخصا.",
            publisher="sabq",
            published=day,
            events=[
                {
                    "type": "ATTACK",
                    "trigger": "قصف",
                    "who": ["houthis"],
                    "place": key,
                    "time": day,
                    "killed": killed,
                }
            ],
        )
        for place, key, killed, day in (
            ("تعز", "taiz", 4, "2015-08-10"),
            ("تعز", "taiz", 9, "2015-09-10"),
            ("عدن", "aden", 5, "2015-08-10"),
        )
    ),
    make_reading(
        "شكلت موسكو لجنة لبحث ملف الأسرى تضم كيري.",
        arrangements=[
            {
                "kind": "body",
                "type": "committee",
                "name": "لجنة",
                "status": "formed",
                "processes": ["yemen-talks"],
                "details": [
                    ("founder", "moscow", "موسكو"),
                    ("member", "john-kerry", "كيري"),
                    ("mandate", "لبحث ملف الأسرى", "لبحث ملف الأسرى"),
                ],
            }
        ],
    ),
    make_reading(
        "وتعمل آلية للرقابة في اليمن.",
        arrangements=[
            {
                "kind": "body",
                "type": "mechanism",
                "name": "آلية للرقابة",
                "status": "operational",
                "place": "yemen",
            }
        ],
    ),
    make_reading(
        "وصلت 30 شاحنة مساعدات من عدن إلى تعز للنازحين.",
        events=[
            {
                "type": "AID",
                "trigger": "مساعدات",
                "place": "taiz",
                "time": "2015-08-04",
                "subtype": "delivery",
                "details": [
                    ("quantity", "30 trucks", "30 شاحنة"),
                    ("from", "aden", "عدن"),
                    ("to", "taiz", "تعز"),
                    ("beneficiary_category", "displaced", "للنازحين"),
                ],
            }
        ],
    ),
    make_reading(
        "أفرج الحوثيون عن 20 أسيرا في صنعاء.",
        events=[
            {
                "type": "RELEASE",
                "trigger": "أفرج",
                "who": ["houthis"],
                "time": "2015-08-04",
                "modality": "planned",
                "subtype": "release",
                "details": [("persons", "20", "20"), ("category", "prisoners-of-war", "أسيرا")],
            }
        ],
    ),
    make_reading(
        "طالب كيري بإدراج الحوثيين على قائمة الإرهاب. الحوثيون ينفون.",
        statements=[
            {
                "who": ["john-kerry"],
                "cue": "طالب",
                "content": "بإدراج الحوثيين على قائمة الإرهاب",
                "act": "demand",
            }
        ],
        arrangements=[
            {
                "kind": "list",
                "type": "terrorist-list",
                "name": "قائمة الإرهاب",
                "status": "listed",
                "modality": "demanded",
                "statement": "s1",
                "details": [("listed", "houthis", "الحوثيين")],
            }
        ],
        naming=[("الإرهاب", "houthis", "s1")],
    ),
    *(
        make_reading(f"{text} الانقلابيين.", publisher=paper, naming=[("الانقلابيين", None, None)])
        for paper, text in (("okaz", "هاجم"), ("okaz", "صد الجيش"), ("sabq", "لاحق الناس"))
    ),
    make_reading(
        "وقع الحوثيون اتفاقا برعاية واس، ينص على وقف القتال. وخرق الحوثيون اتفاق فيينا كما قال كيري.",
        published="2015-08-06",
        events=[
            {
                "type": "AGREE",
                "trigger": "اتفاقا",
                "who": ["houthis"],
                "time": "2015-08-06",
                "details": [
                    ("title", "اتفاقا برعاية واس", "اتفاقا برعاية واس"),
                    ("sponsor", "spa", "واس"),
                    ("provision", "وقف القتال", "وقف القتال"),
                    ("signed", "2015-08-06", "وقع"),
                ],
            }
        ],
        instruments=[("اتفاق فيينا", "jcpoa", "breached", "houthis")],
    ),
    make_reading(
        "قال لافروف إن روسيا سيلتقي كيري في الدوحة قبل 9 أغسطس.",
        published="2015-08-03",
        statements=[
            {
                "who": ["sergey-lavrov"],
                "cue": "قال",
                "content": "روسيا سيلتقي كيري في الدوحة قبل 9 أغسطس",
            }
        ],
        events=[
            {
                "type": "MEET",
                "trigger": "سيلتقي",
                "who": ["john-kerry"],
                "place": "doha",
                "modality": "planned",
            }
        ],
        commitments=[
            {
                "who": ["sergey-lavrov"],
                "act": "سيلتقي كيري في الدوحة قبل 9 أغسطس",
                "due": "2015-08-09",
                "statement": "s1",
            }
        ],
    ),
    make_reading(
        "التقى لافروف كيري في الدوحة.",
        published="2015-08-08",
        events=[
            {
                "type": "MEET",
                "trigger": "التقى",
                "who": ("sergey-lavrov", "john-kerry"),
                "place": "doha",
                "time": "2015-08-08",
            }
        ],
    ),
    *(call(day) for day in ("2015-06-01", "2015-06-04", "2015-06-07")),
]
REFERENCE = Reference(
    {"taiz": "yemen", "aden": "yemen"},
    processes={
        "yemen-talks": ActorFacts(
            "yemen-talks", "PROCESS", "yemen-talks", "مسار اليمن", "Yemen talks"
        )
    },
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def record(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    """The same record on each store."""
    if request.param == "sqlite":
        url = str(tmp_path_factory.mktemp("record") / "talks.db")
    else:
        url = request.getfixturevalue("postgres_server").make_database()
    with create_record(url) as made:
        add_readings(made, [prepare_reading(r) for r in READINGS])
        consolidate_record(made, reference=REFERENCE)
        yield made


def test_positions_move_and_contradict(record: Record) -> None:
    rows = list_positions(record, Filters(issue="ceasefire"))
    assert [(r.actor.key, r.day, r.stance, r.before) for r in rows] == [
        ("john-kerry", "2015-08-01", "supports", None),
        ("john-kerry", "2015-08-09", "opposes", "supports"),
        ("sergey-lavrov", "2015-08-03", "opposes", None),
        ("sergey-lavrov", "2015-11-20", "supports", "opposes"),
    ]
    contrary = [[(c.actor.key, c.day) for c in r.contradicted_by] for r in rows]
    assert contrary == [
        [("sergey-lavrov", "2015-08-03")],
        [],  # Lavrov's support comes three months later
        [("john-kerry", "2015-08-01")],
        [],
    ]
    assert all(r.entry.claims for r in rows)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        pytest.param(
            Filters(actor="لافروف"), 3, id="an actor, with statements that carry no stance"
        ),
        pytest.param(Filters(actor="Lavrov", issue="elections"), 1, id="both"),
        pytest.param(Filters(), 4, id="without either, only stances"),
        pytest.param(Filters(type="supports"), 2, id="a stance"),
        pytest.param(Filters(issue="وقف إطلاق النار", until="2015-08-03"), 2, id="issue in Arabic"),
        pytest.param(Filters(limit=1), 1, id="limit"),
    ],
)
def test_positions_narrowed(record: Record, filters: Filters, count: int) -> None:
    assert len(list_positions(record, filters)) == count


def test_an_unknown_issue_names_the_known_ones() -> None:
    with pytest.raises(SettingError, match=r"--issue moon: no such issue.*ceasefire"):
        find_issue("moon")


def test_talks_with_round_track_and_sponsor(record: Record) -> None:
    held, planned = list_talks(record, as_of=date(2015, 8, 10))
    assert (held.round, held.track and held.track.key, held.state) == ("3", "moscow", "held")
    assert [r.key for r in held.attended] == ["john-kerry", "adel-al-jubeir"]
    assert [r.key for r in held.sponsors] == ["spa"]
    assert (planned.state, planned.to_come, held.to_come) == ("planned", True, False)
    assert held.process.label("en") == "Yemen talks"


def test_processes_say_what_is_next(record: Record) -> None:
    yemen, none = list_processes(record, as_of=date(2015, 8, 10))
    assert yemen.process is not None
    assert yemen.last_talk is not None
    assert yemen.next_talk is not None
    assert (yemen.process.key, yemen.last_talk.entry.day) == ("yemen-talks", "2015-08-02")
    assert yemen.next_talk.entry.time == "2015-09"
    assert none.process is None
    assert sum(n for _, n in none.kinds) == none.entries
    (later,) = list_processes(record, Filters(process="yemen-talks"), as_of=date(2015, 12, 1))
    assert later.next_talk is None


def test_zones_tell_their_history_and_breaches(record: Record) -> None:
    (zone,) = list_zones(record)
    assert [(s.day, s.status) for s in zone.history] == [
        ("2015-08-01", "agreed"),
        ("2015-08-20", "ended"),
    ]
    assert zone.status == "ended"
    assert [r.key for r in zone.guarantors] == ["russia"]
    # The attack of September comes after its end, that on Aden is elsewhere.
    assert [b.day for b in zone.breaches] == ["2015-08-10"]
    assert list_zones(record, Filters(type="buffer")) == []


def test_bodies_and_monitoring(record: Record) -> None:
    committee = next(b for b in list_bodies(record) if b.kind == "committee")
    assert [r.key for r in committee.members] == ["john-kerry"]
    assert [r.key for r in committee.founders] == ["moscow"]
    assert committee.mandates == ("لبحث ملف الأسرى",)
    assert [(b.kind, b.status) for b in list_monitoring(record)] == [("mechanism", "operational")]
    assert [b.kind for b in list_bodies(record, Filters(actor="Kerry"))] == ["committee"]


def test_humanitarian(record: Record) -> None:
    (row,) = list_humanitarian(record, Filters(type="delivery"))
    assert ([r.key for r in row.from_places], [r.key for r in row.to_places]) == (
        ["aden"],
        ["taiz"],
    )
    assert (row.quantities, row.beneficiaries, row.state) == (
        ("30 trucks",),
        ("displaced",),
        "done",
    )
    assert list_humanitarian(record, Filters(type="corridor")) == []


def test_detainees(record: Record) -> None:
    (row,) = list_detainees(record, Filters(type="release"))
    assert row.persons is not None
    assert (row.persons.best, row.categories, row.state) == (20, ("prisoners-of-war",), "planned")
    assert row.tlp == "GREEN"
    (committee,) = list_detainees(record, Filters(type="committee"))
    assert (committee.categories, committee.state) == (("prisoners-of-war",), "done")
    assert [r.key for r in committee.by] == ["moscow"]


def test_designations_tell_who_asks(record: Record) -> None:
    (row,) = list_designations(record)
    assert (row.kind, row.state) == ("terrorist-list", "asked")
    assert [r.key for r in row.listed] == ["houthis"]
    assert [r.key for r in row.told_by] == ["john-kerry"]
    assert list_designations(record, Filters(type="designation")) == []


def test_naming_by_paper_and_speaker(record: Record) -> None:
    rows = [(r.term, r.kind, r.user.key, r.times) for r in list_naming(record)]
    assert rows == [
        ("الانقلابيين", "paper", "okaz", 2),
        ("الإرهاب", "speaker", "john-kerry", 1),
        ("الانقلابيين", "paper", "sabq", 1),
    ]
    (row,) = list_naming(record, Filters(actor="houthis"))
    assert row.used_of is not None
    assert row.used_of.key == "houthis"
    assert [r.kind for r in list_naming(record, Filters(type="speaker"))] == ["speaker"]
    assert list_naming(record, Filters(until="2015-08-01")) == []


def test_agreements_tell_terms_and_breaches(record: Record) -> None:
    rows = list_agreements(record)
    told = next(r for r in rows if r.title)
    assert told.title == "اتفاقا برعاية واس"
    assert [t.value for t in told.provisions] == ["وقف القتال"]
    assert [t.value for t in told.signed] == ["2015-08-06"]
    assert [r.key for r in told.sponsors] == ["spa"]
    assert all(t.claims for t in (*told.provisions, *told.signed))
    bare = next(r for r in rows if r.id == "jcpoa")
    assert [(u.use, u.accused and u.accused.key) for u in bare.breaches] == [
        ("breached", "houthis")
    ]


def test_a_promise_is_linked_to_what_may_keep_it(record: Record) -> None:
    (row,) = list_commitments(record, as_of=date(2015, 8, 5))
    assert row.state == "due"
    (link,) = row.links
    assert (link.relation, link.entry.day) == ("fulfilled_by", "2015-08-08")
    assert 0.45 <= link.confidence <= 0.85
    assert {reason[0] for reason in link.reasons} >= {"same_kind", "same_place", "before_due"}
    assert list_commitments(record, as_of=date(2015, 8, 5), links=False)[0].links == ()


@pytest.mark.parametrize(
    ("before", "count"),
    [("2015-08-09", 0), ("2015-08-10", 1), ("2015-09", 1), ("2015", 0)],
)
def test_due_before(record: Record, before: str, count: int) -> None:
    assert len(list_commitments(record, due_before=before)) == count


def test_due_before_what_is_no_date(record: Record) -> None:
    with pytest.raises(SettingError, match=r"--due-before soon.*Mend"):
        list_commitments(record, due_before="soon")


def test_contacts_tell_who_has_fallen_silent(record: Record) -> None:
    (before,) = [c for c in list_contacts(record, Filters(until="2015-07-30")) if c.times == 3]
    assert (before.gap_days, before.quiet_days, before.stopped) == (3, 53, True)
    (later,) = [c for c in list_contacts(record, Filters(until="2015-08-09")) if c.times == 4]
    assert later.stopped is False


def test_incidents_name_the_truce_in_force(record: Record) -> None:
    assert all(row.truces == () for row in list_incidents(record))
    assert list_ceasefires(record) == []


def test_quotes_give_every_claim_its_words(record: Record) -> None:
    texts = {r.article.id: r.article.text for r in READINGS}
    (row,) = list_humanitarian(record)
    for uid, quote in load_quotes(record, (*row.entry.claims, "nowhere")).items():
        assert uid in row.entry.claims
        assert texts[quote.article][quote.start : quote.end] == quote.text
        told = {f.name: texts[quote.article][f.start : f.end] for f in quote.facts}
        assert told["quantity"] == "30 شاحنة"


@pytest.mark.parametrize(
    "view",
    [
        list_positions,
        list_talks,
        list_processes,
        list_zones,
        list_bodies,
        list_humanitarian,
        list_detainees,
        list_designations,
        list_naming,
        list_commitments,
        list_agreements,
    ],
)
def test_rows_are_plain_json(record: Record, view: Any) -> None:
    rows = view(record)
    assert json.loads(json.dumps([plain(row) for row in rows]))
    assert len(view(record, Filters(limit=1))) == 1
    assert view(record, Filters(since="2030")) == []


def test_a_marking_by_people_stands_above_the_proposal(record_url: str) -> None:
    told = {"type": "DETAIN", "trigger": "اعتقل", "who": ["houthis"], "time": "2015-08-04"}
    reading = make_reading("اعتقل الحوثيون عشرات الناس في صنعاء.", events=[told])
    with create_record(record_url) as made:
        add_readings(made, [prepare_reading(reading)])
        consolidate_record(made)
        (row,) = list_detainees(made)
        assert (row.tlp, row.marked) == ("GREEN", False)
        judge(
            made,
            Judgement("mark", "entry", row.entry.id, "ليلى", "أسماء أسر", detail={"tlp": "RED"}),
        )
        (row,) = list_detainees(made)
        assert (row.tlp, row.marked) == ("RED", True)


def test_what_reviewers_rejected_contradicts_nobody(record_url: str) -> None:
    told = [
        stance("john-kerry", "2015-08-01", "ceasefire", "supports", "الهدنة ضرورية الآن للجميع"),
        stance("sergey-lavrov", "2015-08-03", "ceasefire", "opposes", "وقف النار سابق لأوانه"),
    ]
    with create_record(record_url) as made:
        add_readings(made, [prepare_reading(r) for r in told])
        consolidate_record(made)
        first, second = list_positions(made)
        assert first.contradicted_by
        judge(made, Judgement("reject", "entry", second.entry.id, "ليلى", "نسبة خاطئة"))
        (left,) = list_positions(made)
        assert (left.actor.key, left.contradicted_by) == ("john-kerry", ())
