"""Claims: what one article tells, flattened, with actors named by an identity across articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mahdar.consolidation.days import Days, parse_days
from mahdar.model import Span

ClaimKind = Literal["event", "statement", "commitment", "instrument", "arrangement", "naming"]
SpanRole = Literal["trigger", "cue", "content", "mention", "act"]
ZONE_TYPES = ("de-escalation", "safe-zone", "buffer", "demilitarised", "no-fly")
BODY_TYPES = (
    "delegation",
    "committee",
    "working-group",
    "contact-group",
    "government",
    "council",
    "force",
    "mechanism",
    "observers",
    "security-strip",
    "channel",
    "centre",
)
LIST_TYPES = ("terrorist-list", "terrorist-label", "sanctions-list", "separation")
"""Types of arrangement (lexicon/arrangements_heads.tsv), by the kind of entry they make."""

UNREAL = frozenset({"proposed", "demanded", "conditional"})
"""Modalities of what somebody wants or imagines: never merged with what is told as real."""


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """An actor or place as known across articles. ``key`` is the pack's id, else the engine's key.

    ``source`` marks who has no name: an unnamed source («مصادر دبلوماسية»), or somebody whom
    articles only describe («المتحدث باسم الوزارة»). The words are no identity across articles.
    """

    key: str
    type: str
    kb: str | None = None
    ar: str = ""
    en: str = ""
    country: str | None = None
    source: bool = False

    def label(self, lang: str) -> str:
        """Return the display name in ``ar`` or ``en``, the other where one is missing."""
        first, second = (self.ar, self.en) if lang == "ar" else (self.en, self.ar)
        return first or second or self.key


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What consolidation needs to know of an article. ``copies`` is its group of near copies."""

    key: str
    publisher: str | None = None
    published: str | None = None
    agencies: tuple[str, ...] = ()
    copies: str | None = None


class Fact(NamedTuple):
    """A further fact that a claim tells: docs/reference/details.md. ``value`` is an actor key where
    it names one; ``[start, end)`` are the words that carry it, equal where the whole claim does.
    """

    name: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, event, commitment or named instrument as told by one article.

    ``uid`` is made of the article's hash, the kind and the first span, so that reading again
    keeps it as long as the words are the same. ``roles`` are ``(actor key, role)`` with the
    reading's roles, and ``speaker``, ``addressee``, ``by``. ``time`` is EDTF as read; for a
    statement, the day it was made when the article tells. ``chain`` holds the actor keys that
    the words came through, nearest to the paper first, ending with who said them.
    ``words`` is the normal form of the content (statements, commitments) or empty;
    ``sentence_key`` is a hash of the normalised sentence, 0 when it is too short to tell.
    """

    uid: str
    article: str
    kind: ClaimKind
    type: str
    spans: tuple[tuple[SpanRole, Span], ...]
    sentence: Span
    roles: tuple[tuple[str, str], ...] = ()
    place: str | None = None
    time: str | None = None
    published: str | None = None
    modality: str | None = None
    mode: str | None = None
    killed: int | None = None
    injured: int | None = None
    processes: tuple[str, ...] = ()
    instrument: str | None = None
    subtype: str | None = None
    chain: tuple[str, ...] = ()
    statement: str | None = None
    words: str = ""
    text: str = ""
    due: str | None = None
    sentence_key: int = 0
    facts: tuple[Fact, ...] = ()

    @property
    def days(self) -> Days | None:
        """The window of days that the article gives."""
        return parse_days(self.time)

    @property
    def published_days(self) -> Days | None:
        """The window of days in which the article appeared."""
        return parse_days(self.published)

    @property
    def actors(self) -> tuple[str, ...]:
        """Keys of the participants or speakers, in reading order, each once."""
        return tuple(dict.fromkeys(key for key, role in self.roles if role != "addressee"))

    def told(self, name: str) -> tuple[str, ...]:
        """Return the values that the claim tells of a further fact, in reading order."""
        return tuple(fact.value for fact in self.facts if fact.name == name)

    @property
    def real(self) -> bool:
        """Whether the article tells it as happened, under way, planned or denied."""
        return self.modality not in UNREAL


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules look up beside the claims.

    ``parents`` maps a place to the place it lies in, ``countries`` are the places that are
    countries.
    """

    actors: Mapping[str, ActorFacts] = field(default_factory=dict)
    articles: Mapping[str, ArticleFacts] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()

    def is_country(self, place: str | None) -> bool:
        """Tell whether a place is a whole country, too wide to tell two incidents apart."""
        return place is not None and place in self.countries

    def places_above(self, place: str) -> tuple[str, ...]:
        """Return the places that a place lies in, nearest first, without cycles."""
        out: list[str] = []
        at = self.parents.get(place)
        while at is not None and at not in out and at != place:
            out.append(at)
            at = self.parents.get(at)
        return tuple(out)

    def unnamed(self, actor: str) -> bool:
        """Tell whether an actor has no name, and so is nobody across articles."""
        facts = self.actors.get(actor)
        return facts is not None and facts.source
