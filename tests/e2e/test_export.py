"""``mahdar export``, as a user types it, on a record read by the real engine."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mahdar.cli import app, main
from mahdar.export.formats import FORMATS

ARTICLES = [
    {
        "id": "a1",
        "publisher": "الرأي",
        "published": "2015-08-04",
        "text": "لقاء في الدوحة\n\nالتقى وزير الخارجية الأمريكي جون كيري نظيره الروسي سيرغي لافروف في"
        " الدوحة أمس الاثنين. وقال كيري إن الولايات المتحدة ترى أن الحل السياسي في سوريا هو المخرج"
        " الوحيد من الأزمة.",
    },
    {
        "id": "a2",
        "publisher": "الصباح",
        "published": "2015-08-05",
        "text": "غارة في تعز\n\nقتل 12 شخصا في غارة جوية على مدينة تعز أمس. وأعلن المبعوث الأممي إلى اليمن"
        " إسماعيل ولد الشيخ أحمد هدنة إنسانية مدتها خمسة أيام في تعز.",
    },
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    lines = [json.dumps(a, ensure_ascii=False) for a in ARTICLES]
    (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = folder / "talks.db"
    result = run("add", folder / "articles.jsonl", "--record", path, "--workers", "1")
    assert result.exit_code == 0, result.output
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=True)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(form: str, record: Path, tmp_path: Path) -> None:
    out = tmp_path / f"talks{FORMATS[form].suffix}"
    result = run("export", form, "--record", record, "--out", out)
    assert result.exit_code == 0, result.output
    assert out.exists()
    assert f"wrote {out}" in result.output
    assert "rows" in result.output


def test_a_user_exports_a_part_in_arabic(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "acled.csv"
    result = run("export", "acled", "-r", record, "-o", out, "--place", "اليمن", "--lang", "ar")
    assert result.exit_code == 0, result.output
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["country"] for row in rows} == {"Yemen"}
    assert "12" in {row["fatalities"] for row in rows}
    assert "كُتب" in result.output


def test_what_was_left_out_is_said(record: Path, tmp_path: Path) -> None:
    result = run("export", "plover", "-r", record, "-o", tmp_path / "p.csv")
    assert "left out:" in result.output
    assert "statements: PLOVER has no category for them (" in result.output


def test_quiet_says_nothing(record: Path, tmp_path: Path) -> None:
    result = run("export", "geojson", "-r", record, "-o", tmp_path / "x.geojson", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_list(record: Path) -> None:
    result = run("export", "--list")
    assert result.exit_code == 0
    for form in FORMATS:
        assert any(line.startswith(f"{form} ") for line in result.output.splitlines())


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["xlsx", "--out", "x"], 2, "no export format", id="unknown format"),
        pytest.param(["csv"], 2, "--out is missing", id="no target"),
        pytest.param(["csv", "--out", "missing/x"], 2, "not there", id="no folder"),
        pytest.param(["csv", "--out", "x", "--tlp", "pink"], 2, "no marking", id="bad marking"),
        pytest.param(["csv", "--out", "x", "--from", "soon"], 2, "not a date", id="bad date"),
        pytest.param(["csv", "--out", "x", "-r", "none.db"], 3, "no such record", id="no record"),
    ],
)
def test_mistakes_are_named_with_their_mend(
    arguments: list[str],
    code: int,
    message: str,
    record: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["mahdar", "export", *arguments]
    if "-r" not in arguments:
        command += ["--record", str(record)]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == code
    told = capsys.readouterr().err
    assert message in told
    assert "Mend: " in told
    assert not list(tmp_path.iterdir())
