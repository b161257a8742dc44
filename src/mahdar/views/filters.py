"""What a question is narrowed by, and how names given by people become keys."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

from mahdar.consolidation.days import format_day, parse_days
from mahdar.consolidation.flatten import normalize_words
from mahdar.errors import SettingError
from mahdar.store import tables

NOBODY = "\x00"
"""Key that no actor has: a name that nobody bears filters everything out."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a view; ``None`` leaves a side open.

    ``actor`` and ``place`` are pack ids or names, Arabic in any spelling or English. A place
    stands for all that lies in it. ``since`` and ``until`` are EDTF days, months or years, both
    included. ``type`` is an event type or act, any case. ``limit`` 0 means all.
    """

    actor: str | None = None
    place: str | None = None
    process: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    limit: int = 0

    def first_day(self) -> str | None:
        """Return the first day asked for.

        Raises:
            SettingError: ``since`` is not a date.
        """
        return _day("from", self.since, last=False)

    def last_day(self) -> str | None:
        """Return the last day asked for.

        Raises:
            SettingError: ``until`` is not a date.
        """
        return _day("to", self.until, last=True)


def _day(name: str, value: str | None, *, last: bool) -> str | None:
    if value is None:
        return None
    days = parse_days(value)
    if days is None:
        raise SettingError(
            f"--{name} {value}: not a date. Mend: give a day, month or year, as in 2015-08-03."
        )
    return format_day(days.last if last else days.first)


def find_actors(connection: Connection, name: str) -> set[str]:
    """Return the keys of the actors a name may mean: as a key, by a whole name, else by part of one.

    Args:
        connection: a connection to the record.
        name: pack id, Arabic name in any spelling that articles use, or English name in any case.
    """
    a, n = tables.actors.c, tables.actor_names.c
    norm = normalize_words(name)
    lower = name.strip().lower()
    exact = or_(a.key == name.strip(), a.kb == name.strip(), func.lower(a.en) == lower)
    keys = set(connection.scalars(select(a.key).where(exact)))
    if norm:
        keys.update(connection.scalars(select(a.key).where(a.ar_norm == norm)))
        keys.update(connection.scalars(select(n.actor).where(n.norm == norm)))
    if not keys and norm:
        # Whole words inside a longer name: «لافروف» for «سيرغي لافروف».
        inside = or_(
            (" " + a.ar_norm + " ").like(f"% {_escape(norm)} %", escape="\\"),
            (" " + func.lower(a.en) + " ").like(f"% {_escape(lower)} %", escape="\\"),
        )
        keys.update(connection.scalars(select(a.key).where(inside)))
    return keys or {NOBODY}


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def load_parents(connection: Connection) -> dict[str, str]:
    """Return the place that each place of the record lies in."""
    rows = connection.execute(select(tables.place_parents))
    return {row.place: row.parent for row in rows}


def find_places(connection: Connection, name: str) -> set[str]:
    """Return the keys of the places a name may mean and of all that lie in them."""
    keys = find_actors(connection, name)
    children: dict[str, list[str]] = {}
    for place, parent in load_parents(connection).items():
        children.setdefault(parent, []).append(place)
    todo = list(keys)
    if name.strip() in children:  # a country that no article names by itself
        todo.append(name.strip())
    while todo:
        for child in children.get(todo.pop(), ()):
            if child not in keys:
                keys.add(child)
                todo.append(child)
    return keys


def entry_conditions(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions on ``entries`` that filters stand for.

    Raises:
        SettingError: a date that is none.
    """
    e = tables.entries.c
    out: list[ColumnElement[bool]] = []
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
        out.append(func.lower(e.type) == filters.type.lower())
    return out
