"""How names given by people become keys of actors and places."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from mahdar.consolidation.flatten import normalize_words
from mahdar.store import tables

NOBODY = ""
"""Key that no actor has: a name that nobody bears filters everything out."""


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
    # Who was taken into another actor by a reviewer is found under both keys.
    x = tables.actor_aliases.c
    keys.update(connection.scalars(select(x.new).where(x.old.in_(keys))))
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
