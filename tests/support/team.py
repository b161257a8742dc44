"""A team's workbench on a record of two processes, told apart by words that nothing else has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import made_readings
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response
from made_readings import make_reading
from workbench import make_record

from mahdar.model import Reading
from mahdar.store import Record
from mahdar.web import House, create_app
from mahdar.web.registry import iter_routes
from mahdar.web.team import passwords
from mahdar.web.team.room import make_team
from mahdar.web.team.sessions import Lifetimes
from mahdar.web.team.users import TeamRole, add_user

passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Tests sign in hundreds of times; what is checked of the real parameters is in test_team_signing."""

YEMEN, SYRIA = "yemen-un-talks", "syria-geneva"
PASSWORD = "four words without sense"
HIDDEN = ("سمندل", "Samandal")
"""Stands in every text, name and paper of Syria alone."""
MIXED, PLAIN = "كركدن", "ياسمين"
"""Stand in the article on both processes, and in the one on none."""

made_readings.NAMES["nizar"] = ("PER", "نزار سمندل", "Nizar Samandal", None)
made_readings.NAMES["tall"] = ("LOC", "تل سمندل", "Tall Samandal", None)
made_readings.NAMES["hudhud"] = ("PER", "علي هدهد", "Ali Hudhud", None)


def _told(who: str, name: str, place: str, spot: str, process: str, publisher: str) -> Reading:
    text = (
        f"أخبار {name} في {publisher}\n\nالتقى {name} الوفد في {spot} أمس. وأعلن {name} هدنة في {spot} لأسبوعين. وخُرقت الهدنة في {spot}"
        f" وقتل ثلاثة. وقال {name} إن الحل قريب في {spot}. وتعهد {name} بفتح طريق {spot}. ووقع {name} «اتفاق {spot}» في {spot}."
        f" وأفرج {name} عن أسرى في {spot}."
    )
    of = (process,)
    return make_reading(
        text,
        publisher=publisher,
        published="2015-08-04",
        events=[
            {"type": "MEETING", "trigger": f"التقى {name}", "who": (who,), "place": place, "time": "2015-08-03", "processes": of},
            {"type": "CEASEFIRE", "trigger": f"هدنة في {spot} لأسبوعين", "who": (who,), "place": place, "time": "2015-08-04/2015-08-18", "processes": of},
            {"type": "VIOLATION", "trigger": "وخُرقت", "who": (who,), "place": place, "time": "2015-08-04", "killed": 3, "processes": of},
            {"type": "AGREEMENT", "trigger": f"ووقع {name}", "who": (who,), "place": place, "time": "2015-08-04", "processes": of},
            {"type": "RELEASE", "trigger": f"وأفرج {name}", "who": (who,), "place": place, "time": "2015-08-04", "processes": of},
        ],
        statements=[{"who": [who], "cue": f"وقال {name}", "content": f"إن الحل قريب في {spot}", "issues": ("ceasefire",), "stance": "for"}],
        commitments=[{"who": [who], "act": f"وتعهد {name} بفتح طريق {spot}", "due": "2015-09-15"}],
    )  # fmt: skip


def team_readings() -> list[Reading]:
    """Return an article on Yemen, two on Syria, one on both and one on neither."""
    meet = {"type": "MEETING", "who": ("john-kerry",), "place": "doha", "time": "2015-08-05"}
    return [
        _told("hudhud", "علي هدهد", "taiz", "تعز", YEMEN, "okaz"),
        _told("nizar", "نزار سمندل", "tall", "تل سمندل", SYRIA, "صحيفة سمندل"),
        _told("nizar", "نزار سمندل", "tall", "تل سمندل", SYRIA, "okaz"),
        make_reading(
            f"{MIXED}\n\nالتقى كيري وفدا في الدوحة وبحث اليمن وسوريا. {MIXED}.",
            publisher="sabq",
            published="2015-08-06",
            events=[
                {**meet, "trigger": "التقى كيري وفدا", "processes": (YEMEN,)},
                {**meet, "trigger": "وبحث", "type": "NEGOTIATION", "processes": (SYRIA,)},
            ],
        ),
        make_reading(
            f"{PLAIN}\n\nزار كيري موسكو أمس. {PLAIN}.",
            publisher="sabq",
            published="2015-08-07",
            events=[{"type": "VISIT", "trigger": "زار كيري", "who": ("john-kerry",), "place": "moscow", "time": "2015-08-06"}],
        ),
    ]  # fmt: skip


PEOPLE: Mapping[str, tuple[TeamRole, tuple[str, ...]]] = {
    "reader": ("reader", (YEMEN, "-")),
    "analyst": ("analyst", (YEMEN, "-")),
    "reviewer": ("reviewer", (YEMEN, "-")),
    "admin": ("admin", ("*",)),
}
"""Name to role and processes; all have ``PASSWORD``."""


def add_people(record: Record) -> None:
    """Add ``PEOPLE`` to a record."""
    for name, (role, processes) in PEOPLE.items():
        add_user(record, name, PASSWORD, role, processes=processes)


def make_team_record(path: Path | str) -> Record:
    """Return a new record of ``team_readings()`` with ``PEOPLE``."""
    record = make_record(path, team_readings())
    add_people(record)
    return record


def make_team_app(record: Record, inbox: Path, *, secure: bool = False, **lives: int) -> FastAPI:
    """Return a team's workbench on a record."""
    team = make_team(record, Lifetimes(**lives), secure=secure)
    return create_app(House(record, "nobody", inbox, lang="en", team=team, secret=team.secret))


class Member:
    """A browser on a team's workbench; ``sign_in`` as somebody, or stay a stranger."""

    def __init__(self, app: FastAPI, scheme: str = "http", address: str = "10.1.1.1") -> None:
        self.app = app
        self.client = TestClient(
            app,
            base_url=f"{scheme}://localhost",
            follow_redirects=False,
            client=(address, 5000),
            raise_server_exceptions=False,
        )

    def get(self, path: str, **given: Any) -> Response:
        """Return the answer to a question."""
        return self.client.get(path, **given)

    def token(self) -> str:
        """Return what this session's forms carry."""
        page = self.get("/help")
        if page.status_code == 303:
            page = self.get("/login")
        found = re.search(r'<meta name="csrf" content="([0-9a-f]{64})">', page.text)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **given: Any) -> Response:
        """Send a form as a page of this session does."""
        return self.client.post(path, data={"csrf": self.token(), **(data or {})}, **given)

    def sign_in(self, name: str, password: str = PASSWORD, to: str = "/") -> Response:
        """Send the form for signing in."""
        return self.post("/login", {"name": name, "password": password, "next": to})

    @property
    def cookie(self) -> str:
        """The cookie of who is signed in."""
        return self.client.cookies.get("mahdar_login") or ""


def sign_in(app: FastAPI, name: str) -> Member:
    """Return a browser in which one of ``PEOPLE`` is signed in."""
    member = Member(app)
    assert member.sign_in(name).status_code == 303
    return member


def api_routes(app: FastAPI) -> list[APIRoute]:
    """Return every route of the application but static files and the description of the API."""
    return [route for route in iter_routes(app) if isinstance(route, APIRoute)]
