"""Every page in both languages and lights under axe: no serious finding (WCAG 2.2 A and AA)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import FLAGS, find_chromium, serving

from mahdar.store import Record, tables
from mahdar.views.articles import list_articles
from mahdar.web.house import STATIC
from mahdar.web.registry import PAGES

AXE = STATIC.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="NO AXE (make web): not checked")


@pytest.fixture(scope="module")
def served(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(record, tmp_path_factory.mktemp("axe")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    executable, sync_playwright = find_chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield launched
        launched.close()


@pytest.mark.parametrize(
    ("lang", "light"),
    [
        ("ar", "light"),
        pytest.param("en", "dark", marks=pytest.mark.slow),
        pytest.param("ar", "dark", marks=pytest.mark.slow),
        pytest.param("en", "light", marks=pytest.mark.slow),
    ],
)
def test_no_serious_finding(
    lang: str, light: str, served: str, record: Record, chromium: Any
) -> None:
    context = chromium.new_context(color_scheme=light, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    axe = AXE.read_text(encoding="utf-8")
    with record.reading() as connection:
        entry = connection.scalar(tables.entries.select().with_only_columns(tables.entries.c.id))
    sha = list_articles(record).rows[-1].sha256
    found: list[str] = []
    for shown in PAGES:
        path = shown.path.replace("{sha256}", sha).replace("{entry_id}", str(entry))
        page.goto(f"{served}{path.replace('{key:path}', 'taiz')}?lang={lang}")
        page.evaluate(axe)
        result = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
        found += [
            f"{shown.key}: {v['id']} ({v['impact']}) {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:200]}"
            for v in result["violations"]
            if v["impact"] in ("serious", "critical", "moderate")
        ]
    context.close()
    assert found == []
