"""``mahdar brief`` on the sample articles, as a user types it; and as Chromium prints it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from chromium import FLAGS
from typer.testing import CliRunner, Result

from mahdar.cli import app


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    result = run("demo", "--folder", folder, "--quiet")
    assert result.exit_code == 0, result.output
    return folder / "demo.db"


def test_a_country_in_arabic(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    result = run("brief", "--process", "اليمن", "-r", record, "-o", out, "--lang", "ar")
    assert result.exit_code == 0, result.output
    page = out.read_text(encoding="utf-8")
    assert 'dir="rtl"' in page
    assert "الحديدة" in page
    assert "مصدر واحد" in page
    assert "كُتب" in result.output


def test_markdown_on_standard_output(record: Path) -> None:
    result = run(
        *("brief", "--process", "yemen-un-talks", "--from", "2018-12", "--to", "2018-12"),
        *("-r", record, "-o", "-", "--lang", "en", "--quiet"),
    )
    assert result.exit_code == 0, result.output
    assert result.output.startswith("# Brief: UN-led Yemen talks\n")
    assert "1 December – 31 December 2018" in result.output
    assert "Hodeidah" in result.output
    assert "[^1]:" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--process", "yemen"), "--out is missing"),
        (("--out", "brief.pdf"), "end the name in .html or .md"),
        (("--out", "x.md", "--process", "atlantis"), "no such process"),
        (("--out", "x.md", "--tlp", "PINK"), "no marking of TLP"),
    ],
    ids=["no out", "ending", "process", "marking"],
)
def test_wrong_usage_says_how_to_mend_it(
    record: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run("brief", "-r", record, *arguments)
    assert result.exit_code != 0
    assert said in str(result.exception)
    assert "Mend:" in str(result.exception)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_prints_on_two_pages(record: Path, tmp_path: Path, lang: str) -> None:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("NO CHROMIUM: print-outs are untested")
    page, pdf = tmp_path / "brief.html", tmp_path / "brief.pdf"
    # The whole of the record: more than two pages hold, so that it must be cut.
    result = run("brief", "-r", record, "-o", page, "--lang", lang)
    assert result.exit_code == 0, result.output
    assert 'id="n10"' in page.read_text(encoding="utf-8")
    subprocess.run(
        [
            executable,
            "--headless",
            *FLAGS,
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}",
            str(page),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == 2
