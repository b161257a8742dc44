"""An entry or an article as a format takes it: with its claims, its review state and its marking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from mahdar.consolidation.claims import Claim
from mahdar.consolidation.days import Days, parse_days
from mahdar.export.formats.review import Judged
from mahdar.views.rows import EntryRow

T = TypeVar("T")
LOOKUP = 500
"""Values in one IN list, and entries held at a time."""


class Chosen(NamedTuple):
    """An entry that goes out, before it is loaded: enough to tell whether a format takes it."""

    id: str
    kind: str
    type: str
    modality: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim behind an entry with its article. ``origin`` numbers the independent origin from 1."""

    claim: Claim
    position: int
    score: float
    reasons: tuple[str, ...]
    origin: int
    publisher: str | None
    published: str | None
    url: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class EntryBundle:
    """An entry, the claims behind it, where its review stands and its marking."""

    row: EntryRow
    told: tuple[Told, ...]
    judged: Judged
    tlp: str | None

    @property
    def days(self) -> Days | None:
        """The window of days that is told; ``None`` where only the article's day is known."""
        return parse_days(self.row.time)

    @property
    def publishers(self) -> list[str]:
        """The papers that tell it, each once, in the order of its claims."""
        return list(dict.fromkeys(t.publisher for t in self.told if t.publisher))


@dataclass(frozen=True, slots=True)
class InEntry:
    """The entry that a claim stands in."""

    id: str
    standing: str
    origins: int


@dataclass(frozen=True, slots=True)
class ArticleBundle:
    """An article with its text and its claims, in reading order.

    ``row`` has the columns of ``articles`` and the engine that read it; ``entries`` maps a claim to
    its entry, ``machine`` a claim that people corrected to what the engine read.
    """

    row: Any
    claims: tuple[Claim, ...]
    entries: dict[str, InEntry]
    machine: dict[str, Claim]
    tlp: str | None

    @property
    def text(self) -> str:
        """The untouched text of the article."""
        return str(self.row.text)


def chunks(items: Sequence[T], size: int = LOOKUP) -> Iterator[Sequence[T]]:
    """Yield a sequence in pieces of at most ``size``."""
    for at in range(0, len(items), size):
        yield items[at : at + size]


def span_text(claim: Claim, text: str, *roles: str) -> str:
    """Return the words under a claim's spans of some roles, joined as the record joins them."""
    return " … ".join(span.of(text) for role, span in claim.spans if role in roles)


def span_marks(claim: Claim) -> list[str]:
    """Return a claim's spans as ``role:start-end``."""
    return [f"{role}:{span.start}-{span.end}" for role, span in claim.spans]
