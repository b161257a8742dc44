"""Real clicks in Chromium on the pages that change the record or write files: each in one path."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from chromium import serving
from made_files import file_readings
from workbench import make_record

from mahdar.store import Record, list_judgements, open_record


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Record]]:
    folder = tmp_path_factory.mktemp("files-clicks")
    make_record(folder / "made.db", file_readings()).close()
    with (
        open_record(shutil.copy(folder / "made.db", folder / "files.db")) as record,
        serving(record, folder) as address,
    ):
        yield address, record


def test_rate_a_paper(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(f"{address}/sources?lang=en")
    row = page.locator(".records > li", has=page.locator("input[name=source][value=okaz]"))
    row.locator("summary", has_text="Rate").click()
    row.locator("select[name=reliability]").select_option("C")
    row.locator("input[name=reason]").fill("seen to be fair")
    with page.expect_navigation():
        row.locator("form button").first.click()
    (written,) = list_judgements(record, kind="source")
    assert (written.subject, written.detail) == ("okaz", {"reliability": "C"})
    assert page.locator(".rating.r-c").count() == 1


def test_mark_a_release_red(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(f"{address}/detainees?lang=ar")
    assert page.locator(".records > li").count() == 1
    page.locator(".records .fold summary").last.click()
    page.locator(".small-form select[name=tlp]").select_option("RED")
    with page.expect_navigation():
        page.locator(".small-form button").click()
    assert list_judgements(record)[0].detail == {"tlp": "RED"}
    assert page.locator(".records > li").count() == 0
    assert page.locator(".withheld").count() == 1


def test_prepare_and_take_an_export(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/export?lang=en")
    page.locator("input[name=format][value=plover]").check()
    with page.expect_navigation():
        page.locator(".export-form button").click()
    link = page.locator(".job.done a.begin")
    link.wait_for()
    assert page.locator(".job.done .wide th").count() > 3
    with page.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename.startswith("mahdar-plover-")
    with page.expect_navigation():
        page.locator(".job.done form button").click()
    assert page.locator(".job").count() == 0


def test_write_a_brief_and_open_a_source(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/brief?lang=en")
    with page.expect_navigation():
        page.locator(".export-form button").click()
    note = page.locator(".job.done .note-fold").first
    note.wait_for()
    assert not note.locator("q").first.is_visible()
    note.locator("summary").click()
    assert note.locator("q").first.is_visible()


def test_split_an_actor(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(f"{address}/actors/sergey-lavrov?lang=en")
    page.locator(".identity-link a").click()
    page.locator("#split-actor input[name=claims]").first.check()
    page.locator("#split-actor input[name=en]").fill("Another Lavrov")
    with page.expect_navigation():
        page.locator("#split-actor button").click()
    assert "Another Lavrov" in page.locator("h1").text_content()
    assert list_judgements(record, kind="actor")[0].action == "split"
