"""``mahdar demo``: the main job on the shipped articles."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Return what the demo prints and the page it writes."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "mahdar", "demo", "--folder", str(folder)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (folder / "demo.db").is_file()
    return done.stdout.decode(), (folder / "demo.html").read_text(encoding="utf-8")


def test_summary_is_bilingual(demo: tuple[str, str]) -> None:
    printed, _ = demo
    assert "24 articles" in printed
    assert "24 مقالا" in printed
    assert "demo.html" in printed


def test_page_has_all_parts_in_both_languages(demo: tuple[str, str]) -> None:
    _, page = demo
    for part in ("timeline", "contacts", "ceasefires", "statements"):
        for lang in ("ar", "en"):
            assert f'id="{part}-{lang}"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert 'lang="en" dir="ltr"' in page
    assert page.count("<svg") > 8


def test_page_needs_nothing_from_elsewhere(demo: tuple[str, str]) -> None:
    _, page = demo
    assert not re.search(r"<(script|link|img|iframe)\b|@import|url\(", page)


def test_links_lead_somewhere(demo: tuple[str, str]) -> None:
    _, page = demo
    targets = set(re.findall(r'\bid="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links
    assert links <= targets
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "an id stands twice"


def test_one_dispatch_in_two_papers_is_one_origin(demo: tuple[str, str]) -> None:
    _, page = demo
    assert "same origin repeated" in page


def test_no_code_of_the_contract_stands_unworded(demo: tuple[str, str]) -> None:
    _, page = demo
    start = page.index('<div class="half half-ar"')
    arabic = page[start : page.index('<div class="half half-en"')]
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", " ", arabic, flags=re.S)
    for code in ("declared", "in_force", "single_source", "occurred", "same_day", "planned"):
        assert not re.search(rf"\b{code}\b", shown), code
