"""Page furniture inside an article's text: found and marked, never deleted.

Share rows, ad slots, counters, read-more links, tag lists, print dates, captions printed twice. The
patterns are data: ``lexicon/noise.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mahdar.lexicon.tables import load_table
from mahdar.model import Span
from mahdar.text.normalize import normalize_word

# A tag list or permalink closes a page: it is looked for in the last stretch only.
_TAIL_CHARS = 600
# Shorter lines repeat for good reasons («***», a speaker's name in an interview), and so do formulas
# further down (the articles of a decree): a caption stands near the top. A headline printed twice and a
# teaser of the lead say what the article says and are read as part of it, as annotators do.
_MIN_REPEATED_WORDS = 4
_TOP_LINES = 4


@cache
def _patterns(kind: str) -> re.Pattern[str] | None:
    rows = [row["pattern"] for row in load_table("noise") if row["kind"] == kind]
    return (
        re.compile("|".join(f"(?:{pattern})" for pattern in rows), re.IGNORECASE) if rows else None
    )


def find_noise(text: str, title: str | None = None) -> tuple[Span, ...]:
    """Return the stretches of a text that are page furniture, in order, without overlaps.

    Args:
        text: the article as it stands on the page.
        title: its title where known, since a headline may be printed again below.
    Returns:
        0..n spans in code points of ``text``.
    """
    found = [*_find_inline(text), *_find_tail(text), *_find_head(text), *_find_lines(text, title)]
    return tuple(_merge(sorted(found), text))


def _find_inline(text: str) -> Iterator[Span]:
    pattern = _patterns("inline")
    if pattern:
        for match in pattern.finditer(text):
            if match.group().strip():
                yield _trim(text, match.start(), match.end())


def _find_head(text: str) -> Iterator[Span]:
    pattern = _patterns("head")
    match = pattern.match(text, len(text) - len(text.lstrip())) if pattern else None
    if match:
        yield _trim(text, match.start(), match.end())


def _find_tail(text: str) -> Iterator[Span]:
    pattern = _patterns("tail")
    if pattern:
        start = max(0, len(text) - _TAIL_CHARS)
        match = pattern.search(text, start)
        # A page that is nothing but a tail is no page: something must stand before it.
        if match and text[: match.start()].strip():
            yield _trim(text, match.start(), match.end())


def _find_lines(text: str, title: str | None) -> Iterator[Span]:
    pattern = _patterns("line")
    lines = list(_iter_lines(text))
    normal = [_normal(text[span.start : span.end]) for span in lines]
    captions = set(normal[1:_TOP_LINES]) - {*normal[:1], _normal(title or "")}
    seen: set[str] = set()
    for span, norm in zip(lines, normal, strict=True):
        again = norm in seen and norm in captions and norm.count(" ") + 1 >= _MIN_REPEATED_WORDS
        if again or (pattern and pattern.fullmatch(text, span.start, span.end)):
            yield span
        seen.add(norm)


def _iter_lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            yield Span(at, at + len(stripped))
        start += len(line) + 1


def _normal(line: str) -> str:
    return " ".join(normalize_word(word) for word in line.split())


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _merge(spans: list[Span], text: str) -> Iterator[Span]:
    """Yield the union of sorted spans; those with only white space between stay apart."""
    held: Span | None = None
    for span in spans:
        if span.start >= span.end:
            continue
        if held is not None and span.start <= held.end:
            held = Span(held.start, max(held.end, span.end))
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held
