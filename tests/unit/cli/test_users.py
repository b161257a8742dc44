"""``mahdar users`` and what ``mahdar serve`` refuses for a team."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mahdar.cli import app
from mahdar.store import create_record

PASSWORD = "four words without sense\n"


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = str(tmp_path / "talks.db")
    create_record(path).close()
    return path


def run(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=given)


def users(record: str) -> dict[str, dict[str, object]]:
    answer = run("users", "list", "--format", "json", "--record", record)
    return {row["name"]: row for row in json.loads(answer.stdout)}


def add(record: str, name: str, *more: str, password: str = PASSWORD) -> Result:
    return run("users", "add", name, "--password-stdin", "-r", record, *more, given=password)


def test_from_adding_to_disabling(record: str) -> None:
    assert add(record, "سلمى", "--role", "admin", "-p", "*").exit_code == 0
    assert add(record, "omar", "-p", "yemen-un-talks", "-p", "-", "--tlp", "GREEN").exit_code == 0
    found = users(record)
    assert (found["سلمى"]["role"], found["سلمى"]["tlp"]) == ("admin", "AMBER+STRICT")
    assert found["omar"]["processes"] == ["-", "yemen-un-talks"]
    assert run("users", "role", "omar", "reviewer", "-r", record).exit_code == 0
    assert run("users", "access", "omar", "-p", "syria-geneva", "-r", record).exit_code == 0
    assert run("users", "named", "omar", "entry", "m-1234", "-r", record).exit_code == 0
    assert run("users", "disable", "omar", "-r", record).exit_code == 0
    found = users(record)
    assert found["omar"] | {"created_at": 0} == {
        "name": "omar",
        "role": "reviewer",
        "tlp": "GREEN",
        "disabled": True,
        "processes": ["syria-geneva"],
        "named": [["entry", "m-1234"]],
        "created_at": 0,
        "seen_at": None,
    }
    assert run("users", "disable", "omar", "--enable", "-r", record).exit_code == 0
    assert users(record)["omar"]["disabled"] is False
    noted = run("users", "audit", "--format", "json", "-r", record)
    assert [row["detail"]["did"] for row in json.loads(noted.stdout)][::-1] == [
        "add",
        "add",
        "role reviewer",
        "access syria-geneva",
        "named entry m-1234",
        "disable",
        "enable",
    ]
    assert "argon2" not in run("users", "list", "-r", record).stdout


@pytest.mark.parametrize(
    ("words", "password", "said"),
    [
        (("add", "salma"), "short\n", "characters"),
        (("add", "salma", "--role", "king"), PASSWORD, "no such role"),
        (("add", "salma", "--tlp", "RED"), PASSWORD, "tlp RED"),
        (("add", "a\nb"), PASSWORD, "not a user's name"),
        (("add", "OMAR"), PASSWORD, "there is such a user"),
        (("role", "nobody", "reader"), "", "no such user"),
        (("role", "omar", "reader"), "", "the last who may administer"),
        (("disable", "omar"), "", "the last who may administer"),
    ],
)
def test_mistakes_say_the_mend(
    words: tuple[str, ...], password: str, said: str, record: str
) -> None:
    assert add(record, "omar", "--role", "admin").exit_code == 0
    more = ("--password-stdin",) if words[0] == "add" else ()
    answer = run("users", *words, *more, "-r", record, given=password)
    assert said in str(answer.exception)
    assert "Mend" in str(answer.exception)
    assert set(users(record)) == {"omar"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", "0.0.0.0"), "asks nobody to sign in"),
        (("--certificate", "c.pem"), "for a team"),
        (("--allow-host", "x.example"), "for a team"),
        (("--team", "--certificate", "c.pem"), "belong together"),
        (("--team", "--certificate", "c.pem", "--key", "k.pem"), "no such file"),
        (("--team", "--host", "0.0.0.0"), "--allow-host"),
        (("--team", "--allow-host", "*"), "stars"),
    ],
)
def test_serve_refuses(words: tuple[str, ...], said: str, record: str) -> None:
    answer = run("serve", "--record", record, *words)
    assert said in str(answer.exception)
    assert "Mend" in str(answer.exception)


def test_serve_needs_an_administrator(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mahdar.web.house.BUILT", "app.css")
    add(record, "omar", "--role", "reviewer")
    answer = run("serve", "--team", "--record", record)
    assert "no administrator" in str(answer.exception)
