"""``mahdar search`` as a user types it, on the shipped samples with the real engine."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from mahdar.cli import app, main
from mahdar.cli.entry_text import MARK_END, MARK_START
from mahdar.store import open_record, tables
from mahdar.store.indexing import NOTE

ARTICLES = [
    {
        "id": "a1",
        "publisher": "الرأي",
        "published": "2015-08-04",
        "title": "لقاء في الدوحة",
        "text": "لقاء في الدوحة\n\nالتقى وزير الخارجية الأمريكي جون كيري نظيره الروسي سيرغي لافروف في"
        " الدوحة أمس الاثنين. وقال كيري إن الحل السياسي في سوريا هو المخرج الوحيد من الأزمة.",
    },
    {
        "id": "a2",
        "publisher": "الصباح",
        "published": "2015-08-05",
        "title": "هدنة في اليمن",
        "text": "هدنة في اليمن\n\nأعلن المبعوث الأممي إلى اليمن إسماعيل ولد الشيخ أحمد هدنة إنسانية"
        " مدتها خمسة أيام في تعز، ورحّب لافروف بالهُدنة. وقال مسئولون إن وقف اطلاق النار شامل.",
    },
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press")
    path = folder / "articles.jsonl"
    lines = [json.dumps(a, ensure_ascii=False) for a in ARTICLES]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = run("add", path, "--record", folder / "talks.db", "--workers", "1", "--quiet")
    assert made.exit_code == 0, made.output
    return folder / "talks.db"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def test_results_stand_with_paper_day_and_marks(record: Path) -> None:
    shown = run("search", "الهدنة", "--record", record, "--lang", "ar").stdout
    assert f"{MARK_START}هدنة{MARK_END} في اليمن" in shown
    assert f"{MARK_START}بالهُدنة{MARK_END}" in shown
    assert "الصباح · 2015-08-05" in shown
    assert "النتائج 1 إلى 1 من 1" in shown


def test_lines_carry_places_in_the_untouched_text(record: Path) -> None:
    printed = run("search", '"وقف إطلاق النار"', "--record", record, "--format", "jsonl").stdout
    (hit,) = map(json.loads, printed.splitlines())
    text = ARTICLES[1]["text"]
    (snippet,) = hit["snippets"]
    (mark,) = snippet["marks"]
    assert text[mark["start"] : mark["end"]] == "وقف اطلاق النار"
    assert text[snippet["start"] : snippet["end"]] == snippet["text"]
    assert (hit["article"], hit["kind"]) == ("a2", "article")


def test_csv_has_a_row_per_result(record: Path) -> None:
    printed = run("search", "", "--record", record, "--format", "csv", "--newest").stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert [row["article"] for row in rows] == ["a2", "a1"]
    assert rows[0]["title"] == "هدنة في اليمن"


@pytest.mark.parametrize(
    ("arguments", "articles"),
    [
        (["لافروف"], ["a1", "a2"]),
        (["لافروف", "--publisher", "الرأي"], ["a1"]),
        (["Lavrov", "--from", "2015-08-05"], ["a2"]),
        (["لافروف", "--to", "2015-08-04"], ["a1"]),
        (["--actor", "John Kerry"], ["a1"]),
        (["--place", "yemen"], ["a2"]),
        (["لافروف -هدنة"], ["a1"]),
        (["--kind", "statement", "السياسي", "--actor", "كيري"], ["a1"]),
        (["--kind", "entry", "لافروف", "--type", "MEET"], ["a1"]),
    ],
    ids=lambda v: " ".join(v),
)
def test_narrowed(record: Path, arguments: list[str], articles: list[str]) -> None:
    printed = run("search", *arguments, "--record", record, "--format", "jsonl").stdout
    assert sorted({json.loads(line)["article"] for line in printed.splitlines()}) == articles


def test_an_entry_opens_by_its_id(record: Path) -> None:
    printed = run("search", "لافروف", "-k", "entry", "-t", "MEET", "-r", record, "-f", "jsonl")
    hit = json.loads(printed.stdout.splitlines()[0])
    opened = run("show", "entry", hit["id"], "--record", record, "--format", "json")
    assert json.loads(opened.stdout)["entry"]["type"] == "MEET"


def test_pages_facets_and_nothing(record: Path) -> None:
    shown = run("search", "لافروف", "-r", record, "-n", "1", "--offset", "1", "--facets").stdout
    assert shown.startswith("2. ")
    assert "papers: الرأي 1 · الصباح 1" in shown
    assert "results 2 to 2 of 2" in shown
    assert "Nothing found" in run("search", "كلام لم يقله أحد", "-r", record).stdout
    assert "there are 2" in run("search", "لافروف", "-r", record, "--offset", "9").stdout


def test_the_index_made_anew_and_by_itself(record: Path) -> None:
    before = run("search", "لافروف", "-r", record, "-f", "jsonl").stdout
    made = run("search", "--rebuild", "-r", record)
    assert made.stdout == ""
    assert "2 articles" in made.stderr
    assert run("search", "لافروف", "-r", record, "-f", "jsonl").stdout == before
    with open_record(record) as opened, opened.writing() as connection:
        note = tables.meta.c.key == NOTE
        connection.execute(update(tables.meta).where(note).values(value="other rules"))
    assert run("search", "لافروف", "-r", record, "-f", "jsonl").stdout == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (['"وقف'], "character 1"),
        (["هدنة", "--limit", "0"], "--limit 0"),
        (["هدنة", "--from", "soon"], "--from soon"),
        (["هدنة", "--facets", "--format", "csv"], "--facets"),
    ],
    ids=["quotation", "limit", "date", "facets"],
)
def test_mistakes_are_named(
    record: Path,
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["mahdar", "search", *arguments, "--record", str(record)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    error = capsys.readouterr().err
    assert message in error
    assert "Mend" in error
    assert "Traceback" not in error
