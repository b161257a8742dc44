"""What keeps strangers out: tokens, origins, hosts, sizes, names of files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from workbench import Browser

from mahdar.store import Record
from mahdar.web import app as web_app
from mahdar.web.registry import PAGES
from mahdar.web.routes import ROUTERS
from mahdar.web.security import MAX_FORM_BYTES
from mahdar.web.uploads import safe_name

WRITING = [
    "/choices",
    "/seen",
    "/ingest/text",
    "/ingest/files",
    "/ingest/20200101T000000-00000000/stop",
]


def iter_routes(own: Browser) -> Iterator[Any]:
    """Yield the application's own routes and those of its routers."""
    yield from own.client.app.routes  # type: ignore[attr-defined]
    for router in ROUTERS:
        yield from router.routes


@pytest.fixture(scope="module")
def shared(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(record, tmp_path_factory.mktemp("guard") / "inbox", lang="en")


@pytest.fixture
def own(shared: Browser) -> Browser:
    """A session of its own on an application whose inbox stays empty."""
    return shared.another()


@pytest.mark.parametrize("path", WRITING)
@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_no_token_no_writing(path: str, token: str | None, own: Browser) -> None:
    own.get("/")
    data = {"text": "نص"} | ({"csrf": token} if token is not None else {})
    files = {"files": ("a.txt", b"x")} if path == "/ingest/files" else None
    answer = own.client.post(path, data=data, files=files)
    assert answer.status_code == 403
    assert not own.inbox.list_jobs()


def test_token_of_another_session(own: Browser) -> None:
    stolen = own.another().token()
    own.get("/")
    assert own.client.post("/choices", data={"csrf": stolen, "theme": "dark"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
    ids=["origin", "null", "fetch-site"],
)
def test_another_sites_page(headers: dict[str, str], own: Browser) -> None:
    assert own.post("/choices", {"theme": "dark"}, headers=headers).status_code == 403


def test_every_writing_route_checks_the_token(own: Browser) -> None:
    written = [
        route
        for route in iter_routes(own)
        if set(getattr(route, "methods", None) or ()) - {"GET", "HEAD", "OPTIONS"}
    ]
    assert len(written) >= 5
    for route in written:
        calls = [d.call.__name__ for d in route.dependant.dependencies]
        assert "check_token" in calls, route.path


def test_every_page_needs_a_permission(own: Browser) -> None:
    paths = {page.path for page in PAGES} | {page.api_path for page in PAGES}
    for route in own.client.app.routes:  # type: ignore[attr-defined]
        if getattr(route, "path", "") in paths:
            assert any(
                d.call.__qualname__.startswith("require") for d in route.dependant.dependencies
            )


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_other_hosts_are_refused(host: str, own: Browser) -> None:
    assert own.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/articles/../../etc/passwd",
        "/articles/..%2f..%2fetc%2fpasswd",
        "/entries/..%2f..%2fetc",
        "/ingest/..%2f..%2fetc/row",
        "/ingest/....//row",
        "/api/ingest/..%2f..%2fetc",
        "/actors/..%2f..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_reaches_the_disk(path: str, own: Browser) -> None:
    answer = own.get(path)
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_too_large_is_refused_before_it_is_read(own: Browser) -> None:
    answer = own.post("/ingest/text", {"text": "ا" * MAX_FORM_BYTES})
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert not own.inbox.list_jobs()


def test_undeclared_length_is_limited_too(own: Browser) -> None:
    token = own.token()

    def endless() -> object:
        for _ in range(MAX_FORM_BYTES // 65536 + 2):
            yield b"a" * 65536

    answer = own.client.post(
        "/choices",
        content=endless(),  # type: ignore[arg-type]
        headers={"x-csrf-token": token, "content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code in (400, 413)


def test_upload_limit(
    own: Browser, monkeypatch: pytest.MonkeyPatch, record: Record, tmp_path: Path
) -> None:
    monkeypatch.setattr(web_app, "MAX_UPLOAD_BYTES", 2048)
    small = Browser(record, tmp_path / "small", lang="en")
    answer = small.post("/ingest/files", files={"files": ("a.txt", io.BytesIO(b"a" * 4096))})
    assert answer.status_code == 413
    assert not small.inbox.list_jobs()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.ini.txt", "boot.ini.txt"),
        ("/abs/olute.html", "olute.html"),
        ("خبر اليوم.txt", "خبر_اليوم.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".txt", "x" * 96 + ".txt"),
    ],
)
def test_safe_name(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_uploaded_names_stay_inside_the_inbox(record: Record, tmp_path: Path) -> None:
    own = Browser(record, tmp_path / "inbox", lang="en")
    answer = own.post("/ingest/files", files={"files": ("../../../evil.txt", b"text")})
    assert answer.status_code == 303
    (found,) = tmp_path.rglob("evil.txt")
    assert found.is_relative_to(tmp_path / "inbox")


def test_refused_kind_is_named_with_the_mend(record: Record, tmp_path: Path) -> None:
    own = Browser(record, tmp_path / "inbox", lang="en")
    own.post("/ingest/files", files={"files": ("program.exe", b"MZ")})
    text = own.get("/ingest").text
    assert "program.exe" in text
    assert "give one of" in text
    (job,) = own.inbox.list_jobs()
    assert (job.state, job.failed) == ("done", 1)


def test_password_of_the_record_is_never_shown(tmp_path: Path) -> None:
    """A database address carries one; errors name the record."""
    name = "postgresql+psycopg://salma:secret@127.0.0.1:1/talks"
    broken = Record(name, create_engine("sqlite:///" + str(tmp_path / "none" / "x.db")))
    own = Browser(broken, tmp_path / "inbox", lang="en")
    answer = own.get("/articles")
    assert answer.status_code == 503
    assert "salma:***@127.0.0.1" in answer.text
    assert "secret" not in answer.text + own.get("/api/articles").text + own.get("/api/help").text


@pytest.mark.parametrize(
    ("path", "arabic", "english"),
    [
        ("/timeline?from=next-week", "من ⁨next-week⁩: ليس تاريخا. العلاج:", "from ⁨next-week⁩: not a date."),
        ("/search?q=(هدنة", "القوس المفتوح هنا لم يُغلق", "the bracket opened here is not closed"),
        ("/map?from=2015-08-09&to=2015-08-03", "النهاية قبل البداية", "the end lies before"),
        ("/timeline?page=0", "page: أقل من 1.", "page: less than 1."),
        ("/timeline?page=x", "page: ليس عددا صحيحا.", "page: not a whole number."),
        ("/timeline?order=best", "order: ليس واحدا من", "order: none of"),
    ],
)  # fmt: skip
def test_errors_are_in_the_readers_language(
    path: str, arabic: str, english: str, browser: Browser
) -> None:
    for lang, words in (("ar", arabic), ("en", english)):
        answer = browser.get(f"{path}&lang={lang}")
        assert answer.status_code == 400
        assert words in answer.text
    data = browser.get(f"/api{path}&lang=ar")
    assert data.status_code == 400
    assert "العلاج" not in data.json()["detail"]
