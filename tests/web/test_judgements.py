"""Judgements written through the workbench: one key's form, edits, merges, splits, undoing, the log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from workbench import Browser

from mahdar.store import Record, list_judgements
from mahdar.views import list_timeline
from mahdar.views.articles import list_articles

HTMX = {"hx-request": "true"}


@pytest.fixture
def own(own_record: Record, tmp_path: Path) -> Browser:
    return Browser(own_record, tmp_path / "inbox", lang="en", owner="salma")


def claims_of(own: Browser, record: Record, title: str) -> tuple[str, list[dict[str, Any]]]:
    row = next(row for row in list_articles(record).rows if title in (row.title or ""))
    return row.sha256, own.get(f"/api/articles/{row.sha256}").json()["claims"]


def judge(own: Browser, claim: str, action: str, **more: Any) -> Any:
    data = {"kind": "claim", "subject": claim, "action": action} | more
    return own.post("/judgements", data, headers=HTMX)


def test_accept_answers_with_the_card(own: Browser, own_record: Record) -> None:
    _, claims = claims_of(own, own_record, "هدنة")
    uid = claims[0]["uid"]
    answer = judge(own, uid, "accept")
    assert answer.status_code == 200
    card = html.fromstring(answer.text)
    assert card.get("data-state") == "accepted"
    assert "salma" in card.text_content()
    told = json.loads(answer.headers["hx-trigger"])["judged"]
    (written,) = list_judgements(own_record)
    assert (written.seq, written.action, written.subject, written.who) == (
        told["seq"],
        "accept",
        uid,
        "salma",
    )


def test_reject_needs_a_reason(own: Browser, own_record: Record) -> None:
    _, claims = claims_of(own, own_record, "هدنة")
    refused = judge(own, claims[0]["uid"], "reject")
    assert refused.status_code == 409
    assert "no reason" in refused.text
    assert list_judgements(own_record) == []
    taken = judge(own, claims[0]["uid"], "reject", reason="the article does not say it")
    assert html.fromstring(taken.text).get("data-state") == "rejected"


def test_edit_changes_only_what_the_form_changes(own: Browser, own_record: Record) -> None:
    sha, claims = claims_of(own, own_record, "هدنة")
    breach = next(c for c in claims if c["type"] == "VIOLATION")
    form = html.fromstring(own.get(f"/claims/{breach['uid']}/edit").text).xpath("//form")[0]
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    data |= {"field.killed": "٣", "reason": "counted"}
    data.pop("csrf")
    answer = own.post("/judgements", data, headers=HTMX)
    assert answer.status_code == 200, answer.text
    (written,) = list_judgements(own_record)
    assert written.detail["new"] == {"killed": 3}
    assert written.detail["old"] == {"killed": None}
    after = next(
        c for c in own.get(f"/api/articles/{sha}").json()["claims"] if c["uid"] == breach["uid"]
    )
    assert (after["killed"], after["machine"]) == (3, {"killed": None})
    assert after["review"]["state"] == "accepted_edited"
    again = own.post("/judgements", data, headers=HTMX)
    assert again.status_code == 400
    assert "Nothing was changed" in again.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("field.time", "yesterday"), ("field.killed", "many"), ("field.type", "PARTY"), ("span", "x")],
)
def test_edit_of_nonsense(field: str, value: str, own: Browser, own_record: Record) -> None:
    _, claims = claims_of(own, own_record, "هدنة")
    breach = next(c for c in claims if c["type"] == "VIOLATION")
    answer = judge(own, breach["uid"], "edit", reason="why", **{field: value})
    assert answer.status_code in (400, 409)
    assert list_judgements(own_record) == []


def test_span_corrected_by_selecting(own: Browser, own_record: Record) -> None:
    sha, claims = claims_of(own, own_record, "هدنة")
    said = next(c for c in claims if c["kind"] == "statement")
    text = own.get(f"/api/articles/{sha}").json()["text"]
    (role, cue), (_, content) = said["spans"]
    start = text.index("الهدنة خُرقت")
    end = start + len("الهدنة خُرقت")
    spans = [f"{role}:{cue['start']}:{cue['end']}", f"content:{start}:{end}"]
    assert (content["start"], content["end"]) != (start, end)
    answer = judge(own, said["uid"], "edit", reason="too wide", span=spans)
    assert answer.status_code == 200, answer.text
    page = html.fromstring(own.get(f"/articles/{sha}").text)
    marked = "".join(
        span.text_content()
        for span in page.xpath("//article[@id='article']//span[@data-refs]")
        if "statement content" in span.get("class") and said["uid"] in span.get("data-refs")
    )
    assert marked == "الهدنة خُرقت"
    outside = judge(own, said["uid"], "edit", reason="x", span=[spans[0], "content:0:99999"])
    assert outside.status_code == 409


def test_undo_brings_back(own: Browser, own_record: Record) -> None:
    _, claims = claims_of(own, own_record, "هدنة")
    uid = claims[0]["uid"]
    judge(own, uid, "reject", reason="no")
    answer = own.post(
        "/judgements", {"kind": "judgement", "subject": "1", "action": "undo"}, headers=HTMX
    )
    assert answer.status_code == 200
    assert answer.headers["hx-refresh"] == "true"
    assert html.fromstring(own.get(f"/claims/{uid}").text).get("data-state") == "machine_draft"
    log = own.get("/api/log").json()["rows"]
    assert [(r["judgement"]["action"], r["undone"]) for r in log] == [
        ("undo", False),
        ("reject", True),
    ]


def test_entry_accepted_and_split(own: Browser, own_record: Record) -> None:
    entry = next(row for row in list_timeline(own_record) if row.articles == 2)
    data = {"kind": "entry", "subject": entry.id}
    answer = own.post("/judgements", data | {"action": "accept"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/entries/{entry.id}")
    assert own.get(f"/api/entries/{entry.id}").json()["review"]["state"] == "accepted"
    sources = own.get(f"/api/entries/{entry.id}").json()["evidence"]
    leaves = sources[1]["evidence"]["claim"]
    answer = own.post(
        "/judgements", data | {"action": "split", "claims": [leaves], "reason": "another meeting"}
    )
    assert answer.status_code == 303
    meetings = [row for row in list_timeline(own_record) if row.type == "MEET"]
    assert [row.articles for row in meetings] == [1, 1]
    answer = own.post(
        "/judgements",
        {"kind": "entry", "subject": meetings[0].id, "action": "same", "with": meetings[1].id},
    )
    assert answer.status_code == 303
    assert [r.articles for r in list_timeline(own_record) if r.type == "MEET"] == [2]


def test_waiting_shrinks(own: Browser, own_record: Record) -> None:
    before = own.get("/api/review").json()["waiting"]
    first = before["rows"][0]["id"]
    own.post("/judgements", {"kind": "entry", "subject": first, "action": "accept"})
    after = own.get("/api/review").json()["waiting"]
    assert after["total"] == before["total"] - 1
    assert first not in {row["id"] for row in after["rows"]}
    second = after["rows"][-1]["id"]
    own.post("/judgements", {"kind": "entry", "subject": second, "action": "assign", "to": "salma"})
    assert own.get("/api/review").json()["waiting"]["rows"][0]["id"] == second
    assert own.get("/api/review?mine=true").json()["waiting"]["total"] == 1


def test_actors_merged(own: Browser, own_record: Record) -> None:
    answer = own.post(
        "/judgements",
        {"kind": "actor", "subject": "john-kerry", "action": "same", "with": "adel-al-jubeir"},
        headers={"referer": "http://localhost/actors/john-kerry"},
    )
    assert answer.status_code == 409  # nobody in this record is called so
    answer = own.post(
        "/judgements",
        {"kind": "actor", "subject": "john-kerry", "action": "same", "with": "sergey-lavrov"},
        headers={"referer": "http://localhost/actors/john-kerry"},
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors/john-kerry")
    assert list_judgements(own_record)[0].action == "same"


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "claim", "subject": "0123456789abcdef0123", "action": "accept"},
        {"kind": "claim", "subject": "", "action": "accept"},
        {"kind": "record", "subject": "1", "action": "accept"},
        {"kind": "claim", "subject": "x", "action": "drop table"},
        {"kind": "judgement", "subject": "99", "action": "undo"},
        {"kind": "actor", "subject": "john-kerry", "action": "edit", "field.time": "2015"},
    ],
)
def test_nonsense_is_refused(data: dict[str, str], own: Browser, own_record: Record) -> None:
    answer = own.post("/judgements", data)
    assert answer.status_code in (400, 404, 409)
    assert list_judgements(own_record) == []


def test_api(own: Browser, own_record: Record) -> None:
    _, claims = claims_of(own, own_record, "هدنة")
    data = {"kind": "claim", "subject": claims[0]["uid"], "action": "comment", "reason": SCRIPT}
    answer = own.post("/api/judgements", data)
    assert answer.status_code == 201
    assert answer.json()["seq"] == 1
    assert SCRIPT not in own.get("/log").text
    assert own.post("/api/judgements", data | {"detail": "[]"}).status_code == 409
    assert own.client.post("/api/judgements", data=data).status_code == 403


SCRIPT = "<script>alert(3)</script>"
