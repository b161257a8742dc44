"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.model import Span
from mahdar.search.filters import Kind
from mahdar.search.matching import Snippet


@dataclass(frozen=True, slots=True)
class Named:
    """An actor to be shown; ``key`` is its identity in the record."""

    key: str
    ar: str = ""
    en: str = ""

    def label(self, lang: str) -> str:
        """Return the display name in ``ar`` or ``en``, the other where one is missing."""
        first, second = (self.ar, self.en) if lang == "ar" else (self.en, self.ar)
        return first or second or self.key


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result: an article, a statement or an entry.

    ``id`` is the article's name, the statement's claim or the entry's id. ``type`` is the act of a
    statement, the type of an entry, empty for an article. ``who`` are the speakers of a statement,
    the actors of an entry. ``article`` and what follows tell of the article that the snippets are
    taken from: for an entry, of the source that matches best. ``day`` is ISO: of the article, of the
    statement, of the entry. ``title_marks`` are code points of ``title``.
    """

    kind: Kind
    id: str
    type: str
    day: str | None
    who: tuple[Named, ...]
    article: str
    sha256: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    snippets: tuple[Snippet, ...]
    title_marks: tuple[Span, ...]
    entry: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Facets:
    """How all results divide, the most frequent first. ``kinds`` counts results of every kind."""

    publishers: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    processes: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[Kind, int], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Some of a search's results; ``total`` counts all. ``facets`` is ``None`` when not asked for."""

    query: str
    total: int
    limit: int
    offset: int
    hits: tuple[SearchHit, ...]
    facets: Facets | None = None
