"""Errors in Arabic: every clause that the code can say stands in the table, with its values in place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mahdar
from mahdar.errors import InputError, JudgementError, MahdarError, QueryError, SettingError
from mahdar.i18n.errors import word_clause, word_error

ROOT = Path(mahdar.__file__).parent
WHOLE = {"JudgementError", "RecordError", "SettingError"}
IN_CLAUSES = {"InputError": 1, "MalformedRecord": 1, "UnreadableBytes": 1, "UnsupportedInput": 1, "QueryError": 2}  # fmt: skip
"""Errors made of clauses, and which argument is the first of problem and mend."""
HELPERS = {"fail": 0, "error": 1}
"""Functions that make such an error of the clauses they are given, and which argument is the first."""
NOT_SAID = {"knowledge", "lexicon", "extraction", "annotation"}
"""What writers of packs and tables are told stays in English, as are KnowledgeError and MissingAnnotation."""
VALUE = "xx"


def _texts(node: ast.expr, known: dict[str, ast.expr]) -> list[str]:
    """Return what an expression can say, values as ``xx``; nothing where that cannot be seen."""
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.JoinedStr(values=parts):
            said = [""]
            for part in parts:
                if isinstance(part, ast.FormattedValue):
                    more = _texts(part.value, known) if isinstance(part.value, ast.Name) else []
                    said = [s + m for s in said for m in more or [VALUE]]
                else:
                    said = [s + m for s in said for m in _texts(part, known)]
            return said
        case ast.Name(id=name) if name in known:
            return _texts(known[name], {k: v for k, v in known.items() if k != name})
        case ast.IfExp(body=one, orelse=other):
            return _texts(one, known) + _texts(other, known)
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            return [a + b for a in _texts(left, known) for b in _texts(right, known)]
        case ast.Call(func=ast.Attribute(value=ast.Dict(values=values))):
            rest = [text for given in node.args[1:] for text in _texts(given, known)]
            return [text for value in values for text in _texts(value, known)] + rest
    return []


def _named(tree: ast.AST) -> dict[str, ast.expr]:
    return {
        target.id: each.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None
        for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
        if isinstance(target, ast.Name)
    }


def _calls(path: Path) -> Iterator[tuple[int, str, list[ast.expr], dict[str, ast.expr]]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = {
        name: value for name, value in _named(tree).items() if name.isupper() or name[0] == "_"
    }
    scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for scope in scopes:
        known = {**module, **_named(scope)}
        for node in ast.walk(scope):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
                yield node.lineno, name, node.args, known


def said_by_the_code() -> list[tuple[str, str]]:
    """Return every clause that an error of the code can carry, with where it stands."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT)
        if inside.parts[0] in NOT_SAID or inside.name == "errors.py":
            continue
        for line, name, args, known in _calls(path):
            texts: list[str] = []
            if name in WHOLE and args:
                for text in _texts(args[0], known):
                    what, _, mend = text.partition(" Mend: ")
                    texts += [what.removesuffix(".").removesuffix(":"), mend.removesuffix(".")]
            elif name in IN_CLAUSES or (
                name in HELPERS and inside.parts[0] in ("ingest", "search")
            ):
                first = IN_CLAUSES.get(name, HELPERS.get(name, 0))
                for given in args[first : first + 3]:
                    texts += _texts(given, known)
            for text in texts:
                # What is only a value is no clause: the text is made elsewhere, and seen there.
                if text.replace(VALUE, "").strip(" :.'-"):
                    found.setdefault(text, f"{inside}:{line}")
    return sorted((where, text) for text, where in found.items())


def test_enough_is_seen() -> None:
    assert len(said_by_the_code()) > 180


@pytest.mark.parametrize(("where", "clause"), said_by_the_code())
def test_every_clause_is_there_in_arabic(where: str, clause: str) -> None:
    told = word_clause(clause, "ar")
    plain = re.sub(r"--[a-z-]+ ?[a-z0-9.{}]*|`[^`]*`|\bxx\b", "", clause)
    assert not re.search("[a-z]{3}", plain) or told != clause, f"{where}: no row for «{clause}»"
    assert told.count(VALUE) >= min(1, clause.count(VALUE))


@pytest.mark.parametrize(
    ("error", "arabic"),
    [
        pytest.param(
            InputError("خبر.jsonl", "the field 'text' is a int, not text", "make 'text' a string", "line 3"),
            "خبر.jsonl، السطر 3: الحقل 'text' من نوع int، لا نص. العلاج: اجعل 'text' نصا.",
            id="place and values",
        ),
        pytest.param(
            InputError("a.pdf", "this is a PDF file", "leave it out"),
            "a.pdf: هذا ملف PDF. العلاج: اتركه.",
            id="a value that is a clause",
        ),
        pytest.param(
            QueryError("(هدنة", 0, "the bracket opened here is not closed", "close it"),
            "السؤال، الحرف 1، عند «(هدنة»: القوس المفتوح هنا لم يُغلق. العلاج: أغلقه.",
            id="a query",
        ),
        pytest.param(
            JudgementError("claim abc: accept is not possible while it is final. Mend: reopen it first."),
            "ادعاء abc: قبول غير ممكن وحاله نهائي. العلاج: أعد فتحه أولا.",
            id="codes by their names",
        ),
        pytest.param(
            JudgementError("split actor x: to whom do these claims belong? Mend: give an actor as to."),
            "فصل فاعل x: إلى من تُنسب هذه الادعاءات؟ العلاج: أعط فاعلا في to.",
            id="a question",
        ),
        pytest.param(
            SettingError("role x: Mend: give one of a, b."),
            "الدور x. العلاج: أعط واحدا من a, b.",
            id="a colon before the mend",
        ),
        pytest.param(MahdarError("nobody has worded this."), "nobody has worded this.", id="unknown"),
    ],
)  # fmt: skip
def test_worded(error: MahdarError, arabic: str) -> None:
    assert word_error(error, "ar") == arabic
    assert word_error(error, "en") == str(error)


def test_on_a_page_values_are_apart_and_options_are_fields() -> None:
    error = SettingError("--from next-week: not a date. Mend: give a day, month or year, as in 2015-08-03.")  # fmt: skip
    assert word_error(error, "en", on_page=True).startswith("from ⁨next-week⁩: not a date. Mend:")
    assert word_error(error, "ar", on_page=True).startswith("من ⁨next-week⁩: ليس تاريخا.")


def test_a_value_cannot_bring_a_pattern_or_a_place() -> None:
    error = InputError("{0}", "the date '{mend} (x+)' is not ISO 8601", "write it as YYYY-MM-DD")
    assert word_error(error, "ar").startswith("{0}: التاريخ '{mend} (x+)' ليس")
