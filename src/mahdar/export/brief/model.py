"""What is asked of a brief, and a brief: sections of sentences, each with a note that leads to its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mahdar.export.formats.request import DEFAULT_TLP
from mahdar.i18n import Language

Digits = Literal["latin", "arabic"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a brief is to tell of.

    ``process`` is a process by id or name, a pack by id or title (all its processes and its country), or
    ``None`` for all. ``since`` and ``until`` are EDTF days, months or years, both included; without them the
    first and the last day of the articles that mainly tell of it. ``tlp`` is the circle of the readers: what is
    marked above it is left out. ``pages`` is how many A4 pages it may fill, 0 for no limit.
    """

    process: str | None = None
    since: str | None = None
    until: str | None = None
    lang: Language = "en"
    digits: Digits = "latin"
    tlp: str = DEFAULT_TLP
    pages: int = 2


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of a sentence: an article with its exact words, cut to their first lines.

    ``paper``, ``title``, ``chain`` and ``words`` are as the article gives them; ``day`` is in words.
    """

    paper: str
    day: str
    title: str
    words: str
    chain: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """The sources of a sentence: one article per independent origin, the best first.

    ``number`` is what the sentence refers to, ``entry`` the entry's id (two where the
    sentence sets one against another; an instrument's id where it is only named), ``more`` counts the articles that are
    not shown.
    """

    number: int
    entry: str
    cited: tuple[Cited, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, made from one entry. ``text`` is plain text, «» around the sources' own words.

    ``standing`` says in words how well it is attested. ``day`` is the ISO day to sort by. ``note`` is ``None``
    for figures counted over the record.
    """

    text: str
    standing: str = ""
    day: str | None = None
    weight: float = 0.0
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under one heading, by importance until the brief is cut to its pages, then by day.

    ``key`` names it (message ``brief.section.KEY``); ``left_out`` counts the entries that are not told.
    """

    key: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on a process and a period. ``first`` and ``last`` are ISO days; ``names`` what it covers."""

    request: Request
    title: str
    period: str
    names: tuple[str, ...]
    first: str
    last: str
    sections: tuple[Section, ...]
    left_out: int
    hidden: int

    def notes(self) -> Iterator[Note]:
        """Yield the notes by number."""
        for section in self.sections:
            for sentence in section.sentences:
                if sentence.note is not None:
                    yield sentence.note
