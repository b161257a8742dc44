"""What a user types, as a tree: words, phrases, beginnings of words, and how they are joined.

======================  =================================================================
``هدنة تعز``             both, in any form (``AND``, ``&`` say the same)
``هدنة | اتفاق``         one of them (``OR``, ``أو``)
``-صعدة``                not that (``NOT``)
``"وقف إطلاق النار"``    these words one after the other; «...» and “...” too
``هدن*``                 words that begin so
``=الهدنة``              this form only, whatever its spelling; before quotation marks too
``(هدنة | اتفاق) تعز``   brackets group
======================  =================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mahdar.errors import QueryError
from mahdar.store.analysis import analyze_text, load_stops

Form = Literal["any", "exact", "prefix"]


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other. ``exact`` and ``stem`` run in parallel, 1..n.

    ``form`` says what counts: any inflection, the exact forms, or words that begin like the last.
    ``[start, end)`` is where it stands in the query.
    """

    exact: tuple[str, ...]
    stem: tuple[str, ...]
    form: Form
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part must be found, none of ``without``; ``parts`` is never empty."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """One part must be found."""

    parts: tuple[Node, ...]


Node = Term | All | Any

_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“”", "″": "″"}
# A word ends where white space, a bracket, «|» or a quotation begins; «-» and «=» count before it only,
# so that «S-300» is a word.
_WORD = re.compile(r"[^\s()|\"«“„″»”]+")
_OPERATORS = {"OR": "|", "AND": "&", "&": "&", "NOT": "-"}
_OR = "أو"
_BEGINS_TERM = ("word", "quote", "(", "=", "-")
_MIN_PREFIX = 2
_MAX_CHARS = 2000
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the query: an operator, a word, or a quotation (``text`` without its marks)."""

    kind: str
    text: str
    start: int
    end: int


def parse_query(text: str) -> Node | None:
    """Return a query as a tree; ``None`` for an empty one, which asks for everything.

    Words that stand in nearly every article («في», «التي») are left out, unless in quotation marks
    or alone.

    Raises:
        QueryError: a quotation or bracket that is not closed, an operator without a word, nothing
            but words not wanted; says at which character.
    """
    if len(text) > _MAX_CHARS:
        raise QueryError(
            text, _MAX_CHARS, "the query is too long", f"keep to {_MAX_CHARS} characters"
        )
    tokens = _join_alternatives(list(_iter_tokens(text)))
    if not tokens:
        return None
    for keep_stops in (False, True):
        parser = _Parser(text, tokens, keep_stops)
        tree = parser.parse()
        if tree is not None and not (parser.too_few and not keep_stops):
            return tree
    raise QueryError(text, 0, "there is no word in it", "give a word to look for")


def iter_terms(node: Node) -> Iterator[Term]:
    """Yield the terms that a result may show: all but those that must not be there."""
    if isinstance(node, Term):
        yield node
    else:
        for part in node.parts:
            yield from iter_terms(part)


def _iter_tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
        elif char in _QUOTES:
            end = next((n for n in range(at + 1, len(text)) if text[n] in _QUOTES[char]), -1)
            if end < 0:
                raise QueryError(text, at, "the quotation opened here is not closed", "close it")
            yield _Token("quote", text[at + 1 : end], at, end + 1)
            at = end + 1
        elif char in "»”":
            raise QueryError(text, at, "the quotation closed here was not opened", "open it")
        elif char in "()|" or (char in "-=" and text[at + 1 : at + 2].strip()):
            yield _Token(char, char, at, at + 1)
            at += 1
        else:
            found = _WORD.match(text, at)
            assert found is not None  # all that ends a word was looked at above
            yield _Token(_OPERATORS.get(found[0], "word"), found[0], at, found.end())
            at = found.end()


def _join_alternatives(tokens: list[_Token]) -> list[_Token]:
    """Let «أو» between two terms join them as ``|`` does; elsewhere it is a word like others."""
    out = list(tokens)
    for n in range(1, len(tokens) - 1):
        before, token, after = tokens[n - 1 : n + 2]
        if (
            token.text == _OR
            and token.kind == "word"
            and before.kind in ("word", "quote", ")")
            and after.kind in _BEGINS_TERM
        ):
            out[n] = _Token("|", token.text, token.start, token.end)
    return out


class _Parser:
    """Recursive descent over the tokens of one query."""

    def __init__(self, text: str, tokens: list[_Token], keep_stops: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.keep_stops = keep_stops
        self.at = 0
        self.too_few = False  # a part was left with nothing but unwanted words

    def parse(self) -> Node | None:
        tree = self.any(0)
        if (token := self.peek()) is not None:
            raise self.error(token, "the bracket closed here was not opened", "take it out")
        return tree

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def error(self, token: _Token | None, problem: str, mend: str) -> QueryError:
        return QueryError(self.text, token.start if token else len(self.text), problem, mend)

    def any(self, depth: int) -> Node | None:
        parts = [self.all(depth)]
        while (token := self.peek()) is not None and token.kind == "|":
            self.at += 1
            parts.append(self.all(depth))
        found = tuple(part for part in parts if part is not None)
        return Any(found) if len(found) > 1 else found[0] if found else None

    def all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        without: list[Node] = []
        first = self.peek()
        written = left_out = False
        while (token := self.peek()) is not None and token.kind not in ("|", ")"):
            if token.kind == "&":
                self.at += 1
                if not written or not self._word_follows():
                    raise self.error(token, f"{token.text} stands without a word", "give one")
                continue
            unwanted = token.kind == "-"
            if unwanted:
                self.at += 1
                if not self._word_follows():
                    raise self.error(token, f"{token.text} stands without a word", "give one")
            node = self.one(depth, keep=unwanted)
            written = True
            if node is not None:
                (without if unwanted else parts).append(node)
            left_out = left_out or (node is None and not unwanted)
        if not written:
            where = self.peek() or first
            raise self.error(where, "a word is missing here", "give one, or take the operator out")
        if without and not parts:
            if not left_out or self.keep_stops:
                raise self.error(
                    first, "only words that must not be there", "give one that must be there too"
                )
            self.too_few = True
            return None
        if not parts:
            return None
        return All(tuple(parts), tuple(without)) if without or len(parts) > 1 else parts[0]

    def _word_follows(self) -> bool:
        token = self.peek()
        return token is not None and token.kind in _BEGINS_TERM

    def one(self, depth: int, *, keep: bool) -> Node | None:
        token = self.peek()
        assert token is not None
        self.at += 1
        if token.kind == "(":
            if depth >= _MAX_DEPTH:
                raise self.error(token, "too many brackets inside each other", "take some out")
            tree = self.any(depth + 1)
            closing = self.peek()
            if closing is None or closing.kind != ")":
                raise self.error(token, "the bracket opened here is not closed", "close it")
            self.at += 1
            return tree
        if token.kind == "=":
            following = self.peek()
            if following is None or following.kind not in ("word", "quote"):
                raise self.error(token, "= stands without a word", "give one")
            self.at += 1
            return _term(following, "exact", token.start)
        if token.kind == "-":
            raise self.error(token, "- stands twice", "take one out")
        if token.kind == "quote":
            return _term(token, "any", token.start)
        if token.text.endswith("*"):
            return self.prefix(token)
        term = _term(token, "any", token.start)
        if term is not None and len(term.exact) == 1 and not keep and not self.keep_stops:
            return None if term.exact[0] in load_stops() else term
        return term

    def prefix(self, token: _Token) -> Node | None:
        term = _term(token, "prefix", token.start)
        if term is not None and len(term.exact[-1]) < _MIN_PREFIX:
            raise self.error(
                token, f"too little before *: {token.text}", "give two letters or more"
            )
        return term


def _term(token: _Token, form: Form, start: int) -> Term | None:
    words = analyze_text(token.text)
    return Term(words.exact, words.stem, form, start, token.end) if len(words) else None
