"""Every page in both languages: status, direction, words, headers, and its twin as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from workbench import IMAGE, SCRIPT, Browser, make_record

from mahdar import web as web_package
from mahdar.i18n import load_messages
from mahdar.lexicon.tables import load_table
from mahdar.store import Record, tables
from mahdar.views.articles import list_articles
from mahdar.web.registry import PAGES, Page

LANGUAGES = (("ar", "rtl"), ("en", "ltr"))


def example(path: str, record: Record) -> str:
    """Return an address of a page that has one in this record."""
    with record.reading() as connection:
        entry = connection.scalar(
            tables.entries.select()
            .with_only_columns(tables.entries.c.id)
            .where(tables.entries.c.kind == "meeting")
        )
    sha = list_articles(record).rows[-1].sha256
    return (
        path.replace("{sha256}", sha)
        .replace("{entry_id}", str(entry))
        .replace("{key:path}", "taiz")
        .replace("{key}", "taiz")
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.key)
@pytest.mark.parametrize(("lang", "dir_"), LANGUAGES)
def test_page(page: Page, lang: str, dir_: str, browser: Browser, record: Record) -> None:
    answer = browser.get(example(page.path, record), params={"lang": lang})
    assert answer.status_code == 200
    tree = html.fromstring(answer.text)
    assert (tree.get("lang"), tree.get("dir")) == (lang, dir_)
    keys = set(load_messages())
    words = " ".join(tree.itertext()).split()
    assert not keys & set(words) - {"actor.name"}, "a key stands where its message should"
    assert tree.xpath("count(//h1)") == 1
    assert not tree.xpath("//*[@style] | //script[not(@src)] | //style | //*[@onclick]")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in tree.xpath(
        "//main//input[not(@type='hidden')] | //main//select | //main//textarea"
    ):
        assert field.xpath("ancestor::label") or field.get("aria-label"), html.tostring(field)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.key)
def test_twin_has_the_same_data(page: Page, browser: Browser, record: Record) -> None:
    path = example(page.api_path, record)
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json(), dict)


def test_every_page_is_described(browser: Browser) -> None:
    paths = browser.get("/api/openapi.json").json()["paths"]
    for page in PAGES:
        described = paths[page.api_path.replace(":path", "")]["get"]
        assert described["operationId"] == page.key
        assert "$ref" in str(described["responses"]["200"])


def test_headers(browser: Browser) -> None:
    headers = browser.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("empty")
    with make_record(folder / "empty.db", []) as empty:
        yield Browser(empty, folder / "inbox")


@pytest.mark.parametrize("page", [p for p in PAGES if "{" not in p.path], ids=lambda p: p.key)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_empty_record(page: Page, lang: str, nothing: Browser) -> None:
    answer = nothing.get(page.path, params={"lang": lang})
    assert answer.status_code == 200
    assert "data-chart" not in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, "no such page"),
        ("/articles/0123456789abcdef", 404, "no such article"),
        ("/entries/0123456789abcdef0123", 404, "no such entry"),
        ("/actors/nobody-at-all", 404, "Nobody in the record"),
        ("/ingest/20200101T000000-00000000/row", 404, "no such job"),
        ("/timeline?from=yesterday", 400, "not a date"),
        ("/timeline?order=fastest", 400, "order"),
        ("/timeline?page=0", 400, "page"),
        ("/?as_of=2015-13-01", 400, "not a day"),
    ],
)
def test_error_says_what_and_how_to_mend(
    path: str, status: int, words: str, browser: Browser
) -> None:
    answer = browser.get(path, params={"lang": "en"} if "?" not in path else None, headers={})
    if "?" in path:
        answer = browser.get(f"{path}&lang=en")
    assert answer.status_code == status
    assert words in html.fromstring(answer.text).text_content()
    api = browser.get(f"/api{path}")
    if not path.endswith("/row") and path != "/?as_of=2015-13-01":
        assert api.status_code == status
        assert api.json()["error"]


def test_hostile_text_stays_text(browser: Browser, record: Record) -> None:
    pages = ["/", "/articles", "/timeline", "/statements", "/actors", "/actors/evil"]
    for row in list_articles(record).rows:
        pages.append(f"/articles/{row.sha256}")
    with record.reading() as connection:
        pages += [f"/entries/{i}" for i in connection.scalars(tables.entries.select())]
    shown = ""
    for path in pages:
        for lang in ("ar", "en"):
            text = browser.get(path, params={"lang": lang}).text
            assert SCRIPT not in text, path
            assert IMAGE not in text, path
            assert not re.search(r"<img[^>]*onerror", text)
            shown += html.fromstring(text).text_content()
    assert SCRIPT in shown, "the hostile words were not shown at all"
    assert IMAGE in shown


def test_hostile_questions_stay_text(browser: Browser) -> None:
    for name in ("actor", "place", "process", "words", "name", "publisher", "q", "who", "action"):
        for path in (
            "/timeline",
            "/articles",
            "/actors",
            "/statements",
            "/search",
            "/log",
            "/review",
        ):
            answer = browser.get(
                path,
                params={name: IMAGE + SCRIPT + "' OR 1=1 --"[: 20 if name == "action" else 99]},
            )
            assert answer.status_code in (200, 400)
            assert SCRIPT not in answer.text
            assert "<img" not in answer.text


def test_languages_and_digits_are_kept(record: Record, tmp_path: Path) -> None:
    own = Browser(record, tmp_path / "inbox", lang="ar")
    assert "٢٠١٥" in own.get("/timeline").text
    answer = own.post(
        "/choices",
        {"digits": "latin"},
        headers={"referer": "http://localhost/timeline?kind=meeting"},
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/timeline?kind=meeting")
    assert "٢٠١٥" not in html.fromstring(own.get("/timeline").text).text_content()
    own.post("/choices", {"language": "en", "theme": "dark"})
    tree = html.fromstring(own.get("/timeline").text)
    assert (tree.get("lang"), tree.get("data-theme")) == ("en", "dark")


def test_return_address_is_never_another_site(browser: Browser) -> None:
    for address in ("http://evil.example/x", "//evil.example/x", "javascript:alert(1)"):
        answer = browser.post("/choices", {"theme": "auto"}, headers={"referer": address})
        assert answer.headers["location"] == "/"


def test_seen(own_record: Record, tmp_path: Path) -> None:
    own = Browser(own_record, tmp_path / "inbox", lang="en")
    assert "You have not marked anything" in own.get("/").text
    assert own.post("/seen").status_code == 303
    assert "Nothing has come in" in own.get("/").text
    assert own.get("/api/home").json()["fresh"]["articles"] == 0


def test_home_judges_as_of_the_records_own_day(browser: Browser) -> None:
    data = browser.get("/api/home").json()
    assert data["present"] == "2015-08-07"
    assert [row["due"] for row in data["due"]] == ["2015-09-15"]
    (truce,) = data["truces"]
    assert (truce["row"]["scope"]["key"], truce["breaches"], truce["last_breach"]) == (
        "taiz",
        1,
        "2015-08-06",
    )
    later = browser.get("/api/home", params={"as_of": "2015-10-01"}).json()
    assert (later["due"], later["truces"]) == ([], [])


def test_desk_marks_are_exact(browser: Browser, record: Record) -> None:
    for row in list_articles(record).rows:
        data = browser.get(f"/api/articles/{row.sha256}").json()
        tree = html.fromstring(browser.get(f"/articles/{row.sha256}").text)
        text = data["text"]
        shown = tree.xpath("//article[@id='article']//span[@data-start]")
        for span in shown:
            start = int(span.get("data-start"))
            assert text[start : start + len(span.text_content())] == span.text_content()
        marked = {ref for span in shown for ref in (span.get("data-refs") or "").split()}
        cards = set(tree.xpath("//ol[contains(@class, 'claims')]/li/@data-ref"))
        assert cards == {claim["uid"] for claim in data["claims"]}
        assert cards <= marked


def test_desk_compares_copies(browser: Browser, record: Record) -> None:
    first = next(row for row in list_articles(record).rows if row.title == "خبر أول")
    data = browser.get(f"/api/articles/{first.sha256}").json()
    (copy,) = data["copies"]
    compared = browser.get(
        f"/api/articles/{first.sha256}", params={"compare": copy["sha256"]}
    ).json()["comparison"]
    only_there = "".join(c["text"] for c in compared["changes"] if c["kind"] == "second")
    assert "قبل نهاية الشهر" in only_there
    mine = "".join(c["text"] for c in compared["changes"] if c["kind"] != "second")
    assert mine == data["text"]


def test_lanes(browser: Browser) -> None:
    data = browser.get("/api/timeline/lanes", params={"lanes": "actor", "lang": "en"}).json()
    names = {lane["key"]: lane["name"] for lane in data["lanes"]}
    assert names["john-kerry"] == "John Kerry"
    truce = next(mark for mark in data["marks"] if mark["type"] == "CEASEFIRE")
    assert (truce["first"], truce["last"], truce["lanes"]) == (
        "2015-08-05",
        "2015-08-19",
        ["houthis"],
    )


def test_every_message_of_the_templates_exists() -> None:
    """Also those on paths that no page here takes."""
    messages = load_messages()
    folder = Path(web_package.__file__).parent / "templates"
    keys = {
        key
        for path in folder.glob("*.j2")
        for key in re.findall(r"\b(?:t|empty)\('([a-z_.]+[a-z_])'[),]", path.read_text("utf-8"))
    }
    assert len(keys) > 100
    assert sorted(keys - set(messages)) == []


def test_every_subtype_has_a_name() -> None:
    named = {key.removeprefix("subtype.") for key in load_messages() if key.startswith("subtype.")}
    assert {row["subtype"] for row in load_table("events_subtypes")} <= named


def test_every_page_on_both_stores(record_url: str, tmp_path: Path) -> None:
    """Pages and a judgement on SQLite and PostgreSQL."""
    with make_record(record_url) as made:
        own = Browser(made, tmp_path / "inbox", lang="en")
        for page in PAGES:
            answer = own.get(example(page.path, made))
            assert answer.status_code == 200, page.key
        assert own.get("/search?q=هدنة&kind=entry").status_code == 200
        assert own.get("/timeline?order=attested&from=2015-08&actor=لافروف").status_code == 200
        assert own.get("/api/timeline/lanes?lanes=actor").json()["marks"]
        entry = own.get("/api/review").json()["waiting"]["rows"][0]["id"]
        data = {"kind": "entry", "subject": entry, "action": "accept"}
        assert own.post("/judgements", data).status_code == 303
        assert own.get("/api/log").json()["rows"][0]["judgement"]["action"] == "accept"
