"""Contacts, ceasefires and zones, the map, positions, commitments: what they show and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from views_record import make_views_record
from workbench import IMAGE, SCRIPT, Browser

from mahdar.store import Record
from mahdar.views import Filters, list_contacts
from mahdar.web.routes.contacts import make_matrix

PAGES = ("contacts", "ceasefires", "map", "positions", "commitments")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with make_views_record(tmp_path_factory.mktemp("views") / "views.db") as made:
        yield made


@pytest.fixture(scope="module")
def views(told: Record, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(told, tmp_path_factory.mktemp("inbox") / "inbox", lang="en")


def data_of(views: Browser, path: str) -> Any:
    answer = views.get(f"/api/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def entry_links(views: Browser, path: str) -> set[str]:
    tree = html.fromstring(views.get(path).text)
    return {str(h) for h in tree.xpath("//main//a/@href") if str(h).startswith("/entries/")}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_link_to_an_entry_opens_one_with_sources(
    page: str, lang: str, views: Browser
) -> None:
    links = entry_links(views, f"/{page}?lang={lang}")
    assert links
    for link in links:
        tree = html.fromstring(views.get(f"{link}?lang={lang}").text)
        assert tree.xpath("count(//blockquote)") >= 1, link


def test_contacts_count_and_lead_to_each_meeting(views: Browser) -> None:
    data = data_of(views, "contacts")
    pairs = {(r["a"]["key"], r["b"]["key"]): r for r in data["rows"]}
    row = pairs["john-kerry", "sergey-lavrov"]
    assert (row["times"], row["meetings"], row["calls"]) == (3, 1, 2)
    people = [ref["key"] for ref in data["people"]]
    assert people[0] == "john-kerry"
    at = people.index("sergey-lavrov")
    assert data["matrix"][0][at]["times"] == 3
    assert data["matrix"][at][0] == data["matrix"][0][at]
    assert data["matrix"][0][0] is None
    pair = data_of(views, "contacts?one=sergey-lavrov&other=john-kerry")
    assert [e["type"] for e in pair["entries"]] == ["MEET", "CALL", "CALL"]
    assert data_of(views, "contacts?one=houthis&other=john-kerry")["pair"] == []


@pytest.mark.parametrize(
    ("question", "times"),
    [("type=CALL", [2]), ("to=2015-08-04", [1]), ("process=yemen", [2]), ("actor=الجبير", [1])],
)
def test_contacts_are_narrowed(question: str, times: list[int], views: Browser) -> None:
    assert [row["times"] for row in data_of(views, f"contacts?{question}")["rows"]] == times
    links = data_of(views, f"contacts/network?{question}")["links"]
    assert [link["times"] for link in links] == times


def test_marks_of_the_network_lead_to_the_contacts(views: Browser) -> None:
    data = data_of(views, "contacts/network?from=2015-08")
    by_pair = {frozenset((link["a"], link["b"])): link for link in data["links"]}
    one = by_pair[frozenset(("john-kerry", "adel-al-jubeir"))]["href"]
    assert one.startswith("/entries/")
    many = by_pair[frozenset(("john-kerry", "sergey-lavrov"))]["href"]
    assert "from=2015-08" in many
    assert len(entry_links(views, many) & entry_links(views, "/timeline?kind=meeting")) == 4
    assert views.get(one).status_code == 200
    assert {node["key"] for node in data["nodes"]} == {
        "john-kerry",
        "sergey-lavrov",
        "adel-al-jubeir",
    }


def test_matrix_leaves_out_who_meets_nobody_in_it(told: Record) -> None:
    found = list_contacts(told, Filters(actor="adel-al-jubeir"))
    people, matrix = make_matrix(found)
    assert len(people) == 2
    assert make_matrix([]) == ((), ())
    assert matrix[0][1] == matrix[1][0]


def test_bars_tell_status_by_date_with_breaches(views: Browser) -> None:
    truce, zone = data_of(views, "ceasefires/bars?lang=en")["bars"]
    (segment,) = truce["segments"]
    assert (segment["first"], segment["last"], segment["open"]) == (
        "2015-08-05",
        "2015-08-12",
        False,
    )
    assert truce["name"] == "Aden: Houthis"
    assert [b["day"] for b in truce["breaches"]] == ["2015-08-06"]
    assert [(s["first"], s["last"], s["status"]) for s in zone["segments"]] == [
        ("2015-08-07", "2015-08-11", "declared"),
        ("2015-08-11", "2015-08-11", "ended"),
    ]
    assert [b["day"] for b in zone["breaches"]] == ["2015-08-08"]
    for bar in (truce, zone):
        for mark in (*bar["segments"], *bar["breaches"]):
            assert views.get(mark["href"]).status_code == 200


def test_map_of_a_day(views: Browser) -> None:
    assert data_of(views, "map")["day"] == "2015-08-08", "the latest day with violence"
    marks = data_of(views, "map/marks?from=2015-08&to=2015-08")
    assert (marks["days"][0], marks["days"][-1]) == ("2015-08-01", "2015-08-31")

    def shown(day: str) -> set[tuple[str, str]]:
        return {(m["layer"], m["place"]) for m in marks["marks"] if m["first"] <= day <= m["last"]}

    assert shown("2015-08-05") == {("truce", "aden")}
    assert shown("2015-08-06") == {("truce", "aden"), ("breach", "aden")}
    assert shown("2015-08-08") == {("truce", "aden"), ("incident", "taiz"), ("zone", "taiz")}
    assert shown("2015-08-14") == set()
    assert marks["places"]["taiz"]["sort"] == "spot"
    assert marks["places"]["taiz"]["lat"] == pytest.approx(13.58, abs=0.1)
    (attack,) = [m for m in marks["marks"] if m["layer"] == "incident"]
    assert attack["killed"] == 7
    listed = data_of(views, "map?day=2015-08-06")
    assert sorted(row["type"] for row in listed["rows"]) == ["CEASEFIRE", "VIOLATION"]
    assert listed["no_day"] == 1, "«in 2015» stands on no day"


def test_map_lists_one_place_and_part_of_the_page(views: Browser) -> None:
    rows = data_of(views, "map?day=2015-08-08&at=taiz")["rows"]
    assert sorted(row["kind"] for row in rows) == ["incident", "zone"]
    part = views.get("/map/day?day=2015-08-08&at=aden")
    tree = html.fragment_fromstring(part.text)
    assert (tree.tag, tree.get("id")) == ("section", "day-list")
    assert len(tree.xpath(".//tbody/tr")) == 1
    every = str(tree.xpath(".//a[@class='unfix']/@href")[0])
    assert every == "/map?day=2015-08-08"
    whole = html.fromstring(views.get(every).text)
    assert len(whole.xpath("//section[@id='day-list']//tbody/tr")) == 3


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/map?from=2010&to=2020", "at most"),
        ("/map?from=2015-08&to=2015-07", "swap"),
        ("/map?day=tuesday", "not a day"),
        ("/positions?issue=weather", "no such issue"),
        ("/commitments?as_of=soon", "not a day"),
        ("/commitments?state=late", "state"),
        ("/contacts?sort=random", "sort"),
    ],
)
def test_bad_questions_say_how_to_mend(path: str, words: str, views: Browser) -> None:
    answer = views.get(path)
    assert answer.status_code == 400
    assert words in html.fromstring(answer.text).text_content()
    assert views.get(f"/api{path}").status_code == 400


def test_positions_tell_change_and_contradiction(views: Browser) -> None:
    data = data_of(views, "positions?issue=nuclear&order=earliest")
    assert [(r["actor"]["key"], r["stance"], r["before"]) for r in data["rows"]] == [
        ("john-kerry", "supports", None),
        ("sergey-lavrov", "opposes", None),
        ("john-kerry", "opposes", "supports"),
    ]
    (clash,) = data["clashes"]
    assert clash["one"]["actors"][0][0]["key"] == "john-kerry"
    assert clash["other"]["actors"][0][0]["key"] == "sergey-lavrov"
    assert (data["issues"], [a["key"] for a in data["actors"]]) == (
        ["nuclear"],
        ["john-kerry", "sergey-lavrov"],
    )
    assert data["matrix"] == [[[1, 1, 0]], [[0, 1, 0]]]
    text = html.fromstring(views.get("/positions?issue=nuclear").text).text_content()
    assert "الاتفاق النووي ناقص" in text


def test_positions_picture_has_actors_on_one_issue_else_issues(views: Browser) -> None:
    issues = data_of(views, "positions/marks")
    assert [lane["key"] for lane in issues["lanes"]] == ["nuclear"]
    actors = data_of(views, "positions/marks?issue=nuclear&stance=opposes&lang=en")
    assert {lane["name"] for lane in actors["lanes"]} == {"John Kerry", "Sergey Lavrov"}
    assert {mark["stance"] for mark in actors["marks"]} == {"opposes"}
    assert views.get(actors["marks"][0]["href"]).status_code == 200


def test_commitments_are_a_due_list(views: Browser) -> None:
    data = data_of(views, "commitments")
    assert data["present"] == "2015-08-13"
    assert [(r["due"], r["state"]) for r in data["rows"]] == [
        ("2015-08-15", "due"),
        ("2015-08-01", "overdue"),
        (None, "undated"),
    ]
    assert data["states"] == {"due": 1, "open": 0, "overdue": 1, "undated": 1}
    later = data_of(views, "commitments?as_of=2015-09-01&state=overdue")
    assert [r["due"] for r in later["rows"]] == ["2015-08-15", "2015-08-01"], "the latest first"
    second = data_of(views, "commitments?page=2&size=2")
    assert [r["state"] for r in second["rows"]] == ["undated"]


@pytest.mark.parametrize("page", PAGES)
def test_a_question_without_an_answer_says_so(page: str, views: Browser) -> None:
    tree = html.fromstring(views.get(f"/{page}?process=nothing-of-this-name").text)
    assert tree.xpath("//p[contains(@class, 'empty')]")
    assert not tree.xpath("//*[@data-chart]")


@pytest.mark.parametrize("page", ["contacts", "ceasefires", "map", "positions"])
def test_pictures_ask_what_the_page_was_asked(page: str, views: Browser) -> None:
    tree = html.fromstring(views.get(f"/{page}?from=2015-08&to=2015-08").text)
    source = str(tree.xpath("//*[@data-chart]/@data-source")[0])
    assert source.endswith("?from=2015-08&to=2015-08")
    assert views.get(source).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_hostile_words_stay_text(page: str, browser: Browser) -> None:
    """Of names in the record, and of questions."""
    for lang in ("ar", "en"):
        for question in ({}, {"actor": SCRIPT}, {"place": IMAGE}, {"process": SCRIPT}):
            shown = browser.get(f"/{page}", params={"lang": lang, **question}).text
            assert SCRIPT not in shown
            assert "<img" not in shown
    if page == "commitments":
        tree = html.fromstring(browser.get(f"/{page}").text)
        assert SCRIPT in tree.text_content(), "the hostile name was not shown at all"
