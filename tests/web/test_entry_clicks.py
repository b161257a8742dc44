"""Clicks on an entry and on what every page has: second look, merge, split, taking back, digits, folds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import serving

from mahdar.store import Record, list_judgements, open_record
from mahdar.views import list_timeline


@pytest.fixture(scope="module")
def served(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Record]]:
    folder = tmp_path_factory.mktemp("entry-clicks")
    with (
        open_record(shutil.copy(made, folder / "talks.db")) as record,
        serving(record, folder) as address,
    ):
        yield address, record


def told_twice(record: Record) -> str:
    """Return the entry that two papers tell."""
    return next(row.id for row in list_timeline(record) if row.articles == 2)


def fold(page: Any, act: str) -> Any:
    """Open the fold of an act in the box for judging and return its form."""
    form = page.locator(f".review-box form:has(input[name=action][value={act}])")
    form.locator("xpath=..").locator("summary").click()
    return form


def test_second_look_assigned_and_commented(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    page.goto(f"{address}/entries/{told_twice(record)}?lang=en")
    with page.expect_navigation():
        page.locator("button[value=needs_second]").click()
    assert page.locator(".review-box.review-needs_second").count() == 1
    for act, field, words in (
        ("assign", "to", "nadia"),
        ("comment", "reason", "هل هما لقاء واحد؟"),
    ):
        form = fold(page, act)
        form.locator(f"input[name={field}]").fill(words)
        with page.expect_navigation():
            form.locator("button").click()
        assert words in page.locator(".review-box").text_content()
    assert [j.action for j in list_judgements(record)[:3]] == ["comment", "assign", "needs_second"]


def test_split_off_then_taken_back(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    entry = told_twice(record)
    page.goto(f"{address}/entries/{entry}?lang=en")
    assert page.locator(".evidence .claim").count() == 2
    form = fold(page, "split")
    page.locator(".evidence input[name=claims]").last.check()
    form.locator("input[name=reason]").fill("another meeting")
    with page.expect_navigation():
        form.locator("button").click()
    assert page.locator(".evidence .claim").count() == 1
    page.goto(f"{address}/log?lang=en")
    assert "another meeting" in page.locator("tr[data-row]").first.text_content()
    with page.expect_navigation():
        page.locator("tr[data-row]").first.get_by_role("button", name="Undo").click()
    page.goto(f"{address}/entries/{entry}?lang=en")
    assert page.locator(".evidence .claim").count() == 2


def test_merged_by_id(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    entry = told_twice(record)
    page.goto(f"{address}/entries/{entry}?lang=ar")
    split = fold(page, "split")
    page.locator(".evidence input[name=claims]").last.check()
    with page.expect_navigation():
        split.locator("button").click()
    kept = page.url.split("/entries/")[1].split("?")[0]
    (other,) = (
        row.id
        for row in list_timeline(record)
        if row.type == "MEET" and row.articles == 1 and row.id != kept
    )
    form = fold(page, "same")
    form.locator("input[name=with]").fill(other)
    with page.expect_navigation():
        form.locator("button").click()
    assert page.locator(".evidence .claim").count() == 2
    assert list_judgements(record)[0].action == "same"


def test_a_refused_judgement_says_why(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    before = len(list_judgements(record))
    page.goto(f"{address}/entries/{told_twice(record)}?lang=ar")
    form = fold(page, "same")
    form.locator("input[name=with]").fill("e-none")
    with page.expect_navigation():
        form.locator("button").click()
    assert page.locator("h1").text_content() == "لم يُسجل الحكم"
    assert "لا قيد بالمعرف" in page.locator(".detail").text_content()
    assert len(list_judgements(record)) == before
    assert "409" in page.errors.pop()


def test_digits_switch(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/timeline")
    assert "٢٠١٥" in page.locator("tbody").text_content()
    with page.expect_navigation():
        page.get_by_role("button", name="123", exact=True).click()
    assert "٢" not in page.locator("tbody time").first.text_content()
    assert "2015" in page.locator("tbody time").first.text_content()


def test_folds_of_a_phone(served: tuple[str, Record], page: Any) -> None:
    """The menu and unasked filters begin closed; what was asked stays in sight."""
    address, _ = served
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/timeline?lang=en")
    assert not page.locator("nav a[href='/map']").is_visible()
    field = page.locator(".filters input[name=actor]")
    assert not field.is_visible()
    page.locator(".narrowing summary").click()
    field.fill("كيري")
    with page.expect_navigation():
        page.locator(".filters button").click()
    assert page.locator(".filters input[name=actor]").is_visible()
    page.locator(".menu summary").click()
    page.locator("nav a[href='/map']").click()
    page.wait_for_url("**/map")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_selector(".filters input[name=actor]")


def test_choices_stay_in_sight_of_a_low_window(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.set_viewport_size({"width": 1280, "height": 640})
    page.goto(f"{address}/help?lang=en")
    button = page.get_by_role("button", name="العربية")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= 640
    with page.expect_navigation():
        button.click()
