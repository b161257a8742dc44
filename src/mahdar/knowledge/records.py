"""The records of a knowledge pack, as loaded. The files' schema is docs/reference/packs.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mahdar.model import EntityType


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

    kind: Literal["open-data", "press", "memory"]
    ref: str = ""
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or organisation. ``names`` maps a language to spellings, the usual one first."""

    id: str
    type: EntityType
    kind: str
    names: dict[str, tuple[str, ...]]
    country: str | None = None
    posts: tuple[Post, ...] = ()
    processes: tuple[str, ...] = ()
    origin: Origin = field(default_factory=lambda: Origin("memory"))
    pack: str = ""
    surname_alone: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A place. ``kind``: country, capital, city, region, admin1-3, base, airport, crossing, camp, area."""

    id: str
    kind: str
    names: dict[str, tuple[str, ...]]
    country: str | None = None
    parent: str | None = None
    lat: float | None = None
    lon: float | None = None
    pcode: str | None = None
    population: int | None = None
    origin: Origin = field(default_factory=lambda: Origin("memory"))
    pack: str = ""


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
    origin: Origin = field(default_factory=lambda: Origin("memory"))
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """A peace process with its tracks and the words that point to it."""

    id: str
    names: dict[str, tuple[str, ...]]
    countries: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    origin: Origin = field(default_factory=lambda: Origin("memory"))
    pack: str = ""
