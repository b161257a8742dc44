"""An export as a whole: all or nothing, the same bytes again, a manifest that tells the truth."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_exports import READINGS, Export, read_csv

from mahdar.errors import SettingError
from mahdar.export.formats import FORMATS, Request, export_record
from mahdar.export.formats.request import LeftOut, parse_tlp
from mahdar.store import Record
from mahdar.views import Filters

ENTRY_FORMATS = ("plover", "acled", "ged", "ceasefires", "hxl", "geojson", "ical")


def files_of(out: Path) -> dict[str, bytes]:
    if out.is_dir():
        return {p.name: p.read_bytes() for p in sorted(out.iterdir())}
    beside = out.with_name(f"{out.name}.manifest.json")
    return {"file": out.read_bytes(), "manifest": beside.read_bytes()}


def manifest_of(out: Path) -> dict[str, Any]:
    path = out / "manifest.json" if out.is_dir() else out.with_name(f"{out.name}.manifest.json")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_same_record_same_bytes(form: str, record: Record, tmp_path: Path) -> None:
    names = [tmp_path / side / "out" for side in ("a", "b")]
    for name in names:
        name.parent.mkdir()
        export_record(record, form, name)
    first, second = map(files_of, names)
    assert first == second
    assert {p.name for p in tmp_path.joinpath("a").iterdir()} <= {"out", "out.manifest.json"}


@pytest.mark.parametrize("form", FORMATS)
def test_manifest_tells_what_lies_there(form: str, export: Export) -> None:
    done = export(form)
    told = manifest_of(done.out)
    assert told["format"] == form
    assert told["engines"] == {"test 1": len(READINGS)}
    assert told["claims_not_facts"]["ar"]
    for name, facts in told["files"].items():
        path = done.out / name if done.out.is_dir() else done.out
        assert facts["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert facts["bytes"] == path.stat().st_size
    assert sum(f["rows"] or 0 for f in told["files"].values()) == sum(done.rows.values())
    assert str(done.out.parent) not in json.dumps(told)


@pytest.mark.parametrize("form", ENTRY_FORMATS)
def test_nothing_is_lost_silently(form: str, export: Export, record: Record) -> None:
    done = export(form)
    left_out = sum(done.left_out.counts.values())
    assert sum(done.rows.values()) + left_out == record.counts()["entries"]
    assert left_out
    assert manifest_of(done.out)["left_out"] == done.left_out.rows()


def test_left_out_is_told_in_words() -> None:
    left_out = LeftOut()
    left_out.add("no_plover_statement", "pledge", 2)
    left_out.add("no_plover_statement", "deny", 3)
    left_out.add("no_day", count=1)
    left_out.add("no_place", count=0)
    assert left_out.lines("en") == [
        "1 entries without a day, or with too wide a time",
        "5 statements: PLOVER has no category for them (denies 3, pledges 2)",
    ]
    assert "تعهد 2" in left_out.lines("ar")[1]


def test_a_failed_export_leaves_the_old_one(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("csv", "geojson"):
        out = tmp_path / form
        export_record(record, form, out)
        before = files_of(out)

        def fail(*_: object) -> Iterator[object]:
            raise KeyboardInterrupt
            yield

        with monkeypatch.context() as patch:
            patch.setattr("mahdar.export.formats.source.assemble_rows", fail)
            with pytest.raises(KeyboardInterrupt):
                export_record(record, form, out)
        assert files_of(out) == before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_an_earlier_export_is_replaced_whole(record: Record, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_record(record, "csv", out)
    export_record(record, "jsonl", out)
    assert "claims.jsonl" in files_of(out)
    assert not [name for name in files_of(out) if name.endswith(".csv")]


@pytest.mark.parametrize(
    ("form", "prepare", "message"),
    [
        pytest.param("csv", "full folder", "holds other things", id="a folder of somebody's"),
        pytest.param("csv", "file", "this is a file", id="a file for a folder"),
        pytest.param("plover", "folder", "this is a folder", id="a folder for a file"),
        pytest.param("plover", "no parent", "not there", id="no parent folder"),
        pytest.param("xlsx", "nothing", "no export format", id="unknown format"),
    ],
)
def test_bad_targets(form: str, prepare: str, message: str, record: Record, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if "folder" in prepare:
        out.mkdir()
    if prepare == "full folder":
        (out / "thesis.docx").write_text("mine", encoding="utf-8")
    if prepare == "file":
        out.write_text("mine", encoding="utf-8")
    if prepare == "no parent":
        out = tmp_path / "missing" / "out"
    with pytest.raises(SettingError, match=f"{message}.*Mend: "):
        export_record(record, form, out)
    if prepare == "full folder":
        assert (out / "thesis.docx").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        pytest.param(Filters(actor="لافروف"), {"MEET"}, id="actor in Arabic"),
        pytest.param(Filters(place="taiz"), {"ATTACK", "CEASEFIRE"}, id="place"),
        pytest.param(Filters(place="yemen"), {"ATTACK", "CEASEFIRE", "MEET", "AID"}, id="country"),
        pytest.param(Filters(process="yemen-un-talks"), {"MEET"}, id="process"),
        pytest.param(Filters(since="2015-08-09", until="2015-08-10"), {"MEET", "AID"}, id="days"),
        pytest.param(Filters(actor="nobody at all"), set(), id="nobody"),
    ],
)
def test_filters_narrow_every_table(filters: Filters, types: set[str], export: Export) -> None:
    out = export("csv", filters=filters).out
    entries = read_csv(out / "entries.csv")
    assert {row["type"] for row in entries} == types
    claims = {row["claim"] for row in read_csv(out / "entry_claims.csv")}
    assert {row["claim"] for row in read_csv(out / "events.csv")} == claims
    articles = {row["article"] for row in read_csv(out / "events.csv")}
    assert {row["article"] for row in read_csv(out / "articles.csv")} == articles
    assert manifest_of(out)["filters"] == {
        k: v
        for k, v in {
            "actor": filters.actor,
            "place": filters.place,
            "process": filters.process,
            "since": filters.since,
            "until": filters.until,
        }.items()
        if v
    }


def test_bad_date_is_named(export: Export) -> None:
    with pytest.raises(SettingError, match="--from yesterday"):
        export("csv", filters=Filters(since="yesterday"))


@pytest.mark.parametrize(
    ("text", "marking"),
    [("green", "GREEN"), ("TLP:RED", "RED"), (" tlp: amber+strict ", "AMBER+STRICT")],
)
def test_markings_are_read(text: str, marking: str) -> None:
    assert parse_tlp(text) == marking


def test_other_colours_are_refused() -> None:
    with pytest.raises(SettingError, match=r"WHITE.*CLEAR, GREEN"):
        parse_tlp("WHITE")


def test_the_manifest_is_beside_a_file(export: Export, tmp_path: Path) -> None:
    done = export("geojson", "talks.geojson")
    assert done.manifest == tmp_path / "talks.geojson.manifest.json"
    assert done.manifest.is_file()


def test_progress_runs_to_its_end(record: Record, tmp_path: Path) -> None:
    for form in FORMATS:
        totals: list[int] = []
        steps: list[int] = []

        def begin(total: int, totals: list[int] = totals, steps: list[int] = steps) -> Any:
            totals.append(total)
            return lambda: steps.append(1)

        export_record(record, form, tmp_path / form, Request(), begin=begin)
        assert totals == [len(steps)], form
