"""Search on any text: marks are whole words of it, both stores find what reading word by word finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_readings import make_reading

from mahdar.errors import QueryError
from mahdar.search import search
from mahdar.search.matching import find_marks, make_snippets
from mahdar.search.query import All, Node, Term, parse_query
from mahdar.store import Record, add_readings, create_record, prepare_reading
from mahdar.store.analysis import IndexWords, analyze_text
from mahdar.text.stems import fold_word

WORDS = (
    *("هدنة", "الهدنة", "وبالهُدنة", "هدنتهم", "اتفاق", "لاتفاق", "الاتفاقات", "وقف", "إطلاق"),
    *("النار", "تعز", "بتعز", "الحسن", "الحسين", "في", "ﻫﺪﻧﺔ", "مسئول", "مسؤولين", "2015", "٢٠١٥"),
    *("NATO", "José", "،", "«", "»", ".", "\u200f", "ـ", "'", '"', "\\", "3/8/2015", "1,200"),
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
asked_words = st.sampled_from([w for w in WORDS if w[0].isalnum()])
queries = st.recursive(
    asked_words
    | asked_words.map(lambda w: f"={w}")
    | st.lists(asked_words, min_size=2, max_size=3).map(lambda ws: '"' + " ".join(ws) + '"')
    | st.sampled_from(["هدن*", "ات*", "ال*", "20*"]),
    lambda inner: st.tuples(inner, st.sampled_from([" ", " | ", " -"]), inner).map(
        lambda parts: f"({''.join(parts)})"
    ),
    max_leaves=5,
)
anything = st.text(max_size=40) | st.text(alphabet="()|&-=*\"«»“”\\' أوهدنةab12\x00ـ", max_size=25)


def holds(words: IndexWords, node: Node) -> bool:
    """Tell whether words answer a query, by walking over them."""
    if isinstance(node, Term):
        return bool(find_marks(words, node))
    if isinstance(node, All):
        return all(holds(words, n) for n in node.parts) and not any(
            holds(words, n) for n in node.without
        )
    return any(holds(words, n) for n in node.parts)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def open_for_more(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    if request.param == "sqlite":
        name = str(tmp_path_factory.mktemp("search") / "talks.db")
    else:
        name = request.getfixturevalue("postgres_server").make_database()
    with create_record(name) as made:
        yield made


def problem_of(query: str) -> QueryError | None:
    try:
        parse_query(query)
    except QueryError as error:
        return error
    return None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, min_size=1, max_size=4), st.lists(queries, min_size=4, max_size=8))
def test_what_is_found_is_what_stands_there(
    open_for_more: Record, written: list[str], asked: list[str]
) -> None:
    readings = [make_reading(f"x {text}", publisher=f"p{n}") for n, text in enumerate(written)]
    add_readings(open_for_more, [prepare_reading(reading) for reading in readings])
    for query in asked:
        try:
            tree = parse_query(query)
        except QueryError:
            continue
        assert tree is not None
        found = {hit.sha256 for hit in search(open_for_more, query, limit=1000).hits}
        for reading in readings:
            words = analyze_text(reading.article.text)
            assert (reading.article.sha256 in found) == holds(words, tree), query


@given(texts, queries)
def test_marks_are_whole_words(text: str, query: str) -> None:
    try:
        tree = parse_query(query)
    except QueryError:
        return
    assert tree is not None
    words = analyze_text(text)
    starts, ends = set(words.start), set(words.end)
    marks = find_marks(words, tree)
    for span, _ in marks:
        assert span.start in starts
        assert span.end in ends
    for snippet in make_snippets(text, words, marks, [], chars=20):
        assert snippet.text == text[snippet.start : snippet.end]


@given(anything)
def test_any_query_is_understood_or_named(query: str) -> None:
    error = problem_of(query)
    if error is not None:
        assert 0 <= error.at <= len(query)
        assert "Mend" in str(error)


@given(st.text(max_size=30))
def test_folding_is_idempotent_and_analysis_keeps_places(text: str) -> None:
    words = analyze_text(text)
    for start, end, exact in zip(words.start, words.end, words.exact, strict=True):
        assert 0 <= start < end <= len(text)
        assert fold_word(exact) == exact
        assert exact.isalnum() or not exact.isascii()
    assert list(words.start) == sorted(words.start)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything)
def test_nothing_typed_breaks_the_database(open_for_more: Record, query: str) -> None:
    try:
        search(open_for_more, query)
    except QueryError:
        return
