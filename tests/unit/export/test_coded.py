"""PLOVER, ACLED, UCDP GED and truces: codes, precisions and what is left out."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from made_exports import Export, read_csv

from mahdar.export import formats
from mahdar.export.formats.acled import time_precision
from mahdar.export.formats.bundles import EntryBundle
from mahdar.export.formats.coded import sides_of
from mahdar.export.formats.columns import load_tables
from mahdar.export.formats.data import load_map, load_rows
from mahdar.export.formats.ged import date_precision, priogrid
from mahdar.export.formats.geography import Geography
from mahdar.export.formats.review import Judged
from mahdar.export.formats.truces import duration_days, find_dates, find_purposes
from mahdar.knowledge.load import load_knowledge
from mahdar.lexicon.tables import load_table
from mahdar.views.rows import EntryRow, Ref, Told


def entry(**told: Any) -> EntryBundle:
    row: dict[str, Any] = {
        "id": "i-1",
        "kind": "incident",
        "type": "ATTACK",
        "day": "2015-08-02",
        "time": None,
        "last_day": None,
        "actors": (),
        "place": None,
        "modality": "occurred",
        "standing": "single_source",
        "articles": 1,
        "origins": 1,
        "confidence": 1.0,
        "text": "",
        "processes": (),
        "instrument": None,
        "fields": {},
    }
    return EntryBundle(EntryRow(**row | told), (), Judged(), None)


@pytest.mark.parametrize(
    ("time", "day", "acled", "ged"),
    [
        pytest.param("2015-08-02", "2015-08-02", 1, 1, id="day"),
        pytest.param("2015-08-02~", "2015-08-02", 2, 1, id="about a day"),
        pytest.param("2015-08-02/2015-08-04", "2015-08-02", 2, 2, id="three days"),
        pytest.param("2015-W32", "2015-08-03", 2, 3, id="week"),
        pytest.param("2015-08", "2015-08-01", 3, 4, id="month"),
        pytest.param("2015", "2015-01-01", None, 5, id="year"),
        pytest.param("2013/2015", "2013-01-01", None, None, id="years"),
        pytest.param("2015-08-02/..", "2015-08-02", None, None, id="open"),
        pytest.param(None, "2015-08-02", 2, 2, id="day of the article"),
        pytest.param(None, None, None, None, id="no day at all"),
    ],
)
def test_date_precision(
    time: str | None, day: str | None, acled: int | None, ged: int | None
) -> None:
    bundle = entry(time=time, day=day)
    assert time_precision(bundle) == acled
    assert date_precision(bundle) == ged


A, B, C = Ref("a"), Ref("b"), Ref("c")


@pytest.mark.parametrize(
    ("kind", "subtype", "actors", "mutual", "sides"),
    [
        pytest.param("ATTACK", None, ((A, "actor"), (B, "target")), False, ((A,), (B,)), id="attack"),
        pytest.param("ATTACK", None, ((A, "actor"), (B, "actor")), False, ((A, B), ()), id="allies"),
        pytest.param("ATTACK", "clash", ((A, "actor"), (B, "actor")), True, ((A,), (B,)), id="clash"),
        pytest.param("MEET", None, ((A, "actor"), (B, "actor"), (C, "host")), True, ((A,), (B,)), id="meeting"),
        pytest.param("MEET", None, ((A, "actor"), (B, "target")), False, ((A,), (B,)), id="one meets another"),
        pytest.param("AGREE", None, ((A, "actor"),), False, ((A,), ()), id="one party only"),
        pytest.param("AGREE", None, ((A, "target"), (B, "target")), True, ((A,), (B,)), id="agreed between"),
        pytest.param("ATTACK", None, (), False, ((), ()), id="nobody"),
    ],
)  # fmt: skip
def test_sides(
    kind: str,
    subtype: str | None,
    actors: tuple[tuple[Ref, str], ...],
    mutual: bool,
    sides: tuple[tuple[Ref, ...], tuple[Ref, ...]],
) -> None:
    fields = {"subtype": (Told(subtype, 1, ("c",)),)} if subtype else {}
    found = sides_of(entry(type=kind, actors=actors, fields=fields).row)
    assert found.mutual is mutual
    assert found.two() == sides


def test_plover_rows(export: Export) -> None:
    done = export("plover", "p.csv")
    rows = {(row["event_type"], row["entry"][0]): row for row in read_csv(done.out)}
    met = rows["CONSULT", "m"]
    assert met["sources"] == met["targets"]
    assert set(met["sources"].split("; ")) == {"john-kerry", "sergey-lavrov"}
    assert (met["mutual"], met["quad_class"], met["plover_context"]) == ("1", "1", "diplomatic")
    assert (met["articles"], met["origins"], met["country3"]) == ("2", "2", "QAT")
    planned = rows["AGREE", "m"]
    assert (planned["modality"], planned["first_day"]) == ("planned", "2015-08-09")
    attack = rows["ASSAULT", "i"]
    assert (attack["plover_mode"], attack["quad_class"]) == ("heavy-weapons", "4")
    assert (attack["killed_low"], attack["killed_best"], attack["killed_high"]) == (
        "12",
        "15",
        "15",
    )
    counts = done.left_out.counts
    assert counts["no_plover_statement", "praise"] == 1
    assert counts["no_plover_commitment", ""] == 1


def test_plover_categories_are_those_of_2021() -> None:
    quads = load_map("plover_quads", "category", "quad")
    assert len(quads) == 16
    assert set(quads.values()) == {"1", "2", "3", "4"}
    assert {row["category"] for row in load_table("events_plover")} <= set(quads)


def test_acled_rows(export: Export) -> None:
    done = export("acled", "a.csv", lang="ar")
    rows = {row["event_type"]: row for row in read_csv(done.out)}
    attack = rows["Explosions/Remote violence"]
    assert attack["event_id_cnty"] == f"YEM-{attack['entry']}"
    assert (attack["event_date"], attack["time_precision"], attack["day_told"]) == (
        "2015-08-02",
        "1",
        "1",
    )
    assert attack["disorder_type"] == "Political violence"
    assert (attack["actor1"], attack["inter1"], attack["actor2"]) == ("Houthis", "Rebel group", "")
    assert (attack["country"], attack["iso"], attack["region"]) == ("Yemen", "887", "Middle East")
    assert (attack["location"], attack["location_ar"]) == ("Taiz", "تعز")
    assert float(attack["latitude"]) == pytest.approx(13.58, abs=0.1)
    assert attack["fatalities"] == "12", "ACLED takes the lowest figure"
    assert set(attack["source"].split("; ")) == {"alriyadh", "okaz", "sabq"}
    assert "الأصول المستقلة: 3" in attack["notes"]
    assert done.left_out.counts["no_acled_type", "MEET planned"] == 1
    assert ("no_acled_type", "AID occurred") in done.left_out.counts


def test_ged_rows(export: Export) -> None:
    (row,) = read_csv(export("ged", "g.csv").out)
    assert (row["low"], row["best"], row["high"]) == ("12", "15", "15")
    assert (row["date_start"], row["date_prec"], row["event_clarity"]) == ("2015-08-02", "1", "1")
    assert row["geom_wkt"].startswith("POINT (44.")
    assert row["deaths_unknown"] == "15"
    assert not row["deaths_a"]
    assert row["region"] == "Middle East"
    assert row["number_of_sources"] == "3"


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [
        pytest.param(-90, -180, 1, id="first"),
        pytest.param(90, 180, 259200, id="last"),
        pytest.param(34.53, 69.17, 179779, id="Kabul"),
        pytest.param(0, 0, 129961, id="null island"),
    ],
)
def test_priogrid(lat: float, lon: float, cell: int) -> None:
    assert priogrid(lat, lon) == cell


def test_truce_rows(export: Export) -> None:
    (row,) = read_csv(export("ceasefires", "c.csv").out)
    assert (row["cc"], row["status"], row["ceasefire_type"]) == ("YEM", "declared", "unilateral")
    assert [row[f"cf_effect_{p}"] for p in ("yr", "month", "day")] == ["2015", "8", "1"]
    assert [row[f"end_{p}"] for p in ("yr", "month", "day")] == ["2015", "8", "5"]
    assert row["end_basis"] == "told"
    assert (row["p_humanitarian"], row["p_holiday"], row["p_exchange"]) == ("1", "1", "0")
    assert row["first_reported"] == "2015-08-01"
    assert row["partial"] == "1"


@pytest.mark.parametrize(
    ("text", "purposes"),
    [
        pytest.param("هدنة إنسانية لإيصال المساعدات", {"p_humanitarian"}, id="humanitarian"),
        pytest.param("تهدئة خلال عيد الفطر المبارك", {"p_holiday"}, id="feast"),
        pytest.param("وقف النار تمهيدا للمفاوضات", {"p_peaceprocess"}, id="clitics"),
        pytest.param("هدنة لتبادل الأسرى والجثامين", {"p_exchange"}, id="exchange"),
        pytest.param("هدنة في سعيد آباد", set(), id="inside a name"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_purposes(text: str, purposes: set[str]) -> None:
    assert find_purposes([text]) == purposes


@pytest.mark.parametrize(
    ("told", "days"),
    [
        pytest.param(["P5D"], 5, id="days"),
        pytest.param(["P2W"], 14, id="weeks"),
        pytest.param(["PT72H"], 3, id="hours"),
        pytest.param(["PT12H"], 1, id="part of a day"),
        pytest.param(["P5D", "P7D"], None, id="sources differ"),
        pytest.param(["P5D", "PT120H"], 5, id="the same twice"),
        pytest.param(["P1M"], None, id="months have no fixed length"),
        pytest.param([], None, id="not told"),
    ],
)
def test_duration(told: list[str], days: int | None) -> None:
    assert duration_days(told) == days


@pytest.mark.parametrize(
    ("told", "status", "subtype", "dec", "effect", "end", "basis"),
    [
        pytest.param({"time": "2015-08-01"}, "declared", "declared", (2015, 8, 1), (2015, 8, 1), (), None, id="declared"),
        pytest.param({"time": "2015-08-01"}, "agreed", "", (), (2015, 8, 1), (), None, id="agreed"),
        pytest.param({"time": "2015-08-01"}, "proposed", "", (), (), (), None, id="proposed only"),
        pytest.param({"time": "2015-08-01"}, "ended", "ended", (), (), (2015, 8, 1), "told", id="its end"),
        pytest.param({"time": "2015-08-01", "duration": "P5D"}, "in_force", "", (), (2015, 8, 1), (2015, 8, 6), "duration", id="length"),
        pytest.param({"time": "2015-07-30", "starts": "2015-08-01"}, "declared", "declared", (), (2015, 8, 1), (), None, id="begins later"),
        pytest.param({"time": "2015-08-01/2015-08-05", "ends": "2015-08-04"}, "declared", "", (), (2015, 8, 1), (2015, 8, 4), "told", id="end told apart"),
        pytest.param({"time": "2015-08"}, "agreed", "", (), (2015, 8, None), (), None, id="a month"),
        pytest.param({"time": "2015"}, "agreed", "", (), (2015, None, None), (), None, id="a year"),
        pytest.param({"announced": "2015-07-31", "time": None}, "declared", "", (2015, 7, 31), (), (), None, id="announced"),
        pytest.param({"time": None}, "declared", "declared", (), (), (), None, id="no time told"),
    ],
)  # fmt: skip
def test_truce_dates(
    told: dict[str, str | None],
    status: str,
    subtype: str,
    dec: tuple[int | None, ...],
    effect: tuple[int | None, ...],
    end: tuple[int | None, ...],
    basis: str | None,
) -> None:
    fields = {k: (Told(v, 1, ("c",)),) for k, v in told.items() if v}
    row = find_dates(
        entry(kind="ceasefire", time=told.get("time"), fields=fields).row, status, subtype
    )
    for name, parts in (("cf_dec", dec), ("cf_effect", effect), ("end", end)):
        found = tuple(row[f"{name}_{part}"] for part in ("yr", "month", "day"))
        assert found == (parts or (None, None, None)), name
    assert row["end_basis"] == basis


@pytest.mark.parametrize("form", ["plover", "acled", "ged", "ceasefires"])
def test_heads_are_the_dictionary(form: str, export: Export) -> None:
    with export(form, "x.csv").out.open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream)) == [c.name for c in load_tables()[form].columns]


@pytest.mark.parametrize("form", ["plover", "acled", "ged", "ceasefires"])
def test_every_coded_row_says_how_well_it_is_known(form: str, export: Export) -> None:
    for row in read_csv(export(form, "x.csv").out):
        assert row["standing"]
        assert int(row["origins"]) >= 1
        assert row["claims"]
        assert row["review"]


def test_geography() -> None:
    geography = Geography(load_knowledge())
    taiz = geography.locate("taiz")
    assert taiz.country is not None
    assert (taiz.country.alpha3, taiz.point, taiz.acled) == ("YEM", True, 1)
    yemen = geography.locate("yemen")
    assert (yemen.placed, yemen.acled, yemen.ged, yemen.country_name) == (False, 3, 6, "Yemen")
    assert geography.locate("LOC:لكمه").known is False
    assert geography.locate(None).key == ""


def test_every_kind_of_place_and_actor_has_its_codes() -> None:
    values = load_table("pack_values")
    kinds = {row["value"] for row in values if row["field"] == "place.kind"}
    assert {row["kind"] for row in load_rows("place_precision")} == kinds
    bodies = {row["value"] for row in values if row["field"] == "ORG.kind"}
    assert {row["kind"] for row in load_rows("actor_kinds")} <= bodies
    countries = {p.country for p in load_knowledge().places.values() if p.country}
    assert countries <= {row["alpha2"] for row in load_rows("countries")}


def test_code_tables_have_sources() -> None:
    for path in sorted(Path(formats.__file__).parent.glob("*.tsv")):
        rows = load_rows(path.stem)
        assert rows
        if path.stem != "columns":
            assert all(row["source"] for row in rows), path.name
        assert len({tuple(row.values()) for row in rows}) == len(rows), path.name
