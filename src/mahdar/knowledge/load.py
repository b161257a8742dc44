"""Loader of knowledge packs and the index of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from mahdar.knowledge.records import Actor, InstrumentRecord, Place, Process
from mahdar.text.words import Words


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A pack name found in a text: code points without proclitics, word indexes, record ids."""

    start: int
    end: int
    first: int
    last: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All loaded packs. Ids are unique across actors, places and instruments."""

    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    instruments: dict[str, InstrumentRecord] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    """Adjective of nationality in normal form, every gender and number, without «ال» -> place id."""

    def find_names(self, words: Words) -> list[NameMatch]:
        """Return the longest pack names in a text, left to right, without overlaps."""
        return []

    def holders(self, title: str, of: str, date: str | None) -> tuple[str, ...]:
        """Return ids of the actors who held a post on an EDTF date (any date if ``None``)."""
        return ()


@cache
def load_knowledge(folders: Sequence[Path] = ()) -> Knowledge:
    """Return the shipped packs and those in ``folders`` (a tuple, so that the result is cached)."""
    return Knowledge()
