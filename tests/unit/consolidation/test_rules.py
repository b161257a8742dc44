"""What is one happening and what are two: the identity rules as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from made_readings import make_reading

from mahdar.consolidation.claims import ActorFacts, ArticleFacts, Claim, Context
from mahdar.consolidation.consolidate import FAMILIES, consolidate, family_of
from mahdar.consolidation.entries import Entry
from mahdar.consolidation.flatten import flatten_reading
from mahdar.consolidation.origins import find_house_names
from mahdar.model import Reading

PARENTS = {"aden": "yemen", "taiz": "yemen", "khor-maksar": "aden", "doha": "qatar"}
COUNTRIES = frozenset({"yemen", "qatar", "russia"})


def gather(readings: Iterable[Reading], copies: dict[str, str] | None = None) -> list[Entry]:
    """Return the entries of readings, all kinds."""
    claims: list[Claim] = []
    actors: dict[str, ActorFacts] = {}
    articles: dict[str, ArticleFacts] = {}
    for reading in readings:
        flat = flatten_reading(reading)
        claims += flat.claims
        actors.update((a.key, a) for a in flat.actors)
        a = reading.article
        articles[a.sha256] = ArticleFacts(
            a.sha256, a.publisher, a.published, flat.agencies, (copies or {}).get(a.sha256)
        )
    context = Context(actors, articles, PARENTS, COUNTRIES)
    return [
        made.entry
        for kind, *_ in FAMILIES
        for made in consolidate(kind, [c for c in claims if family_of(c) == kind], context)
    ]


def told(publisher: str, *, published: str = "2015-08-04", **event: Any) -> Reading:
    """Return a paper's report of one event."""
    base = {"trigger": "حدث", "who": (), "place": None, "time": None}
    return make_reading(
        f"{publisher}: حدث", publisher=publisher, published=published, events=[base | event]
    )


KERRY_LAVROV = ("john-kerry", "sergey-lavrov")
MEET: dict[str, Any] = {"type": "MEET", "who": KERRY_LAVROV, "place": "doha", "time": "2015-08-03"}
STRIKE: dict[str, Any] = {
    "type": "ATTACK",
    "who": ("houthis",),
    "place": "aden",
    "time": "2015-08-03",
}
FIGHT: dict[str, Any] = STRIKE | {"who": ("houthis", "russia")}
TRUCE: dict[str, Any] = {
    "type": "CEASEFIRE",
    "who": ("houthis",),
    "place": "taiz",
    "time": "2015-08-03/2015-08-08",
}
DEAL: dict[str, Any] = {"type": "AGREE", "who": KERRY_LAVROV, "place": "doha", "time": "2015-08-03"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(MEET, MEET, True, id="meeting: same people, day, place"),
        pytest.param(MEET, MEET | {"place": None}, True, id="meeting: place not told"),
        pytest.param(MEET, MEET | {"time": None}, True, id="meeting: day not told, printed then"),
        pytest.param(MEET, MEET | {"time": "2015-08"}, False, id="meeting: only the month told"),
        pytest.param(MEET, MEET | {"modality": "planned"}, True, id="meeting: planned, then held"),
        pytest.param(MEET, MEET | {"type": "NEGOTIATE"}, True, id="meeting: called talks"),
        pytest.param(
            MEET, MEET | {"who": ("united-states", "russia")}, True, id="meeting: states for people"
        ),
        pytest.param(
            MEET,
            MEET | {"who": (*KERRY_LAVROV, "adel-al-jubeir")},
            True,
            id="meeting: a third party told by one",
        ),
        pytest.param(MEET, MEET | {"time": "2015-08-05"}, False, id="meeting: another day"),
        pytest.param(MEET, MEET | {"place": "moscow"}, False, id="meeting: another place"),
        pytest.param(MEET, MEET | {"place": "yemen"}, True, id="meeting: a country spoken of"),
        pytest.param(
            MEET | {"place": "doha", "who": ("john-kerry", "russia")},
            MEET | {"place": "yemen", "who": ("john-kerry", "russia")},
            False,
            id="meeting: a country, and only one person known",
        ),
        pytest.param(
            MEET, MEET | {"time": "2015-08-04"}, True, id="meeting: a day off, printed then"
        ),
        pytest.param(
            MEET | {"published": "2015-08-03"},
            MEET | {"time": "2015-08-04"},
            False,
            id="meeting: on two days, printed on two days",
        ),
        pytest.param(
            MEET | {"type": "CALL", "place": "moscow"},
            MEET | {"type": "CALL", "place": "doha"},
            True,
            id="call: has no place",
        ),
        pytest.param(MEET, MEET | {"type": "CALL"}, False, id="meeting: a call is another medium"),
        pytest.param(
            MEET, MEET | {"who": ("john-kerry", "adel-al-jubeir")}, False, id="meeting: other party"
        ),
        pytest.param(MEET, MEET | {"modality": "demanded"}, False, id="meeting: only called for"),
        pytest.param(STRIKE, STRIKE, True, id="incident: same"),
        pytest.param(STRIKE, STRIKE | {"who": ()}, True, id="incident: actor not told"),
        pytest.param(
            STRIKE | {"killed": 12}, STRIKE | {"killed": 14}, True, id="incident: tolls near"
        ),
        pytest.param(
            STRIKE | {"killed": 3}, STRIKE | {"killed": 45}, False, id="incident: tolls far apart"
        ),
        pytest.param(STRIKE, STRIKE | {"place": "taiz"}, False, id="incident: another town"),
        pytest.param(
            FIGHT, FIGHT | {"time": None}, False, id="incident: daily fighting, one without a day"
        ),
        pytest.param(
            FIGHT | {"killed": 9},
            FIGHT | {"killed": 9, "time": None},
            True,
            id="incident: without a day, but the same toll",
        ),
        pytest.param(
            FIGHT | {"type": "AID"},
            FIGHT | {"type": "AID", "time": None},
            True,
            id="aid: without a day, two parties shared",
        ),
        pytest.param(STRIKE, STRIKE | {"type": "ADVANCE"}, False, id="incident: another kind"),
        pytest.param(
            STRIKE | {"place": "yemen"},
            STRIKE | {"place": "yemen"},
            False,
            id="incident: a country",
        ),
        pytest.param(
            STRIKE | {"place": "yemen", "killed": 9},
            STRIKE | {"place": "aden", "killed": 9},
            True,
            id="incident: place and its country, same toll",
        ),
        pytest.param(TRUCE, TRUCE, True, id="truce: same"),
        pytest.param(TRUCE, TRUCE | {"time": "2015-08-05"}, True, id="truce: inside its window"),
        pytest.param(TRUCE, TRUCE | {"time": "2015-08-10"}, True, id="truce: dated by a breach"),
        pytest.param(TRUCE, TRUCE | {"time": "2015-09-05"}, False, id="truce: a later one"),
        pytest.param(TRUCE, TRUCE | {"place": "aden"}, False, id="truce: another place"),
        pytest.param(TRUCE, TRUCE | {"modality": "proposed"}, False, id="truce: only proposed"),
        pytest.param(DEAL, DEAL | {"time": "2015-08-06"}, True, id="agreement: within three days"),
        pytest.param(DEAL, DEAL | {"time": "2015-08-10"}, False, id="agreement: a week later"),
        pytest.param(DEAL, DEAL | {"place": "moscow"}, False, id="agreement: another venue"),
    ],
)
def test_same_or_not(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    first, second = told("aawsat", **one), told("sabq", **other)
    entries = gather([first, second])
    assert len(entries) == (1 if same else 2)
    swapped = gather([second, first])
    assert {e.id for e in swapped} == {e.id for e in entries}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param({}, {}, True, id="told again with nothing new"),
        pytest.param({}, {"who": (*KERRY_LAVROV, "adel-al-jubeir")}, True, id="with one more"),
        pytest.param({}, {"place": None, "time": None}, True, id="without day and place"),
        pytest.param({}, {"who": ("john-kerry", "adel-al-jubeir")}, False, id="with somebody else"),
        pytest.param({}, {"time": "2015-08-01"}, False, id="on another day"),
        pytest.param({}, {"place": "moscow"}, False, id="elsewhere"),
    ],
)
def test_one_article_tells_it_twice(
    first: dict[str, Any], second: dict[str, Any], same: bool
) -> None:
    base = MEET | {"trigger": "اجتماع"}
    text = "اجتماع في الدوحة. وكان اللقاء طويلا."
    events = [base | first, base | {"trigger": "اللقاء"} | second]
    reading = make_reading(text, publisher="aawsat", published="2015-08-04", events=events)
    meetings = [e for e in gather([reading]) if e.kind == "meeting"]
    assert len(meetings) == (1 if same else 2)


def test_agreement_by_its_instrument() -> None:
    text = "وُقع اتفاق فيينا في المدينة."
    readings = [
        make_reading(
            text,
            publisher=paper,
            published=day,
            events=[{"type": "AGREE", "trigger": "وُقع", "who": who}],
            instruments=[("اتفاق فيينا", "jcpoa")],
        )
        for paper, day, who in (
            ("aawsat", "2015-07-14", KERRY_LAVROV),
            ("sabq", "2015-08-10", ()),
        )
    ]
    (entry,) = gather(readings)
    assert entry.instrument == "jcpoa"
    assert entry.claims[1].reasons == (("same_instrument", "jcpoa"),)


def said(paper: str, words: str, who: Sequence[str] = ("john-kerry",), **more: Any) -> Reading:
    return make_reading(
        f"قال كيري إن {words}.",
        publisher=paper,
        statements=[{"who": who, "cue": "قال", "content": words, **more}],
    )


LONG = "الاتفاق الموقع مع طهران سيمنع انتشار السلاح النووي في المنطقة كلها"


@pytest.mark.parametrize(
    ("words", "who", "same"),
    [
        pytest.param(LONG, ("john-kerry",), True, id="same words"),
        pytest.param(LONG.replace("كلها", "بأسرها"), ("john-kerry",), True, id="a word changed"),
        pytest.param(LONG, (), True, id="speaker not named"),
        pytest.param(LONG, ("source:x",), True, id="unnamed source"),
        pytest.param(LONG, ("sergey-lavrov",), False, id="another speaker"),
        pytest.param(LONG.replace("سيمنع", "لن يمنع"), ("john-kerry",), False, id="denied"),
        pytest.param(
            "الولايات المتحدة تقف مع حلفائها في الخليج وستواصل دعمهم",
            ("john-kerry",),
            False,
            id="else",
        ),
    ],
)
def test_statements_repeated(words: str, who: tuple[str, ...], same: bool) -> None:
    entries = gather([said("aawsat", LONG), said("sabq", words, who)])
    assert len(entries) == (1 if same else 2)


@pytest.mark.parametrize(
    ("readings", "standing", "origins"),
    [
        pytest.param([told("aawsat", **MEET)], "single_source", 1, id="one paper"),
        pytest.param(
            [told("aawsat", **MEET), told("sabq", **MEET)],
            "independently_confirmed",
            2,
            id="two papers of their own",
        ),
        pytest.param(
            [told("aawsat", **MEET), told("aawsat", published="2015-08-05", **MEET)],
            "same_origin_repeat",
            1,
            id="one paper twice",
        ),
        pytest.param(
            [
                make_reading(
                    "أ حدث", publisher=p, events=[MEET | {"trigger": "حدث"}], agency=["reuters"]
                )
                for p in ("aawsat", "sabq", "okaz")
            ],
            "same_origin_repeat",
            1,
            id="three papers, one agency",
        ),
        pytest.param(
            [told("aawsat", **MEET), told("sabq", **MEET | {"modality": "denied"})],
            "disputed",
            2,
            id="one denies",
        ),
        pytest.param(
            [told("aawsat", **MEET | {"modality": "denied"})], "denied", 1, id="only denied"
        ),
    ],
)
def test_standing(readings: list[Reading], standing: str, origins: int) -> None:
    (entry,) = gather(readings)
    assert (entry.standing, entry.origins) == (standing, origins)


def test_copies_are_one_origin() -> None:
    readings = [told("aawsat", **MEET), told("sabq", **MEET), told("okaz", **MEET)]
    group = readings[0].article.sha256
    copies = {r.article.sha256: group for r in readings[:2]}
    (entry,) = gather(readings, copies)
    assert (entry.articles, entry.origins) == (3, 2)


@pytest.mark.parametrize(
    ("credits", "house"),
    [
        pytest.param([("okaz", ["okaz"])], {("okaz", "okaz")}, id="its own id"),
        pytest.param([("ain", ["ain-alyoum"])] * 5, {("ain", "ain-alyoum")}, id="again and again"),
        pytest.param([("ain", ["ain-alyoum"])] * 4, set(), id="seldom"),
        pytest.param([("a", ["reuters"])] * 9 + [("b", ["reuters"])], set(), id="serves two"),
        pytest.param([], set(), id="none"),
    ],
)
def test_house_names(credits: list[tuple[str, list[str]]], house: set[tuple[str, str]]) -> None:
    assert find_house_names(credits) == house


def test_an_event_told_by_a_speaker_has_the_speaker_as_origin() -> None:
    readings = [
        make_reading(
            f"{paper}: قال الجبير إن كيري التقى لافروف.",
            publisher=paper,
            statements=[{"who": ["adel-al-jubeir"], "cue": "قال", "content": "كيري التقى لافروف"}],
            events=[MEET | {"trigger": "التقى", "statement": "s1"}],
        )
        for paper in ("aawsat", "sabq")
    ]
    entry = next(e for e in gather(readings) if e.kind == "meeting")
    assert (entry.articles, entry.origins, entry.standing) == (2, 1, "same_origin_repeat")


def test_conflicting_values_stand_side_by_side() -> None:
    readings = [told(p, **STRIKE | {"killed": k}) for p, k in (("a", 12), ("b", 14), ("c", 12))]
    (entry,) = gather(readings)
    killed = entry.fields["killed"]
    assert [(v.value, len(v.claims)) for v in killed] == [("12", 2), ("14", 1)]
    carried = {c for values in entry.fields.values() for v in values for c in v.claims}
    assert carried == {joined.claim for joined in entry.claims}


def test_every_merge_says_why() -> None:
    (entry,) = gather([told("aawsat", **MEET), told("sabq", **MEET)])
    opened, joined = entry.claims
    assert opened.reasons == ()
    assert ("same_participants", "john-kerry", "sergey-lavrov") in joined.reasons
    assert ("same_day", "2015-08-03") in joined.reasons
    assert 0.6 <= joined.score <= 1


def test_ids_stay_when_articles_come_later() -> None:
    early = told("aawsat", **MEET)
    later = told("sabq", published="2015-08-06", **MEET)
    (before,) = gather([early])
    (after,) = gather([early, later])
    assert before.id == after.id


def test_work_grows_with_the_number_of_claims() -> None:
    """Many claims that share a block: each meets a bounded number of entries."""
    import time

    def seconds(count: int) -> float:
        readings = [
            told(f"p{n}", who=("houthis",), type="ATTACK", place="yemen", time="2015-08-03")
            for n in range(count)
        ]
        began = time.perf_counter()
        assert len(gather(readings)) == count
        return time.perf_counter() - began

    seconds(200)
    small, large = seconds(400), seconds(1600)
    assert large < small * 4 * 2.5  # linear is 4; quadratic would be 16


@pytest.mark.parametrize(
    ("times", "best"),
    [
        pytest.param(["2015-07-14"], "2015-07-14", id="one"),
        pytest.param(["2015-07", "2015-07-14", "2015-05-13"], "2015-07-14", id="the month agrees"),
        pytest.param(["2015-07-14", "2015-07-14", "2015-07-21"], "2015-07-14", id="most"),
        pytest.param(["2015-07", "2015-07", None], "2015-07", id="only the month"),
        pytest.param([None], None, id="none"),
        pytest.param([".."], None, id="unknown"),
    ],
)
def test_the_time_that_is_shown(times: list[str | None], best: str | None) -> None:
    readings = [
        make_reading(
            "وُقع اتفاق فيينا.",
            publisher=f"p{n}",
            events=[{"type": "AGREE", "trigger": "وُقع", "time": time}],
            instruments=[("اتفاق فيينا", "jcpoa")],
        )
        for n, time in enumerate(times)
    ]
    (entry,) = gather(readings)
    assert entry.time == best
