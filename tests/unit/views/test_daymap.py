"""What stands on the map on which day, and what cannot stand on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_readings import make_reading

from mahdar.consolidation.reference import Reference
from mahdar.judgements import Judgement
from mahdar.store import (
    Record,
    add_readings,
    consolidate_record,
    create_record,
    judge,
    prepare_reading,
)
from mahdar.views import Filters
from mahdar.views.daymap import PlaceMark, load_day_map, load_rows

AUGUST = ("2015-08-01", "2015-08-31")


def told(*events: dict[str, Any], zones: tuple[dict[str, Any], ...] = ()) -> Any:
    """Return a reading with events and zones at places, a word of the text for each."""
    words = ["أول", "ثان", "ثالث", "رابع", "خامس", "سادس"]
    text = "في عدن وتعز: " + " ".join(words) + "."
    return make_reading(
        text,
        published="2015-08-10",
        events=[{"trigger": word, **event} for word, event in zip(words, events, strict=False)],
        arrangements=[
            {"kind": "zone", "type": "safe-zone", "name": word, **zone}
            for word, zone in zip(reversed(words), zones, strict=False)
        ],
    )


def make_record(path: Path, reading: Any) -> Record:
    made = create_record(path)
    add_readings(made, [prepare_reading(reading)])
    consolidate_record(made, reference=Reference(parents={"aden": "yemen", "taiz": "yemen"}))
    return made


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    made = told(
        {"type": "ATTACK", "place": "aden", "time": "2015-08-08", "killed": 3},
        {"type": "CEASEFIRE", "place": "taiz", "time": "2015-08-05"},
        {"type": "CEASEFIRE", "place": "aden", "time": "2015-08-20", "modality": "proposed"},
        {"type": "ATTACK", "place": "taiz", "time": "2015-08", "killed": 9},
        {"type": "ATTACK", "time": "2015-08-08"},
        {"type": "VIOLATION", "place": "taiz", "time": "2015-08-06"},
        zones=(
            {"place": "aden", "status": "proposed", "modality": "proposed", "time": "2015-08-02"},
            {"place": "aden", "status": "declared", "time": "2015-08-06"},
            {"place": "aden", "status": "ended", "time": "2015-08-12"},
        ),
    )
    with make_record(tmp_path_factory.mktemp("map") / "map.db", made) as opened:
        yield opened


def shown(marks: list[PlaceMark]) -> set[tuple[str, str, bool]]:
    return {(mark.layer, mark.place.key, mark.hollow) for mark in marks}


@pytest.mark.parametrize(
    ("day", "marks"),
    [
        ("2015-08-01", set()),
        ("2015-08-03", {("zone", "aden", True)}),
        (
            "2015-08-06",
            {("zone", "aden", False), ("truce", "taiz", False), ("breach", "taiz", False)},
        ),
        (
            "2015-08-08",
            {("zone", "aden", False), ("truce", "taiz", False), ("incident", "aden", False)},
        ),
        ("2015-08-13", {("truce", "taiz", False)}),
        ("2015-08-19", {("truce", "taiz", False)}),
        ("2015-08-20", {("truce", "aden", True)}),
        ("2015-08-21", set()),
    ],
)
def test_day(day: str, marks: set[tuple[str, str, bool]], record: Record) -> None:
    assert shown(load_day_map(record, Filters(), *AUGUST).on(day)) == marks


def test_what_is_left_out_is_counted(record: Record) -> None:
    found = load_day_map(record, Filters(), *AUGUST)
    assert (found.no_place, found.no_day) == (1, 1)
    assert {mark.killed for mark in found.marks} == {0, 3}, "«in August» fell on no day"


def test_place_narrows(record: Record) -> None:
    found = load_day_map(record, Filters(place="aden"), *AUGUST)
    assert {mark.place.key for mark in found.marks} == {"aden"}
    assert shown(load_day_map(record, Filters(), *AUGUST).on("2015-08-08", "taiz")) == {
        ("truce", "taiz", False)
    }


def test_days_outside_are_not_asked(record: Record) -> None:
    found = load_day_map(record, Filters(), "2015-08-18", "2015-08-19")
    assert shown(list(found.marks)) == {("truce", "taiz", False)}, (
        "begun before, still told to hold"
    )


def test_rows_put_breaches_before_all_else(record: Record) -> None:
    marks = load_day_map(record, Filters(), *AUGUST).on("2015-08-06")
    assert [row.type for row in load_rows(record, marks, 2)] == ["VIOLATION", "CEASEFIRE"]
    assert load_rows(record, [], 5) == []


def test_rejected_entries_leave_the_map(tmp_path: Path) -> None:
    attack = {"type": "ATTACK", "place": "aden", "time": "2015-08-08"}
    with make_record(tmp_path / "own.db", told(attack)) as own:
        (mark,) = load_day_map(own, Filters(), *AUGUST).marks
        judge(own, Judgement("reject", "entry", mark.entries[0], "salma", "not said"))
        assert load_day_map(own, Filters(), *AUGUST).marks == ()
