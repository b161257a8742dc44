"""Every page in both languages and lights under axe: no serious finding (WCAG 2.2 A and AA).

Of what is there only after a click: forms for judging, the table of keys, a phone's menu and filters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import serving
from team import PASSWORD, make_team_record

from mahdar.store import Record, tables
from mahdar.views.articles import list_articles
from mahdar.web.house import STATIC
from mahdar.web.registry import PAGES, TEAM_PAGES

AXE = STATIC.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.skipif(not AXE.is_file(), reason="NO AXE (make web): not checked")
SLOW = pytest.mark.slow
TIMES = [
    ("ar", "light"),
    pytest.param("en", "dark", marks=SLOW),
    pytest.param("ar", "dark", marks=SLOW),
    pytest.param("en", "light", marks=SLOW),
]


@pytest.fixture(scope="module")
def served(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(record, tmp_path_factory.mktemp("axe")) as address:
        yield address


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("axe-team")
    with (
        make_team_record(folder / "team.db") as record,
        serving(record, folder, team=True) as address,
    ):
        yield address


@pytest.fixture
def opened(chromium: Any) -> Iterator[Any]:
    """Open a page of one light and size: ``opened(light, width)``; all are closed at the end."""
    contexts: list[Any] = []

    def open_page(light: str, width: int = 1280) -> Any:
        context = chromium.new_context(color_scheme=light, viewport={"width": width, "height": 900})
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def find_faults(page: Any, where: str) -> list[str]:
    """Return what axe finds on a page as it stands, from moderate upwards."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{where}: {v['id']} ({v['impact']}) {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary'][:200]}"
        for v in result["violations"]
        if v["impact"] in ("serious", "critical", "moderate")
    ]


def places_of(record: Record) -> dict[str, str]:
    """Return what fills the places of page paths."""
    with record.reading() as connection:
        entry = connection.scalar(tables.entries.select().with_only_columns(tables.entries.c.id))
    return {
        "{sha256}": list_articles(record).rows[-1].sha256,
        "{entry_id}": str(entry),
        "{key:path}": "taiz",
    }


@pytest.mark.parametrize(("lang", "light"), TIMES)
def test_no_serious_finding(
    lang: str, light: str, served: str, record: Record, opened: Any
) -> None:
    page = opened(light)
    found: list[str] = []
    for shown in PAGES:
        path = shown.path
        for place, value in places_of(record).items():
            path = path.replace(place, value)
        page.goto(f"{served}{path}?lang={lang}")
        found += find_faults(page, shown.key)
    assert found == []


@pytest.mark.parametrize(("lang", "light"), TIMES)
def test_what_opens_has_no_serious_finding(
    lang: str, light: str, served: str, record: Record, opened: Any
) -> None:
    page, phone = opened(light), opened(light, 390)
    places = places_of(record)
    found: list[str] = []
    page.goto(f"{served}/articles/{places['{sha256}']}?lang={lang}")
    for key in ("j", "e"):
        page.keyboard.press(key)
    page.wait_for_selector(".claim.editing")
    found += find_faults(page, "desk, editing")
    page.goto(f"{served}/entries/{places['{entry_id}']}?lang={lang}")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found += find_faults(page, "entry, all folds")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] kbd")
    found += find_faults(page, "keys")
    for asked in ("/entries/none", "/timeline?from=x", "/search?q=%28"):
        page.goto(f"{served}{asked}{'&' if '?' in asked else '?'}lang={lang}")
        found += find_faults(page, asked)
    phone.goto(f"{served}/timeline?lang={lang}")
    found += find_faults(phone, "phone, folded")
    for summary in (".menu > summary", ".narrowing > summary"):
        phone.locator(summary).click()
    found += find_faults(phone, "phone, open")
    assert found == []


@pytest.mark.parametrize(("lang", "light"), TIMES)
def test_a_teams_pages_have_no_serious_finding(
    lang: str, light: str, team: str, opened: Any
) -> None:
    page = opened(light)
    page.goto(f"{team}/login?lang={lang}")
    found = find_faults(page, "login")
    for password in ("wrong", PASSWORD):
        page.locator("input[name=name]").fill("admin")
        page.locator("input[name=password]").fill(password)
        with page.expect_navigation():
            page.locator("main form button").click()
        found += find_faults(page, f"after signing in with {password}")
    for path in ("/password", *(shown.path for shown in TEAM_PAGES)):
        page.goto(f"{team}{path}?lang={lang}")
        page.evaluate(
            "for (const fold of document.querySelectorAll('main details')) fold.open = true"
        )
        found += find_faults(page, path)
    assert found == []
