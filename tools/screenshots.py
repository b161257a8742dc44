"""Pictures of the workbench's pages: ``python tools/screenshots.py RECORD FOLDER [--only desk] [--all]``.

Each page in Arabic and English, desktop and phone; with ``--all`` also by night. Needs the ``dev``
packages and a Chromium on the path.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from mahdar.store import open_record, tables
from mahdar.views.articles import list_articles
from mahdar.views.dossier import list_actors
from mahdar.web import House
from mahdar.web.registry import PAGES
from mahdar.web.serving import serve_app

SIZES = {"desktop": (1360, 860), "phone": (390, 844)}
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def serving(record_name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a record on a free port; give its address and what fills the places of page paths."""
    ready = threading.Event()
    found: list[str] = []

    def note(address: str) -> None:
        found.append(address.rstrip("/"))
        ready.set()

    with open_record(record_name) as record, tempfile.TemporaryDirectory() as inbox:
        with record.reading() as connection:
            e = tables.entries.c
            entry = connection.scalar(
                tables.entries.select().with_only_columns(e.id).order_by(e.articles.desc(), e.id)
            )
        article = max(list_articles(record, limit=200).rows, key=lambda row: row.claims)
        places = {
            "{sha256}": article.sha256[:16],
            "{entry_id}": str(entry),
            "{key:path}": list_actors(record, type_="PER", limit=1).rows[0].ref.key,
        }
        house = House(record, "salma", Path(inbox), lang="ar")
        thread = threading.Thread(
            target=serve_app, args=(house, "127.0.0.1", 0), kwargs={"ready": note}, daemon=True
        )
        thread.start()
        ready.wait(60)
        yield found[0], places


def shoot(
    browser: Browser, address: str, lang: str, size: str, theme: str, path: Path, *, whole: bool
) -> None:
    """Write one picture."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        device_scale_factor=1,
    )
    page = context.new_page()
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}", wait_until="networkidle")
    if page.locator("[data-chart]").count():
        page.wait_for_selector("[data-drawn]", timeout=10_000)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path, full_page=whole)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        print(f"{path.name}: {wide} px wider than the screen")
    context.close()


def main() -> None:
    """Write the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="keys of pages")
    parser.add_argument("--all", action="store_true", help="by night too")
    parser.add_argument(
        "--whole", action="store_true", help="whole pages, not only the first screen"
    )
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with serving(asked.record) as (address, places), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        for page in PAGES:
            if asked.only and page.key not in asked.only:
                continue
            path = page.path
            for place, value in places.items():
                path = path.replace(place, value)
            for lang in ("ar", "en"):
                for size in SIZES:
                    for theme in ("light", "dark") if asked.all else ("light",):
                        name = f"{page.key}-{lang}-{size}{'-dark' if theme == 'dark' else ''}.png"
                        target = asked.folder / name
                        shoot(browser, address + path, lang, size, theme, target, whole=asked.whole)
        browser.close()


if __name__ == "__main__":
    main()
