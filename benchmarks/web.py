"""How quick the workbench is: ``python benchmarks/web.py RECORD [--browser] [--cold] [--team] [--only KEY ...]``.

On a copy of the record, served on loopback by a process of its own, after a few judgements have been
written to it. Every page of the registry, its JSON twin and what its pictures ask for is put at least
20 different questions (``served.py``), heaviest first; each row tells the server's p50 and p95, the
slowest question, processor time (in steps of 10 ms) and size. ``--cold`` starts a new server before each page and lets the
system forget the file: the first request is then read from disk by a process that has answered none.
``--browser`` tells when pages can be used in Chromium, in Arabic and English: document ready, scripts
run, pictures drawn. ``--team`` asks as an administrator and as a reader of one process.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from mahdar.judgements import Judgement
from mahdar.store import judge, open_record, tables
from mahdar.web.registry import PAGES, TEAM_PAGES, Page
from mahdar.web.team.users import add_user
from served import (
    PARTS,
    PASSWORD,
    QUESTIONS,
    Held,
    Server,
    ask,
    copied,
    forget_file,
    load_now,
    open_held,
    percentile,
    serving,
    sign_in,
)

_ASKS = 24
_BROWSER_ASKS = 20
_LIMIT_SECONDS = 1.0
_COLD_LIMIT_SECONDS = 2.0
_JUDGED = 16
_TIMEOUT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured in one row: its name and the addresses asked for."""

    name: str
    paths: list[str]
    page: bool = False


def write_judgements(record: Path) -> None:
    """Judge some entries, so that the log, the queue and the states are not empty."""
    with open_record(record) as opened:
        with opened.reading() as connection:
            e = tables.entries.c
            best = select(e.id).where(e.kind != "statement").order_by(e.articles.desc(), e.id)
            entries = list(connection.scalars(best.limit(_JUDGED)))
        for number, entry in enumerate(entries):
            action = ("accept", "reject", "comment", "accept")[number % 4]
            judge(opened, Judgement(action, "entry", entry, "salma", "measured"))


def list_asked(
    held: Held, pages: Sequence[Page], only: Sequence[str], asks: int = _ASKS
) -> Iterator[Asked]:
    """Yield all that is measured: pages, their twins, and the parts that pages ask for."""
    for page in pages:
        if only and page.key not in only:
            continue
        paths = ask(held, page.path, QUESTIONS[page.key], asks)
        yield Asked(page.key, paths, page=True)
        twins = ask(held, page.api_path, QUESTIONS[page.key], asks)
        yield Asked(f"{page.key} api", twins)
    for name, (path, questions) in PARTS.items():
        if not only or name in only:
            yield Asked(name, ask(held, path, questions, asks))


def measure_server(client: httpx.Client, server: Server, asked: Sequence[Asked]) -> bool:
    """Print every row's times, asked one after the other; return whether none is over the limit at p95."""
    fine = True
    print(
        f"{'page':18} {'n':>3} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7}"
        f" {'cpu p50':>7} {'cpu p95':>7} {'kB':>5}  slowest"
    )
    for row in asked:
        if not row.paths:
            print(f"{row.name:18} the record holds nothing to ask for")
            continue
        client.get(row.paths[0])  # warm
        times, sizes, busy = [], [], []
        for path in row.paths:
            before, began = server.cpu_seconds(), time.perf_counter()
            answer = client.get(path)
            times.append(time.perf_counter() - began)
            busy.append(server.cpu_seconds() - before)
            sizes.append(len(answer.content))
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code} {answer.text[:300]}")
        p95, worst = percentile(times, 0.95), max(times)
        fine &= p95 < _LIMIT_SECONDS
        slowest = row.paths[times.index(worst)] if worst > _LIMIT_SECONDS / 2 else ""
        print(
            f"{row.name:18} {len(times):3} {percentile(times, 0.5) * 1000:7.0f} {p95 * 1000:7.0f}"
            f" {worst * 1000:7.0f} {percentile(busy, 0.5) * 1000:7.0f} {percentile(busy, 0.95) * 1000:7.0f}"
            f" {sum(sizes) / len(sizes) / 1000:5.0f}  {slowest}",
            flush=True,
        )
    return fine


def measure_cold(record: Path, asked: Sequence[Asked]) -> bool:
    """Print the first request of each page to a new server that reads from disk."""
    fine = True
    print(f"{'page':18} {'first ms':>8} {'cpu ms':>7}")
    for row in asked:
        if not (row.page and row.paths):
            continue
        with serving(str(record)) as server:
            forget_file(record)
            with httpx.Client(base_url=server.address, timeout=_TIMEOUT_SECONDS) as client:
                before, began = server.cpu_seconds(), time.perf_counter()
                answer = client.get(row.paths[0])
                took = time.perf_counter() - began
                assert answer.status_code == 200, (row.paths[0], answer.status_code)
                cpu = server.cpu_seconds() - before
        fine &= took < _COLD_LIMIT_SECONDS
        print(f"{row.name:18} {took * 1000:8.0f} {cpu * 1000:7.0f}", flush=True)
    return fine


def measure_browser(server: Server, asked: Sequence[Asked]) -> bool:
    """Print when pages can be used in Chromium: document ready, scripts run, pictures drawn."""
    from playwright.sync_api import sync_playwright

    fine = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print(
            f"{'page':18} {'ar p50':>7} {'ar p95':>7} {'en p50':>7} {'en p95':>7}  ms to interactive"
        )
        for row in asked:
            if not (row.page and row.paths):
                continue
            told = []
            for lang in ("ar", "en"):
                # A new context for each page: nothing is kept in memory from the page before.
                context = browser.new_context(viewport={"width": 1440, "height": 900})
                context.add_cookies(
                    [{"name": "mahdar_language", "value": lang, "url": server.address}]
                )
                opened = context.new_page()
                for path in ("/help", "/map"):  # scripts, fonts and outlines are cached, as in use
                    _open(opened, server.address + path)
                times = [_open(opened, server.address + p) for p in row.paths[:_BROWSER_ASKS]]
                context.close()
                told += [percentile(times, 0.5), percentile(times, 0.95)]
            fine &= max(told) < _LIMIT_SECONDS
            print(f"{row.name:18} " + " ".join(f"{t * 1000:7.0f}" for t in told), flush=True)
        browser.close()
    return fine


def _open(page: Any, address: str) -> float:
    began = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    if page.locator("[data-chart]").count():
        page.wait_for_selector("[data-drawn], .failed", state="attached")
    return time.perf_counter() - began


def measure_team(record: Path, held: Held, only: Sequence[str], asks: int) -> bool:
    """Print the times of an administrator, and of a reader of one process, who sees a part of the record."""
    with open_record(record) as opened:
        add_user(opened, "admin", PASSWORD, "admin", processes=["*"])
        process = held.words["process"][0]
        add_user(opened, "reader", PASSWORD, "reader", processes=[process])
    fine = True
    with serving(str(record), "--team") as server:
        for name, pages in (("admin", PAGES + TEAM_PAGES), ("reader", PAGES)):
            seen = held if name == "admin" else _seen_by(record, held, process)
            with httpx.Client(base_url=server.address, timeout=_TIMEOUT_SECONDS) as client:
                sign_in(client, name)
                began = time.perf_counter()
                client.get("/help")
                client.get("/articles")
                took = time.perf_counter() - began
                print(f"as {name}; first page after signing in {took * 1000:.0f} ms")
                shown = [p for p in pages if name == "admin" or p.permission == "read"]
                rows = [
                    r
                    for r in list_asked(seen, shown, only, asks)
                    if name == "admin" or "claim" not in r.name
                ]
                fine &= measure_server(client, server, rows)
    return fine


def _seen_by(record: Path, held: Held, process: str) -> Held:
    """Return what a reader of one process can open."""
    of, e, t = tables.entry_processes.c, tables.entries.c, tables.articles.c
    with open_record(record) as opened, opened.reading() as connection:
        articles = connection.scalars(
            select(t.sha256)
            .join(tables.search_processes, tables.search_processes.c.article_id == t.id)
            .where(tables.search_processes.c.process == process)
            .limit(400)
        )
        entries = connection.scalars(
            select(e.id)
            .join(tables.entry_processes, of.entry == e.id)
            .where(of.process == process)
            .limit(400)
        )
        words = held.words | {"sha256": list(articles), "entry_id": list(entries), "copied": []}
    return Held(held.record, words | {"process": [process], "quiet_process": [process]})


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--browser", action="store_true", help="time to interactive too")
    parser.add_argument("--cold", action="store_true", help="first request of each page too")
    parser.add_argument("--team", action="store_true", help="as members of a team too")
    parser.add_argument("--only", nargs="*", default=[], help="pages by key, parts by name")
    parser.add_argument("--asks", type=int, default=_ASKS, help="requests for each row")
    wanted = parser.parse_args()
    with copied(wanted.record) as record:
        write_judgements(record)
        held = open_held(record)
        asked = list(list_asked(held, PAGES, wanted.only, wanted.asks))
        print(load_now())
        with (
            serving(str(record)) as server,
            httpx.Client(base_url=server.address, timeout=_TIMEOUT_SECONDS) as client,
        ):
            fine = measure_server(client, server, asked)
            print(f"{load_now()}; the server holds {server.megabytes():.0f} MB")
            if wanted.browser:
                fine &= measure_browser(server, asked)
                print(load_now())
        if wanted.cold:
            fine &= measure_cold(record, asked)
            print(load_now())
        if wanted.team:
            fine &= measure_team(record, held, wanted.only, wanted.asks)
            print(load_now())
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
