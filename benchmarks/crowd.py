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
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import select

from mahdar.judgements.fold import active_judgements
from mahdar.store import Record, list_judgements, open_record, tables
from mahdar.store.judge import review_states
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
    percentile,
    serving,
)

_TIMEOUT_SECONDS = 60
_EACH = 40
"""Addresses prepared for every page."""
_PICTURES = {
    "timeline": "timeline lanes",
    "contacts": "contact network",
    "ceasefires": "ceasefire bars",
    "map": "map marks",
    "positions": "position marks",
}
"""Pages that let a picture load, and what it asks for."""
_ALONE = ("ingest", "help", "brief", "export")
"""Pages that say little of the record: opened, but by one in eight."""
_MODALITIES = ("occurred", "planned")


@dataclass(slots=True)
class Told:
    """What people met: seconds by kind of page or judgement, and what went wrong."""

    pages: dict[str, list[float]] = field(default_factory=dict)
    judgements: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    late: int = 0

    def take(self, kind: str, seconds: float, *, judged: bool = False) -> None:
        """Note how long an answer took."""
        times = self.judgements if judged else self.pages
        times.setdefault(kind, []).append(seconds)


@dataclass(slots=True)
class Wanted:
    """What must stand in the record at the end, as the reviewers were told it does."""

    reasons: dict[str, str] = field(default_factory=dict)
    """Reason, which no other judgement has, to action."""
    states: dict[tuple[str, str], str] = field(default_factory=dict)
    modalities: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """How people behave. ``think`` is the shortest and longest time between two pages, in seconds."""

    readers: int
    reviewers: int
    seconds: float
    think: tuple[float, float]
    team: bool


class Person:
    """Somebody with a browser."""

    def __init__(self, address: str, name: str, seed: int, plan: Plan, told: Told) -> None:
        self.client = httpx.AsyncClient(base_url=address, timeout=_TIMEOUT_SECONDS)
        self.name = name
        self.rng = random.Random(seed)
        self.plan = plan
        self.told = told
        self.token = ""

    async def arrive(self) -> None:
        """Open the first page, sign in where people must, and keep the token for forms."""
        if self.plan.team:
            page = (await self.client.get("/login")).text
            form = {"csrf": _token(page), "name": self.name, "password": PASSWORD}
            answer = await self.client.post("/login", data=form)
            if answer.status_code != 303:
                raise SystemExit(f"{self.name} cannot sign in: {answer.status_code}")
        self.token = _token((await self.client.get("/help")).text)

    async def think(self) -> None:
        """Look at the page."""
        await asyncio.sleep(self.rng.uniform(*self.plan.think))

    async def open(self, kind: str, path: str) -> httpx.Response | None:
        """Open a page; ``None`` where it failed, which is noted."""
        began = time.perf_counter()
        try:
            answer = await self.client.get(path)
        except httpx.HTTPError as error:
            self.told.errors.append(f"{kind} {path}: {error!r}")
            return None
        if answer.status_code != 200:
            self.told.errors.append(f"{kind} {path}: {answer.status_code} {answer.text[:200]}")
            return None
        self.told.take(kind, time.perf_counter() - began)
        return answer

    async def send(
        self, kind: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> httpx.Response | None:
        """Send a judgement; ``None`` where it was not acknowledged, which is noted."""
        began = time.perf_counter()
        try:
            answer = await self.client.post(
                "/judgements", data={"csrf": self.token, **form}, headers=dict(headers or {})
            )
        except httpx.HTTPError as error:
            self.told.errors.append(f"{kind} {form}: {error!r}")
            return None
        if answer.status_code not in (200, 303):
            self.told.errors.append(f"{kind} {form}: {answer.status_code} {answer.text[:300]}")
            return None
        self.told.take(kind, time.perf_counter() - began, judged=True)
        return answer


def _token(page: str) -> str:
    for mark in ('name="csrf" content="', 'name="csrf" value="'):
        if mark in page:
            return page.split(mark, 1)[1].split('"', 1)[0]
    raise SystemExit(f"a page without token: {page[:300]}")


async def read(person: Person, paths: Mapping[str, Sequence[str]], end: float) -> None:
    """Walk from page to page until the end."""
    keys = [key for key in paths if key not in _PICTURES.values() and paths[key]]
    await asyncio.sleep(person.rng.uniform(0, person.plan.think[1]))
    while time.monotonic() < end:
        key = person.rng.choice(keys)
        if key in _ALONE and person.rng.random() < 0.875:
            continue
        path = person.rng.choice(paths[key])
        if await person.open(key, path) is not None and key in _PICTURES:
            query = path.partition("?")[2]
            picture = PARTS[_PICTURES[key]][0]
            kept = "&".join(p for p in query.split("&") if p and not p.startswith(_OF_PAGE))
            await person.open(_PICTURES[key], f"{picture}?{kept}" if kept else picture)
        await person.think()


_OF_PAGE = ("page=", "order=", "sort=", "one=", "other=", "day=", "at=", "type=")
"""What a page is asked that its picture is not."""


async def review(
    person: Person,
    entries: Sequence[tuple[str, str]],
    claims: Sequence[str],
    wanted: Wanted,
    end: float,
) -> None:
    """Judge entries and claims that nobody else judges, one after the other, until the end."""
    number = 0
    edited: dict[str, str] = dict(entries)
    touched: set[str] = set()
    while time.monotonic() < end:
        entry = entries[number % len(entries)][0]
        action = ("accept", "edit", "reject", "comment", "claim")[number % 5]
        reason = f"{person.name}, judgement {number}"
        if number % 10 == 0:
            await person.open("review", "/review")
        number += 1
        if action == "claim":
            await _judge_claim(person, claims[number % len(claims)], reason, wanted)
            await person.think()
            continue
        if await person.open("entry", f"/entries/{entry}") is None:
            continue
        await person.think()
        form = {"kind": "entry", "subject": entry, "action": action, "reason": reason}
        if action == "edit":
            new = next(m for m in _MODALITIES if m != edited[entry])
            form["field.modality"] = new
        answer = await person.send(action, form)
        if answer is None:
            continue
        wanted.reasons[reason] = action
        if action == "edit":
            edited[entry] = wanted.modalities[entry] = new
            touched.add(entry)
        state = {
            "accept": "accepted_edited" if entry in touched else "accepted",
            "edit": "accepted_edited",
            "reject": "rejected",
        }.get(action)
        if state:
            wanted.states["entry", entry] = state
        await person.open("entry", answer.headers["location"])
        await person.think()


async def _judge_claim(person: Person, claim: str, reason: str, wanted: Wanted) -> None:
    """Accept a claim from the desk, as its card does; take every other one back."""
    form = {"kind": "claim", "subject": claim, "action": "accept", "reason": reason}
    answer = await person.send("accept claim", form, {"hx-request": "true"})
    if answer is None:
        return
    wanted.reasons[reason] = "accept"
    wanted.states["claim", claim] = "accepted"
    if person.rng.random() < 0.5:
        return
    seq = json.loads(answer.headers["hx-trigger"])["judged"]["seq"]
    await person.think()
    form = {
        "kind": "judgement",
        "subject": str(seq),
        "action": "undo",
        "card": claim,
        "reason": f"{reason}, undone",
    }
    if await person.send("undo", form, {"hx-request": "true"}) is not None:
        wanted.reasons[f"{reason}, undone"] = "undo"
        wanted.states["claim", claim] = "machine_draft"


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


def find_losses(record: Record, wanted: Wanted) -> list[str]:
    """Return what the record does not hold as it was acknowledged."""
    log = list_judgements(record)
    times = Counter(judgement.reason for judgement in log)
    actions = {judgement.reason: judgement.action for judgement in log}
    lost = [
        f"{reason}: {times[reason]} times in the log, as {actions.get(reason)}"
        for reason, action in wanted.reasons.items()
        if times[reason] != 1 or actions[reason] != action
    ]
    lost += [
        f"in the log, acknowledged to nobody: {r}"
        for r in times
        if r.startswith("reviewer") and r not in wanted.reasons
    ]
    for kind in ("entry", "claim"):
        subjects = [subject for of, subject in wanted.states if of == kind]
        now = review_states(record, kind, subjects)
        for subject in subjects:
            state = now[subject].state.state if subject in now else "gone"
            if state != wanted.states[kind, subject]:
                lost.append(f"{kind} {subject} is {state}, decided {wanted.states[kind, subject]}")
    e = tables.entries.c
    with record.reading() as connection:
        for entry, modality in wanted.modalities.items():
            shown = connection.scalar(select(e.modality).where(e.id == entry))
            if shown != modality:
                lost.append(f"entry {entry} shows {shown}, edited to {modality}")
    counting = sum(j.action != "undo" for j in active_judgements(log))
    print(
        f"log: {len(log)} judgements, {counting} count; {len(wanted.reasons)} were acknowledged here"
    )
    return lost


def print_times(told: Told, seconds: float) -> None:
    """Print p50 and p95 of each kind."""
    every = [t for times in told.pages.values() for t in times]
    judged = [t for times in told.judgements.values() for t in times]
    print(f"{'':18} {'n':>5} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7}")
    rows = [("all pages", every), ("all judgements", judged)]
    rows += sorted(told.pages.items())
    rows += [(f"judge: {kind}", times) for kind, times in sorted(told.judgements.items())]
    for name, times in rows:
        if times:
            p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
            print(f"{name:18} {len(times):5} {p50:7.0f} {p95:7.0f} {max(times) * 1000:7.0f}")
    print(f"{(len(every) + len(judged)) / seconds:.1f} answers a second")


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
