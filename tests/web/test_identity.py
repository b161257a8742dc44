"""Who an actor is, on a page: two taken for one, told apart, some claims given to somebody else, all taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html
from workbench import Browser

from mahdar.store import Record, list_judgements


@pytest.fixture
def own(own_record: Record, tmp_path: Path) -> Browser:
    return Browser(own_record, tmp_path / "inbox", lang="en")


def identity(browser: Browser, key: str) -> dict[str, Any]:
    data: dict[str, Any] = browser.get(f"/api/identity/{key}").json()["identity"]
    return data


def decide(browser: Browser, action: str, other: str) -> None:
    form = {"kind": "actor", "subject": "john-kerry", "action": action, "with": other}
    assert browser.post("/judgements", form).status_code == 303


def undo(browser: Browser, seq: int) -> None:
    browser.post("/judgements", {"kind": "judgement", "subject": str(seq), "action": "undo"})


def test_taking_two_for_one_and_back(own: Browser) -> None:
    before = identity(own, "sergey-lavrov")["total"]
    assert before == 2
    decide(own, "same", "sergey-lavrov")
    assert [ref["key"] for ref in identity(own, "john-kerry")["merged"]] == ["sergey-lavrov"]
    assert identity(own, "sergey-lavrov")["into"]["key"] == "john-kerry"
    assert "Taken into" in own.get("/identity/sergey-lavrov").text
    page = html.fromstring(own.get("/identity/john-kerry").text)
    assert page.xpath("//form[input[@value='different'] and input[@value='sergey-lavrov']]")
    undo(own, 1)
    assert identity(own, "john-kerry")["merged"] == []
    assert identity(own, "sergey-lavrov")["into"] is None
    decided = own.get("/api/identity/john-kerry").json()["decided"]
    assert [(each["judgement"]["action"], each["undone"]) for each in decided] == [("same", True)]


def test_told_apart_they_part(own: Browser) -> None:
    decide(own, "same", "sergey-lavrov")
    decide(own, "different", "sergey-lavrov")
    assert identity(own, "john-kerry")["merged"] == []


def test_splitting_claims_off_to_somebody_new(own: Browser) -> None:
    namings = identity(own, "john-kerry")["namings"]
    assert len(namings) == 2
    chosen = namings[0]["quote"]["claim"]
    form = {
        "key": "john-kerry",
        "claims": chosen,
        "ar": "كيري آخر",
        "en": "Another Kerry",
        "reason": "a namesake",
    }
    answer = own.post("/identity/split", form)
    assert answer.status_code == 303
    new = str(answer.headers["location"]).removeprefix("/identity/")
    assert new != "john-kerry"
    split = identity(own, new)
    assert (split["actor"]["en"], split["actor"]["type"]) == ("Another Kerry", "PER")
    assert [each["quote"]["claim"] for each in split["namings"]] == [chosen]
    kept = [each["quote"]["claim"] for each in identity(own, "john-kerry")["namings"]]
    assert kept == [namings[1]["quote"]["claim"]]
    undo(own, 1)
    assert identity(own, "john-kerry")["total"] == 2


def test_splitting_claims_off_to_one_of_the_record(own: Browser) -> None:
    chosen = [each["quote"]["claim"] for each in identity(own, "john-kerry")["namings"]]
    form = {"key": "john-kerry", "claims": chosen, "to": "adel-al-jubeir"}
    assert own.post("/identity/split", form).status_code == 404  # not in this record
    form["to"] = "sergey-lavrov"
    assert own.post("/identity/split", form).status_code == 303
    assert identity(own, "john-kerry")["total"] == 0


def test_a_new_name_never_takes_a_known_key(own: Browser) -> None:
    claims = [each["quote"]["claim"] for each in identity(own, "john-kerry")["namings"]]
    keys = [
        own.post("/identity/split", {"key": "john-kerry", "claims": claim, "ar": "كيري"}).headers[
            "location"
        ]
        for claim in claims
    ]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"to": "sergey-lavrov"}, "No claim was chosen"),
        ({"claims": "x"}, "not said whom"),
        ({"claims": "0123456789abcdef0123", "to": "sergey-lavrov"}, "does not name this actor"),
    ],
    ids=["no claims", "nobody", "a claim of nobody"],
)
def test_what_is_missing_is_said(
    form: dict[str, str], words: str, own: Browser, own_record: Record
) -> None:
    answer = own.post("/identity/split", {"key": "john-kerry", **form})
    assert answer.status_code in (400, 409)
    assert words in html.fromstring(answer.text).text_content()
    assert list_judgements(own_record) == []


def test_namesakes_and_hostile_names(browser: Browser) -> None:
    found = browser.get("/api/identity/john-kerry?name=لافروف").json()["namesakes"]
    assert [row["ref"]["key"] for row in found] == ["sergey-lavrov"]
    assert browser.get("/identity/nobody-at-all").status_code == 404
    text = browser.get("/identity/evil").text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "/identity/evil" in browser.get("/actors/evil").text
