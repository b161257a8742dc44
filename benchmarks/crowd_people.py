"""People with a browser at a workbench: readers who walk its pages, reviewers who judge."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx

from crowd_outcome import Told, Wanted
from served import PARTS, PASSWORD

_TIMEOUT_SECONDS = 60
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
    before = wanted.states.get(("claim", claim), "machine_draft")
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
        wanted.states["claim", claim] = before  # an earlier acceptance that was kept counts again
