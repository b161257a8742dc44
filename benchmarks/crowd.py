"""Many people at one workbench: ``python benchmarks/crowd.py RECORD [--seconds 120] [--no-think] [--team]``.

On a copy of the record, served by ``mahdar serve`` in a process of its own: readers (50) walk pages, pick
what the record holds and let the page's picture load; reviewers (5) open entries from the queue and accept,
edit, reject and comment on them by the pages' own forms, judge claims from the desk and take some of it
back. Between two pages a reader thinks 1 to 3 seconds, a reviewer as long, unless ``--no-think``.

At the end every judgement that was acknowledged must stand in the log once, every entry and claim must show
what was decided last, ``mahdar verify`` must find nothing, and no answer may have been an error or have taken
longer than a minute. Prints p50 and p95 of each kind of page and judgement. With ``--team`` people sign in:
half the readers see the whole record, half one process. ``--postgres ADDRESS`` serves a record there in place,
and writes judgements to it.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from crowd_outcome import Told, Wanted, find_losses, print_times
from crowd_people import Person, Plan, read, review
from mahdar.store import Record, open_record, tables
from mahdar.web.registry import PAGES
from mahdar.web.team.users import add_user
from served import (
    PARTS,
    PASSWORD,
    QUESTIONS,
    Held,
    Server,
    ask,
    copied,
    load_now,
    open_held,
    serving,
)

_EACH = 40
"""Addresses prepared for every page."""


def choose_paths(held: Held) -> dict[str, list[str]]:
    """Return the addresses that readers choose from, by page and part."""
    paths = {page.key: ask(held, page.path, QUESTIONS[page.key], _EACH) for page in PAGES}
    paths |= {name: ask(held, path, asked, _EACH) for name, (path, asked) in PARTS.items()}
    return paths


def choose_subjects(record: Record) -> tuple[list[tuple[str, str]], list[str]]:
    """Return entries with their modality, best attested first, and claims of other entries."""
    e, link = tables.entries.c, tables.entry_claims.c
    s = tables.entry_states.c
    with record.reading() as connection:
        free = select(e.id, e.modality).where(
            e.kind != "statement", e.modality.is_not(None), e.id.not_in(select(s.entry))
        )
        entries = [
            (row.id, row.modality)
            for row in connection.execute(free.order_by(e.articles.desc(), e.id).limit(2000))
        ]
        single = select(link.claim).join(tables.entries, e.id == link.entry)
        claims = list(
            connection.scalars(
                single.where(e.kind == "statement", e.id.not_in(select(s.entry)))
                .order_by(link.claim)
                .limit(2000)
            )
        )
    return entries, claims


async def let_in(
    server: Server,
    plan: Plan,
    paths: Mapping[str, Sequence[str]],
    some: Mapping[str, Sequence[str]],
    subjects: tuple[list[tuple[str, str]], list[str]],
    told: Told,
    wanted: Wanted,
) -> None:
    """Let everybody in at once and wait until they have gone."""
    entries, claims = subjects
    readers = [Person(server.address, f"reader {n}", n, plan, told) for n in range(plan.readers)]
    reviewers = [
        Person(server.address, f"reviewer {n}", 1000 + n, plan, told) for n in range(plan.reviewers)
    ]
    for person in (*readers, *reviewers):
        await person.arrive()
    end = time.monotonic() + plan.seconds
    work = [
        read(person, some if plan.team and n % 2 else paths, end)
        for n, person in enumerate(readers)
    ]
    work += [
        review(person, entries[n :: plan.reviewers], claims[n :: plan.reviewers], wanted, end)
        for n, person in enumerate(reviewers)
    ]
    await asyncio.gather(*work)
    for person in (*readers, *reviewers):
        await person.client.aclose()


def add_team(record: Record, plan: Plan, process: str) -> None:
    """Let the record know who signs in."""
    add_user(record, "admin", PASSWORD, "admin", processes=["*"])
    for n in range(plan.readers):
        add_user(record, f"reader {n}", PASSWORD, "reader", processes=[process] if n % 2 else ["*"])
    for n in range(plan.reviewers):
        add_user(record, f"reviewer {n}", PASSWORD, "reviewer", processes=["*"])


def measure(name: str, plan: Plan) -> bool:
    """Let the crowd in at a served record; print what it met; return whether nothing was wrong."""
    held = open_held(name)
    process = next(iter(held.words["process"]), "-")
    with open_record(name) as record:
        subjects = choose_subjects(record)
        if plan.team:
            add_team(record, plan, process)
    paths = choose_paths(held)
    of_process = _paths_of_process(held, process) if plan.team else paths
    told, wanted = Told(), Wanted()
    with serving(name, *(["--team"] if plan.team else [])) as server:
        began, busy = time.monotonic(), server.cpu_seconds()
        asyncio.run(let_in(server, plan, paths, of_process, subjects, told, wanted))
        took = time.monotonic() - began
        busy = server.cpu_seconds() - busy
        print(
            f"{plan.readers} readers, {plan.reviewers} reviewers, {took:.0f} s, thinking"
            f" {plan.think[0]:g} to {plan.think[1]:g} s; {load_now()}; the server took {busy:.0f} s"
            f" of processor and holds {server.megabytes():.0f} MB"
        )
    print_times(told, took)
    with open_record(name) as record:
        lost = find_losses(record, wanted)
    verified = subprocess.run(
        [sys.executable, "-m", "mahdar", "verify", name],
        capture_output=True,
        text=True,
        check=False,
    )
    print(
        f"errors: {len(told.errors)}; judgements lost: {len(lost)}; verify: exit {verified.returncode}"
    )
    for each in (*told.errors[:5], *lost[:5]):
        print("  ", each)
    if verified.returncode:
        print(verified.stdout, verified.stderr)
    return not told.errors and not lost and verified.returncode == 0


def _paths_of_process(held: Held, process: str) -> dict[str, list[str]]:
    """Return what readers of one process open: lists narrowed as they are, and nothing by its id."""
    paths = choose_paths(Held(held.record, held.words | {"process": [process]}))
    of_ids = (
        "desk",
        "entry",
        "actor",
        "identity",
        "copies compared",
        "claim card",
        "claim form",
        "ingest",
    )
    return {key: some for key, some in paths.items() if key not in of_ids}


@contextmanager
def _record(asked: argparse.Namespace) -> Iterator[str]:
    if asked.postgres:
        yield asked.postgres
        return
    with copied(Path(asked.record)) as copy:
        yield str(copy)


def main() -> None:
    """Let people in as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", nargs="?", help="an SQLite record, which stays as it is")
    parser.add_argument("--postgres", metavar="ADDRESS", help="a record there, which is written to")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--no-think", action="store_true", help="open the next page at once")
    parser.add_argument("--team", action="store_true", help="people sign in")
    asked = parser.parse_args()
    if bool(asked.record) == bool(asked.postgres):
        parser.error("give a record or --postgres")
    think = (0.0, 0.0) if asked.no_think else (1.0, 3.0)
    plan = Plan(asked.readers, asked.reviewers, asked.seconds, think, asked.team)
    with _record(asked) as name:
        fine = measure(name, plan)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
