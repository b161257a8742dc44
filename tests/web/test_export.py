"""Exports from the workbench: prepared by a process of their own, looked at, taken away as a ZIP file."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from made_files import file_readings
from workbench import Browser, make_record

from mahdar.export.formats import FORMATS
from mahdar.store import open_record
from mahdar.web import export_worker
from mahdar.web.export_worker import preview_file
from mahdar.web.exports import Exports, Order

WAIT_SECONDS = 60


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "files.db"
    make_record(path, file_readings()).close()
    return path


class Ended:
    """A process that has ended."""

    def poll(self) -> int:
        return 0


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make exports in this process: starting one for each test takes most of its time."""

    def start(exports: Exports, folder: Path) -> Ended:
        monkeypatch.setenv("MAHDAR_RECORD", exports.record)
        export_worker.main(folder)
        return Ended()

    monkeypatch.setattr(Exports, "_start", start)


@pytest.fixture
def own(files: Path, tmp_path: Path) -> Iterator[Browser]:
    with open_record(shutil.copy(files, tmp_path / "files.db")) as record:
        browser = Browser(record, tmp_path / "inbox", lang="en")
        yield browser
        browser.app.state.exports.leave()


def prepare(browser: Browser, **order: str) -> str:
    answer = browser.post("/export", order)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("#x-")[2]


def wait(browser: Browser, key: str) -> dict[str, Any]:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        export: dict[str, Any] = browser.get(f"/api/export/{key}").json()
        if export["state"] != "running":
            return export
        time.sleep(0.1)
    raise AssertionError("the export did not end")


def unzip(browser: Browser, key: str) -> dict[str, bytes]:
    answer = browser.get(f"/export/{key}/download")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith('attachment; filename="mahdar-')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_what_is_shown_is_what_is_taken_away(own: Browser) -> None:
    key = prepare(own, format="plover", labels="en")
    export = wait(own, key)
    assert export["state"] == "done"
    assert export["done"] <= export["total"]
    (first, *_) = export["result"]["files"]
    files = unzip(own, key)
    rows = list(csv.reader(io.StringIO(files[first["name"]].decode("utf-8-sig"))))
    assert first["columns"] == rows[0]
    assert first["sample"] == [[cell[:160] for cell in row] for row in rows[1:6]]
    assert first["rows"] == len(rows) - 1 > 0
    manifest = json.loads(files[f"{first['name']}.manifest.json"])
    reasons = {line["reason"] for line in manifest["left_out"]}
    assert len(export["result"]["left_out"]["en"]) == len(reasons) > 0
    page = html.fromstring(own.get("/export").text)
    cells = page.xpath("//article[contains(@class, 'job')]//table//th/text()")
    assert cells == first["columns"]
    assert page.xpath(f"//a[@href='/export/{key}/download']")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("name", ["csv", "jsonl", "ical"])
def test_formats(name: str, own: Browser) -> None:
    export = wait(own, prepare(own, format=name))
    assert (export["state"], export["problem"]) == ("done", "")
    files = export["result"]["files"]
    assert sum(file["rows"] or 0 for file in files) == export["result"]["rows"] > 0
    assert any(file["sample"] or file["text"] for file in files)


@pytest.mark.usefixtures("at_once")
def test_filters_and_circle_narrow(own: Browser) -> None:
    every = wait(own, prepare(own, format="plover"))["result"]["rows"]
    few = wait(own, prepare(own, format="plover", **{"from": "2015-08-06", "place": "taiz"}))
    assert 0 < few["result"]["rows"] < every
    (row,) = own.get("/api/detainees").json()["rows"]
    own.post("/markings", {"entry": row["entry"]["id"], "tlp": "RED"})
    without = wait(own, prepare(own, format="plover", tlp="GREEN"))["result"]
    assert without["rows"] < every
    assert any("marked" in line for line in without["left_out"]["en"])


@pytest.mark.usefixtures("at_once")
def test_remove_takes_the_files(own: Browser) -> None:
    key = prepare(own, format="ceasefires")
    wait(own, key)
    path = own.app.state.exports.file_of(key, "salma", "export.zip")
    assert path.is_file()
    assert own.post(f"/export/{key}/remove").status_code == 303
    assert not path.parent.exists()
    assert own.get(f"/export/{key}/download").status_code == 404
    assert own.get("/api/export").json()["exports"] == []


def test_stop_and_leave(own: Browser) -> None:
    key = prepare(own, format="csv")
    assert own.post(f"/export/{key}/remove").status_code == 303
    assert own.get(f"/api/export/{key}").json()["state"] == "stopped"
    assert own.get(f"/export/{key}/download").status_code == 404
    folder = own.app.state.exports._folder
    own.app.state.exports.leave()
    assert not folder.exists()


def test_a_failure_says_why(own: Browser, tmp_path: Path) -> None:
    exports = Exports(str(tmp_path / "missing.db"))
    try:
        begun = exports.begin(Order("csv", "salma", "GREEN", "en"))
        until = time.monotonic() + WAIT_SECONDS
        while (now := exports.find(begun.id, "salma")).state == "running":
            assert time.monotonic() < until
            time.sleep(0.1)
        assert now.state == "failed"
        assert "missing.db" in now.problem
        assert "Mend:" in now.problem
    finally:
        exports.leave()


@pytest.mark.usefixtures("at_once")
def test_others_do_not_see_it(own: Browser) -> None:
    key = prepare(own, format="ceasefires")
    exports = own.app.state.exports
    assert exports.list_exports("omar") == ()
    for act in (exports.find, exports.remove):
        with pytest.raises(Exception, match="no_export"):
            act(key, "omar")


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"format": "../csv"}, "format"),
        ({"format": "xlsx"}, "format"),
        ({"format": "csv", "from": "yesterday"}, "not a date"),
        ({"format": "csv", "tlp": "PINK"}, "tlp"),
    ],
    ids=["a path", "no such format", "no date", "no marking"],
)
def test_bad_orders(order: dict[str, str], words: str, own: Browser) -> None:
    answer = own.post("/export?lang=en", order)
    assert answer.status_code == 400
    assert words in html.fromstring(answer.text).text_content()
    assert own.get("/api/export").json()["exports"] == []


@pytest.mark.parametrize("key", ["0" * 16, "..%2f..%2fetc", "export.zip", "A" * 16])
def test_no_address_becomes_a_path(key: str, own: Browser) -> None:
    for path in (f"/export/{key}/download", f"/export/{key}/row", f"/api/export/{key}"):
        assert own.get(path).status_code in (400, 404)


def test_too_many_at_once(own: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mahdar.web.exports._MOST_RUNNING", 0)
    answer = own.post("/export?lang=en", {"format": "csv"})
    assert answer.status_code == 429
    assert "being prepared" in answer.text


def test_every_format_has_its_words(own: Browser) -> None:
    for lang in ("ar", "en"):
        tree = html.fromstring(own.get("/export", params={"lang": lang}).text)
        values = tree.xpath("//input[@name='format']/@value")
        assert values == list(FORMATS)


def test_long_cells_and_lines_are_cut(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("a,b\n" + f"{'x' * 500},1\n" * 9, encoding="utf-8-sig")
    shown = preview_file(table, 9)
    assert (shown.columns, len(shown.sample)) == (("a", "b"), 5)
    assert len(shown.sample[0][0]) == 161
    lines = tmp_path / "t.jsonl"
    lines.write_text(('{"a": "' + "ع" * 900 + '"}\n') * 8, encoding="utf-8")
    text = preview_file(lines, None).text.split("\n")
    assert (len(text), len(text[0])) == (5, 401)


@pytest.mark.usefixtures("at_once")
def test_brief_is_shown_with_its_sources(own: Browser) -> None:
    answer = own.post("/export", {"format": "brief", "labels": "en", "process": "yemen-talks"})
    assert answer.status_code == 303
    page, _, key = str(answer.headers["location"]).partition("#x-")
    assert page == "/brief"
    export = wait(own, key)
    assert (export["state"], export["problem"]) == ("done", "")
    notes = [
        sentence["note"]
        for section in export["result"]["brief"]["sections"]
        for sentence in section["sentences"]
        if sentence["note"]
    ]
    assert len(notes) == export["result"]["rows"] > 0
    text = html.fromstring(own.get("/brief").text).text_content()
    for note in notes:
        assert note["cited"][0]["words"] in text
    taken = own.get(f"/brief/{key}/html")
    assert "attachment" in taken.headers["content-disposition"]
    assert taken.text.startswith("<!doctype html>")
    assert own.get(f"/brief/{key}/md").text.startswith("# Brief")
    assert own.get(f"/export/{key}/download").status_code == 404
    assert own.get("/api/export").json()["exports"] == []
    assert own.get(f"/export/{key}/row").text.count(f"x-{key}") == 1
    assert own.post(f"/export/{key}/remove").headers["location"] == "/brief"
    assert own.get("/api/brief").json()["briefs"] == []


@pytest.mark.usefixtures("at_once")
def test_brief_that_cannot_be_written_says_why(own: Browser) -> None:
    answer = own.post("/export", {"format": "brief", "process": "atlantis"})
    export = wait(own, str(answer.headers["location"]).partition("#x-")[2])
    assert export["state"] == "failed"
    assert "no such process" in export["problem"]
    assert "no such process" in own.get("/brief").text
