"""The record under load: articles added, added again, killed in the middle and resumed.

    python benchmarks/record.py [INPUT...] [--articles 2000] [--workers 1] [--keep FOLDER]

Without INPUT it takes the first articles of the shared folder's saudinewsnet, spread over its days.
Prints words a second, peak memory of the process tree, counts and the record's size; ends with an
error when the second run adds something or the resumed record differs from the unbroken one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

SHARED = Path(__file__).resolve().parents[2] / "shared"
_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: exit code, what it printed, seconds on the clock and of processor time
    (all its processes), peak resident memory."""

    code: int
    printed: str
    seconds: float
    peak_mb: float
    cpu_seconds: float


def take_press(count: int, folder: Path) -> Path:
    """Write ``count`` articles of saudinewsnet, spread evenly over its days, as one JSON file."""
    archives = sorted((SHARED / "press" / "saudinewsnet").glob("*.zip"))
    if not archives:
        sys.exit("no press in the shared folder: name INPUT files")
    each = -(-count // len(archives))
    articles: list[object] = []
    for archive in archives:
        with zipfile.ZipFile(archive) as opened:
            day = json.loads(opened.read(opened.namelist()[0]))
        step = max(1, len(day) // each)
        articles += day[::step][:each]
    path = folder / "press.json"
    path.write_text(json.dumps(articles[:count], ensure_ascii=False), encoding="utf-8")
    return path


def watch_memory(process: psutil.Process, peak: list[float], stop: threading.Event) -> None:
    """Note the highest resident memory of a process and its children, in megabytes."""
    while not stop.wait(_EVERY_SECONDS):
        total = 0
        for each in (process, *_children(process)):
            try:
                total += each.memory_info().rss
            except psutil.Error:
                continue
        peak[0] = max(peak[0], total / 1e6)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def run(arguments: list[str], *, kill_after: tuple[Path, int] | None = None) -> Run:
    """Run ``mahdar`` with arguments; ``kill_after`` kills -9 once a record holds so many articles."""
    began, spent = time.perf_counter(), _child_seconds()
    command = [sys.executable, "-c", "from mahdar.cli import main; main()", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak, stop = [0.0], threading.Event()
    watcher = threading.Thread(
        target=watch_memory, args=(psutil.Process(process.pid), peak, stop), daemon=True
    )
    watcher.start()
    if kill_after is not None:
        path, articles = kill_after
        while process.poll() is None and count(path, "articles") < articles:
            time.sleep(0.05)
        for child in _children(psutil.Process(process.pid)):
            child.kill()
        os.kill(process.pid, signal.SIGKILL)
    printed, _ = process.communicate()
    stop.set()
    watcher.join()
    seconds, cpu = time.perf_counter() - began, _child_seconds() - spent
    return Run(process.returncode, printed, seconds, peak[0], cpu)


def _child_seconds() -> float:
    """Return the processor time of all finished children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def count(path: Path, table: str) -> int:
    """Return the number of rows of a table; 0 when it is not there yet."""
    if not path.exists():
        return 0
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def total(path: Path, query: str) -> int:
    """Return the number that a query gives."""
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute(query).fetchone()[0] or 0)
    finally:
        connection.close()


def iter_rows(path: Path) -> Iterator[str]:
    """Yield every row of what a record holds, moments and row numbers left out."""
    connection = sqlite3.connect(path)
    for query in (
        "SELECT sha256, copies, words FROM articles ORDER BY 1",
        "SELECT uid, type, time, place, text FROM claims ORDER BY 1",
        "SELECT claim, position, actor, role FROM claim_roles ORDER BY 1, 2",
        "SELECT id, kind, type, standing, articles, origins, fields FROM entries ORDER BY 1",
        "SELECT entry, position, claim, reasons FROM entry_claims ORDER BY 1, 2",
        "SELECT entry, position, actor, role FROM entry_actors ORDER BY 1, 2",
    ):
        yield from map(repr, connection.execute(query))
    connection.close()


def fingerprint(path: Path) -> str:
    """Return a hash of what a record holds."""
    digest = hashlib.sha256()
    for row in iter_rows(path):
        digest.update(row.encode())
    return digest.hexdigest()


def size_mb(path: Path) -> float:
    """Return the size of a record with its journal, in megabytes."""
    return sum(p.stat().st_size for p in path.parent.glob(path.name + "*")) / 1e6


def report(title: str, done: Run) -> None:
    print(
        f"\n{title}: exit {done.code}, {done.seconds:.1f} s, {done.cpu_seconds:.1f} s of processor,"
        f" peak {done.peak_mb:.0f} MB"
    )
    print("  " + done.printed.strip().replace("\n", "\n  "))


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("inputs", nargs="*")
    ap.add_argument("--articles", type=int, default=2000)
    ap.add_argument("--workers", type=int, default=1)
    ap.add_argument("--keep", type=Path, help="leave the records in this folder")
    args = ap.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        inputs = args.inputs or [str(take_press(args.articles, folder))]
        whole, broken = folder / "whole.db", folder / "broken.db"
        for path in (whole, broken):
            for tail in ("", "-wal", "-shm"):
                Path(f"{path}{tail}").unlink(missing_ok=True)
        options = ["--workers", str(args.workers), "--lang", "en"]
        first = run(["add", *inputs, "--record", str(whole), *options])
        report("added", first)
        if first.code not in (0, 1):
            sys.exit("nothing was added")
        before = fingerprint(whole)
        second = run(["add", *inputs, "--record", str(whole), *options])
        report("added again", second)
        unchanged = fingerprint(whole) == before
        articles = count(whole, "articles")
        killed = run(
            ["add", *inputs, "--record", str(broken), *options],
            kill_after=(broken, articles // 2),
        )
        report(f"killed -9 with {count(broken, 'articles')} of {articles} articles", killed)
        resumed = run(["add", *inputs, "--record", str(broken), *options])
        report("resumed", resumed)
        same = fingerprint(broken) == before
        words = total(whole, "SELECT sum(words) FROM articles")
        print(
            f"\n{words:,} words, {words / first.cpu_seconds:,.0f} a second of processor time,"
            " loading, reading, writing and merging included"
        )
        print(f"the record: {size_mb(whole):.1f} MB")
        for table in ("articles", "claims", "entries", "entry_claims", "actors", "mentions"):
            print(f"  {table}: {count(whole, table):,}")
        connection = sqlite3.connect(whole)
        for query in (
            "SELECT kind, count(*), sum(articles > 1), sum(origins > 1), max(articles) FROM entries GROUP BY kind",
            "SELECT standing, count(*) FROM entries GROUP BY standing",
            "SELECT 'copies', count(*), count(DISTINCT copies) FROM articles WHERE copies IS NOT NULL",
        ):
            for row in connection.execute(query):
                print("  ", *row)
        print(f"second run changed nothing: {unchanged}; resumed equals unbroken: {same}")
        if not (unchanged and same):
            sys.exit(1)


if __name__ == "__main__":
    main()
