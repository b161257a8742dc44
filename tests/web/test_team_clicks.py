"""A team's workbench in Chromium: signing in and out, throttling, refusals by role, users, audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import serving
from team import PASSWORD, make_team_record

from mahdar.store import Record, list_judgements
from mahdar.web.team.audit import list_audit
from mahdar.web.team.users import find_user


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Record]]:
    folder = tmp_path_factory.mktemp("team-clicks")
    with (
        make_team_record(folder / "team.db") as record,
        serving(record, folder, team=True) as address,
    ):
        yield address, record


def sign_in(page: Any, address: str, name: str, password: str = PASSWORD, path: str = "/") -> None:
    page.goto(f"{address}{path}")
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(password)
    with page.expect_navigation():
        page.locator("main form button").click()


def expect_refusal(page: Any, status: int) -> None:
    """Take the console's word of a refused page, which this test wanted, out of its errors."""
    assert str(status) in page.errors.pop()


def test_in_to_the_page_asked_for_and_out(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    sign_in(page, address, "reader", path="/timeline?lang=en&order=earliest")
    assert page.url.endswith("/timeline?lang=en&order=earliest")
    assert page.locator("nav a[href='/ingest']").count() == 0
    with page.expect_navigation():
        page.locator(".leave button").first.click()
    assert "/login" in page.url
    page.goto(f"{address}/timeline")
    assert "/login" in page.url


def test_the_language_chosen_at_the_door_stays(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    page.goto(f"{address}/articles")
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[lang=en]")
    page.locator("input[name=name]").fill("reader")
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").click()
    assert page.url.endswith("/articles")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(
    ("lang", "words"), [("ar", "لا يطابق الاسم"), ("en", "do not go together")]
)
def test_wrong_password(lang: str, words: str, served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    sign_in(page, address, "nobody-" + lang, "wrong", path=f"/login?lang={lang}")
    assert page.locator("html").get_attribute("lang") == lang
    assert words in page.locator("[role=alert]").text_content()
    assert page.locator("input[name=name]").input_value() == "nobody-" + lang
    assert page.locator("input[name=password]").input_value() == ""
    expect_refusal(page, 401)


def test_guessing_is_locked(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    for _ in range(12):
        sign_in(page, address, "guessed", "wrong", path="/login?lang=en")
        if "429" in page.errors.pop():
            break
    assert "Try again in" in page.locator("[role=alert]").text_content()
    assert list_audit(record, who="guessed").rows[0].action == "locked"


@pytest.mark.parametrize(
    ("name", "sees", "not_shown"),
    [
        ("reader", "/timeline", ("/ingest", "/users", "/audit")),
        ("analyst", "/ingest", ("/users", "/audit")),
        ("reviewer", "/ingest", ("/users", "/audit")),
    ],
)
def test_roles(
    name: str, sees: str, not_shown: tuple[str, ...], served: tuple[str, Record], page: Any
) -> None:
    address, record = served
    sign_in(page, address, name)
    page.locator(f"nav a[href='{sees}']").click()
    page.wait_for_url(f"**{sees}")
    for path in not_shown:
        assert page.locator(f"nav a[href='{path}']").count() == 0
        page.goto(f"{address}{path}?lang=ar")
        assert page.locator("h1").text_content() == "ليس لك أن تفعل هذا"
        expect_refusal(page, 403)
    page.goto(f"{address}/timeline")
    page.locator("tr[data-row] a.open").first.click()
    assert page.locator(".review-box button[value=accept]").count() == (name == "reviewer")
    if name == "reviewer":
        with page.expect_navigation():
            page.locator(".review-box button[value=accept]").click()
        assert list_judgements(record)[0].who == "reviewer"


def test_users_and_audit(served: tuple[str, Record], page: Any) -> None:
    address, record = served
    sign_in(page, address, "admin", path="/users")
    page.goto(f"{address}/users?lang=en")
    new = page.locator("section form.sign")
    new.locator("input[name=name]").fill("ندى")
    new.locator("input[name=password]").fill("four other quiet words")
    new.locator("select[name=role]").select_option("analyst")
    new.get_by_label("sees").select_option(["yemen-un-talks", "-"])
    with page.expect_navigation():
        new.locator("button").click()
    assert find_user(record, "ندى").role == "analyst"
    assert find_user(record, "ندى").processes == ("-", "yemen-un-talks")
    page.goto(f"{address}/users?lang=ar")
    row = page.locator("tr[data-row]", has_text="ندى")
    assert "المشاورات اليمنية" in row.text_content()
    row.locator("summary").click()
    role = row.locator("form[action$='/role']")
    role.locator("select").select_option("reviewer")
    with page.expect_navigation():
        role.locator("button").click()
    assert find_user(record, "ندى").role == "reviewer"
    page.goto(f"{address}/audit?lang=en&who=admin")
    log = page.locator(".log").text_content()
    assert "/users" in log
    assert "signed in" in log
    assert page.locator(".whole").is_visible()
    page.goto(f"{address}/users?lang=en")
    row = page.locator("tr[data-row]:has(form[action='/users/admin/role'])")
    row.locator("summary").click()
    role = row.locator("form[action$='/role']")
    role.locator("select").select_option("reader")
    with page.expect_navigation():
        role.locator("button").click()
    assert "آخر من له أن يدير" in page.locator(".detail").text_content()
    expect_refusal(page, 400)


def test_own_password(served: tuple[str, Record], page: Any) -> None:
    address, _ = served
    new = "five words no one has"
    sign_in(page, address, "analyst", path="/password")
    for again in ("five words someone has", new):
        page.goto(f"{address}/password")
        for field, words in (("old", PASSWORD), ("new", new), ("again", again)):
            page.locator(f"input[name={field}]").fill(words)
        with page.expect_navigation():
            page.locator("main form button").click()
        if again != new:
            assert page.locator("[role=alert]").text_content() == "لا تتطابق الكلمتان الجديدتان."
            expect_refusal(page, 400)
    assert "/login" in page.url
    sign_in(page, address, "analyst", new)
    assert "/login" not in page.url
