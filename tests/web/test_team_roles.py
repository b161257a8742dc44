"""Every route refuses strangers and every role below the one it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from team import PEOPLE, Member, api_routes, make_team_app, make_team_record, sign_in

from mahdar.web.registry import permission_of
from mahdar.web.team.gate import OPEN_PATHS, is_open
from mahdar.web.visitor import PERMISSIONS

NEEDS = {
    "GET /": "read",
    "GET /api/home": "read",
    "GET /ingest": "ingest",
    "POST /ingest/files": "ingest",
    "POST /ingest/text": "ingest",
    "POST /judgements": "judge",
    "POST /api/judgements": "judge",
    "POST /ratings": "judge",
    "POST /markings": "judge",
    "POST /logout": "read",
    "GET /users": "administer",
    "GET /api/users": "administer",
    "GET /audit": "administer",
    "GET /api/audit": "administer",
    "POST /users": "administer",
    "POST /users/{name}/role": "administer",
    "POST /users/{name}/password": "administer",
}
"""Routes whose permission is named here as well: that the table itself is right."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder: Path = tmp_path_factory.mktemp("roles")
    with make_team_record(folder / "talks.db") as record:
        yield make_team_app(record, folder / "inbox")


@pytest.fixture(scope="module")
def members(app: FastAPI) -> dict[str, Member]:
    return {name: sign_in(app, name) for name in PEOPLE}


def asked(app: FastAPI) -> list[tuple[str, str, str | None]]:
    """Return method, path without braces, and permission of every route."""
    return [
        (method, re.sub(r"\{[^}]*\}", "x", route.path), permission_of(route))
        for route in api_routes(app)
        for method in sorted(route.methods - {"HEAD"})
    ]


def test_every_route_has_its_permission_as_data(app: FastAPI) -> None:
    routes = asked(app)
    assert len(routes) > 60
    for method, path, permission in routes:
        if path in OPEN_PATHS:
            assert permission is None
        else:
            assert permission is not None, f"{method} {path}"
    known = {
        f"{method} {route.path}": permission_of(route)
        for route in api_routes(app)
        for method in route.methods
    }
    assert {key: known[key] for key in NEEDS} == NEEDS


def test_every_route_refuses_strangers(app: FastAPI) -> None:
    stranger = Member(app)
    token = stranger.token()
    for method, path, _ in [*asked(app), ("GET", "/api/openapi.json", "read")]:
        answer = stranger.client.request(method, path, headers={"x-csrf-token": token})
        if is_open(path):
            continue
        if method == "GET" and not path.startswith("/api/"):
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login"), path
        else:
            assert answer.status_code == 401, path
        assert "okaz" not in answer.text


@pytest.mark.parametrize("name", list(PEOPLE))
def test_every_route_refuses_roles_below_it(name: str, members: dict[str, Member]) -> None:
    member = members[name]
    token = member.token()
    may = PERMISSIONS[PEOPLE[name][0]]
    refused = allowed = 0
    for method, path, permission in asked(member.app):
        if path in OPEN_PATHS or path in ("/logout", "/seen", "/choices"):
            continue
        if permission in may:
            if method == "GET" and not path.endswith("/events"):
                allowed += 1
                assert member.get(path).status_code not in (401, 403, 500), f"{method} {path}"
            continue
        answer = member.client.request(method, path, headers={"x-csrf-token": token})
        assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
        refused += 1
    assert allowed > 30
    assert refused == 0 if name == "admin" else refused >= 8


def test_contents_show_only_what_one_may_open(members: dict[str, Member]) -> None:
    pages = {name: member.get("/help").text for name, member in members.items()}
    assert 'href="/users"' in pages["admin"]
    assert 'href="/audit"' in pages["admin"]
    assert 'href="/users"' not in pages["reviewer"]
    assert 'href="/ingest"' not in pages["reader"]
    assert 'href="/ingest"' in pages["analyst"]


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("path", ["/users", "/audit", "/password"])
def test_own_pages_speak_both_languages(path: str, lang: str, members: dict[str, Member]) -> None:
    answer = members["admin"].get(path, params={"lang": lang})
    assert answer.status_code == 200
    assert f'lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in answer.text
    assert not re.search(r">\s*(team|nav)\.[a-z_.]+\s*<", answer.text)


def test_the_login_page_speaks_both_languages(app: FastAPI) -> None:
    for lang, word in (("ar", "الدخول"), ("en", "Sign in")):
        answer = Member(app).get("/login", params={"lang": lang})
        assert answer.status_code == 200
        assert word in answer.text


def test_nobody_signs_in_on_a_laptop(tmp_path: Path) -> None:
    from workbench import Browser, make_record

    with make_record(tmp_path / "talks.db", []) as record:
        own = Browser(record, tmp_path / "inbox")
        assert own.get("/").status_code == 200
        for path in ("/login", "/users", "/audit", "/api/users"):
            assert own.get(path).status_code == 404
        assert "mahdar_login" not in own.get("/").headers.get("set-cookie", "")
