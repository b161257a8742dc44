"""``mahdar read`` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "src" / "mahdar" / "samples" / "articles"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mahdar", *arguments], input=stdin, capture_output=True, check=False
    )


def test_jsonl_offsets_count_in_the_given_text() -> None:
    done = run("read", str(SAMPLES / "mizan.jsonl"), "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    given = [json.loads(line) for line in (SAMPLES / "mizan.jsonl").read_text("utf-8").splitlines()]
    readings = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [r["id"] for r in readings] == [a["id"] for a in given]
    for article, reading in zip(given, readings, strict=True):
        assert reading["anchor"] == reading["anchor"] | {
            "edtf": article["published"],
            "basis": "metadata",
        }
        assert reading["statements"]
        for entity in reading["entities"]:
            for mention in entity["mentions"]:
                assert article["text"][mention["start"] : mention["end"]].strip()


def test_bad_inputs_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "1"}\n', encoding="utf-8")
    done = run("read", str(bad), str(SAMPLES / "naqla-taiz.txt"), "--format", "jsonl")
    assert done.returncode == 1
    assert "bad.jsonl, line 1" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    (reading,) = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert reading["encoding"] == "windows-1256"


def test_standard_input_gives_a_table() -> None:
    text = "الخارجية ترحب\n\nرحبت وزارة الخارجية المصرية اليوم باتفاق وقف إطلاق النار في ليبيا."
    done = run("read", "-", "--lang", "ar", stdin=text.encode())
    assert done.returncode == 0, done.stderr.decode()
    assert "إشادة" in done.stdout.decode()


class Page(HTMLParser):
    """Collects what a self-contained right-to-left page must and must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.text: list[str] = []
        self.directions: list[str | None] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "link", "img", "iframe") or "src" in given:
            self.fetched.append(tag)
        if tag == "html":
            self.directions.append(given.get("dir"))
        if tag == "div" and given.get("class") == "text":
            self.directions.append(given.get("dir"))
            self.inside = 1
        elif tag == "div" and self.inside:
            self.inside = 0

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text.append(data)


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_page_is_self_contained_and_right_to_left(
    tmp_path: Path, lang: str, direction: str
) -> None:
    out = tmp_path / "page.html"
    done = run(
        "read", str(SAMPLES / "naqla-minsk.txt"), "-f", "html", "-o", str(out), "--lang", lang
    )
    assert done.returncode == 0, done.stderr.decode()
    page = Page()
    page.feed(out.read_text(encoding="utf-8"))
    assert page.fetched == []
    assert page.directions == [direction, "rtl"]
    source = (SAMPLES / "naqla-minsk.txt").read_text(encoding="utf-8")
    assert "".join("".join(page.text).split()).startswith("".join(source.split())[:400])


def test_markup_in_articles_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    evil = '<script>alert(1)</script> قال لافروف إن "<b>الاتفاق</b>" وقع.'
    path.write_text(
        json.dumps({"id": "<i>", "text": evil, "title": "<img src=x>"}), encoding="utf-8"
    )
    done = run("read", str(path), "-f", "html")
    page = Page()
    page.feed(done.stdout.decode())
    assert page.fetched == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["read"], 2, "Missing argument"),
        (["read", "x", "--format", "docx"], 2, "docx"),
        (["read", "missing.txt"], 1, "no such file"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_wrong_usage(arguments: list[str], code: int, message: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
