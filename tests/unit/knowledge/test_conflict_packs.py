"""The shipped packs of conflicts: complete, sourced, and every reference resolves."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from mahdar.knowledge import load
from mahdar.knowledge.load import load_knowledge
from mahdar.knowledge.read import read_pack
from mahdar.knowledge.records import Pack
from mahdar.knowledge.spelling import name_units

PACKS = Path(load.__file__).parent / "packs"
CONFLICTS = (
    "afghanistan",
    "iran-nuclear",
    "iraq",
    "israel-palestine",
    "lebanon",
    "libya",
    "south-sudan",
    "sudan",
    "syria",
    "turkey-pkk",
    "ukraine",
    "western-sahara",
    "yemen",
)
BODY = re.compile(r"[a-z-]+-(?:mfa|mod|moi|government|parliament|presidency|army)")
TITLE_WORDS = ("الرئيس ", "الوزير ", "المشير ", "العقيد ", "اللواء ", "الفريق ", "السفير ")


@pytest.fixture(scope="module", params=CONFLICTS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return read_pack(PACKS / request.param)


def _rows(name: str, kind: str) -> list[dict[str, object]]:
    lines = (PACKS / name / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_packs_are_as_large_as_promised() -> None:
    packs = [read_pack(PACKS / name) for name in CONFLICTS]
    assert sum(len(pack.actors) for pack in packs) >= 900
    assert sum(len(pack.places) for pack in packs) >= 600
    assert sum(len(pack.instruments) for pack in packs) >= 200
    assert all(pack.processes for pack in packs)


def test_ids_are_unique_over_actors_places_and_instruments() -> None:
    packs = [read_pack(PACKS / name) for name in (*CONFLICTS, "world")]
    seen = Counter(
        record.id
        for pack in packs
        for records in (pack.actors, pack.places, pack.instruments)
        for record in records
        if record.id not in pack.extending
    )
    assert [id_ for id_, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("name", CONFLICTS)
@pytest.mark.parametrize("kind", ["actors", "places", "instruments", "processes"])
def test_every_record_is_sourced(name: str, kind: str) -> None:
    for row in _rows(name, kind):
        if row.get("extend"):
            continue
        origin = row["origin"]
        assert isinstance(origin, dict)
        if origin["kind"] == "press":
            assert origin["articles"] > 0, row["id"]
        else:
            assert origin["kind"] in ("memory", "open-data"), row["id"]


def test_references_of_actors_resolve(pack: Pack) -> None:
    known = load_knowledge()
    ids = known.actors.keys() | known.places.keys()
    for actor in pack.actors:
        bodies = [post.of for post in actor.posts] + ([actor.parent] if actor.parent else [])
        unknown = [of for of in bodies if of not in ids and not BODY.fullmatch(of)]
        assert unknown == [], actor.id
        assert set(actor.processes) <= known.processes.keys(), actor.id


def test_posts_end_after_they_start(pack: Pack) -> None:
    for actor in pack.actors:
        for post in actor.posts:
            if post.start and post.end:
                shorter = min(len(post.start), len(post.end))
                assert post.start[:shorter] <= post.end[:shorter], actor.id


def test_references_of_instruments_resolve(pack: Pack) -> None:
    known = load_knowledge()
    ids = known.actors.keys() | known.places.keys()
    for instrument in pack.instruments:
        named = [*instrument.parties, *instrument.guarantors]
        unknown = [id_ for id_ in named if id_ not in ids and not BODY.fullmatch(id_)]
        assert unknown == [], instrument.id
        assert instrument.place is None or instrument.place in known.places, instrument.id
        assert set(instrument.processes) <= known.processes.keys(), instrument.id


def test_places_lie_on_the_globe_and_in_known_parents(pack: Pack) -> None:
    known = load_knowledge()
    for place in pack.places:
        assert (place.lat is None) == (place.lon is None), place.id
        if place.lat is not None and place.lon is not None:
            assert -90 <= place.lat <= 90, place.id
            assert -180 <= place.lon <= 180, place.id
        assert place.parent is None or place.parent in known.places, place.id


def test_names_bear_no_titles(pack: Pack) -> None:
    for actor in pack.actors:
        if actor.type == "PER":
            titled = [n for n in actor.names.get("ar", ()) if n.startswith(TITLE_WORDS)]
            assert titled == [], actor.id


def test_no_spelling_is_listed_twice_in_a_record(pack: Pack) -> None:
    for records in (pack.actors, pack.places, pack.instruments):
        for record in records:
            spellings = Counter(name_units(name) for name in record.names.get("ar", ()))
            assert [units for units, n in spellings.items() if n > 1] == [], record.id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("عبد ربه منصور هادي", "abdrabbuh-mansour-hadi", id="full"),
        pytest.param("عبدربه منصور هادى", "abdrabbuh-mansour-hadi", id="joined-and-ya"),
        pytest.param(
            "المرصد السوري لحقوق الإنسان", "syrian-observatory-for-human-rights", id="monitor"
        ),
        pytest.param("صلاح الدين دميرطاش", "selahattin-demirtas", id="turkish-variant"),
        pytest.param("بترو بوروشنكو", "petro-poroshenko", id="ukrainian-variant"),
        pytest.param("منصة القاهرة", "cairo-platform", id="platform"),
        pytest.param("اتفاق الصخيرات", "libyan-political-agreement", id="agreement"),
        pytest.param("مذكرة أستانة", "astana-memorandum", id="memorandum"),
        pytest.param("قوات سورية الديموقراطية", "sdf", id="levantine"),
        pytest.param("جبهة البوليزاريو", "polisario", id="maghrebi"),
    ],
)
def test_press_spellings_find_their_record(name: str, expected: str) -> None:
    assert load_knowledge().index.lookup(name)[:1] == (expected,)


@pytest.mark.parametrize(
    ("title", "of", "date", "expected"),
    [
        pytest.param("foreign-minister", "yemen", "2015-08-01", "riyadh-yassin", id="yemen-2015"),
        pytest.param(
            "prime-minister", "yemen", "2017-05-01", "ahmed-obaid-bin-daghr", id="yemen-2017"
        ),
        pytest.param("president", "ukraine", "2015-02-12", "petro-poroshenko", id="ukraine-2015"),
        pytest.param(
            "president", "high-negotiations-committee", "2018-03-01", "nasr-al-hariri", id="hnc"
        ),
        pytest.param("intelligence-chief", "turkey", "2015-08-01", "hakan-fidan", id="mit-2015"),
    ],
)
def test_posts_resolve_by_date(title: str, of: str, date: str, expected: str) -> None:
    assert expected in load_knowledge().holders(title, of, date)


@pytest.mark.parametrize(
    ("place", "lat", "lon"),
    [
        pytest.param("gaza-strip", 31.4, 34.4, id="gaza strip"),
        pytest.param("qandil", 36.5, 45.0, id="qandil"),
        pytest.param("parchin", 35.5, 51.8, id="parchin"),
    ],
)
def test_places_of_talks_and_truces_can_be_mapped(place: str, lat: float, lon: float) -> None:
    found = load_knowledge().places[place]
    assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=0.1)


def test_an_initiative_dates_from_when_it_was_put_forward() -> None:
    instruments = load_knowledge().instruments
    assert instruments["gcc-initiative"].date == "2011-04-03"
    assert instruments["gcc-initiative-mechanism"].date == "2011-11-23"
