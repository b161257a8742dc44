"""The language of queries: what is understood, and how what is not is named."""

from __future__ import annotations

import pickle

import pytest

from mahdar.errors import QueryError, SettingError
from mahdar.search.engines import write_fts, write_tsquery
from mahdar.search.query import Any as Some
from mahdar.search.query import Node, Term, iter_terms, parse_query


def show(node: Node | None) -> str:
    """Return a tree in a few signs: phrases joined by «_», ``=`` and ``*`` for the form."""
    if node is None:
        return ""
    if isinstance(node, Term):
        sign = {"any": "", "exact": "=", "prefix": ""}[node.form]
        return sign + "_".join(node.exact) + ("*" if node.form == "prefix" else "")
    if isinstance(node, Some):
        return "(" + " | ".join(map(show, node.parts)) + ")"
    return "(" + " ".join([*map(show, node.parts), *(f"-{show(n)}" for n in node.without)]) + ")"


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", ""),
        ("   \n", ""),
        ("هدنة", "هدنه"),
        ("a b", "(a b)"),
        ("a AND b & c", "(a b c)"),
        ("a OR b | c", "(a | b | c)"),
        ("هدنة أو اتفاق", "(هدنه | اتفاق)"),
        ("a b | c d", "((a b) | (c d))"),
        ("a (b | c)", "(a (b | c))"),
        ("a -b", "(a -b)"),
        ("a NOT b -c", "(a -b -c)"),
        ("a & -b", "(a -b)"),
        ("-(a b) c", "(c -(a b))"),
        ('"a b" c', "(a_b c)"),
        ("«a b»", "a_b"),
        ("“a b”", "a_b"),
        ("„a b“", "a_b"),
        ('-"a b" c', "(c -a_b)"),
        ("ab*", "ab*"),
        ("=a", "=a"),
        ('="a b"', "=a_b"),
        ("S-300", "s_300"),
        ("جنيف3", "جنيف_3"),
        ("1,200", "1200"),
        ("3/8/2015", "3_8_2015"),
        ("جنيف - اليمن", "(جنيف اليمن)"),
        ('a "..." b', "(a b)"),
        ("في اليمن", "اليمن"),
        ("من في", "(من في)"),
        ("«في اليمن»", "في_اليمن"),
        ("a -في", "(a -في)"),
        ("في -a", "(في -a)"),
        ("a | (في -b)", "(a | (في -b))"),
        ("أو هدنة", "هدنه"),
        ("لا إله", "اله"),
        ("=في", "=في"),
    ],
)
def test_understood(query: str, tree: str) -> None:
    assert show(parse_query(query)) == tree


@pytest.mark.parametrize(
    ("query", "at", "problem"),
    [
        ('هدنة "وقف', 5, "not closed"),
        ("«وقف", 0, "not closed"),
        ("وقف»", 3, "not opened"),
        ("(a b", 0, "not closed"),
        ("a b)", 3, "not opened"),
        ("()", 1, "missing"),
        ("a |", 3, "missing"),
        ("| a", 0, "missing"),
        ("a OR OR b", 5, "missing"),
        ("a AND", 2, "without a word"),
        ("AND a", 0, "without a word"),
        ("a NOT", 2, "without a word"),
        ("a --b", 3, "twice"),
        ("-a", 0, "only words"),
        ("a | -b", 4, "only words"),
        ("a (-b)", 3, "only words"),
        ("ا*", 0, "too little"),
        ("!!", 0, "no word"),
        ("*", 0, "no word"),
        ("=(a b)", 0, "without a word"),
        ("(" * 60 + "a" + ")" * 60, 40, "too many brackets"),
        ("a " * 1100, 2000, "too long"),
    ],
)
def test_not_understood(query: str, at: int, problem: str) -> None:
    with pytest.raises(QueryError, match=problem) as caught:
        parse_query(query)
    assert caught.value.at == at
    assert f"character {at + 1}" in str(caught.value)
    assert "Mend" in str(caught.value)
    assert isinstance(caught.value, SettingError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_terms_remember_their_place() -> None:
    tree = parse_query('هدنة -"وقف النار" =تعز')
    assert tree is not None
    assert [(term.start, term.end) for term in iter_terms(tree)] == [(0, 4), (18, 22)]


def test_words_are_quoted_for_each_database() -> None:
    hostile = Term(('a"b', "c'd\\"), ('a"b', "c'd\\"), "any", 0, 1)
    assert '"a""b c\'d\\"' in write_fts(hostile)
    assert "'=a\"b' <-> '=c''d\\\\'" in write_tsquery(hostile)
