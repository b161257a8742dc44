"""``mahdar add`` and ``mahdar show``, as a user types them, with the real engine."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from mahdar.cli import app, main
from mahdar.cli.entry_text import MARK_END, MARK_START

ARTICLES = [
    {
        "id": "a1",
        "publisher": "الرأي",
        "published": "2015-08-04",
        "title": "لقاء في الدوحة",
        "text": "لقاء في الدوحة\n\nالتقى وزير الخارجية الأمريكي جون كيري نظيره الروسي سيرغي لافروف في"
        " الدوحة أمس الاثنين. وقال كيري إن الولايات المتحدة ترى أن الحل السياسي في سوريا هو المخرج"
        " الوحيد من الأزمة.",
    },
    {
        "id": "a2",
        "publisher": "الصباح",
        "published": "2015-08-04",
        "title": "كيري ولافروف يجتمعان",
        "text": "كيري ولافروف يجتمعان\n\nالدوحة: اجتمع جون كيري وسيرغي لافروف في الدوحة أمس وناقشا"
        " الأزمة. وأكد كيري أن الولايات المتحدة ترى أن الحل السياسي في سوريا هو المخرج الوحيد من"
        " الأزمة.",
    },
    {
        "id": "a3",
        "publisher": "الصباح",
        "published": "2015-08-05",
        "title": "هدنة في اليمن",
        "text": "هدنة في اليمن\n\nأعلن المبعوث الأممي إلى اليمن إسماعيل ولد الشيخ أحمد هدنة إنسانية"
        " مدتها خمسة أيام في تعز. وقال لافروف إن روسيا تدعم القرار 2216.",
    },
]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("press") / "articles.jsonl"
    lines = [json.dumps(a, ensure_ascii=False) for a in ARTICLES]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def record(inputs: Path) -> Path:
    path = inputs.parent / "talks.db"
    result = run("add", inputs, "--record", path, "--workers", "1")
    assert result.exit_code == 0, result.output
    assert "3 new" in result.output
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=True)


def show(record: Path, view: str, *options: object) -> list[dict[str, Any]]:
    result = run("show", view, "--record", record, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    assert isinstance(rows, list)
    return rows


def test_adding_again_adds_nothing(inputs: Path, record: Path) -> None:
    before = show(record, "timeline")
    result = run("add", inputs, "--record", record, "--workers", "1", "--lang", "en")
    assert result.exit_code == 0
    assert "0 new, 0 read again, 3 already there, 0 failed" in result.output
    assert show(record, "timeline") == before


def test_two_papers_tell_of_one_meeting(record: Path) -> None:
    met = [r for r in show(record, "timeline") if r["type"] in ("MEET", "NEGOTIATE")]
    both = [r for r in met if r["articles"] == 2]
    assert both, met
    assert both[0]["standing"] == "independently_confirmed"
    names = {ref["en"] for ref, _ in both[0]["actors"]}
    assert any("Kerry" in n for n in names)
    assert any("Lavrov" in n for n in names)


@pytest.mark.parametrize("actor", ["لافروف", "سيرغي لافروف", "Lavrov"])
def test_statements_of_an_actor(record: Path, actor: str) -> None:
    rows = show(record, "statements", "--actor", actor)
    assert [r["text"] for r in rows if "2216" in r["text"]]
    assert not [r for r in rows if "المخرج" in r["text"]]


@pytest.mark.parametrize(
    "view",
    [
        "timeline",
        "statements",
        "contacts",
        "agreements",
        "ceasefires",
        "incidents",
        "commitments",
        "sources",
    ],
)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_view_prints(record: Path, view: str, lang: str) -> None:
    result = run("show", view, "--record", record, "--lang", lang)
    assert result.exit_code == 0, result.output
    sheet = run("show", view, "--record", record, "--format", "csv", "--lang", lang)
    assert sheet.exit_code == 0
    rows = list(csv.reader(io.StringIO(sheet.stdout)))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == len(show(record, view)) + 1


def test_arabic_goes_out_untouched(record: Path) -> None:
    result = run("show", "statements", "--record", record, "--format", "csv")
    texts = [row[3] for row in csv.reader(io.StringIO(result.stdout))][1:]
    sources = " ".join(" ".join(a["text"].split()) for a in ARTICLES)
    whole = [text for text in texts if "…" not in text]
    assert whole
    assert all(text in sources for text in whole)


def test_an_entry_opens_to_its_sentences(record: Path) -> None:
    row = next(r for r in show(record, "timeline") if r["articles"] == 2)
    result = run("show", "entry", row["id"], "--record", record, "--lang", "en")
    assert result.exit_code == 0
    marked = re.findall(f"{MARK_START}(.*?){MARK_END}", result.stdout)
    assert len(marked) >= 2
    for paper in ("الرأي", "الصباح"):
        assert paper in result.stdout
    assert "Claim 1 of 2 · independent origin 1" in result.stdout
    assert "same participants" in result.stdout
    assert "chain: الرأي" in result.stdout or "chain: الصباح" in result.stdout
    plain = result.stdout.replace(MARK_START, "").replace(MARK_END, "")
    for article in ARTICLES[:2]:
        sentence = article["text"].partition("\n\n")[2].split(". ")[0]
        assert sentence in plain


def test_the_chain_of_a_statement(record: Path) -> None:
    row = next(r for r in show(record, "statements") if "2216" in r["text"])
    result = run("show", "entry", row["id"], "--record", record, "--lang", "ar")
    assert re.search(r"السلسلة: الصباح ← .*لافروف", result.stdout)


def test_one_bad_file_is_named_and_the_rest_goes_on(inputs: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x", "text": 5}\n', encoding="utf-8")
    result = run(
        "add", bad, inputs, tmp_path / "none.txt", "--record", tmp_path / "r.db", "--workers", "1"
    )
    assert result.exit_code == 1
    assert "bad.jsonl" in result.output
    assert "none.txt" in result.output
    assert result.output.count("Mend:") == 2
    assert "3 new, 0 read again, 0 already there, 2 failed" in result.output


def test_quiet_says_nothing(inputs: Path, tmp_path: Path) -> None:
    result = run("add", inputs, "--record", tmp_path / "r.db", "--workers", "1", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["show", "timeline", "--record", "none.db"], 3, "Mend", id="no record"),
        pytest.param(["show", "entry", "m-0", "--record", "RECORD"], 3, "no entry", id="no entry"),
        pytest.param(
            ["show", "timeline", "--record", "RECORD", "--from", "soon"], 2, "Mend", id="no date"
        ),
        pytest.param(["show", "timeline", "--colour"], 2, "No such option", id="no such option"),
        pytest.param(
            ["show", "commitments", "--record", "RECORD", "--as-of", "x"], 2, "Mend", id="no day"
        ),
    ],
)
def test_exit_codes(
    record: Path,
    arguments: list[str],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = [str(record) if a == "RECORD" else a for a in arguments]
    monkeypatch.setattr(sys, "argv", ["mahdar", *given])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == code
    errors = capsys.readouterr().err
    assert said in errors
    assert "Traceback" not in errors


# Seconds of reading after the signal is due, also on a machine that runs other tests beside.
MANY = 300


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill -9"])
def test_a_stopped_run_is_resumed(tmp_path: Path, how: signal.Signals) -> None:
    """What was written stays; the next run adds the rest."""
    many = tmp_path / "many.jsonl"
    text = ARTICLES[0]["text"]
    with many.open("w", encoding="utf-8") as stream:
        for n in range(MANY):
            raw = {"id": f"n{n}", "publisher": "الرأي", "published": "2015-08-04"}
            raw["text"] = f"{text} رقم {n}."
            stream.write(json.dumps(raw, ensure_ascii=False) + "\n")
    path = tmp_path / "r.db"
    command = [sys.executable, "-c", "from mahdar.cli import main; main()", "add", str(many)]
    command += ["--record", str(path), "--workers", "1"]
    process = subprocess.Popen(
        command,
        env={**os.environ, "MAHDAR_CHUNK_ARTICLES": "10"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that starts the tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    began = time.monotonic()
    while held(path) < 20 and process.poll() is None and time.monotonic() - began < 90:
        time.sleep(0.02)
    process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    kept = held(path)
    assert 20 <= kept < MANY
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert "Traceback" not in errors
    result = run("add", many, "--record", path, "--workers", "1", "--lang", "en")
    assert f"{MANY - kept} new, 0 read again, {kept} already there" in result.output
    assert held(path) == MANY


def held(path: Path) -> int:
    if not path.exists():
        return 0
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()
