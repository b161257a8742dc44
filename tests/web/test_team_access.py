"""What a person does not work on is not there for them: on no page, in no answer, search or export."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from team import (
    HIDDEN,
    MIXED,
    PASSWORD,
    PLAIN,
    SYRIA,
    YEMEN,
    Member,
    api_routes,
    make_team_app,
    make_team_record,
    sign_in,
)

from mahdar.judgements import Judgement
from mahdar.search import SearchFilters, search
from mahdar.store import Record, judge, tables, teamtables
from mahdar.views import Filters
from mahdar.views.articles import list_articles
from mahdar.web.errors import WebError
from mahdar.web.team.access import OPEN, VIEWS, Access, RestrictedRecord
from mahdar.web.team.users import add_user, set_access, set_named


@dataclass
class Place:
    """A team's workbench, and what only Syria has in it."""

    app: FastAPI
    record: Record
    sha: list[str]
    entries: list[str]
    claims: list[str]


def hidden_things(record: Record) -> tuple[list[str], list[str], list[str]]:
    """Return hashes, entries and claims of Syria's articles."""
    with record.reading() as connection:
        t, c, behind = tables.articles.c, tables.claims.c, tables.entry_claims.c
        rows = connection.execute(select(t.id, t.sha256).where(t.text.contains(HIDDEN[0]))).all()
        claims = connection.scalars(
            select(c.uid).where(c.article_id.in_([row.id for row in rows]))
        ).all()
        entries = connection.scalars(
            select(behind.entry).where(behind.claim.in_(claims)).distinct()
        ).all()
    assert len(rows) == 2
    assert len(claims) > 6
    assert len(entries) > 3
    return [row.sha256 for row in rows], list(entries), list(claims)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder: Path = tmp_path_factory.mktemp("access")
    with make_team_record(folder / "talks.db") as record:
        sha, entries, claims = hidden_things(record)
        judge(record, Judgement("comment", "claim", claims[0], "salma", "سر سمندل"))
        judge(record, Judgement("accept", "entry", entries[0], "salma", "سر سمندل"))
        judge(record, Judgement("rate", "source", "صحيفة سمندل", "salma", "", {"reliability": "B"}))
        yield Place(make_team_app(record, folder / "inbox"), record, sha, entries, claims)


def addresses(place: Place) -> Iterator[str]:
    """Yield every address that can be asked for, about Syria where one can ask about something."""
    values = {
        "sha256": place.sha,
        "entry_id": place.entries[:3],
        "key:path": ["nizar", "tall"],
        "uid": place.claims[:3],
        "key": ["nizar"],
    }
    for route in api_routes(place.app):
        if "GET" not in route.methods or route.path in ("/login", "/password", "/users", "/audit"):
            continue
        name = re.search(r"\{([^}]*)\}", route.path)
        for value in values.get(name[1], ["x"]) if name else [""]:
            path = re.sub(r"\{[^}]*\}", value, route.path)
            if not path.endswith("/events"):
                yield path
    for question in (
        f"process={SYRIA}",
        "actor=nizar",
        "place=tall",
        "publisher=صحيفة سمندل",
        "as_of=2015-08-05",
    ):
        for page in ("timeline", "statements", "articles", "review", "contacts", "ceasefires", "positions",
                     "commitments", "agreements", "talks", "sources?show=copies&", "export", "api/timeline",
                     "api/timeline/lanes", "home", "map"):  # fmt: skip
            yield f"/api/{page.removeprefix('api/')}{'' if '?' in page else '?'}{question}"


def leaks(text: str, place: Place) -> list[str]:
    return [word for word in (*HIDDEN, *place.entries, *place.claims, *place.sha) if word in text]


def test_nothing_of_another_process_on_any_page(place: Place) -> None:
    reader, admin = sign_in(place.app, "reader"), sign_in(place.app, "admin")
    shown: set[str] = set()
    for path in addresses(place):
        asked = path.replace(
            "صحيفة سمندل", "%D8%B5%D8%AD%D9%8A%D9%81%D8%A9%20%D8%B3%D9%85%D9%86%D8%AF%D9%84"
        )
        answer = reader.get(asked)
        assert answer.status_code < 500, f"{path}: {answer.text[-300:]}"
        told = answer.text.replace("صحيفة سمندل", "") if "publisher=" in path else answer.text
        for value in (*place.sha, *place.entries, *place.claims):
            if value in path:  # an answer may repeat what it was asked
                told = told.replace(value, "")
        assert not leaks(told, place), path
        assert MIXED not in answer.text, path
        if any(
            f"/{value}" in path
            for value in (*place.sha, *place.entries, *place.claims, "nizar", "tall")
        ):
            assert answer.status_code in (403, 404), path
        if leaks(admin.get(asked).text, place):
            shown.add(path.partition("?")[0])
    assert len(shown) > 25  # the same questions show it to who works on it


def test_own_process_is_shown(place: Place) -> None:
    reader = sign_in(place.app, "reader")
    for path in ("/timeline", "/articles", "/statements", "/actors", "/commitments", "/ceasefires"):
        assert "هدهد" in reader.get(path, params={"lang": "ar"}).text or path == "/articles"
    assert PLAIN in reader.get("/articles").text


@pytest.mark.parametrize("kind", ["article", "statement", "entry"])
@pytest.mark.parametrize("q", ["سمندل", '"نزار سمندل"', "هدنة", "كركدن", "-تعز سمندل"])
def test_search_finds_counts_and_divides_only_ones_own(kind: str, q: str, place: Place) -> None:
    reader, admin = sign_in(place.app, "reader"), sign_in(place.app, "admin")
    asked = {"q": q, "kind": kind}
    mine, all_ = (who.get("/api/search", params=asked).json() for who in (reader, admin))
    assert not leaks(str(mine).replace(q, ""), place)
    if q != "هدنة":
        assert mine["pager"]["total"] == 0
    if kind == "article":
        assert all_["pager"]["total"] > mine["pager"]["total"]
    assert SYRIA not in str(mine["found"])


def test_choices_name_no_other_process(place: Place) -> None:
    text = sign_in(place.app, "reader").get("/timeline").text
    assert YEMEN in text
    assert SYRIA not in text
    assert SYRIA in sign_in(place.app, "admin").get("/timeline").text


def test_judging_needs_what_one_sees(place: Place) -> None:
    reviewer = sign_in(place.app, "reviewer")
    seen = reviewer.get("/api/timeline").json()["rows"][0]["id"]
    forms = [
        {"action": "accept", "kind": "entry", "subject": place.entries[0]},
        {"action": "reject", "kind": "claim", "subject": place.claims[0], "reason": "r"},
        {"action": "comment", "kind": "actor", "subject": "nizar", "reason": "r"},
        {"action": "undo", "kind": "judgement", "subject": "1"},
        {"action": "same", "kind": "entry", "subject": seen, "with": place.entries[0]},
    ]
    before = len(reviewer_log(place))
    for form in forms:
        assert reviewer.post("/judgements", form).status_code == 404, form
    api = {
        "action": "rate",
        "kind": "source",
        "subject": "صحيفة سمندل",
        "detail": '{"reliability": "E"}',
    }
    assert reviewer.post("/api/judgements", api).status_code == 404
    assert (
        reviewer.post("/ratings", {"source": "صحيفة سمندل", "reliability": "E"}).status_code == 404
    )
    assert reviewer.post("/markings", {"entry": place.entries[0], "tlp": "RED"}).status_code == 404
    assert len(reviewer_log(place)) == before
    assert (
        reviewer.post(
            "/judgements", {"action": "accept", "kind": "entry", "subject": seen}
        ).status_code
        == 303
    )
    assert reviewer_log(place)[-1] == "reviewer"  # signed with the name of who is signed in


def reviewer_log(place: Place) -> list[str]:
    j = tables.judgements.c
    with place.record.reading() as connection:
        return list(connection.scalars(select(j.who).order_by(j.seq)))


def test_jobs_are_seen_by_who_brought_them(place: Place) -> None:
    analyst, reviewer = sign_in(place.app, "analyst"), sign_in(place.app, "reviewer")
    analyst.post("/ingest/files", files={"files": ("secret-name.exe", io.BytesIO(b"x"))})
    (job,) = analyst.get("/api/ingest").json()["jobs"]
    assert "secret-name" in analyst.get("/ingest").text
    assert "secret-name" not in reviewer.get("/ingest").text
    for path in (f"/api/ingest/{job['job']['id']}", f"/ingest/{job['job']['id']}/row"):
        assert reviewer.get(path).status_code == 404
        assert analyst.get(path).status_code == 200
    assert reviewer.post(f"/ingest/{job['job']['id']}/stop").status_code == 404
    assert "secret-name" in sign_in(place.app, "admin").get("/ingest").text


def test_an_export_holds_only_ones_own(place: Place) -> None:
    import time

    made = {}
    for name in ("reader", "admin"):
        member = sign_in(place.app, name)
        assert member.post("/export", {"format": "csv", "labels": "en"}).status_code == 303
        for _ in range(240):
            (export,) = member.get("/api/export").json()["exports"]
            if export["state"] != "running":
                break
            time.sleep(0.25)
        assert export["state"] == "done", export
        packed = zipfile.ZipFile(io.BytesIO(member.get(f"/export/{export['id']}/download").content))
        made[name] = "".join(packed.read(each).decode("utf-8-sig") for each in packed.namelist())
        other = sign_in(place.app, "reviewer")
        assert other.get(f"/export/{export['id']}/download").status_code == 404
    assert not leaks(made["reader"], place)
    assert "Hudhud" in made["reader"]
    assert leaks(made["admin"], place)


def test_a_brief_holds_only_ones_own(place: Place) -> None:
    import time

    told = {}
    for name in ("analyst", "admin"):
        member = sign_in(place.app, name)
        form = {"format": "brief", "labels": "ar", "from": "2015-08-01", "to": "2015-08-31"}
        assert member.post("/export", form).status_code == 303
        for _ in range(240):
            page = member.get("/api/brief").text
            if '"state":"running"' not in page:
                break
            time.sleep(0.25)
        assert '"state":"done"' in page, page[:800]
        told[name] = page
    assert not leaks(told["analyst"], place)
    assert "هدهد" in told["analyst"]
    assert leaks(told["admin"], place)


def test_workers_open_the_record_in_one_place() -> None:
    """What makes exports and briefs opens the record as who asked may see it, and in no other way."""
    from mahdar.web import export_worker

    assert Path(export_worker.__file__).read_text(encoding="utf-8").count("open_record(") == 1


def test_every_table_is_before_a_view() -> None:
    """A table that somebody adds must get a condition, or be named as open."""
    assert set(VIEWS) | OPEN == set(teamtables.audit.metadata.tables)


def test_the_same_on_both_stores(record_url: str, tmp_path: Path) -> None:
    with make_team_record(record_url) as record:
        expected = {
            (YEMEN,): (1, 0),
            (YEMEN, "-"): (2, 0),
            (SYRIA,): (2, 2),
            (YEMEN, SYRIA): (4, 2),
            ("*",): (5, 2),
            (): (0, 0),
        }
        for processes, (articles, found) in expected.items():
            with RestrictedRecord(record, Access("x", frozenset(processes), "AMBER")) as mine:
                assert mine.counts()["articles"] == articles, processes
                assert search(mine, "سمندل", SearchFilters(), facets=True).total == found
                assert (mine.counts()["entries"] == 0) == (not articles)
                with pytest.raises(WebError), mine.writing():
                    pass
        app = make_team_app(record, tmp_path / "inbox")
        reader = sign_in(app, "reader")
        for route in api_routes(app):
            if "GET" in route.methods and "{" not in route.path:
                answer = reader.get(route.path, params={"q": "هدنة"})
                assert answer.status_code < 500, f"{route.path}: {answer.text[-400:]}"
                assert HIDDEN[0] not in answer.text
        app.state.house.team.rooms.close()


def test_who_works_on_everything_still_misses_what_is_marked_above_them(record_url: str) -> None:
    """Nothing is listed for them while nothing is marked; a mark must end that at their next question."""
    with make_team_record(record_url) as record:
        sha, other = sorted(row.sha256 for row in list_articles(record).rows)[:2]
        add_user(record, "amal", PASSWORD)
        with RestrictedRecord(record, Access("x", frozenset({"*"}), "AMBER")) as mine:

            def mark(article: str, tlp: str | None) -> set[str]:
                judge(record, Judgement("mark", "article", article, "salma", "so", {"tlp": tlp}))
                return {row.sha256 for row in list_articles(mine).rows}

            every = {row.sha256 for row in list_articles(mine).rows}
            assert len(every) == 5
            assert mark(other, "GREEN") == every
            assert mark(sha, "RED") == every - {sha}
            assert mine.counts()["claims"] < record.counts()["claims"]
            assert mark(sha, None) == every
            with mine.reading() as connection:
                assert connection.execute(select(teamtables.users)).first() is None


def test_what_comes_in_later_is_worked_out(record_url: str) -> None:
    from made_readings import make_reading

    from mahdar.store import add_readings, consolidate_record, prepare_reading

    with (
        make_team_record(record_url) as record,
        RestrictedRecord(record, Access("x", frozenset({YEMEN}), "AMBER")) as mine,
    ):
        assert mine.counts()["articles"] == 1
        for process, words in ((YEMEN, "جديد اليمن"), (SYRIA, "جديد سوريا")):
            event = {
                "type": "VISIT",
                "trigger": "زار كيري",
                "who": ("john-kerry",),
                "place": "aden",
                "processes": (process,),
            }
            reading = make_reading(f"{words}\n\nزار كيري عدن.", events=[event])
            add_readings(record, [prepare_reading(reading)])
            consolidate_record(record)
        assert [row.title for row in list_articles(mine).rows].count("جديد سوريا") == 0
        assert mine.counts()["articles"] == 2


@pytest.fixture
def marked(tmp_path: Path) -> Iterator[Record]:
    with make_team_record(tmp_path / "talks.db") as record:
        yield record


def one_of(record: Record, kind: str) -> str:
    with record.reading() as connection:
        c, t, p = tables.claims.c, tables.articles.c, tables.entry_processes.c
        article = connection.execute(select(t.id, t.sha256).where(t.text.contains("هدهد"))).one()
        if kind == "article":
            return str(article.sha256)
        if kind == "process":
            return YEMEN
        if kind == "claim":
            return str(connection.scalar(select(c.uid).where(c.article_id == article.id)))
        return str(connection.scalar(select(p.entry).where(p.process == YEMEN)))


@pytest.mark.parametrize("kind", ["claim", "entry", "article", "process"])
@pytest.mark.parametrize(
    ("mark", "clearance", "seen"),
    [
        ("GREEN", "AMBER", True),
        ("AMBER", "AMBER", True),
        ("AMBER", "GREEN", False),
        ("AMBER+STRICT", "AMBER", False),
        ("AMBER+STRICT", "AMBER+STRICT", True),
        ("RED", "AMBER+STRICT", False),
    ],
)
def test_markings(kind: str, mark: str, clearance: str, seen: bool, marked: Record) -> None:
    subject = one_of(marked, kind)
    with RestrictedRecord(marked, Access("x", frozenset({YEMEN}), clearance)) as mine:
        assert mine.counts()["articles"] == 1
        judge(marked, Judgement("mark", kind, subject, "salma", "", {"tlp": mark}))
        assert mine.counts()["articles"] == int(seen)
        assert (mine.counts()["entries"] > 0) is seen
        assert (mine.counts()["actors"] > 0) is seen
        judge(marked, Judgement("mark", kind, subject, "salma", "", {"tlp": None}))
        assert mine.counts()["articles"] == 1
    named = frozenset({(kind, subject)})
    judge(marked, Judgement("mark", kind, subject, "salma", "", {"tlp": "RED"}))
    with RestrictedRecord(marked, Access("y", frozenset({YEMEN}), "AMBER+STRICT", named)) as mine:
        assert mine.counts()["articles"] == 1


def test_red_is_for_who_marks_and_who_is_named(marked: Record, tmp_path: Path) -> None:
    app = make_team_app(marked, tmp_path / "inbox")
    reviewer, admin = sign_in(app, "reviewer"), sign_in(app, "admin")
    entry = one_of(marked, "entry")
    assert reviewer.post("/markings", {"entry": entry, "tlp": "RED"}).status_code == 303
    assert reviewer.get(f"/entries/{entry}").status_code == 200
    assert admin.get(f"/entries/{entry}").status_code == 404
    set_named(marked, "admin", "entry", entry)
    assert admin.get(f"/entries/{entry}").status_code == 200
    set_named(marked, "admin", "entry", entry, False)
    assert admin.get(f"/entries/{entry}").status_code == 404


def test_changed_rights_hold_at_once(marked: Record, tmp_path: Path) -> None:
    add_user(marked, "guest", PASSWORD)
    member = Member(make_team_app(marked, tmp_path / "inbox"))
    member.sign_in("guest")

    def total() -> int:
        return int(member.get("/api/articles").json()["pager"]["total"])

    assert total() == 0
    set_access(marked, "guest", processes=[SYRIA])
    assert total() == 2
    set_access(marked, "guest", processes=[])
    assert total() == 0


def test_filters_reach_no_further(marked: Record) -> None:
    with RestrictedRecord(marked, Access("x", frozenset({YEMEN}), "AMBER")) as mine:
        from mahdar.views.browse import browse_entries

        assert browse_entries(mine, ("event",), Filters(actor="Samandal")).total == 0
        assert browse_entries(mine, ("event",), Filters(process=SYRIA)).total == 0
