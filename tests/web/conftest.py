from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import FLAGS, find_chromium
from workbench import Browser, make_record

from mahdar.store import Record, open_record


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a record, made once: making its tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("made") / "talks.db"
    make_record(path).close()
    return path


@pytest.fixture(scope="session")
def record(made: Path) -> Iterator[Record]:
    """A record that tests only read."""
    with open_record(made) as opened:
        yield opened


@pytest.fixture
def own_record(made: Path, tmp_path: Path) -> Iterator[Record]:
    """A record of the test's own, to be changed."""
    with open_record(shutil.copy(made, tmp_path / "talks.db")) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(record, tmp_path_factory.mktemp("inbox") / "inbox")


CLICK_MS = 60_000
"""How long a click may take: the machine may be busy with other tests."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running Chromium; its own for each module, because Playwright keeps the thread's event loop."""
    executable, sync_playwright = find_chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page of a new session that fails the test when its console tells of an error.

    A test that expects one takes it out of ``page.errors``.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(CLICK_MS)
    errors: list[str] = []
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.errors = errors
    yield opened
    context.close()
    assert errors == []
