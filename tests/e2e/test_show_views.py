"""Every view of ``mahdar show`` as a user types it, on the record of the shipped samples."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mahdar.cli import app
from mahdar.cli.show import show_app

VIEWS = sorted(
    name
    for command in show_app.registered_commands
    if (name := command.name or command.callback.__name__) != "entry"  # type: ignore[union-attr]
)
RUN = CliRunner()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = RUN.invoke(app, ["demo", "--folder", str(folder)])
    assert done.exit_code == 0, done.output
    return next(folder.rglob("*.db"))


def show(record: Path, *args: str) -> Result:
    done = RUN.invoke(app, ["show", *args, "--record", str(record)])
    assert done.exit_code == 0, done.output
    return done


def test_all_views_are_there() -> None:
    assert {
        "agreements",
        "bodies",
        "ceasefires",
        "commitments",
        "contacts",
        "designations",
        "detainees",
        "humanitarian",
        "incidents",
        "monitoring",
        "naming",
        "positions",
        "processes",
        "sources",
        "statements",
        "talks",
        "timeline",
        "zones",
    } <= set(VIEWS)


@pytest.mark.parametrize("view", VIEWS)
def test_every_form_tells_the_same_rows(record: Path, view: str) -> None:
    rows = json.loads(show(record, view, "--format", "json").stdout)
    assert rows, f"the samples give nothing for {view}"
    lines = show(record, view, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = list(csv.reader(io.StringIO(show(record, view, "--format", "csv").stdout)))
    assert len(table) == len(rows) + 1
    assert len(set(table[0])) == len(table[0])
    assert all(len(line) == len(table[0]) for line in table)


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_code_is_left_untranslated(record: Path, view: str, lang: str) -> None:
    text = show(record, view, "--lang", lang, "--limit", "3").stdout
    assert "column." not in text
    if lang == "ar":
        head = next(
            line for line in text.splitlines() if any("\u0621" <= c <= "\u064a" for c in line)
        )
        assert head


def test_a_position_and_its_entry(record: Path) -> None:
    rows = json.loads(show(record, "positions", "--format", "json").stdout)
    entry = show(record, "entry", rows[0]["entry"]["id"], "--lang", "en").stdout
    assert "⟦" in entry


@pytest.mark.parametrize(
    ("args", "told"),
    [
        pytest.param(["positions", "--issue", "moon"], "--issue moon: no such issue", id="issue"),
        pytest.param(["talks", "--as-of", "soon"], "--as-of soon: not a day", id="day"),
        pytest.param(
            ["commitments", "--due-before", "x"], "--due-before x: not a date", id="due before"
        ),
        pytest.param(["zones", "--from", "x"], "--from x: not a date", id="from"),
    ],
)
def test_wrong_options_are_named(record: Path, args: list[str], told: str) -> None:
    done = RUN.invoke(app, ["show", *args, "--record", str(record)])
    assert done.exit_code != 0
    assert told in str(done.exception)
