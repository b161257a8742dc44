"""How quick the workbench is: ``python benchmarks/web.py RECORD [--browser] [--seconds 120]``.

On a copy of the record, served on loopback by a process of its own: first each page's server time
alone, p50 and p95 over different questions; with ``--seconds`` then so many people at once, who open
random pages and accept claims (50 readers, 5 reviewers, unless told otherwise). Tells of errors, and whether every accepted claim is in the log.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright
from sqlalchemy import select

from mahdar.store import list_judgements, open_record, tables
from mahdar.web.registry import PAGES

_SEED = 11
_ASKS = 20
_LIMIT_SECONDS = 1.0


def serve(record: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the workbench on a free port; return the process and its address."""
    command = [sys.executable, "-m", "mahdar", "serve", "--record", str(record), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(r"http://[^ ]+/", line)
        if found:
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, found[0].rstrip("/")
    raise SystemExit("the workbench did not start")


def questions(record_path: Path) -> dict[str, list[str]]:
    """Return addresses of every page, as different as the record allows."""
    rng = random.Random(_SEED)
    with open_record(record_path) as record, record.reading() as connection:
        shas = list(connection.scalars(select(tables.articles.c.sha256).limit(5000)))
        entries = list(connection.scalars(select(tables.entries.c.id).limit(20000)))
        named = select(tables.mentions.c.actor).group_by(tables.mentions.c.actor)
        actors = list(connection.scalars(named.limit(3000)))
        processes = list(connection.scalars(select(tables.entry_processes.c.process).distinct()))
    fill = {
        "{sha256}": lambda: rng.choice(shas),
        "{entry_id}": lambda: rng.choice(entries),
        "{key:path}": lambda: rng.choice(actors),
    }
    queries = [""] + [f"process={p}" for p in processes[:6]]
    queries += [
        "page=3",
        "order=attested",
        "from=2015-08",
        "actor=لافروف",
        "q=هدنة",
        "q=اليمن السعودية",
    ]
    out: dict[str, list[str]] = {}
    for page in PAGES:
        for _ in range(_ASKS):
            path = page.path
            for place, choose in fill.items():
                if place in path:
                    path = path.replace(place, choose())
            query = "" if "{" in page.path else rng.choice(queries)
            out.setdefault(page.key, []).append(f"{path}?{query}" if query else path)
    return out


def percentile(times: list[float], share: float) -> float:
    """Return the value below which a share of the times lies, in seconds."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure_alone(address: str, asked: dict[str, list[str]]) -> bool:
    """Print every page's time; return whether none is over the limit at p95."""
    fine = True
    print(f"{'page':12} {'p50 ms':>8} {'p95 ms':>8} {'kB':>6}")
    with httpx.Client(base_url=address, timeout=60) as client:
        for key, paths in asked.items():
            times, sizes = [], []
            for path in paths:
                began = time.perf_counter()
                answer = client.get(path)
                times.append(time.perf_counter() - began)
                sizes.append(len(answer.content))
                assert answer.status_code == 200, (path, answer.status_code)
            p95 = percentile(times, 0.95)
            fine &= p95 < _LIMIT_SECONDS
            kilobytes = sum(sizes) / len(sizes) / 1000
            print(
                f"{key:12} {percentile(times, 0.5) * 1000:8.0f} {p95 * 1000:8.0f} {kilobytes:6.0f}"
            )
    return fine


def measure_browser(address: str, asked: dict[str, list[str]]) -> None:
    """Print when pages can be used in Chromium: document ready, scripts run, pictures drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        print(f"{'page':12} {'p50 ms':>8} {'p95 ms':>8}  to interactive")
        for key, paths in asked.items():
            times = []
            for path in paths[:10]:
                began = time.perf_counter()
                page.goto(address + path, wait_until="domcontentloaded")
                if page.locator("[data-chart]").count():
                    page.wait_for_selector("[data-drawn], .failed")
                times.append(time.perf_counter() - began)
            p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
            print(f"{key:12} {p50:8.0f} {p95:8.0f}")
        browser.close()


class Crowd:
    """Many people at once: what they waited, what went wrong, what was accepted."""

    def __init__(self, address: str, asked: dict[str, list[str]], seconds: float) -> None:
        self.address = address
        self.paths = [path for paths in asked.values() for path in paths]
        self.end = time.monotonic() + seconds
        self.read: list[float] = []
        self.judged: list[float] = []
        self.accepted: list[str] = []
        self.errors: list[str] = []

    def reader(self, number: int) -> None:
        """Open pages, a second or so on each."""
        rng = random.Random(number)
        with httpx.Client(base_url=self.address, timeout=60) as client:
            while time.monotonic() < self.end:
                self._take(client, rng.choice(self.paths), self.read)
                time.sleep(rng.uniform(0.5, 1.5))

    def reviewer(self, number: int, claims: list[str]) -> None:
        """Accept one claim after the other."""
        rng = random.Random(1000 + number)
        with httpx.Client(base_url=self.address, timeout=60) as client:
            found = re.search(r'name="csrf" content="(\w+)"', client.get("/help").text)
            assert found
            for claim in claims:
                if time.monotonic() > self.end:
                    return
                began = time.perf_counter()
                data = {"csrf": found[1], "kind": "claim", "subject": claim, "action": "accept"}
                answer = client.post("/judgements", data=data, headers={"hx-request": "true"})
                if answer.status_code == 200:
                    self.judged.append(time.perf_counter() - began)
                    self.accepted.append(claim)
                else:
                    self.errors.append(f"{answer.status_code} {answer.text[:200]}")
                time.sleep(rng.uniform(0.5, 1.5))

    def _take(self, client: httpx.Client, path: str, times: list[float]) -> None:
        began = time.perf_counter()
        try:
            answer = client.get(path)
        except httpx.HTTPError as error:
            self.errors.append(f"{path}: {error!r}")
            return
        if answer.status_code == 200:
            times.append(time.perf_counter() - began)
        else:
            self.errors.append(f"{path}: {answer.status_code}")


def measure_crowd(crowd: Crowd, record: Path, readers: int, reviewers: int) -> bool:
    """Let people in, print what they met; return whether nothing went wrong and nothing was lost."""
    with open_record(record) as opened, opened.reading() as connection:
        c = tables.claims.c
        claims = list(connection.scalars(select(c.uid).where(c.kind == "event").limit(5000)))
    people = [threading.Thread(target=crowd.reader, args=(n,)) for n in range(readers)]
    people += [
        threading.Thread(target=crowd.reviewer, args=(n, claims[n::reviewers]))
        for n in range(reviewers)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with open_record(record) as opened:
        kept = {j.subject for j in list_judgements(opened)}
    lost = set(crowd.accepted) - kept
    for name, times in (("pages", crowd.read), ("judgements", crowd.judged)):
        if times:
            p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
            print(f"{name}: {len(times)}, p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    print(f"errors: {len(crowd.errors)} {crowd.errors[:3]}; judgements lost: {len(lost)}")
    return not crowd.errors and not lost


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--browser", action="store_true", help="time to interactive too")
    asked_for = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(shutil.copy(asked_for.record, Path(folder) / "talks.db"))
        process, address = serve(record)
        try:
            asked = questions(record)
            fine = measure_alone(address, asked)
            if asked_for.browser:
                measure_browser(address, asked)
            if asked_for.seconds:
                crowd = Crowd(address, asked, asked_for.seconds)
                fine &= measure_crowd(crowd, record, asked_for.readers, asked_for.reviewers)
        finally:
            process.terminate()
            process.wait()
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
