"""What the benchmarks of the workbench share: a served copy of a record, and what people ask of it."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from sqlalchemy import Connection, func, select

from mahdar.store import Record, open_record, tables

PASSWORD = "seven words that nobody else has thought of"
_SEED = 11
_MOST = 40
"""So many different articles, entries and actors are opened."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running workbench: its address, and its process to ask what it costs."""

    address: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the processor time it has taken so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        """Return the memory it holds."""
        return float(self.process.memory_info().rss / 1e6)


@contextmanager
def serving(record: str, *options: str) -> Iterator[Server]:
    """Serve a record on a free port of this machine by ``mahdar serve``, until the block ends.

    Raises:
        SystemExit: it did not start; what it said is shown.
    """
    command = [sys.executable, "-m", "mahdar", "serve", "--record", record, "--port", "0", *options]
    with tempfile.TemporaryDirectory() as inbox:
        started = subprocess.Popen(
            [*command, "--inbox", inbox], stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        try:
            yield Server(_find_address(started), psutil.Process(started.pid))
        finally:
            started.terminate()
            started.wait(30)


def _find_address(started: subprocess.Popen[str]) -> str:
    said = []
    assert started.stderr is not None
    for line in started.stderr:
        found = re.search(r"https?://[^ ]+/", line)
        if found:
            threading.Thread(target=started.stderr.read, daemon=True).start()
            return found[0].rstrip("/")
        said.append(line)
    raise SystemExit("the workbench did not start:\n" + "".join(said))


@contextmanager
def copied(record: Path) -> Iterator[Path]:
    """Give a copy of a record's file, which is gone when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copy(record, Path(folder) / "talks.db"))


def forget_file(path: Path) -> None:
    """Let the system drop what it holds of a file in memory, so that the next reading is from disk."""
    for each in path.parent.glob(path.name + "*"):
        if each.is_file():
            with each.open("rb") as stream:
                os.fsync(stream.fileno())
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def percentile(times: Sequence[float], share: float) -> float:
    """Return the value below which a share of the times lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def load_now() -> str:
    """Return how busy the machine is, for the line above figures."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def token_of(client: httpx.Client) -> str:
    """Return what the forms of a client's session must carry, read off a page."""
    found = re.search(r'<meta name="csrf" content="(\w+)"', client.get("/help").text)
    assert found, "no token in /help"
    return found[1]


def sign_in(client: httpx.Client, name: str) -> None:
    """Sign in as a user with ``PASSWORD``."""
    page = client.get("/login").text
    found = re.search(r'name="csrf" (?:content|value)="(\w+)"', page)
    assert found, "no token in /login"
    form = {"csrf": found[1], "name": name, "password": PASSWORD}
    answer = client.post("/login", data=form)
    assert answer.status_code == 303, (answer.status_code, answer.text[:300])


# What people ask. ``{...}`` stands for something that the record holds, see ``Held``.
_NARROWED = (
    "",
    "process={process}",
    "process={quiet_process}",
    "actor={busiest}",
    "actor={actor}",
    "place={place}",
    "from={month}",
    "from={day}&to={day}",
    "process={process}&from={month}&actor={busiest}",
    "page=3",
    "page=60",
)
_ORDERED = (*_NARROWED, "order=earliest", "order=attested", "order=attested&process={process}")
_WORDS = (
    "هدنة",
    "اليمن",
    '"وقف إطلاق النار"',
    "الرئيس",
    "السعودية -اليمن",
    "لافروف كيري",
    "قال",
    "محادثات جنيف سوريا",
)
_SEARCHED = (
    "",
    *(f"q={word}" for word in _WORDS),
    *(f"q={word}&kind=statement" for word in _WORDS[:4]),
    *(f"q={word}&kind=entry" for word in _WORDS[:4]),
    "q=هدنة&newest=true",
    "q=اليمن&process={process}&page=5",
    "q=الرئيس&publisher={publisher}",
    "q=اليمن&month={month}",
    "q=&actor={busiest}",
    "q=الحوثيون&place={place}",
)

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "home": ("", "as_of={day}"),
    "review": (*_NARROWED, "kind=incident", "kind=statement&process={process}", "mine=true"),
    "articles": (*_NARROWED, "words=هدنة", "publisher={publisher}"),
    "desk": ("",),
    "log": ("", "who=salma", "action=accept", "page=2"),
    "timeline": (
        *_ORDERED,
        "kind=incident",
        "kind=meeting&process={process}",
        "lanes=actor",
        "type=air_strike",
    ),
    "statements": _ORDERED,
    "entry": ("",),
    "contacts": (
        *_NARROWED,
        "sort=latest",
        "sort=silent",
        "type=CALL",
        "one={busiest}&other={second}",
    ),
    "ceasefires": _NARROWED,
    "map": ("", "day={day}", *_NARROWED[1:6], "from={month}", "day={day}&at={place}"),
    "positions": (
        *_NARROWED,
        "order=attested",
        "issue=ceasefire",
        "stance=opposes",
        "issue=ceasefire&actor={busiest}",
    ),
    "commitments": (*_NARROWED, "state=due", "state=overdue", "state=undated", "as_of={day}"),
    "actors": ("", "page=3", "page=400", "name=محمد", "name=Sal", "type=PER", "type=LOC&page=2"),
    "actor": ("",),
    "naming": (*_NARROWED, "words=ما", "type=paper"),
    "sources": (*_NARROWED, "kind=agency", "name=و", "show=copies", "show=copies&page=9"),
    "identity": ("", "page=2", "name=محمد"),
    "search": _SEARCHED,
    "agreements": (*_NARROWED, "show=told", "show=named", "show=breached"),
    "talks": (*_NARROWED, "state=held", "state=planned"),
    "bodies": (*_NARROWED, "watching=true"),
    "humanitarian": (*_NARROWED, "state=done"),
    "detainees": (*_NARROWED, "state=done", "tlp=RED"),
    "designations": (*_NARROWED, "state=listed"),
    "brief": ("", "process={process}"),
    "export": ("", "format=geojson", "format=csv&process={process}"),
    "ingest": ("",),
    "help": ("",),
    "users": ("",),
    "audit": ("", "page=2"),
}
"""Page key to the questions that are put to it."""

_FED = ("", "process={process}", "actor={busiest}", "from={month}", "place={place}")
PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "timeline lanes": ("/api/timeline/lanes", (*_FED, "lanes=actor", "lanes=kind")),
    "ceasefire bars": ("/api/ceasefires/bars", _FED),
    "contact network": ("/api/contacts/network", _FED),
    "map marks": ("/api/map/marks", _FED),
    "map day": ("/map/day", ("day={day}", "day={day}&process={process}", "day={day}&at={place}")),
    "position marks": ("/api/positions/marks", (*_FED, "issue=ceasefire")),
    "claim card": ("/claims/{claim}", ("",)),
    "claim form": ("/claims/{claim}/edit", ("",)),
    "copies compared": ("/articles/{copied}", ("",)),
}
"""What pictures and parts of pages ask for beside the pages: name to path and questions."""


@dataclass(slots=True)
class Held:
    """What a record holds that people ask for: the busiest and longest first, then any."""

    record: str
    words: dict[str, list[str]] = field(default_factory=dict)

    def fill(self, template: str, number: int) -> str:
        """Return a question with what it stands for, the first time the heaviest of each kind."""

        def one(found: re.Match[str]) -> str:
            some = self.words[found[1]]
            return some[number % len(some)]

        return re.sub(r"\{(\w+)(?::path)?\}", one, template)

    def can_fill(self, template: str) -> bool:
        """Tell whether the record holds all that a question stands for."""
        return all(self.words.get(name) for name in re.findall(r"\{(\w+)(?::path)?\}", template))


def look_into(record: Record) -> Held:
    """Return what a record holds to be asked for."""
    rng = random.Random(_SEED)
    with record.reading() as connection:
        held = Held(record.name)
        held.words |= _actors(connection, rng)
        held.words |= _articles(connection, rng)
        e, c = tables.entries.c, tables.claims.c
        most = list(connection.scalars(select(e.id).order_by(e.articles.desc(), e.id).limit(8)))
        some = list(connection.scalars(select(e.id).order_by(e.id).limit(20_000)))
        held.words["entry_id"] = [*most, *rng.sample(some, min(_MOST, len(some)))]
        claims = list(connection.scalars(select(c.uid).order_by(c.uid).limit(20_000)))
        held.words["claim"] = rng.sample(claims, min(_MOST, len(claims)))
        of = tables.entry_processes.c
        processes = list(
            connection.scalars(
                select(of.process).group_by(of.process).order_by(func.count().desc())
            )
        )
        held.words["process"], held.words["quiet_process"] = processes[:3], processes[-3:]
        days = list(
            connection.scalars(
                select(func.substr(tables.articles.c.published, 1, 10))
                .where(tables.articles.c.published.is_not(None))
                .distinct()
                .order_by(func.substr(tables.articles.c.published, 1, 10).desc())
                .limit(30)
            )
        )
        held.words["day"] = days[:10]
        held.words["month"] = sorted({day[:7] for day in days}, reverse=True)
    return held


def _actors(connection: Connection, rng: random.Random) -> dict[str, list[str]]:
    m, a, e = tables.mentions.c, tables.actors.c, tables.entries.c
    of = tables.entry_actors.c
    busiest = list(
        connection.scalars(
            select(of.actor).group_by(of.actor).order_by(func.count().desc()).limit(12)
        )
    )
    places = list(
        connection.scalars(
            select(e.place)
            .where(e.place.is_not(None))
            .group_by(e.place)
            .order_by(func.count().desc())
            .limit(12)
        )
    )
    named = list(
        connection.scalars(
            select(m.actor)
            .join(tables.actors, a.key == m.actor)
            .group_by(m.actor)
            .having(func.count() > 1)
            .order_by(m.actor)
            .limit(5000)
        )
    )
    some = rng.sample(named, min(_MOST, len(named)))
    return {
        "busiest": busiest[:4],
        "second": busiest[4:8] or busiest,
        "actor": some,
        "place": places[:6],
        "key": [*busiest[:6], *places[:4], *some],
    }


def _articles(connection: Connection, rng: random.Random) -> dict[str, list[str]]:
    t, c = tables.articles.c, tables.claims.c
    longest = list(connection.scalars(select(t.sha256).order_by(t.words.desc()).limit(4)))
    fullest = list(
        connection.scalars(
            select(t.sha256)
            .join(tables.claims, c.article_id == t.id)
            .group_by(t.sha256)
            .order_by(func.count().desc())
            .limit(4)
        )
    )
    every = list(connection.scalars(select(t.sha256).order_by(t.sha256)))
    pairs: dict[str, list[str]] = {}
    for sha, group in connection.execute(
        select(t.sha256, t.copies).where(t.copies.is_not(None)).order_by(t.words.desc()).limit(400)
    ):
        pairs.setdefault(group, []).append(sha)
    copied = [f"{some[0]}?compare={some[1]}" for some in pairs.values() if len(some) > 1]
    papers = select(t.publisher).where(t.publisher.is_not(None)).group_by(t.publisher)
    return {
        "sha256": [*longest, *fullest, *rng.sample(every, min(_MOST, len(every)))],
        "copied": copied[:_MOST],
        "publisher": list(connection.scalars(papers.order_by(func.count().desc()).limit(3))),
    }


def ask(held: Held, path: str, questions: Sequence[str], asks: int) -> list[str]:
    """Return addresses of a page, as many as asked for: each question in turn, then again with others."""
    usable = [each for each in questions if held.can_fill(path + each)]
    if not usable or not held.can_fill(path):
        return []
    out = []
    for number in range(asks):
        around, which = divmod(number, len(usable))
        query = held.fill(usable[which], around)
        whole = held.fill(path, number)
        out.append(whole + ("&" if "?" in whole else "?") + query if query else whole)
    return out


def open_held(record: Path | str) -> Held:
    """Return what the record of a path or address holds to be asked for."""
    with open_record(record) as opened:
        return look_into(opened)
