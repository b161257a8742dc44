"""The pages of agreements, talks, bodies, measures, naming and sources: what they show, narrow and write."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from made_files import file_readings
from workbench import IMAGE, SCRIPT, Browser, make_record

from mahdar.store import Record, list_judgements, open_record
from mahdar.web.registry import PAGES as ALL_PAGES
from mahdar.web.registry import TEAM_PAGES

PAGES = (
    "agreements",
    "talks",
    "bodies",
    "humanitarian",
    "detainees",
    "designations",
    "naming",
    "sources",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "files.db"
    make_record(path, file_readings()).close()
    return path


@pytest.fixture(scope="module")
def shown(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_record(files) as record:
        yield Browser(record, tmp_path_factory.mktemp("inbox") / "inbox")


@pytest.fixture
def own(files: Path, tmp_path: Path) -> Iterator[tuple[Browser, Record]]:
    """A record of the test's own, to be changed."""
    with open_record(shutil.copy(files, tmp_path / "files.db")) as record:
        yield Browser(record, tmp_path / "inbox"), record


def names(refs: list[dict[str, Any]]) -> list[str]:
    return [ref["en"] for ref in refs]


def test_every_page_has_a_letter_of_its_own() -> None:
    letters = [page.shortcut for page in (*ALL_PAGES, *TEAM_PAGES) if page.shortcut]
    assert sorted(letters) == sorted(set(letters))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_rows_are_walked_and_open(page: str, lang: str, shown: Browser) -> None:
    tree = html.fromstring(shown.get(f"/{page}", params={"lang": lang}).text)
    rows = tree.xpath("//main//*[@data-row]")
    assert rows
    for row in rows:
        (address, *_) = row.xpath(".//a[contains(@class, 'open')]/@href")
        assert shown.get(address).status_code == 200, address


def test_agreement_with_parties_provisions_and_breach(shown: Browser) -> None:
    data = shown.get("/api/agreements").json()
    told = next(row for row in data["rows"] if row["entry"])
    assert names(told["parties"]) == ["Sergey Lavrov", "Adel al-Jubeir"]
    assert names(told["sponsors"]) == ["John Kerry"]
    assert [each["value"] for each in told["provisions"]] == ["فتح الطرق"]
    breached = shown.get("/api/agreements?show=breached").json()["rows"]
    assert [use["accused"]["key"] for row in breached for use in row["uses"]] == ["houthis"]
    assert shown.get("/api/agreements?show=named").json()["rows"] == [
        row for row in data["rows"] if not row["entry"]
    ]
    page = shown.get("/agreements?show=breached&lang=en").text
    assert "said to breach it" in page
    (claim,) = {use["claims"][0] for row in breached for use in row["uses"]}
    assert f"#c-{claim}" in page


def test_talks_tell_what_was_held_and_what_is_next(shown: Browser) -> None:
    data = shown.get("/api/talks").json()
    (track,) = data["tracks"]
    assert (track["held"], track["coming"]) == (1, 1)
    assert names(track["places"]) == ["Doha"]
    assert track["last"]["entry"]["time"] == "2015-08-04"
    assert track["next"]["entry"]["time"] == "2015-08-12"
    assert [talk["entry"]["time"] for talk in data["coming"]] == ["2015-08-12"]
    planned = shown.get("/api/talks?state=planned").json()
    assert planned["coming"] == []
    assert [talk["state"] for talk in planned["rows"]] == ["planned"]


def test_body_with_members_and_mandate(shown: Browser) -> None:
    (body,) = shown.get("/api/bodies?type=committee").json()["rows"]
    assert (body["name"], body["status"]) == ("لجنة مشتركة", "formed")
    assert names(body["members"]) == ["Sergey Lavrov"]
    assert body["mandates"] == ["لمراقبة الهدنة"]
    assert shown.get("/api/bodies?watching=true").json()["rows"] == []


def test_measures_are_counted_by_how_far_they_are(shown: Browser) -> None:
    data = shown.get("/api/humanitarian").json()
    assert data["tally"] == [["done", 1]]
    assert data["rows"][0]["measure"] == "delivery"
    assert shown.get("/api/humanitarian?state=planned").json()["rows"] == []
    (asked,) = shown.get("/api/designations").json()["rows"]
    assert (asked["state"], names(asked["listed"])) == ("asked", ["Houthis"])


def test_naming_puts_users_side_by_side(shown: Browser) -> None:
    (term,) = shown.get("/api/naming").json()["rows"]
    assert (term["term"], term["used_of"]["key"]) == ("بالمتمردين", "houthis")
    assert [user["user"]["key"] for user in term["users"]] == ["okaz"]
    assert shown.get("/api/naming?type=speaker").json()["rows"] == []
    assert shown.get("/api/naming", params={"words": "غير هذا"}).json()["rows"] == []


def test_marking_withholds_from_the_circle(own: tuple[Browser, Record]) -> None:
    browser, record = own
    (row,) = browser.get("/api/detainees").json()["rows"]
    assert (row["kind"], row["persons"]["best"], row["marked"]) == ("release", 30, False)
    entry = row["entry"]["id"]
    answer = browser.post(
        "/markings",
        {"entry": entry, "tlp": "RED", "reason": "names"},
        headers={"referer": "http://localhost/detainees?tlp=AMBER"},
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/detainees?tlp=AMBER")
    assert list_judgements(record)[0].detail == {"tlp": "RED"}
    hidden = browser.get("/api/detainees").json()
    assert (hidden["rows"], hidden["withheld"]) == ([], 1)
    assert "معتقلا" not in browser.get("/detainees").text
    assert browser.get("/api/detainees?tlp=RED").json()["rows"][0]["marked"]
    browser.post("/markings", {"entry": entry, "tlp": ""})
    assert not browser.get("/api/detainees").json()["rows"][0]["marked"]


def test_rating_a_source_and_taking_it_away(own: tuple[Browser, Record]) -> None:
    browser, record = own
    answer = browser.post(
        "/ratings", {"source": "okaz", "reliability": "B", "reason": "since 2015"}
    )
    assert answer.status_code == 303
    rated = {
        row["source"]["source"]["key"]: row["rating"]
        for row in browser.get("/api/sources").json()["rows"]
    }
    assert (rated["okaz"]["reliability"], rated["okaz"]["by"]) == ("B", "salma")
    assert rated["okaz"]["reason"] == "since 2015"
    assert rated["sabq"] is None
    assert "usually reliable" in browser.get("/sources?lang=en").text
    browser.post("/ratings", {"source": "okaz", "reliability": ""})
    assert all(row["rating"] is None for row in browser.get("/api/sources").json()["rows"])
    assert [j.action for j in list_judgements(record)] == ["rate", "rate"]


def test_undone_rating_gives_the_one_before(own: tuple[Browser, Record]) -> None:
    browser, _ = own
    for level in ("C", "E"):
        browser.post("/ratings", {"source": "spa", "reliability": level})
    browser.post("/judgements", {"kind": "judgement", "subject": "2", "action": "undo"})
    rated = {
        row["source"]["source"]["key"]: row["rating"]
        for row in browser.get("/api/sources?kind=agency").json()["rows"]
    }
    assert (rated["spa"]["reliability"], rated["spa"]["seq"]) == ("C", 1)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/ratings", {"source": "okaz", "reliability": "G"}),
        ("/ratings", {"source": "", "reliability": "A"}),
        ("/markings", {"entry": "../../etc", "tlp": "RED"}),
        ("/markings", {"entry": "0123456789", "tlp": "PINK"}),
    ],
    ids=["no such level", "no source", "no id", "no such marking"],
)
def test_refused(path: str, data: dict[str, str], own: tuple[Browser, Record]) -> None:
    browser, record = own
    answer = browser.post(path, data)
    assert answer.status_code == 400
    assert list_judgements(record) == []


@pytest.mark.parametrize("path", ["/ratings", "/markings", "/export"])
def test_forms_of_other_pages_are_refused(path: str, own: tuple[Browser, Record]) -> None:
    browser, record = own
    data = {"source": "okaz", "reliability": "A", "entry": "0123456789", "format": "csv"}
    assert browser.client.post(path, data=data).status_code == 403
    assert list_judgements(record) == []


def test_copies_are_grouped_and_compared(browser: Browser) -> None:
    data = browser.get("/api/sources?show=copies").json()
    (group,) = data["copies"]
    assert [copy["publisher"] for copy in group["copies"]] == ["okaz", "sabq"]
    first, second = (copy["sha256"][:16] for copy in group["copies"])
    page = browser.get("/sources?show=copies&lang=en").text
    assert f"/articles/{second}?compare={first}" in page
    assert browser.get("/api/sources?show=copies&publisher=sabq").json()["copies"]
    assert browser.get("/api/sources?show=copies&publisher=aawsat").json()["copies"] == []
    assert browser.get("/api/sources?show=copies&from=2016").json()["copies"] == []


@pytest.mark.parametrize("page", [*PAGES, "export", "sources?show=copies"])
def test_hostile_names_stay_text(page: str, browser: Browser) -> None:
    for lang in ("ar", "en"):
        text = browser.get(f"/{page}", params={"lang": lang} if "?" not in page else None).text
        assert SCRIPT not in text
        assert IMAGE not in text
    asked = IMAGE + SCRIPT
    for name in ("actor", "process", "words", "name", "publisher", "place"):
        text = browser.get(f"/{page.partition('?')[0]}", params={name: asked}).text
        assert SCRIPT not in text
        assert "<img" not in text
