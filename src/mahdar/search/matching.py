"""Where a query's words stand in a text, and which stretch of it shows them best."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mahdar.model import Span
from mahdar.search.query import Node, Term, iter_terms
from mahdar.store.analysis import IndexWords, analyze_text
from mahdar.text.stems import without_article

SNIPPET_CHARS = 240
"""How much of a text a snippet shows; a phrase longer than that is shown whole."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The untouched stretch ``[start, end)`` of an article, with what matched in it.

    ``marks`` are code points of the article, not of the snippet: whole words as written, with their
    particles; a phrase is one mark.
    """

    start: int
    end: int
    text: str
    marks: tuple[Span, ...]

    def parts(self) -> tuple[tuple[str, bool], ...]:
        """Return the text in pieces, each with whether it is marked."""
        out: list[tuple[str, bool]] = []
        at = self.start
        for mark in self.marks:
            out.append((self.text[at - self.start : mark.start - self.start], False))
            out.append((self.text[mark.start - self.start : mark.end - self.start], True))
            at = mark.end
        out.append((self.text[at - self.start :], False))
        return tuple((text, marked) for text, marked in out if text)


def find_marks(words: IndexWords, query: Node) -> tuple[tuple[Span, int], ...]:
    """Return what a query finds among words, in reading order, each with the number of its term."""
    found: list[tuple[Span, int]] = []
    for number, term in enumerate(iter_terms(query)):
        size = len(term.exact)
        found += (
            (Span(words.start[at], words.end[at + size - 1]), number)
            for at in _iter_places(words, term)
        )
    return tuple(sorted(found))


def _iter_places(words: IndexWords, term: Term) -> Iterator[int]:
    column = words.exact if term.form == "exact" else words.stem
    wanted = term.exact if term.form == "exact" else term.stem
    last = len(wanted) - 1
    if term.form == "prefix":
        begun = without_article(term.exact[-1])
        for at in range(len(column) - last):
            if (
                words.exact[at + last].startswith(term.exact[-1])
                or column[at + last].startswith(begun)
            ) and column[at : at + last] == wanted[:last]:
                yield at
        return
    at = 0
    while True:
        try:
            at = column.index(wanted[0], at)
        except ValueError:
            return
        if column[at : at + last + 1] == wanted:
            yield at
        at += 1


def join_marks(marks: Sequence[Span]) -> tuple[Span, ...]:
    """Return marks without overlaps, in reading order."""
    out: list[Span] = []
    for mark in sorted(marks):
        if out and mark.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, mark.end))
        else:
            out.append(mark)
    return tuple(out)


def make_snippets(
    text: str,
    words: IndexWords,
    marks: Sequence[tuple[Span, int]],
    within: Sequence[Span],
    *,
    most: int = 2,
    chars: int = SNIPPET_CHARS,
) -> tuple[Snippet, ...]:
    """Return the stretches of a text that show a query best, in reading order.

    Args:
        text: the article's text.
        words: its words.
        marks: what was found, with the numbers of terms (``find_marks``).
        within: the stretches that may be shown, in order.
        most: how many stretches at most; a further one must show a term that the others do not.
        chars: their size, about.
    Returns:
        1 to ``most`` snippets; without any mark the beginning of the first stretch.
    """
    windows = [_window(text, words, mark, within, chars) for mark, _ in marks]
    shown: list[Span] = []
    seen: set[int] = set()
    for _ in range(most):
        best: tuple[int, int, int] | None = None
        for n, window in enumerate(windows):
            inside = [term for mark, term in marks if _holds(window, mark)]
            fresh = len(set(inside) - seen)
            if fresh and not any(window.overlaps(other) for other in shown):
                rank = (fresh, len(inside), -n)
                best = max(best, rank) if best else rank
        if best is None:
            break
        window = windows[-best[2]]
        shown.append(window)
        seen |= {term for mark, term in marks if _holds(window, mark)}
    if not shown:
        shown = [_beginning(words, within, chars)]
    return tuple(
        Snippet(
            span.start,
            span.end,
            span.of(text),
            join_marks([mark for mark, _ in marks if _holds(span, mark)]),
        )
        for span in sorted(shown)
    )


def _holds(window: Span, mark: Span) -> bool:
    return window.start <= mark.start and mark.end <= window.end


def _window(text: str, words: IndexWords, mark: Span, within: Sequence[Span], chars: int) -> Span:
    """Return the stretch around a mark: a quarter before it, at word boundaries, lines kept whole."""
    limit = next((piece for piece in within if piece.start <= mark.start < piece.end), mark)
    start, end = max(limit.start, mark.start - chars // 4), min(limit.end, mark.end)
    line = text.rfind("\n", start, mark.start) + 1
    start = max(start, line)
    first = bisect_left(words.start, start)
    start = start if start in (limit.start, line) else min(words.start[first], mark.start)
    end = max(end, min(limit.end, start + chars))
    if end < limit.end:
        last = bisect_right(words.end, end) - 1
        end = max(mark.end, words.end[last])
    return _stripped(text, Span(start, end))


def _beginning(words: IndexWords, within: Sequence[Span], chars: int) -> Span:
    first = within[0] if within else Span(0, 0)
    end = min(first.end, first.start + chars)
    last = bisect_right(words.end, end) - 1
    if end < first.end and last >= 0 and words.end[last] > first.start:
        end = words.end[last]
    return Span(first.start, end)


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def mark_title(title: str | None, query: Node | None) -> tuple[Span, ...]:
    """Return what a query finds in a title, in code points of the title."""
    if not title or query is None:
        return ()
    return join_marks([mark for mark, _ in find_marks(analyze_text(title), query)])
