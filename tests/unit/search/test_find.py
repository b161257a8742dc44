"""Searching, the same on both stores: what is found, narrowed, counted, and where it stands."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from made_readings import meeting
from search_articles import ARTICLES
from sqlalchemy import delete, select, update

from mahdar.errors import QueryError, SettingError
from mahdar.search import SearchFilters, complete_index, index_is_complete, search
from mahdar.store import Record, add_readings, prepare_reading, tables
from mahdar.store.indexing import NOTE, write_index


def found(record: Record, query: str, **filters: Any) -> set[str]:
    page = search(record, query, SearchFilters(**filters))
    assert page.total == len(page.hits)
    return {hit.article for hit in page.hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("هدنة", {"truce", "signs"}),
        ("الهدنه", {"truce", "signs"}),
        ("هدنة تعز", {"truce"}),
        ("هدنة AND تعز", {"truce"}),
        ("تعز | الدوحة", {"truce", "meeting", "again"}),
        ("تعز أو الدوحة", {"truce", "meeting", "again"}),
        ("الدوحة -الجبير", {"again"}),
        ("الدوحة NOT (الجبير | نظيره)", set()),
        ("(تعز | الدوحة) لافروف", {"meeting", "again"}),
        ('"وقف إطلاق النار"', {"truce"}),
        ("«وقف اطلاق النار»", {"truce"}),
        ('"إطلاق وقف"', set()),
        ("وقف", {"truce", "again"}),
        ("مسؤول", {"truce"}),
        ("قرار", {"meeting"}),
        ("مفاوض*", {"meeting"}),
        ("الهدن*", {"truce", "signs"}),
        ("=مفاوضات", {"meeting"}),
        ("=مفاوضة", set()),
        ('="وقف إطلاق النار"', {"truce"}),
        ("الحسن", {"names"}),
        ("محاسن", set()),
        ("سليم", set()),
        ("25", {"names"}),
        ("nato", {"names"}),
        ("jose", {"names"}),
        ("كبيرة", {"signs"}),
        ("في الدوحة", {"meeting", "again"}),
        ("أسماء", {"names"}),
        ("Lavrov", {"meeting", "again"}),
        ("John | Taiz", {"truce", "meeting", "again"}),
        ('"John Kerry" Doha', {"meeting", "again"}),
        ('"Kerry John"', set()),
    ],
)
def test_articles_found(shared: Record, query: str, expected: set[str]) -> None:
    assert found(shared, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "'; DROP TABLE articles; --",
        "\\' OR 1=1",
        "stem:هدنة",
        "title : x",
        "NEAR(هدنة تعز)",
        "هدنة^2",
        "a:*B",
        "!هدنة",
        "هدنة <-> تعز",
        "\x00هدنة",
        "{title} : هدنة",
        "هدنة + تعز",
        "%_",
        "هدنة:A",
        "\ud800",
    ],
)
def test_nothing_typed_reaches_the_database_as_orders(shared: Record, query: str) -> None:
    with suppress(QueryError):
        search(shared, query)
    assert shared.counts()["articles"] == len(ARTICLES)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, set(ARTICLES)),
        ({"publisher": "OKAZ"}, {"meeting", "names"}),
        ({"agency": "Reuters"}, {"meeting"}),
        ({"agency": "رويترز"}, {"meeting"}),
        ({"agency": "nobody"}, set()),
        ({"actor": "الجبير"}, {"truce"}),
        ({"actor": "Sergey Lavrov"}, {"meeting", "again"}),
        ({"actor": "nobody at all"}, set()),
        ({"place": "doha"}, {"meeting", "again"}),
        ({"process": "yemen"}, {"truce"}),
        ({"type": "meet"}, {"meeting", "again"}),
        ({"since": "2015-08-04"}, {"again", "names", "signs"}),
        ({"until": "2015-07"}, {"truce"}),
        ({"since": "2015-08-03", "until": "2015-08-03"}, {"meeting"}),
        ({"since": "2016"}, set()),
    ],
    ids=lambda v: str(v) if isinstance(v, dict) else "",
)
def test_articles_narrowed(shared: Record, filters: dict[str, str], expected: set[str]) -> None:
    assert found(shared, "", **filters) == expected


def test_names_lead_to_what_the_text_has_for_them(shared: Record) -> None:
    for kind, publisher, article in (("article", "sabq", "again"), ("entry", "okaz", "meeting")):
        filters = SearchFilters(kind=kind, publisher=publisher)  # type: ignore[arg-type]
        (hit,) = search(shared, "Lavrov Kerry", filters).hits
        assert hit.article == article
        text = ARTICLES[article].article.text
        found = {text[m.start : m.end] for s in hit.snippets for m in s.marks}
        assert found == {"كيري", "لافروف"}


def test_statements(shared: Record) -> None:
    (hit,) = search(shared, "هدنة", SearchFilters(kind="statement")).hits
    text = ARTICLES["truce"].article.text
    assert (hit.article, hit.type, hit.day) == ("truce", "pledge", "2015-07-25")
    assert [named.key for named in hit.who] == ["adel-al-jubeir"]
    marked = [text[m.start : m.end] for s in hit.snippets for m in s.marks]
    assert marked == ["الهدنة", "وبالهدنة"]
    assert found(shared, "هدنة", kind="statement", type="deny") == set()
    assert found(shared, "هدنة", kind="statement", actor="adel-al-jubeir") == {"truce"}
    assert found(shared, "هدنة", kind="statement", actor="john-kerry") == set()
    assert found(shared, "هدنة", kind="statement", process="yemen") == {"truce"}
    assert found(shared, "مفاوضات", kind="statement") == set()


def test_an_entry_is_found_in_any_of_its_sources(shared: Record) -> None:
    both = search(shared, "كيري لافروف", SearchFilters(kind="entry"))
    assert both.total == 1
    for query, article in (("مفاوضات", "meeting"), ("القتالية", "again")):
        (hit,) = search(shared, query, SearchFilters(kind="entry")).hits
        assert hit.id == hit.entry == both.hits[0].id
        assert (hit.type, hit.article, hit.day) == ("MEET", article, "2015-08-03")
        assert {named.key for named in hit.who} == {"john-kerry", "sergey-lavrov"}
    assert found(shared, "كيري", kind="entry", type="meeting") == {both.hits[0].article}
    assert found(shared, "كيري", kind="entry", place="doha") == {both.hits[0].article}
    assert found(shared, "كيري", kind="entry", place="taiz") == set()
    assert found(shared, "", kind="entry", process="yemen") == {"truce"}
    assert found(shared, "كيري", kind="entry", publisher="okaz") == {"meeting"}


def test_the_very_form_and_titles_come_first(shared: Record) -> None:
    assert search(shared, "يلتقي").hits[0].article == "again"
    assert search(shared, "هدنة").hits[0].article == "truce"
    newest = search(shared, "هدنة", SearchFilters(newest=True)).hits
    assert [hit.article for hit in newest] == ["signs", "truce"]
    everything = search(shared, "")
    assert [hit.article for hit in everything.hits] == list(reversed(ARTICLES))


def test_pages_follow_each_other(shared: Record) -> None:
    whole = search(shared, "الدوحة | هدنة | الحسن")
    assert whole.total == 5
    parts = [search(shared, "الدوحة | هدنة | الحسن", limit=2, offset=at) for at in (0, 2, 4, 6)]
    assert [len(part.hits) for part in parts] == [2, 2, 1, 0]
    assert [h.id for part in parts for h in part.hits] == [h.id for h in whole.hits]
    assert {part.total for part in parts} == {5}


def test_facets_count_all_results(shared: Record) -> None:
    facets = search(shared, "الدوحة | هدنة", limit=1, facets=True).facets
    assert facets is not None
    assert facets.publishers == (("sabq", 2), ("aawsat", 1), ("okaz", 1))
    assert facets.months == (("2015-07", 1), ("2015-08", 3))
    assert facets.processes == (("yemen", 1),)
    assert facets.kinds == (("article", 4), ("statement", 1), ("entry", 3))
    for kind in ("statement", "entry"):
        page = search(shared, "الدوحة | هدنة", SearchFilters(kind=kind), facets=True)  # type: ignore[arg-type]
        assert page.facets is not None
        assert page.facets.kinds == facets.kinds
        assert page.facets.processes == (("yemen", 1),)
    assert search(shared, "هدنة").facets is None


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 1001}, "limit"),
        ({"offset": -1}, "offset"),
        ({"filters": SearchFilters(since="yesterday")}, "--from"),
        ({"filters": SearchFilters(until="soon")}, "--to"),
    ],
    ids=["none", "many", "offset", "from", "to"],
)
def test_what_is_out_of_range_is_named(
    shared: Record, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(SettingError, match=rf"{problem}.*Mend"):
        search(shared, "هدنة", **arguments)


def ids(record: Record, query: str, **filters: Any) -> list[tuple[str, Any]]:
    hits = search(record, query, SearchFilters(**filters)).hits
    return [(hit.id, hit.snippets) for hit in hits]


def rows(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the index tables hold, but for numbers given on the way."""
    s, p, t = tables.search_claims.c, tables.search_passages.c, tables.articles.c
    with record.reading() as connection:
        return {
            "articles": sorted(map(tuple, connection.execute(select(tables.search_articles)))),
            "claims": sorted(
                (row.claim, row.kind, row.first_day, str(row.pieces), row.name)
                for row in connection.execute(
                    select(s.claim, s.kind, s.first_day, p.pieces, t.name).select_from(
                        tables.search_claims.join(tables.search_passages).join(tables.articles)
                    )
                )
            ),
        }


def test_a_record_without_index_gets_one_with_the_first_search(record: Record) -> None:
    kept, before = rows(record), ids(record, "هدنة")
    with record.writing() as connection:
        connection.execute(
            update(tables.meta).where(tables.meta.c.key == NOTE).values(value="other rules")
        )
    assert not index_is_complete(record)
    add_readings(record, [prepare_reading(meeting("okaz", "التقى كيري لافروف في جنيف."))])
    told: list[tuple[int, int]] = []
    assert search(record, "جنيف", on_progress=lambda *at: told.append(at)).total == 1
    assert told == [(6, 6)]
    assert sorted(ids(record, "هدنة")) == sorted(before)
    assert [row for row in rows(record)["claims"] if row in kept["claims"]] == kept["claims"]
    assert index_is_complete(record)
    assert complete_index(record) == 0


def test_what_is_not_in_the_index_is_added(record: Record) -> None:
    with record.writing() as connection:
        connection.execute(delete(tables.meta).where(tables.meta.c.key == NOTE))
        connection.execute(
            delete(tables.search_articles).where(tables.search_articles.c.article_id == 1)
        )
    assert not index_is_complete(record)


def test_building_anew_changes_nothing(record: Record) -> None:
    before = [ids(record, "هدنة"), ids(record, "كيري", kind="entry")]
    kept = rows(record)
    assert complete_index(record, anew=True) == len(ARTICLES)
    assert rows(record) == kept
    after = [ids(record, "هدنة"), ids(record, "كيري", kind="entry")]
    assert after == before


def test_reading_again_replaces_passages(record: Record) -> None:
    other = ARTICLES["meeting"]
    bare = prepare_reading(
        type(other)(other.article, "test 2", other.anchor, sentences=other.sentences)
    )
    add_readings(record, [bare])
    assert found(record, "مفاوضات") == {"meeting"}
    assert found(record, "مفاوضات", kind="entry") == set()
    add_readings(record, [prepare_reading(other)], reread=True)
    assert search(record, "مفاوضات", SearchFilters(kind="entry")).total == 1
    add_readings(record, [prepare_reading(other)] * 2, reread=True)
    assert search(record, "مفاوضات", SearchFilters(kind="entry")).total == 1


def test_index_and_reading_are_kept_together_or_not_at_all(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_and_fail(*arguments: Any) -> None:
        write_index(*arguments)
        raise RuntimeError("the power went off")

    kept = rows(record)
    monkeypatch.setattr("mahdar.store.write.write_index", write_and_fail)
    with pytest.raises(RuntimeError):
        add_readings(record, [prepare_reading(meeting("okaz", "التقى كيري لافروف في جنيف."))])
    monkeypatch.undo()
    assert rows(record) == kept
    assert record.counts()["articles"] == len(ARTICLES)
    assert found(record, "جنيف") == set()
    add_readings(record, [prepare_reading(meeting("okaz", "التقى كيري لافروف في جنيف."))])
    assert search(record, "جنيف").total == 1
    assert index_is_complete(record)
