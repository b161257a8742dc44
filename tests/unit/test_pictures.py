"""The pictures of the workbench: one of every page in both languages and sizes, small, and shown in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mahdar.web.registry import PAGES, TEAM_PAGES, Page

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "pictures" / "workbench"
SHOWN = DOCS / "reference" / "workbench.md"
MOST_BYTES, MOST_BYTES_ALL = 80_000, 6_000_000


@pytest.mark.parametrize("page", [*PAGES, *TEAM_PAGES], ids=lambda page: page.key)
def test_every_page_is_there(page: Page) -> None:
    for lang in ("ar", "en"):
        for size in ("desktop", "phone"):
            assert (PICTURES / f"{page.key}-{lang}-{size}.webp").is_file()


def test_pictures_are_small_and_shown() -> None:
    made = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert max(made.values()) < MOST_BYTES
    assert sum(made.values()) < MOST_BYTES_ALL
    shown = re.findall(r'src="([^"]+)"', SHOWN.read_text(encoding="utf-8"))
    assert {SHOWN.parent / path for path in shown} == {
        SHOWN.parent / f"../pictures/workbench/{name}" for name in made
    }
    assert len(shown) == len(set(shown))
