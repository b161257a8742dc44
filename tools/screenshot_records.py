"""Records for pictures of the workbench, each served as its users meet it: worked on, empty, a team's."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from playwright.sync_api import APIRequestContext, Page

from mahdar.cli.demo import demo
from mahdar.store import Record, create_record, open_record, tables
from mahdar.views.articles import list_articles
from mahdar.views.dossier import list_actors
from mahdar.web import House
from mahdar.web.serving import serve_app
from mahdar.web.team.room import make_team
from mahdar.web.team.users import TeamRole, add_user

PASSWORD = "four words for pictures"
PEOPLE: Mapping[str, tuple[TeamRole, tuple[str, ...], str]] = {
    "salma": ("admin", ("*",), "AMBER+STRICT"),
    "nadia": ("reviewer", ("yemen-un-talks", "-"), "AMBER"),
    "يوسف": ("analyst", ("libya-un-talks", "-"), "GREEN"),
    "omar": ("reader", ("-",), "CLEAR"),
}
"""Name to role, processes and highest marking."""
BROKEN = '{"title": "محضر", "text": 7}\n{"title": "بلا نهاية"\n'
"""A file of JSON lines as no reader takes it."""


@dataclass(frozen=True, slots=True)
class Served:
    """A workbench's address, and what fills the places of page paths."""

    address: str
    places: Mapping[str, str]


def make_sample(folder: Path) -> Path:
    """Return the record of the shipped sample articles."""
    demo(folder=folder, lang=None, quiet=True)
    return folder / "demo.db"


@contextmanager
def serving(record: Record, folder: Path, *, team: bool = False) -> Iterator[Served]:
    """Serve a record on a free port of this machine until the process ends."""
    ready = threading.Event()
    found: list[str] = []

    def note(address: str) -> None:
        found.append(address.rstrip("/"))
        ready.set()

    room = make_team(record) if team else None
    house = House(
        record,
        "salma",
        folder / f"inbox-{'team' if team else 'own'}",
        lang="ar",
        team=room,
        **({"secret": room.secret} if room else {}),
    )
    threading.Thread(
        target=serve_app, args=(house, "127.0.0.1", 0), kwargs={"ready": note}, daemon=True
    ).start()
    if not ready.wait(60):
        raise typer.Exit(1)
    yield Served(found[0], find_places(record))


def find_places(record: Record) -> dict[str, str]:
    """Return a well-filled article, entry and organisation: what detail pages are shown of."""
    articles = list_articles(record, limit=200).rows
    if not articles:
        return {}
    with record.reading() as connection:
        e = tables.entries.c
        entry = connection.scalar(
            tables.entries.select().with_only_columns(e.id).order_by(e.articles.desc(), e.id)
        )
    return {
        "{sha256}": max(articles, key=lambda row: row.claims).sha256,
        "{entry_id}": str(entry),
        "{key:path}": list_actors(record, type_="ORG", limit=2).rows[1].ref.key,
    }


@contextmanager
def three_served(folder: Path, given: Path | None) -> Iterator[Mapping[str, Served]]:
    """Serve a record worked on by one person, an empty one, and the first as a team's."""
    sample = given or make_sample(folder / "sample")
    team_file = folder / "team.db"
    team_file.write_bytes(sample.read_bytes())
    with (
        open_record(sample) as own,
        create_record(folder / "empty.db") as empty,
        open_record(team_file) as of_team,
    ):
        for name, (role, processes, tlp) in PEOPLE.items():
            add_user(of_team, name, PASSWORD, role, processes=processes, tlp=tlp)
        with (
            serving(own, folder / "a") as talks,
            serving(empty, folder / "b") as nothing,
            serving(of_team, folder / "c", team=True) as team,
        ):
            yield {"talks": talks, "empty": nothing, "team": team}


def work_on(page: Page, served: Served) -> None:
    """Do what people do: judge claims and an entry, rate a paper, bring files, make an export and a brief."""
    web, at = page.request, served.address
    page.goto(f"{at}/articles/{served.places['{sha256}']}")
    claims = page.locator("#claims > [data-ref]").evaluate_all(
        "cards => cards.map(card => card.dataset.ref)"
    )
    token = page.locator("meta[name=csrf]").get_attribute("content") or ""
    entry = served.places["{entry_id}"]
    acts = [("accept", "claim", uid, "") for uid in claims[:3]]
    acts.append(("reject", "claim", claims[4], "القائل غير من نُسب إليه القول"))
    acts.append(("needs_second", "entry", entry, "هل هما لقاءان في يومين؟"))
    for action, kind, subject, reason in acts:
        form = {"action": action, "kind": kind, "subject": subject, "reason": reason}
        _send(web, f"{at}/judgements", {"csrf": token, **form})
    page.goto(f"{at}/sources")
    rated = page.locator("input[name=source]").first.get_attribute("value") or ""
    rating = {"source": rated, "reliability": "B", "reason": "تذكر من نقلت عنه"}
    _send(web, f"{at}/ratings", {"csrf": token, **rating})
    text = "التقى المبعوث الأممي رئيس وفد الحكومة في مسقط أمس.\n\nوأكد الجانبان أن الهدنة قائمة."
    _send(web, f"{at}/ingest/text", {"csrf": token, "text": text, "publisher": "الضفة"})
    _wait_for(page, f"{at}/ingest", ".job.done", 1)
    file = {"name": "أخبار.jsonl", "mimeType": "application/json", "buffer": BROKEN.encode()}
    _send(web, f"{at}/ingest/files", {"csrf": token, "files": file}, parts=True)
    _wait_for(page, f"{at}/ingest", ".job.done, .job.failed", 2)
    _send(web, f"{at}/export", {"csrf": token, "format": "plover", "labels": "ar"})
    _send(web, f"{at}/export", {"csrf": token, "format": "brief", "labels": "ar"})
    _wait_for(page, f"{at}/export", ".job.done", 1)
    _wait_for(page, f"{at}/brief", ".job.done", 1)


def _send(
    web: APIRequestContext, address: str, form: dict[str, object], *, parts: bool = False
) -> None:
    answer = (
        web.post(address, multipart=form, max_redirects=0)  # type: ignore[arg-type]
        if parts
        else web.post(address, form=form, max_redirects=0)  # type: ignore[arg-type]
    )
    if answer.status >= 400:
        raise SystemExit(f"{address} answered {answer.status}: {answer.text()[-600:]}")


def _wait_for(page: Page, address: str, selector: str, count: int) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        page.goto(address)
        if page.locator(selector).count() >= count:
            return
        time.sleep(0.5)
    raise SystemExit(f"{address}: no {selector} within 90 s")
