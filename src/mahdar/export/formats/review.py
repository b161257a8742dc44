"""What people have judged, as an export needs it: review states, Admiralty codes and TLP markings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from mahdar.consolidation.decided import NOTHING_DECIDED, Decided
from mahdar.export.formats.request import TLP
from mahdar.store import tables
from mahdar.store.decisions import load_decided

REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Judged:
    """Where the review of a claim or entry stands; ``verdict`` is what was decided last.

    ``credibility`` is the Admiralty code of a claim, 1 to 6, ``tlp`` its own marking.
    """

    state: str = "machine_draft"
    verdict: str | None = None
    tlp: str | None = None
    credibility: int | None = None


UNJUDGED = Judged()


@dataclass(frozen=True, slots=True)
class Review:
    """All that was judged: claims by uid, entries by id, markings of articles (by hash) and processes,
    reliability of sources (Admiralty code, A to F) by name, and what consolidation takes.
    """

    claims: dict[str, Judged] = field(default_factory=dict)
    entries: dict[str, Judged] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    processes: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    decided: Decided = NOTHING_DECIDED

    def claim(self, uid: str) -> Judged:
        """Return where a claim stands."""
        return self.claims.get(uid, UNJUDGED)

    def entry(self, entry: str) -> Judged:
        """Return where an entry stands."""
        return self.entries.get(entry, UNJUDGED)

    def entry_mark(self, entry: str, processes: Iterable[str]) -> str | None:
        """Return the strictest marking of an entry and of the processes it belongs to."""
        return strictest([self.entry(entry).tlp, *(self.processes.get(p) for p in processes)])

    def strictest(self) -> str | None:
        """Return the strictest marking in the record, ``None`` where nothing is marked."""
        judged = [*self.claims.values(), *self.entries.values()]
        marks = [*self.articles.values(), *self.processes.values()]
        return strictest([*marks, *(j.tlp for j in judged)])


def strictest(marks: Iterable[str | None]) -> str | None:
    """Return the marking with the narrowest circle, ``None`` where there is none."""
    return max((m for m in marks if m), key=TLP.index, default=None)


def load_review(connection: Connection) -> Review:
    """Return what has been judged in a record."""
    c, e, s = tables.claim_states.c, tables.entry_states.c, tables.subject_states.c
    claims = {
        row.claim: Judged(row.state, row.verdict, row.tlp, row.credibility)
        for row in connection.execute(
            select(c.claim, c.state, c.verdict, c.tlp, c.credibility).order_by(c.claim)
        )
    }
    entries = {
        row.entry: Judged(row.state, row.verdict, row.tlp)
        for row in connection.execute(select(e.entry, e.state, e.verdict, e.tlp).order_by(e.entry))
    }
    marks: dict[str, dict[str, str]] = {"article": {}, "process": {}}
    sources = {}
    for row in connection.execute(select(s.kind, s.subject, s.tlp, s.reliability)):
        if row.tlp and row.kind in marks:
            marks[row.kind][row.subject] = row.tlp
        if row.reliability:
            sources[row.subject] = row.reliability
    return Review(
        claims, entries, marks["article"], marks["process"], sources, load_decided(connection)
    )
