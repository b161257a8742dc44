"""Pictures of the workbench's pages: ``python tools/screenshots.py FOLDER [--only desk map] [--whole]``.

Each page of the registry and the states beside it, in Arabic and English, desktop and phone, some by
night. They are of the shipped sample articles, or of ``--record``. Needs the ``dev`` packages and a
Chromium on the path. Tells of what is wider than the screen and of errors in the console.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mahdar.i18n import load_messages, tr
from mahdar.web.registry import PAGES, TEAM_PAGES
from screenshot_records import PASSWORD, Served, three_served, work_on

LANGUAGES = {"ar": "Arabic", "en": "English"}
WIDTHS = {"desktop": "38%", "phone": "10%"}
LEADS = {
    "home": "What is new, what waits for review, what falls due, truces reported in force with their breaches.",
    "desk": "An article, what is marked in it by layer, what it claims, copies of it.",
    "entry": "One happening: what is told, every source side by side, the judgement.",
    "actor": "A dossier: posts, names used, contacts, happenings, statements.",
}
"""What pages show that have no line of their own."""
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--font-render-hinting=none",
]
MANY_BYTES = 35_000
WHOLE_MOST = 6000
"""Pixels of a whole page's height that are kept."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: of which page, on which of the served records, as whom.

    ``line`` says what it shows where it is not a page of the registry. ``keys`` are pressed and
    ``click`` is clicked before; ``night`` adds a dark one.
    """

    name: str
    path: str
    line: str = ""
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
    Shot("desk-edit", "/articles/{sha256}", "A claim being edited; its spans are lit in the article.", keys=("j", "j", "e")),
    Shot("entry-review", "/entries/{entry_id}", "An entry to judge: reject asks for the reason.", click=".review-box details summary"),
    Shot("copies", "/sources?show=copies", "Groups of articles that copy one dispatch."),
    Shot("keys", "/timeline", "`?` shows the keys.", keys=("?",)),
    Shot("missing", "/entries/ent-none", "An address that leads nowhere."),
    Shot("bad-question", "/timeline?from=next-week", "A question that is not understood: where, why, the mend."),
    Shot("search-nothing", "/search?q=كسوف", "A search without results."),
    Shot("home-empty", "/", "Home of an empty record.", on="empty"),
    Shot("timeline-empty", "/timeline", "A page of an empty record.", on="empty"),
    Shot("ingest-empty", "/ingest", "Adding the first articles.", on="empty"),
    Shot("login", "/login", "Signing in to a team's workbench.", on="team", night=True),
    Shot("password", "/password", "One's own password.", on="team", who="nadia"),
    Shot("home-reader", "/", "Home of a reader who may see little.", on="team", who="omar"),
    Shot("forbidden", "/users", "What a role may not open.", on="team", who="omar"),
)  # fmt: skip


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
    """Write a picture without loss, smaller than PNG; a large one with fewer colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, WHOLE_MOST)))
    picture.save(path, "WEBP", lossless=True, quality=80, method=4)
    if path.stat().st_size > MANY_BYTES:
        small = picture.quantize(256, dither=Image.Dither.NONE).convert("RGB")
        small.save(path, "WEBP", lossless=True, quality=80, method=4)


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
            for shot, lang in product(list_shots(), LANGUAGES):
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


def write_page(page: Path, pictures: Path) -> None:
    """Write the page of the documentation that shows the pictures, each page with its line."""
    folder = os.path.relpath(pictures, page.parent)
    lines = [
        "# The workbench in pictures",
        "",
        "Every page in Arabic and English, on a desk and on a phone, some by night: the record of the shipped sample articles",
        "after some judging. `make screenshots` takes the pictures and writes this page.",
        "[How to use it](../how-to/workbench.md).",
    ]
    for shot in list_shots():
        named = f"nav.{shot.name}.lead" in load_messages()
        title = tr(f"nav.{shot.name}", "en") if named else shot.name.replace("-", " ").capitalize()
        told = shot.line or (tr(f"nav.{shot.name}.lead", "en") if named else LEADS[shot.name])
        lines += ["", f"## {title}", "", told, ""]
        for night in ("", "-dark") if shot.night else ("",):
            row = [
                f'<img src="{folder}/{shot.name}-{lang}-{size}{night}.webp" width="{WIDTHS[size]}"'
                f' alt="{title}, {LANGUAGES[lang]}, {size}{", by night" if night else ""}">'
                for size in SIZES
                for lang in LANGUAGES
            ]
            lines += ["<p>", *row, "</p>"]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--record", type=Path, help="a record's file; it is worked on")
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    parser.add_argument("--all", action="store_true", help="every page by night too")
    parser.add_argument("--whole", action="store_true", help="whole pages, not the first screen")
    parser.add_argument("--page", type=Path, help="page of the documentation to write as well")
    asked = parser.parse_args()
    if asked.page:
        write_page(asked.page, asked.folder)
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
