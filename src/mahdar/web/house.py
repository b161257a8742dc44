"""What one running workbench works on: a record, its packs, its owner, its inbox."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from mahdar.i18n import Language
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.load import load_knowledge
from mahdar.store import Record
from mahdar.web.placing import Position, find_positions

if TYPE_CHECKING:
    from mahdar.web.team.room import Team

STATIC = Path(__file__).parent / "static"
"""Where ``make web`` puts scripts, styles, fonts and outlines."""
BUILT = "app.js"
"""A file that is there when the assets were built."""


@dataclass(frozen=True, slots=True)
class House:
    """A workbench's own things.

    ``owner`` signs judgements where nobody signs in. ``inbox`` is the folder for files on their way
    into the record. ``secret`` ties forms to this run; ``hosts`` are the names it answers to. In
    team mode there is a ``team``, and ``grants`` tells which processes the visitor works on.
    """

    record: Record
    owner: str
    inbox: Path
    packs: tuple[Path, ...] = ()
    lang: Language = "ar"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    team: Team | None = None
    grants: Callable[[str], bool] | None = None

    @property
    def knowledge(self) -> Knowledge:
        """The packs' actors, places and processes; of processes only the visitor's."""
        whole = _knowledge(self.packs)
        if self.grants is None:
            return whole
        kept = {key: value for key, value in whole.processes.items() if self.grants(key)}
        return replace(whole, processes=kept)

    @property
    def positions(self) -> dict[str, Position]:
        """Where the packs' places lie, by id."""
        return _positions(self.packs)

    @property
    def label(self) -> str:
        """The record's name as it may be shown: an address without its password."""
        name = self.record.name
        return make_url(name).render_as_string() if "://" in name else name

    def process_name(self, process: str, lang: str) -> str:
        """Return a process's name; its id where the packs have none in this language."""
        found = self.knowledge.processes.get(process)
        names = found.names.get(lang) if found else None
        return names[0] if names else process


@lru_cache(maxsize=4)
def _knowledge(packs: tuple[Path, ...]) -> Knowledge:
    """Read packs once a process: it takes a second."""
    return load_knowledge(packs)


@lru_cache(maxsize=4)
def _positions(packs: tuple[Path, ...]) -> dict[str, Position]:
    return find_positions(_knowledge(packs))


def inbox_of(record: str) -> Path:
    """Return the inbox that belongs to a record: beside an SQLite file, else in the working folder."""
    if "://" in record:
        return Path.cwd() / "mahdar-inbox"
    path = Path(record)
    return path.with_name(path.name + "-inbox")
