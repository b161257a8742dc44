"""What search keeps of an article: its words, and those of every passage that carries a claim.

A passage is the sentence of a claim and the words that were said. Claims in one sentence share one. An
entry is found through the passages of its claims, so that making entries anew leaves the index alone.
Beside its own words, a text is found by the names in packs of those it tells of, in both languages: by
«نتنياهو» where it has «نتانياهو», by «Lavrov» where it has «لافروف».
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    names: str
    claims: tuple[IndexedClaim, ...]


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """All that the index keeps of an article and its reading."""

    first_day: str | None
    last_day: str | None
    title: str
    exact: str
    stem: str
    names: str
    processes: tuple[str, ...]
    passages: tuple[IndexedPassage, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Who and what an article tells of, as far as packs know them.

    ``labels`` maps keys of actors, places and instruments to their Arabic and English names;
    ``mentioned`` are those that the article names, ``partakers`` those of each claim.
    """

    labels: Mapping[str, tuple[str, str]]
    mentioned: Collection[str]
    partakers: Mapping[str, Collection[str]]


def index_article(article: Row, claims: Iterable[Row], named: Named) -> IndexedArticle:
    """Return what the index keeps of an article.

    Args:
        article: a row of ``articles``: text, title, anchor, published.
        claims: its rows of ``claims``; those that make no entry are left out.
        named: who and what it tells of.
    """
    words = analyze_text(article["text"])
    together: dict[tuple[Span, ...], list[IndexedClaim]] = {}
    about: dict[tuple[Span, ...], set[str]] = {}
    processes: set[str] = set()
    for claim in claims:
        if claim["family"] is not None:
            processes.update(claim["processes"])
            pieces = find_pieces(claim)
            first, last = _days(claim["time"], claim["published"])
            together.setdefault(pieces, []).append(
                IndexedClaim(claim["uid"], claim["kind"], first, last)
            )
            about.setdefault(pieces, set()).update(
                named.partakers.get(claim["uid"], ()), (claim["place"], claim["instrument"])
            )
    first, last = _days(article["anchor"], article["published"])
    exact, stem = join_words([words])
    return IndexedArticle(
        first,
        last,
        join_words([analyze_text(article["title"] or "")])[1],
        exact,
        stem,
        _name_words(named, named.mentioned, stem),
        tuple(sorted(processes)),
        tuple(
            _passage(pieces, words, carried, named, about[pieces])
            for pieces, carried in together.items()
        ),
    )


def _passage(
    pieces: tuple[Span, ...],
    words: IndexWords,
    claims: Sequence[IndexedClaim],
    named: Named,
    about: Collection[str | None],
) -> IndexedPassage:
    exact, stem = join_pieces(words, pieces)
    return IndexedPassage(pieces, exact, stem, _name_words(named, about, stem), tuple(claims))


def _name_words(named: Named, keys: Collection[str | None], stem: str) -> str:
    """Return the stems of names that a text does not have in full."""
    there = set(stem.split())
    labels = {label for key in keys if key is not None for label in named.labels.get(key, ())}
    words = map(_label_words, sorted(labels))
    return join_words(word for word in words if not there.issuperset(word.stem))[1]


@lru_cache(maxsize=50_000)
def _label_words(label: str) -> IndexWords:
    return analyze_text(label)


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
