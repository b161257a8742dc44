"""CSV, Parquet and JSON lines: the same rows, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_exports import FORMULA, TEXTS, Export, read_csv

from mahdar.export.formats.columns import load_tables
from mahdar.export.formats.output import CsvSink, safe_cell
from mahdar.export.formats.stream import TABLES
from mahdar.store import Record


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param(None, "", id="unknown"),
        pytest.param(True, 1, id="flag"),
        pytest.param(0, 0, id="zero is not unknown"),
        pytest.param(-12.5, -12.5, id="a number stays one"),
        pytest.param(["أ", "ب"], "أ; ب", id="list"),
        pytest.param([], "", id="empty list"),
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+966", "'+966", id="plus"),
        pytest.param("- قال", "'- قال", id="dash"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("＝1+1", "'＝1+1", id="full width"),
        pytest.param(["=1", "2"], "'=1; 2", id="list that begins like one"),
        pytest.param("قال = وسكت", "قال = وسكت", id="sign inside"),
        pytest.param("أ\x00ب", "أب", id="no NUL"),
    ],
)
def test_cells(value: Any, cell: Any) -> None:
    assert safe_cell(value) == cell


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")))
def test_any_text_comes_back_from_csv(text: str) -> None:
    target = io.StringIO(newline="")
    csv.writer(target).writerow(["x", safe_cell(text)])
    ((_, cell),) = csv.reader(io.StringIO(target.getvalue(), newline=""))
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_csv_is_for_spreadsheets(export: Export) -> None:
    out = export("csv").out
    for name in TABLES:
        assert (out / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), name
    assert "لافروف" in (out / "entry_actors.csv").read_text(encoding="utf-8-sig")
    publishers = {row["publisher"] for row in read_csv(out / "articles.csv")}
    assert f"'{FORMULA}" in publishers
    assert FORMULA not in publishers


def test_csv_explains_its_columns(export: Export) -> None:
    out = export("csv").out
    told = {(row["table"], row["column"]) for row in read_csv(out / "columns.csv")}
    for name in TABLES:
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            head = next(csv.reader(stream))
        assert [c.name for c in load_tables()[name].columns] == head
        assert {(name, column) for column in head} <= told


def test_csv_counts_agree_with_the_record(export: Export, record: Record) -> None:
    out, counts = export("csv").out, record.counts()
    claims = sum(
        len(read_csv(out / f"{name}.csv"))
        for name in ("statements", "events", "commitments", "instruments", "arrangements", "naming")
    )
    assert claims == counts["claims"]
    assert len(read_csv(out / "articles.csv")) == counts["articles"]
    assert len(read_csv(out / "entries.csv")) == counts["entries"]


def test_rows_hang_together(export: Export) -> None:
    """Every claim, entry, actor and place that a row names stands in its own table."""
    out = export("csv").out

    def column(table: str, name: str) -> set[str]:
        return {row[name] for row in read_csv(out / f"{table}.csv") if row[name]}

    claims = column("statements", "claim") | column("events", "claim")
    claims |= column("commitments", "claim") | column("instruments", "claim")
    assert column("entry_claims", "claim") <= claims
    assert column("participants", "claim") <= claims
    assert column("entry_claims", "entry") == column("entries", "entry")
    assert column("entry_values", "entry") == column("entries", "entry")
    assert column("entry_actors", "actor") <= column("actors", "actor") | column("places", "place")
    assert column("entries", "place") <= column("places", "place")
    assert column("events", "article") <= column("articles", "article")
    told = {c for row in read_csv(out / "entries.csv") for c in row["claims"].split("; ")}
    assert told == column("entry_claims", "claim")


def test_conflicting_tolls_stand_side_by_side(export: Export) -> None:
    out = export("csv").out
    (attack,) = [row for row in read_csv(out / "entries.csv") if row["type"] == "ATTACK"]
    assert (attack["killed_low"], attack["killed_high"], attack["articles"]) == ("12", "15", "3")
    told = [
        row
        for row in read_csv(out / "entry_values.csv")
        if row["entry"] == attack["entry"] and row["field"] == "killed"
    ]
    assert sorted(row["value"] for row in told) == ["12", "15"]
    assert all(row["claims"] for row in told)


def test_parquet_has_the_rows_of_csv(export: Export) -> None:
    folder, parquet = export("csv", "a").out, export("parquet", "b").out
    with duckdb.connect() as database:
        for name in TABLES:
            found = database.execute(f"SELECT * FROM '{parquet / name}.parquet'").fetchall()
            columns = load_tables()[name].columns
            sink_row = [[_cell(v) for v in row] for row in found]
            expected = [[row[c.name] for c in columns] for row in read_csv(folder / f"{name}.csv")]
            assert sink_row == expected, name


def _cell(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(safe_cell(value))


def test_parquet_keeps_types_and_meanings(export: Export) -> None:
    out = export("parquet").out
    with duckdb.connect() as database:
        path = out / "entries.parquet"
        described = database.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
        types = {name: kind for name, kind, *_ in described}
        assert types["first_day"] == "DATE"
        assert types["actors"] == "VARCHAR[]"
        assert types["lat"] == "DOUBLE"
        assert types["killed_low"] == "BIGINT"
        assert types["day_told"] == "BOOLEAN"
        notes = database.execute(
            f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{path}')"
        ).fetchall()
    assert "independent origins" in dict(notes)["origins"]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_json_lines_point_to_the_very_characters(export: Export) -> None:
    out = export("jsonl").out
    claims = lines(out / "claims.jsonl")
    assert claims
    for claim in claims:
        text = TEXTS[claim["article"]]
        for span in (*claim["spans"], claim["sentence"]):
            assert text[span["start"] : span["end"]] == span["exact"]
    (said,) = [c for c in claims if c["kind"] == "statement" and c["publisher"] == "okaz"]
    assert [m["actor"] for m in said["chain"]] == ["reuters", "john-kerry"]
    assert said["roles"] == [
        {"actor": "john-kerry", "actor_ar": "كيري", "actor_en": "John Kerry", "role": "speaker"}
    ]


def test_json_entries_carry_their_claims(export: Export) -> None:
    out = export("jsonl").out
    known = {claim["claim"] for claim in lines(out / "claims.jsonl")}
    for entry in lines(out / "entries.jsonl"):
        mine = {claim["claim"] for claim in entry["claims"]}
        assert mine
        assert mine <= known
        assert {c["origin"] for c in entry["claims"]} == set(range(1, entry["origins"] + 1))
        for values in entry["values"].values():
            assert all(set(value["claims"]) <= mine for value in values)


def test_a_sink_closes_its_file(tmp_path: Path) -> None:
    sink = CsvSink(tmp_path / "x.csv", load_tables()["participants"])
    sink.write({c.name: "1" for c in sink.table.columns})
    sink.close()
    assert len(read_csv(tmp_path / "x.csv")) == sink.rows == 1
