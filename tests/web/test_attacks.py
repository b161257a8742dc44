"""Attacks that no other test of the workbench makes: docs/why/workbench-security.md lists them all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import func, inspect, select
from workbench import Browser

from mahdar.ingest import iter_articles
from mahdar.store import Record, list_judgements, tables

SQL = [
    "' OR '1'='1",
    "'; DROP TABLE articles; --",
    '" OR 1=1 --',
    "x' UNION SELECT password FROM team_users --",
    "title : x OR NEAR(",
    '"* NOT (((',
    "%' ESCAPE '\\",
    "\x00' OR 1",
    "x:y & !z | <->",
]
FIELDS = {
    "/api/search": ("q", "actor", "place", "process", "publisher"),
    "/api/timeline": ("actor", "place", "process", "type"),
    "/api/statements": ("actor", "process"),
    "/api/articles": ("words", "publisher"),
    "/api/actors": ("name",),
    "/api/log": ("who", "action", "subject"),
    "/api/review": ("actor", "process"),
    "/api/contacts": ("actor", "place", "process"),
    "/api/positions": ("actor", "process"),
    "/api/commitments": ("actor", "process"),
}


def state_of(record: Record) -> tuple[int, int, int]:
    """Return how many tables, articles and entries there are."""
    with record.reading() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (tables.articles, tables.entries)
        ]
        return len(inspect(connection).get_table_names()), counts[0], counts[1]


@pytest.mark.parametrize("said", SQL)
def test_sql_in_questions(said: str, browser: Browser, record: Record) -> None:
    before = state_of(record)
    for path, fields in FIELDS.items():
        for field in fields:
            answer = browser.get(f"{path}?{field}={quote(said)}")
            assert answer.status_code in (200, 400), f"{path} {field}: {answer.text[:200]}"
            assert "sqlite" not in answer.text.lower()
            if "\x00" in said:
                assert answer.status_code == 400
            if answer.status_code == 200 and path in ("/api/timeline", "/api/articles"):
                assert answer.json()["pager"]["total"] == 0, f"{path} {field}"
    assert state_of(record) == before


@pytest.mark.parametrize("said", SQL)
def test_sql_in_addresses(said: str, browser: Browser) -> None:
    for begin in ("/entries/", "/articles/", "/actors/", "/api/ingest/", "/claims/"):
        assert browser.get(begin + quote(said, safe="")).status_code in (400, 404)


CONTROL = ["\x00", "\x1b[2J", "\x07", "\x7f", "\x9b31m"]
FORMS = {
    "/judgements": (
        {"action": "comment", "kind": "entry", "subject": "x", "reason": "y"},
        "reason",
    ),
    "/api/judgements": ({"action": "comment", "kind": "entry", "subject": "x"}, "reason"),
    "/ratings": ({"source": "okaz", "reliability": "A", "reason": "y"}, "reason"),
    "/markings": ({"entry": "e-0001", "tlp": "RED", "reason": "y"}, "reason"),
    "/ingest/text": ({"text": "خبر", "publisher": "okaz"}, "publisher"),
    "/export": ({"format": "csv", "actor": "x"}, "actor"),
    "/choices": ({"language": "ar", "x": "y"}, "x"),
}
"""Address of a form, what it may carry, and the field that carries the attack."""


@pytest.mark.parametrize("control", CONTROL, ids=ascii)
@pytest.mark.parametrize("path", FORMS)
def test_control_characters_in_forms(
    path: str, control: str, browser: Browser, record: Record
) -> None:
    before, jobs = len(list_judgements(record)), len(browser.inbox.list_jobs())
    fields, field = FORMS[path]
    answer = browser.post(
        path, {**fields, field: f"قبل{control}بعد"}, headers={"accept-language": "en"}
    )
    assert answer.status_code == 400
    assert control not in answer.text
    if not path.startswith("/api/"):
        assert "حرف تحكم" in answer.text
        assert f">{field}<" in answer.text
    assert (len(list_judgements(record)), len(browser.inbox.list_jobs())) == (before, jobs)


def test_control_characters_in_names_of_fields_and_in_json(
    browser: Browser, record: Record
) -> None:
    assert browser.post("/choices", {"a\x00b": "x"}).status_code == 400
    detail = '{"new": {"time": ["\\u0000"]}}'
    form = {"action": "edit", "kind": "claim", "subject": "x", "reason": "y", "detail": detail}
    answer = browser.post("/api/judgements", form)
    assert (answer.status_code, answer.json()["error"]) == (400, "control")


def test_tabs_and_lines_are_text(browser: Browser) -> None:
    answer = browser.post("/choices", {"language": "ar", "x": "a\tb\r\nc"})
    assert answer.status_code == 303


@pytest.mark.parametrize("asked", ["%00", "%1B[2J", "%0b", "%7F"])
def test_control_characters_in_questions(asked: str, browser: Browser) -> None:
    for path in (f"/timeline?actor={asked}", f"/api/search?q={asked}", f"/actors/a{asked}"):
        assert browser.get(path).status_code == 400


HTML = """<html><head><title>خبر</title><link rel="stylesheet" href="http://169.254.169.254/x">
<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/"></head>
<body><article><h1>خبر</h1><p>التقى الوزير المبعوث الأممي في عدن أمس وبحثا وقف إطلاق النار في المدينة.</p>
<img src="http://169.254.169.254/latest/meta-data"><iframe src="file:///etc/passwd"></iframe>
<script src="http://evil.example/x.js"></script></article></body></html>"""
XML = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">
<!ENTITY y SYSTEM "http://169.254.169.254/latest">]><rss version="2.0"><channel><title>خبر</title><item>
<title>خبر</title><link>http://169.254.169.254/latest</link><description>التقى الوزير المبعوث في عدن أمس &x; &y;
وبحثا وقف إطلاق النار في المدينة كلها.</description></item></channel></rss>"""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "سسسسسسسسسس">'
    + "".join(f'<!ENTITY a{n} "{(f"&a{n - 1};" if n > 1 else "&a;") * 10}">' for n in range(1, 12))
    + "]><rss><channel><item><title>x</title><description>&a11;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", HTML),
        ("a.xml", XML),
        ("a.rss", XML),
        ("laughs.xml", LAUGHS),
        ("a.txt", "http://169.254.169.254/ خبر"),
    ],
)
def test_nothing_in_a_file_is_fetched(name: str, text: str, tmp_path: Path) -> None:
    """Sockets refuse in every test: reading that asked for an address would fail here."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    told = ""
    for item in iter_articles([path]):
        told += str(getattr(item, "text", item))
    assert "root:" not in told
    assert len(told) < 100_000


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("../../evil.txt", "/etc/evil.txt", "a\\..\\..\\evil.txt"):
            archive.writestr(name, f"التقى {name} الوزير المبعوث في عدن أمس وبحثا وقف إطلاق النار.")
    inside = tmp_path / "deep" / "er"
    inside.mkdir(parents=True)
    (inside / "a.zip").write_bytes(packed.getvalue())
    assert len(list(iter_articles([inside / "a.zip"]))) == 3
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.zip"]
    assert not Path("/etc/evil.txt").exists()


@pytest.mark.parametrize(
    "value", ["x\r\nset-cookie: evil=1", "x%0d%0aset-cookie: evil=1", "\u560d\u560aevil: 1"]
)
def test_no_header_is_made_of_a_question(value: str, browser: Browser) -> None:
    for path in ("/timeline?process=", "/search?q=", "/login?next="):
        answer = browser.get(path + quote(value))
        assert "evil" not in str(answer.headers.raw).lower()


def test_where_a_form_returns_is_never_of_another_host(browser: Browser) -> None:
    for headers in (
        {"x-forwarded-host": "evil.example"},
        {"forwarded": "host=evil.example"},
        {"referer": "http://evil.example/x"},
    ):
        answer = browser.post("/choices", {"theme": "dark"}, headers=headers)
        assert answer.headers["location"].startswith("/")
        assert "evil" not in answer.headers["location"]
