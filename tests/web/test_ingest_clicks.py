"""Adding articles in Chromium: dropped files, progress that lives through a reload, errors per file with the mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import serving
from workbench import make_record

from mahdar.store import Record
from mahdar.views.articles import list_articles

TEXT = "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في الدوحة أمس وبحثا الهدنة في اليمن."


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Record]]:
    with make_record(tmp_path / "talks.db", []) as record, serving(record, tmp_path) as address:
        yield address, record


def test_dropped_files_progress_and_errors(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(f"{address}/ingest?lang=ar")
    dropped = page.evaluate_handle(
        """(text) => { const given = new DataTransfer();
          given.items.add(new File([text], "خبر.txt"));
          given.items.add(new File(['{"text": 7}'], "أخبار.jsonl"));
          given.items.add(new File(["%PDF-1.7"], "بيان.txt"));
          given.items.add(new File(["x"], "برنامج.exe"));
          return given; }""",
        TEXT,
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    assert "أخبار.jsonl" in page.locator("#drop .chosen").text_content()
    with page.expect_navigation():
        page.locator("#drop button").click()
    job = page.locator(".job")
    assert job.count() == 1
    page.reload()  # the stream of progress is taken up again
    assert job.count() == 1
    page.locator(".job.done").wait_for()
    rows = {
        row.locator("td").first.text_content(): row.text_content()
        for row in page.locator(".failures tbody tr").all()
    }
    told = {
        "أخبار.jsonl، السطر ١": ("الحقل", "نصا"),
        "بيان.txt": ("ملف PDF", "أعط نصا"),
        "برنامج.exe": ("لا يقرأ محضر هذا النوع", "أعط واحدا من"),
    }
    bare = {name.translate({0x2068: None, 0x2069: None}): words for name, words in rows.items()}
    assert bare.keys() == told.keys()
    for name, words in told.items():
        assert all(word in bare[name] for word in words), bare[name]
    assert list_articles(record).total == 1
    page.locator("nav a[href='/articles']").click()
    assert page.locator("tr[data-row]").count() == 1


def test_pasted_text(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/ingest?lang=en")
    page.locator(".paste input[name=title]").fill("لقاء الدوحة")
    page.locator(".paste textarea").fill(TEXT)
    with page.expect_navigation():
        page.locator(".paste button").click()
    page.locator(".job.done").wait_for()
    page.locator("nav a[href='/articles']").click()
    page.locator("tr[data-row] a.open").click()
    assert page.locator("h1").text_content().strip() == "لقاء الدوحة"
    assert page.locator("#claims > .claim").count() >= 1
