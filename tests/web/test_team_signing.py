"""Signing in: cookies, sessions, throttling, forms, where one goes afterwards; and the audit log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import argon2
import pytest
from fastapi import FastAPI
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError
from team import PASSWORD, PEOPLE, Member, make_team_app, make_team_record, sign_in

from mahdar.errors import SettingError
from mahdar.store import Record, teamtables
from mahdar.web.team import passwords
from mahdar.web.team.audit import find_broken, list_audit, note
from mahdar.web.team.gate import action_of
from mahdar.web.team.passwords import check_strength, verify_password
from mahdar.web.team.sessions import sign, unsign
from mahdar.web.team.signing import safe_next
from mahdar.web.team.throttle import BY_ADDRESS, BY_NAME, wait_for
from mahdar.web.team.users import add_user, set_disabled, set_password, set_role


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make_team_record(tmp_path_factory.mktemp("signing") / "talks.db") as made:
        yield made


@pytest.fixture
def app(record: Record, tmp_path: Path) -> FastAPI:
    with record.writing() as connection:
        connection.execute(teamtables.failures.delete())
    return make_team_app(record, tmp_path / "inbox")


def is_in(member: Member) -> bool:
    return member.get("/articles").status_code == 200


def test_the_cookie(app: FastAPI, record: Record, tmp_path: Path) -> None:
    answer = Member(app).sign_in("reader")
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("mahdar_login")]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    secure = Member(make_team_app(record, tmp_path / "i", secure=True), "https")
    answer = secure.sign_in("reader")
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if "mahdar_login" in c]
    assert cookie.startswith("__Host-mahdar_login=")
    assert "Secure" in cookie
    assert "strict-transport-security" in secure.get("/").headers


def test_a_planted_cookie_does_not_become_a_session(app: FastAPI) -> None:
    """Session fixation: what the browser brought is never what is signed in."""
    attacker = sign_in(app, "reader")
    planted = attacker.cookie
    victim = Member(app)
    victim.client.cookies.set("mahdar_login", planted)
    token = attacker.token()
    victim.client.post(
        "/login", data={"csrf": token, "name": "admin", "password": PASSWORD, "next": "/"}
    )
    assert attacker.get("/users").status_code in (303, 403)
    anonymous = Member(app)
    before = anonymous.token()
    anonymous_session = anonymous.client.cookies.get("mahdar_session")
    anonymous.sign_in("admin")
    assert anonymous.token() != before
    stranger = Member(app)
    stranger.client.cookies.set("mahdar_session", anonymous_session or "")
    assert not is_in(stranger)
    assert stranger.client.post("/users", data={"csrf": before}).status_code == 401


def test_every_sign_in_has_a_name_of_its_own(app: FastAPI) -> None:
    member = Member(app)
    seen = set()
    for _ in range(3):
        member.client.cookies.delete("mahdar_login")
        member.sign_in("reader")
        seen.add(member.cookie)
    assert len(seen) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c[:-1] + ("0" if c[-1] != "0" else "1"),
        lambda c: ("A" if c[0] != "A" else "B") + c[1:],
        lambda c: c.partition(".")[0],
        lambda c: c.partition(".")[0] + ".",
        lambda c: c + "x",
        lambda c: "." + c.partition(".")[2],
        lambda c: "",
        lambda c: "x" * 5000,
    ],
)
def test_a_changed_cookie_is_nobodys(change: Callable[[str], str], app: FastAPI) -> None:
    member = sign_in(app, "reader")
    stranger = Member(app)
    assert not is_in(stranger)
    assert (
        stranger.get(
            "/articles", headers={"cookie": f"mahdar_login={change(member.cookie)}"}
        ).status_code
        == 303
    )
    assert (
        stranger.get("/articles", headers={"cookie": f"mahdar_login={member.cookie}"}).status_code
        == 200
    )


def test_another_key_signs_nothing() -> None:
    cookie = sign(b"a" * 32, "token")
    assert unsign(b"a" * 32, cookie) == "token"
    assert unsign(b"b" * 32, cookie) is None


def test_the_record_keeps_no_cookie_and_no_password(app: FastAPI, record: Record) -> None:
    member = sign_in(app, "reader")
    with record.reading() as connection:
        kept = str(connection.execute(teamtables.sessions.select()).all())
        kept += str(connection.execute(teamtables.users.select()).all())
        kept += str(connection.execute(teamtables.audit.select()).all())
    assert member.cookie.partition(".")[0] not in kept
    assert PASSWORD not in kept
    assert "$argon2id$" in kept


@pytest.mark.parametrize(("column", "seconds"), [("seen_at", 1801), ("created_at", 12 * 3600 + 1)])
def test_sessions_end(column: str, seconds: int, app: FastAPI, record: Record) -> None:
    member = sign_in(app, "analyst")
    assert is_in(member)
    s = teamtables.sessions
    with record.writing() as connection:
        changed = {column: time.time() - seconds}
        connection.execute(update(s).where(s.c.name == "analyst").values(**changed))
    assert not is_in(member)


def test_signing_out_ends_it_on_the_server(app: FastAPI) -> None:
    first, second = sign_in(app, "reader"), sign_in(app, "reader")
    cookie = first.cookie
    assert first.post("/logout").status_code == 303
    assert first.get("/articles", headers={"cookie": f"mahdar_login={cookie}"}).status_code == 303
    assert is_in(second)
    third = sign_in(app, "reader")
    third.post("/logout", {"everywhere": "1"})
    assert not is_in(second)


@pytest.mark.parametrize("what", ["disabled", "password", "role"])
def test_changes_of_a_user_end_their_sessions(what: str, app: FastAPI, record: Record) -> None:
    name = f"guest {what}"
    add_user(record, name, PASSWORD, "analyst", processes=["*"])
    member = Member(app)
    member.sign_in(name)
    assert is_in(member)
    if what == "disabled":
        set_disabled(record, name, True)
    elif what == "password":
        set_password(record, name, "another four word thing")
    else:
        set_role(record, name, "reader")
    assert not is_in(member)
    assert (Member(app).sign_in(name).status_code == 303) == (what == "role")


def test_failures_look_the_same(
    app: FastAPI, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is named: the same page, and argon2 is computed once."""
    if not any(u for u in PEOPLE if u == "gone"):
        add_user(record, "gone", PASSWORD)
        set_disabled(record, "gone", True)
    computed: list[str] = []
    hasher = passwords._hasher

    class Counting:
        def verify(self, kept: str, given: str) -> bool:
            computed.append(given)
            return hasher.verify(kept, given)

        def __getattr__(self, name: str) -> Any:
            return getattr(hasher, name)

    passwords.warm_up()
    monkeypatch.setattr(passwords, "_hasher", Counting())
    pages = []
    for name in ("reader", "nobody here", "gone"):
        member = Member(app, address=f"10.2.0.{len(pages)}")
        answer = member.sign_in(name, "wrong password 1")
        assert answer.status_code == 401
        page = answer.text.replace(name, "")
        pages.append(page.replace(member.client.cookies.get("mahdar_session") or "-", ""))
    assert len(computed) == 3
    assert len({len(page) for page in pages}) == 1
    assert not verify_password(None, "nobody has this password")


def test_throttling_slows_then_locks(app: FastAPI, record: Record) -> None:
    member = Member(app)
    codes = [member.sign_in("reviewer", "wrong password 1").status_code for _ in range(5)]
    assert codes == [401, 401, 401, 429, 429]
    locked = member.sign_in("reviewer")  # the right one waits as well
    assert locked.status_code == 429
    assert int(locked.headers["retry-after"]) >= 1
    f = teamtables.failures
    with record.writing() as connection:
        connection.execute(update(f).values(until=0.0))
    assert member.sign_in("reviewer").status_code == 303
    assert Member(app).sign_in("reviewer", "wrong password 1").status_code == 401  # counted anew


def test_throttling_by_address(app: FastAPI) -> None:
    codes = [
        Member(app, address="10.9.9.9").sign_in(f"name {n}", "wrong password 1").status_code
        for n in range(BY_ADDRESS[0].failures + 1)
    ]
    assert codes[-1] == 429
    assert Member(app, address="10.9.9.8").sign_in("reader").status_code == 303


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 2), (5, 8), (8, 300), (12, 900), (99, 900)]
)
def test_waits(failures: int, seconds: int) -> None:
    assert wait_for(failures, BY_NAME) == seconds


def test_signing_in_needs_the_forms_token(app: FastAPI) -> None:
    for data in ({}, {"csrf": "0" * 64}):
        member = Member(app)
        member.get("/login")
        given = {"name": "reader", "password": PASSWORD, **data}
        assert member.client.post("/login", data=given).status_code == 403
        assert not is_in(member)
    member = Member(app)
    form = {"csrf": member.token(), "name": "reader", "password": PASSWORD}
    assert (
        member.client.post(
            "/login", data=form, headers={"origin": "http://evil.example"}
        ).status_code
        == 403
    )


def test_forms_of_another_session_are_refused(app: FastAPI) -> None:
    one, other = sign_in(app, "admin"), sign_in(app, "admin")
    form = {"csrf": one.token(), "name": "x1", "password": PASSWORD}
    assert other.client.post("/users", data=form).status_code == 403


@pytest.mark.parametrize(
    ("asked", "gone"),
    [
        ("/timeline?process=a", "/timeline?process=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/a\r\nset-cookie: x=y", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("", "/"),
    ],
)
def test_no_open_redirect(asked: str, gone: str, app: FastAPI) -> None:
    assert safe_next(asked) == gone
    assert Member(app).sign_in("reader", to=asked).headers["location"] == gone


def test_the_page_asked_for_opens_after_signing_in(app: FastAPI) -> None:
    member = Member(app)
    asked = member.get("/timeline?kind=meeting")
    assert asked.headers["location"] == "/login?next=%2Ftimeline%3Fkind%3Dmeeting"
    page = member.get(asked.headers["location"]).text
    assert 'value="/timeline?kind=meeting"' in page


@pytest.mark.parametrize(
    "password",
    ["short", "aaaaaaaaaaaaaa", "x" * 300, "salma.salma1"],
    ids=["short", "same", "long", "name"],
)
def test_weak_passwords(password: str) -> None:
    with pytest.raises(SettingError, match="Mend"):
        check_strength("salma", password)


def test_parameters_of_argon2() -> None:
    real = argon2.PasswordHasher()
    assert real.memory_cost >= 19 * 1024  # OWASP's least, in KiB
    assert real.time_cost >= 2
    assert real.type is argon2.Type.ID


def test_own_password(app: FastAPI, record: Record) -> None:
    add_user(record, "omar", PASSWORD, processes=["*"])
    member = Member(app)
    member.sign_in("omar")
    new = "entirely other words"
    assert (
        member.post("/password", {"old": "wrong password 1", "new": new, "again": new}).status_code
        == 403
    )
    assert (
        member.post("/password", {"old": PASSWORD, "new": new, "again": new + "x"}).status_code
        == 400
    )
    assert (
        member.post("/password", {"old": PASSWORD, "new": "short", "again": "short"}).status_code
        == 400
    )
    assert member.post("/password", {"old": PASSWORD, "new": new, "again": new}).status_code == 303
    assert not is_in(member)
    assert member.sign_in("omar", new).status_code == 303


def test_users_from_the_page(app: FastAPI, record: Record) -> None:
    admin = sign_in(app, "admin")
    form = {
        "name": "نور",
        "password": PASSWORD,
        "role": "reviewer",
        "processes": ["yemen-un-talks", "-"],
    }
    assert admin.post("/users", form).status_code == 303
    assert "نور" in admin.get("/users").text
    (user,) = [u for u in admin.get("/api/users").json()["users"] if u["name"] == "نور"]
    assert (user["role"], user["processes"]) == ("reviewer", ["-", "yemen-un-talks"])
    assert PASSWORD not in admin.get("/api/users").text
    assert "argon2" not in admin.get("/api/users").text
    assert admin.post("/users/نور/role", {"role": "emperor"}).status_code == 400
    assert admin.post("/users/admin/role", {"role": "reader"}).status_code == 400  # the last one
    evil = {"name": "<script>alert(1)</script>", "password": PASSWORD}
    assert admin.post("/users", evil).status_code == 400
    admin.post("/users/نور/disabled", {"disabled": "1"})
    assert Member(app).sign_in("نور").status_code == 401


def test_what_is_noted(app: FastAPI, record: Record) -> None:
    begin = list_audit(record, limit=1).rows[0].seq
    Member(app, address="10.7.7.7").sign_in("<script>alert(1)</script>", "wrong password 1")
    reader, reviewer = sign_in(app, "reader"), sign_in(app, "reviewer")
    reader.get("/users")
    entry = reviewer.get("/api/timeline").json()["rows"][0]["id"]
    reviewer.post(
        "/judgements", {"action": "comment", "kind": "entry", "subject": entry, "reason": "r"}
    )
    reader.post("/export", {"format": "jsonl", "labels": "en"})
    reader.get("/articles")
    reader.post("/logout")
    rows = [r for r in list_audit(record, limit=0).rows[::-1] if r.seq > begin]
    assert [(r.who, r.action) for r in rows] == [
        ("<script>alert(1)</script>", "failed"),
        ("reader", "signed_in"),
        ("reviewer", "signed_in"),
        ("reader", "refused"),
        ("reviewer", "judged"),
        ("reader", "exported"),
        ("reader", "signed_out"),
    ]
    assert rows[0].address == "10.7.7.7"
    page = sign_in(app, "admin").get("/audit").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("method", "path", "status", "action"),
    [
        ("GET", "/timeline", 200, None),
        ("GET", "/users", 403, "refused"),
        ("POST", "/anything/new", 303, "wrote"),
        ("POST", "/anything/new", 400, None),
        ("GET", "/export/0123456789abcdef/download", 200, "exported"),
        ("GET", "/export/0123456789abcdef/row", 200, None),
        ("POST", "/users/x/role", 303, "administered"),
        ("POST", "/seen", 303, None),
    ],
)
def test_action_of(method: str, path: str, status: int, action: str | None) -> None:
    assert action_of(method, path, status) == action


def test_the_log_refuses_changes(record_url: str) -> None:
    from mahdar.store import create_record

    with create_record(record_url) as own:
        for number in range(3):
            note(own, "salma", "wrote", detail={"n": number})
        assert find_broken(own) is None
        for statement in ("UPDATE audit SET who = 'x'", "DELETE FROM audit"):
            with pytest.raises(DatabaseError, match="kept for ever"), own.writing() as connection:
                connection.execute(text(statement))
        with own.writing() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("DROP TRIGGER audit_stays_update"))
            else:
                connection.execute(text("DROP TRIGGER audit_stays ON audit"))
            connection.execute(text("UPDATE audit SET who = 'x' WHERE seq = 2"))
        assert find_broken(own) == 2
