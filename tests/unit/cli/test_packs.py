"""mahdar packs: list, check, show and new."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mahdar.cli.packs import packs_app

RUNNER = CliRunner()


def run(*args: str) -> tuple[int, str]:
    result = RUNNER.invoke(packs_app, list(args))
    return result.exit_code, result.output


def test_list_names_every_pack() -> None:
    code, output = run("list")
    assert code == 0
    assert "world" in output
    assert "syria" in output


@pytest.mark.parametrize("what", ["john-kerry", "جون كيري"])
def test_show_a_record(what: str) -> None:
    code, output = run("show", what)
    assert code == 0
    assert json.loads(output)["id"] == "john-kerry"


def test_show_a_body_made_on_demand() -> None:
    code, output = run("show", "norway-mfa")
    assert code == 0
    assert json.loads(output)["names"]["ar"] == ["وزارة الخارجية النرويجية"]


def test_show_a_pack() -> None:
    code, output = run("show", "world")
    assert code == 0
    assert "united-nations" in output


def test_show_nothing() -> None:
    code, _ = run("show", "no-such-thing")
    assert code != 0


def test_new_then_check(tmp_path: Path) -> None:
    folder = tmp_path / "my-pack"
    assert run("new", str(folder))[0] == 0
    code, output = run("check", "my-pack", "--packs", str(folder))
    assert code == 0
    assert "0 to mend" in output


def test_check_names_what_to_mend(tmp_path: Path) -> None:
    folder = tmp_path / "my-pack"
    run("new", str(folder))
    record = {
        "id": "some-body",
        "type": "ORG",
        "kind": "committee",
        "parent": "nobody-knows",
        "names": {"ar": ["الأمم المتحدة"]},
        "origin": {"kind": "press"},
    }
    (folder / "actors.jsonl").write_text(json.dumps(record), encoding="utf-8")
    code, output = run("check", "--packs", str(folder))
    assert code == 1
    assert "no record nobody-knows" in output
    assert "press, but no article counted" in output
    assert "also means some-body" in output


def test_counts_in_press_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "my-pack"
    run("new", str(folder))
    records = [
        {
            "id": f"body-{n}",
            "type": "ORG",
            "kind": "committee",
            "names": {"ar": [name]},
            "origin": {"kind": "memory"},
        }
        for n, name in enumerate(("لجنة المصاعد الطائرة", "لجنة لا يذكرها أحد"))
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "actors.jsonl").write_text(lines, encoding="utf-8")
    press = tmp_path / "press"
    press.mkdir()
    (press / "one.txt").write_text("اجتمعت لجنة المصاعد الطائرة أمس", encoding="utf-8")
    (press / "two.jsonl").write_text(
        json.dumps({"title": "خبر", "content": "ولجنة المصاعد الطائرة"}), encoding="utf-8"
    )
    code, output = run("check", "my-pack", "--packs", str(folder), "--press", str(press), "--write")
    assert code == 0, output
    written = [
        json.loads(line)["origin"]
        for line in (folder / "actors.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert written == [{"kind": "press", "articles": 2}, {"kind": "memory"}]


def test_write_needs_press() -> None:
    assert run("check", "--write")[0] != 0
