"""``mahdar judge`` and ``mahdar verify`` as a person types them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from judging import claims_of, ids, make_press
from typer.testing import CliRunner

from mahdar.cli import app
from mahdar.errors import JudgementError, SettingError
from mahdar.store import (
    Record,
    add_readings,
    consolidate_record,
    create_record,
    open_record,
    prepare_reading,
)

run = CliRunner()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAHDAR_REVIEWER", "سلمى")
    with create_record("mahdar.db") as record:
        add_readings(record, [prepare_reading(reading) for reading in make_press()])
        consolidate_record(record)
    return tmp_path / "mahdar.db"


def judge(*arguments: str, lang: str = "en") -> str:
    done = run.invoke(app, ["judge", *arguments, "--lang", lang], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def opened(path: Path) -> Record:
    return open_record(path)


def test_a_session_of_reviewing(path: Path) -> None:
    with opened(path) as record:
        first, second, *_ = ids(record, "incident")
        met = ids(record, "meeting")[0]
        claims = claims_of(record, met)
    assert "accepted" in judge("accept", met, first)
    assert "مقبول" in judge("accept", claims[0], lang="ar")
    assert "accepted, edited" in judge(
        "edit", claims[1], "--set", "time=2015-08-02", "--set", "killed=3", "-m", "misread"
    )
    assert "rejected" in judge("reject", claims[2], "-m", "another meeting")
    judge("assign", first, "--to", "Omar")
    judge("second", first)
    assert "final" in judge("confirm", first, "--who", "Omar")
    judge("reopen", first, "-m", "new sources")
    judge("merge", first, second)
    judge("rate", "sabq", "b")
    judge("credit", claims[0], "2")
    judge("mark", met, "tlp:amber")
    judge("comment", "sabq", "often late", "--kind", "source")
    judge("same", "john-kerry", "sergey-lavrov")
    judge("different", "john-kerry", "sergey-lavrov")
    judge("undo", "1", "2")
    rows = json.loads(judge("log", "-n", "0", "--format", "json"))
    assert [row["seq"] for row in rows] == list(range(len(rows), 0, -1))
    assert {row["who"] for row in rows} == {"سلمى", "Omar"}
    shown = judge("log", met)
    assert "undone" in shown
    assert "سلمى" in shown
    whole = run.invoke(app, ["verify", "--lang", "ar"])
    assert whole.exit_code == 0
    assert "سليم" in whole.output


def test_splitting(path: Path) -> None:
    with opened(path) as record:
        met = ids(record, "meeting")[0]
        claims = claims_of(record, met)
    judge("split", met, claims[0], claims[1])
    judge("split", "john-kerry", claims[0], "--to", "teresa-kerry", "--ar", "تيريزا كيري")
    with opened(path) as record:
        assert met not in ids(record, "meeting") or claims_of(record, met) != claims


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (["accept", "m-000000000000"], JudgementError, "there is no entry"),
        (["edit", "sabq", "--set", "time", "-m", "x"], SettingError, "no value"),
        (["edit", "c" * 20, "--set", "killed=many", "-m", "x"], SettingError, "not JSON"),
        (["reject", "c" * 20], JudgementError, "no reason"),
        (["credit", "c" * 20, "good"], JudgementError, "1 to 6"),
        (["accept", "m-000000000000", "--who", " "], JudgementError, "nobody judged"),
        (["undo", "99"], JudgementError, "no judgement 99"),
    ],
    ids=["no-entry", "no-value", "no-json", "no-reason", "no-number", "nobody", "no-judgement"],
)
def test_mistakes_say_how_to_mend_them(
    path: Path, arguments: list[str], error: type[Exception], says: str
) -> None:
    done = run.invoke(app, ["judge", *arguments])
    assert isinstance(done.exception, error)
    assert says in str(done.exception)
    assert "Mend" in str(done.exception)


def test_a_nameless_reviewer_is_asked_for_a_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAHDAR_REVIEWER")
    done = run.invoke(app, ["judge", "accept", "m-000000000000"])
    assert isinstance(done.exception, SettingError)
    assert "--who" in str(done.exception)


def test_verify_names_what_was_changed(path: Path) -> None:
    with opened(path) as record:
        met = ids(record, "meeting")[0]
    judge("accept", met)
    database = sqlite3.connect(path)
    database.execute("DROP TRIGGER judgements_stay_update")
    database.execute("UPDATE judgements SET reason = 'forged'")
    database.commit()
    database.close()
    done = run.invoke(app, ["verify", str(path), "--lang", "en"])
    assert done.exit_code == 1
    assert "number 1 was changed" in done.output
    told = json.loads(run.invoke(app, ["verify", str(path), "--json"]).output)
    assert told["problems"] == [{"kind": "chain", "where": "1", "what": "chain_hash"}]
