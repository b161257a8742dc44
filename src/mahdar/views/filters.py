"""What a question is narrowed by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from mahdar.consolidation.days import read_limit
from mahdar.store import tables
from mahdar.store.names import NOBODY, find_actors, find_places, load_parents

__all__ = [
    "NOBODY",
    "Filters",
    "entry_conditions",
    "find_actors",
    "find_places",
    "load_last_day",
    "load_parents",
]


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a view; ``None`` leaves a side open.

    ``actor`` and ``place`` are pack ids or names, Arabic in any spelling or English. A place
    stands for all that lies in it. ``since`` and ``until`` are EDTF days, months or years, both
    included. ``type`` is an event type or act, any case. ``limit`` 0 means all. ``issue`` is an issue
    of docs/reference/issues.md by id or by its name in either language. What reviewers rejected shows
    only with ``rejected``.
    """

    actor: str | None = None
    place: str | None = None
    process: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    limit: int = 0
    issue: str | None = None
    rejected: bool = False

    def first_day(self) -> str | None:
        """Return the first day asked for.

        Raises:
            SettingError: ``since`` is not a date.
        """
        return read_limit("from", self.since, last=False)

    def last_day(self) -> str | None:
        """Return the last day asked for.

        Raises:
            SettingError: ``until`` is not a date.
        """
        return read_limit("to", self.until, last=True)


def load_last_day(connection: Connection) -> str | None:
    """Return the day of the record's latest article: what is later is still to come."""
    a = tables.articles.c
    last: str | None = connection.scalar(select(func.max(func.coalesce(a.anchor, a.published))))
    return last[:10] if last and len(last) >= 10 else None


def entry_conditions(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions on ``entries`` that filters stand for.

    Raises:
        SettingError: a date that is none.
    """
    e = tables.entries.c
    out: list[ColumnElement[bool]] = []
    if not filters.rejected:
        s = tables.entry_states.c
        out.append(e.id.not_in(select(s.entry).where(s.verdict == "rejected")))
    if filters.actor:
        keys = find_actors(connection, filters.actor)
        link = tables.entry_actors.c
        out.append(e.id.in_(select(link.entry).where(link.actor.in_(keys))))
    if filters.place:
        out.append(e.place.in_(find_places(connection, filters.place)))
    if filters.process:
        of = tables.entry_processes.c
        out.append(e.id.in_(select(of.entry).where(of.process == filters.process)))
    if (first := filters.first_day()) is not None:
        out.append(e.last_day >= first)
    if (last := filters.last_day()) is not None:
        out.append(e.first_day <= last)
    if filters.type:
        # Types are in capitals or small letters throughout: so an index finds them.
        out.append(e.type.in_((filters.type.upper(), filters.type.lower())))
    return out
