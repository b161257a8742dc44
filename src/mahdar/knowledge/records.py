"""The records of a knowledge pack, as loaded. The files' schema is docs/reference/packs.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mahdar.model import EntityType

OriginKind = Literal["open-data", "press", "memory"]
AmbiguityRule = Literal["first", "country", "date", "context"]


@dataclass(frozen=True, slots=True)
class Post:
    """A dated post. ``of`` is the id of the state or body; dates are EDTF, ``None`` means open."""

    title: str
    of: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from: ``open-data``, ``press`` (attested) or ``memory`` (by heart)."""

    kind: OriginKind
    ref: str = ""
    articles: int = 0


MEMORY = Origin("memory")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or organisation.

    ``names`` maps a language to spellings, the usual one first. ``weak`` are Arabic spellings that
    mean the actor only in context. ``surname`` are what a person is called after the full name, when
    the rule (``spelling.surname_of``) would go wrong; ``surname_alone`` False forbids short forms.
    """

    id: str
    type: EntityType
    kind: str
    names: dict[str, tuple[str, ...]]
    country: str | None = None
    posts: tuple[Post, ...] = ()
    processes: tuple[str, ...] = ()
    origin: Origin = MEMORY
    pack: str = ""
    surname_alone: bool = True
    surname: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place. ``kind`` is one of docs/reference/packs.md: country, capital, city, admin1, base ...

    ``lat`` and ``lon`` are WGS 84 degrees. ``rank`` says how safely the bare name means the place:
    2 firmly, 1 weakly, 0 never on its own. ``demonyms`` are Arabic adjectives, masculine singular
    without «ال». ``capital`` is the id of a country's capital.
    """

    id: str
    kind: str
    names: dict[str, tuple[str, ...]]
    country: str | None = None
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None
    pcode: str | None = None
    population: int | None = None
    origin: Origin = MEMORY
    pack: str = ""
    weak: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    rank: int = 2


@dataclass(frozen=True, slots=True)
class InstrumentRecord:
    """A named agreement, resolution, communiqué, plan or initiative."""

    id: str
    kind: str
    names: dict[str, tuple[str, ...]]
    date: str | None = None
    parties: tuple[str, ...] = ()
    guarantors: tuple[str, ...] = ()
    place: str | None = None
    processes: tuple[str, ...] = ()
    origin: Origin = MEMORY
    pack: str = ""
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """A peace process with its tracks and the words that point to it."""

    id: str
    names: dict[str, tuple[str, ...]]
    countries: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    origin: Origin = MEMORY
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A spelling that several records share: ``ids``, the default first, and what decides."""

    name: str
    ids: tuple[str, ...]
    rule: AmbiguityRule
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack as read from its folder, before it is joined with the others."""

    name: str
    title: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    licence: str = ""
    sources: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    gazetteer: tuple[Place, ...] = ()
    instruments: tuple[InstrumentRecord, ...] = ()
    processes: tuple[Process, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    extending: frozenset[str] = frozenset()
    """Ids of the records that add to one of another pack (``"extend": true``)."""
