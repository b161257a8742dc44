"""Rows that several views share, and how they are fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions

_LOOKUP = 500
_SENTENCE_CHARS = 300


@dataclass(frozen=True, slots=True)
class Ref:
    """An actor, place or instrument to be shown; ``key`` is its identity in the record."""

    key: str
    ar: str = ""
    en: str = ""
    type: str = ""

    def label(self, lang: str) -> str:
        """Return the display name in ``ar`` or ``en``, the other where one is missing."""
        first, second = (self.ar, self.en) if lang == "ar" else (self.en, self.ar)
        return first or second or self.key


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a field, with how many articles tell it and which claims."""

    value: str
    articles: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as the views show it. Terms (kind, type, standing ...) are those of the contract.

    ``text`` is what was said or promised, for a happening the sentence that tells of it, cut at 300
    characters. ``day`` is the ISO day to sort by: of ``time``, else of the first article. ``fields`` holds
    every value told of killed, injured, time, place, due ..., best attested first.
    """

    id: str
    kind: str
    type: str
    day: str | None
    time: str | None
    last_day: str | None
    actors: tuple[tuple[Ref, str], ...]
    place: Ref | None
    modality: str | None
    standing: str
    articles: int
    origins: int
    confidence: float
    text: str
    processes: tuple[str, ...]
    instrument: Ref | None
    fields: dict[str, tuple[Told, ...]]

    def best(self, field: str) -> str | None:
        """Return the value of a field that most articles tell, ``None`` when none does."""
        told = self.fields.get(field)
        return told[0].value if told else None

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the uids of all claims behind the entry."""
        return tuple(uid for told in self.fields.get("type", ()) for uid in told.claims)

    def told(self, field: str) -> tuple[str, ...]:
        """Return all values told of a field, best attested first."""
        return tuple(told.value for told in self.fields.get(field, ()))

    def people(self, *roles: str) -> tuple[Ref, ...]:
        """Return the actors with one of these roles; all without any role given."""
        return tuple(ref for ref, role in self.actors if not roles or role in roles)


def load_refs(connection: Connection, keys: Iterable[str]) -> dict[str, Ref]:
    """Return actors, places and instruments by key; unknown keys stand for themselves."""
    wanted = sorted(set(keys))
    out = {key: Ref(key) for key in wanted}
    a = tables.actors.c
    for at in range(0, len(wanted), _LOOKUP):
        rows = connection.execute(
            select(a.key, a.ar, a.en, a.type).where(a.key.in_(wanted[at : at + _LOOKUP]))
        )
        out.update((row.key, Ref(row.key, row.ar, row.en, row.type)) for row in rows)
    return out


def load_named(connection: Connection, rows: Iterable[EntryRow], *fields: str) -> dict[str, Ref]:
    """Return the actors, places and instruments that fields of entries name, by key.

    Values that are no keys (words of a text) stand for themselves.
    """
    return load_refs(connection, (v for row in rows for field in fields for v in row.told(field)))


def load_entries(
    connection: Connection,
    kinds: Sequence[str],
    filters: Filters,
    *,
    newest_first: bool = False,
    limit: int | None = None,
    where: Sequence[ColumnElement[bool]] = (),
) -> list[EntryRow]:
    """Return the entries of some kinds, by day; undated ones last.

    Args:
        connection: a connection to the record.
        kinds: kinds of entry.
        filters: what narrows them.
        newest_first: latest day first.
        limit: instead of the filters' own; 0 for all.
        where: further conditions on ``entries``.
    """
    count = filters.limit if limit is None else limit
    conditions = [*entry_conditions(connection, filters), *where]
    e = tables.entries.c
    day = e.first_day.desc() if newest_first else e.first_day
    if not count:
        query = (
            select(tables.entries)
            .where(e.kind.in_(kinds), *conditions)
            .order_by(e.first_day.is_(None), day, e.articles.desc(), e.id)
        )
        return assemble_rows(connection, connection.execute(query).all())
    # A few of very many: each kind's index gives its first ones without sorting the rest.
    found: list[Any] = []
    for kind in kinds:
        dated = (
            select(tables.entries)
            .where(e.kind == kind, e.first_day.is_not(None), *conditions)
            .order_by(day, e.articles.desc(), e.id)
            .limit(count)
        )
        found += connection.execute(dated).all()
    found.sort(key=lambda row: (-row.articles, row.id))
    found.sort(key=lambda row: row.first_day, reverse=newest_first)
    found = found[:count]
    if len(found) < count:
        undated = (
            select(tables.entries)
            .where(e.kind.in_(kinds), e.first_day.is_(None), *conditions)
            .order_by(e.articles.desc(), e.id)
            .limit(count - len(found))
        )
        found += connection.execute(undated).all()
    return assemble_rows(connection, found)


def load_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, EntryRow]:
    """Return entries by their ids; ids that are not there are left out."""
    wanted = list(ids)
    found: list[Any] = []
    for at in range(0, len(wanted), _LOOKUP):
        some = wanted[at : at + _LOOKUP]
        query = select(tables.entries).where(tables.entries.c.id.in_(some))
        found += connection.execute(query).all()
    return {row.id: row for row in assemble_rows(connection, found)}


def load_texts(record: Record, entries: Iterable[str]) -> dict[str, str]:
    """Return what was said or promised, by entry; empty for happenings.

    Raises:
        RecordError: the record cannot be read.
    """
    e = tables.entries.c
    wanted = sorted(set(entries))
    out: dict[str, str] = {}
    with record.reading() as connection:
        for at in range(0, len(wanted), _LOOKUP):
            some = select(e.id, e.text).where(e.id.in_(wanted[at : at + _LOOKUP]))
            out.update((row.id, row.text) for row in connection.execute(some))
    return out


def field_of(name: str) -> ColumnElement[str]:
    """Return the value of an entry's field that most articles tell, for use in a query."""
    told: ColumnElement[str] = tables.entries.c.fields[(name, 0, 0)].as_string()
    return told


def field_is(name: str, value: str) -> ColumnElement[bool]:
    """Return the condition that most articles tell this value of an entry's field."""
    return field_of(name) == value


def assemble_rows(connection: Connection, found: Sequence[Any]) -> list[EntryRow]:
    """Return rows of ``entries`` with their actors, places and processes."""
    ids = [row.id for row in found]
    links: dict[str, list[tuple[str, str]]] = {}
    processes: dict[str, list[str]] = {}
    for at in range(0, len(ids), _LOOKUP):
        some = ids[at : at + _LOOKUP]
        link, of = tables.entry_actors.c, tables.entry_processes.c
        for row in connection.execute(
            select(link.entry, link.actor, link.role)
            .where(link.entry.in_(some))
            .order_by(link.entry, link.position)
        ):
            links.setdefault(row.entry, []).append((row.actor, row.role))
        for entry, process in connection.execute(
            select(of.entry, of.process).where(of.entry.in_(some)).order_by(of.process)
        ):
            processes.setdefault(entry, []).append(process)
    sentences = _load_sentences(connection, [row.id for row in found if not row.text])
    keys = {actor for pairs in links.values() for actor, _ in pairs}
    keys.update(key for row in found for key in (row.place, row.instrument) if key)
    refs = load_refs(connection, keys)
    return [
        EntryRow(
            id=row.id,
            kind=row.kind,
            type=row.type,
            day=row.first_day,
            time=row.time,
            last_day=row.last_day,
            actors=tuple((refs[actor], role) for actor, role in links.get(row.id, ())),
            place=refs[row.place] if row.place else None,
            modality=row.modality,
            standing=row.standing,
            articles=row.articles,
            origins=row.origins,
            confidence=row.confidence,
            text=row.text or sentences.get(row.id, ""),
            processes=tuple(processes.get(row.id, ())),
            instrument=refs[row.instrument] if row.instrument else None,
            fields={
                name: tuple(Told(value, len(claims), tuple(claims)) for value, claims in values)
                for name, values in row.fields.items()
            },
        )
        for row in found
    ]


def _load_sentences(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the sentence of the first claim of each entry, white space folded."""
    link, c, t = tables.entry_claims.c, tables.claims.c, tables.articles.c
    length = c.sentence_end - c.sentence_start
    out: dict[str, str] = {}
    for at in range(0, len(ids), _LOOKUP):
        rows = connection.execute(
            select(link.entry, func.substr(t.text, c.sentence_start + 1, length).label("sentence"))
            .select_from(
                tables.entry_claims.join(tables.claims, link.claim == c.uid).join(
                    tables.articles, c.article_id == t.id
                )
            )
            .where(link.entry.in_(ids[at : at + _LOOKUP]), link.position == 0)
        )
        for entry, sentence in rows:
            flat = " ".join(sentence.split())
            out[entry] = flat if len(flat) <= _SENTENCE_CHARS else flat[:_SENTENCE_CHARS] + "…"
    return out
