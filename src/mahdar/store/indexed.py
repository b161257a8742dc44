"""What search keeps of an article: its words, and those of every passage that carries a claim.

A passage is the sentence of a claim and the words that were said. Claims in one sentence share one. An
entry is found through the passages of its claims, so that making entries anew leaves the index alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mahdar.consolidation.days import format_day, parse_days
from mahdar.model import Span
from mahdar.store.analysis import IndexWords, analyze_text, join_words

Row = Mapping[str, Any]
_SAID = ("content", "act")


@dataclass(frozen=True, slots=True)
class IndexedClaim:
    """A claim that a passage carries; the days are ISO, of its time, else of its article."""

    uid: str
    kind: str
    first_day: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """Stretches of an article that carry claims, with their words."""

    pieces: tuple[Span, ...]
    exact: str
    stem: str
    claims: tuple[IndexedClaim, ...]


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """All that the index keeps of an article and its reading."""

    first_day: str | None
    last_day: str | None
    title: str
    exact: str
    stem: str
    passages: tuple[IndexedPassage, ...]


def index_article(article: Row, claims: Iterable[Row]) -> IndexedArticle:
    """Return what the index keeps of an article.

    Args:
        article: a row of ``articles``: text, title, anchor, published.
        claims: its rows of ``claims``; those that make no entry are left out.
    """
    words = analyze_text(article["text"])
    together: dict[tuple[Span, ...], list[IndexedClaim]] = {}
    for claim in claims:
        if claim["family"] is not None:
            first, last = _days(claim["time"], claim["published"])
            together.setdefault(find_pieces(claim), []).append(
                IndexedClaim(claim["uid"], claim["kind"], first, last)
            )
    first, last = _days(article["anchor"], article["published"])
    return IndexedArticle(
        first,
        last,
        join_words([analyze_text(article["title"] or "")])[1],
        *join_words([words]),
        tuple(
            IndexedPassage(pieces, *join_pieces(words, pieces), tuple(carried))
            for pieces, carried in together.items()
        ),
    )


def find_pieces(claim: Row) -> tuple[Span, ...]:
    """Return the stretches that tell a claim: its sentence and what was said, overlaps joined."""
    spans = [Span(claim["sentence_start"], claim["sentence_end"])]
    spans += [Span(start, end) for role, start, end in claim["spans"] if role in _SAID]
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def join_pieces(words: IndexWords, pieces: Iterable[Span]) -> tuple[str, str]:
    """Return the exact forms and stems of stretches of an article, as the index takes them."""
    return join_words(words.within(piece) for piece in pieces)


def _days(*values: str | None) -> tuple[str | None, str | None]:
    for value in values:
        if (days := parse_days(value)) is not None:
            return format_day(days.first), format_day(days.last)
    return None, None
