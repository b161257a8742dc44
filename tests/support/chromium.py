"""A real browser and a served record for tests; each skips, loudly, where it cannot be had."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mahdar.store import Record
from mahdar.web import House
from mahdar.web.house import BUILT, STATIC
from mahdar.web.serving import serve_app
from mahdar.web.team.room import make_team

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_chromium() -> tuple[str, Callable[[], Any]]:
    """Return the browser's path and Playwright's way in; skips where one is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="NO PLAYWRIGHT: clicks untested")
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("NO CHROMIUM: clicks are untested")
    if not (STATIC / BUILT).is_file():
        pytest.skip("NO SCRIPTS (make web): clicks are untested")
    return executable, sync_api.sync_playwright


@contextmanager
def serving(record: Record, folder: Path, *, team: bool = False) -> Iterator[str]:
    """Serve a record on a free port of this machine, to a team if wanted, and give its address."""
    ready = threading.Event()
    found: list[str] = []

    def note(address: str) -> None:
        found.append(address.rstrip("/"))
        ready.set()

    house = House(record, "salma", folder / "inbox", lang="ar")
    if team:
        room = make_team(record)
        house = replace(house, team=room, secret=room.secret)
    threading.Thread(
        target=serve_app, args=(house, "127.0.0.1", 0), kwargs={"ready": note}, daemon=True
    ).start()
    assert ready.wait(60), "the server did not start"
    yield found[0]
