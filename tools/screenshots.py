"""Pictures of the workbench's pages: ``python tools/screenshots.py FOLDER [--only desk map] [--whole]``.

Each page of the registry and the states beside it, in Arabic and English, desktop and phone, some by
night. They are of the shipped sample articles, or of ``--record``. Needs the ``dev`` packages and a
Chromium on the path. Tells of what is wider than the screen and of errors in the console.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mahdar.web.registry import PAGES, TEAM_PAGES
from screenshot_records import PASSWORD, Served, three_served, work_on

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--font-render-hinting=none",
]
WHOLE_MOST = 6000
"""Pixels of a whole page's height that are kept."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: of which page, on which of the served records, as whom.

    ``keys`` are pressed and ``click`` is clicked before; ``night`` adds a dark one.
    """

    name: str
    path: str
    on: str = "talks"
    who: str = ""
    click: str = ""
    keys: tuple[str, ...] = ()
    night: bool = False


QUERIES = {
    "search": "?q=الهدنة",
    "export": "?format=plover",
    "timeline": "",
}
"""What pages are asked that show little unasked."""
NIGHTS = {"home", "desk", "timeline", "map", "contacts", "ceasefires"}
MORE = (
    Shot("desk-edit", "/articles/{sha256}", keys=("j", "j", "e")),
    Shot("entry-review", "/entries/{entry_id}", click=".entry details summary"),
    Shot("keys", "/timeline", keys=("?",)),
    Shot("missing", "/entries/ent-none"),
    Shot("bad-question", "/timeline?from=next-week"),
    Shot("home-empty", "/", on="empty"),
    Shot("timeline-empty", "/timeline", on="empty"),
    Shot("map-empty", "/map", on="empty"),
    Shot("contacts-empty", "/contacts", on="empty"),
    Shot("sources-empty", "/sources", on="empty"),
    Shot("search-nothing", "/search?q=كسوف"),
    Shot("login", "/login", on="team", night=True),
    Shot("password", "/password", on="team", who="nadia"),
    Shot("home-reader", "/", on="team", who="omar"),
    Shot("forbidden", "/users", on="team", who="omar"),
)


def list_shots() -> Iterator[Shot]:
    """Yield every picture there is to take."""
    for page in PAGES:
        yield Shot(page.key, page.path + QUERIES.get(page.key, ""), night=page.key in NIGHTS)
    for page in TEAM_PAGES:
        yield Shot(page.key, page.path, on="team", who="salma")
    yield from MORE


def shoot(page: Page, served: Served, shot: Shot, lang: str, path: Path, *, whole: bool) -> None:
    """Write one picture."""
    address = served.address + shot.path
    for place, value in served.places.items():
        address = address.replace(place, value)
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}", wait_until="networkidle")
    if page.locator("[data-chart]").count():
        page.wait_for_selector("[data-drawn]", timeout=20_000)
        page.wait_for_timeout(250)
    if shot.click:
        page.locator(shot.click).first.click()
    for key in shot.keys:
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    page.evaluate("document.fonts.ready")
    keep(page.screenshot(full_page=whole), path)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        print(f"{path.name}: {wide} px wider than the screen")


def keep(png: bytes, path: Path) -> None:
    """Write a picture without loss, smaller than PNG."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, WHOLE_MOST)))
    picture.save(path, "WEBP", lossless=True, quality=80, method=4)


def sign_in(context: BrowserContext, served: Served, name: str) -> None:
    """Sign somebody in to a team's workbench."""
    page = context.new_page()
    page.goto(f"{served.address}/login")
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").click()
    page.close()


def take_all(browser: Browser, houses: Mapping[str, Served], asked: argparse.Namespace) -> int:
    """Take the pictures that were asked for; return how many pages told of an error."""
    faults = 0
    for size, (width, height) in SIZES.items():
        for light in ("light", "dark"):
            contexts: dict[tuple[str, ...], BrowserContext] = {}
            for shot, lang in product(list_shots(), ("ar", "en")):
                if (asked.only and shot.name not in asked.only) or (
                    light == "dark" and not (shot.night or asked.all)
                ):
                    continue
                which = (shot.on, shot.who, lang)
                if which not in contexts:
                    context = browser.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme="dark" if light == "dark" else "light",
                        locale="ar" if lang == "ar" else "en-GB",
                    )
                    contexts[which] = context
                    if shot.who:
                        sign_in(context, houses[shot.on], shot.who)
                page = contexts[which].new_page()
                told: list[str] = []
                page.on("pageerror", lambda error, told=told: told.append(str(error)))
                night = "-dark" if light == "dark" else ""
                path = asked.folder / f"{shot.name}-{lang}-{size}{night}.webp"
                shoot(page, houses[shot.on], shot, lang, path, whole=asked.whole)
                page.close()
                if told:
                    faults += 1
                    print(f"{path.name}: {told}")
            for context in contexts.values():
                context.close()
    return faults


def main() -> None:
    """Write the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--record", type=Path, help="a record's file; it is worked on")
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    parser.add_argument("--all", action="store_true", help="every page by night too")
    parser.add_argument("--whole", action="store_true", help="whole pages, not the first screen")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        with three_served(Path(temporary), asked.record) as houses:
            page = browser.new_page()
            work_on(page, houses["talks"])
            page.close()
            faults = take_all(browser, houses, asked)
        browser.close()
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
