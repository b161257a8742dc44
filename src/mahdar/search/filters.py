"""What a search is narrowed by, as conditions on the rows of each kind of result."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, String, cast, func, or_, select

from mahdar.consolidation.days import read_limit
from mahdar.store import tables
from mahdar.store.names import find_actors, find_places

Kind = Literal["article", "statement", "entry"]
KINDS: tuple[Kind, ...] = ("article", "statement", "entry")


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Narrows a search; ``None`` leaves a side open.

    ``kind`` says what results are: articles, single statements of an article, or entries of the
    record (one happening or utterance across papers, found in any of its sources). ``actor``,
    ``place`` and ``agency`` are pack ids or names, Arabic in any spelling or English; a place stands
    for all that lies in it: where an entry happened, what an article names. ``publisher`` is the
    paper as the record has it, any case. ``since`` and ``until`` are EDTF days, months or years, both
    included. ``type`` is an event type or act; for entries also their kind; for articles, something
    of this type is told in it. ``newest`` puts the latest day first instead of the best match.
    """

    kind: Kind = "article"
    actor: str | None = None
    place: str | None = None
    process: str | None = None
    publisher: str | None = None
    agency: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    newest: bool = False

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


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on results; ``needs`` is the table beside the words that it looks at, if any."""

    clause: ColumnElement[bool]
    needs: str = ""


_ARTICLE_OF: dict[Kind, tuple[Any, str]] = {
    "article": (tables.search_articles.c.article_id, ""),
    "statement": (tables.search_passages.c.article_id, "search_passages"),
    "entry": (tables.search_passages.c.article_id, "search_passages"),
}


def find_conditions(connection: Connection, kind: Kind, filters: SearchFilters) -> list[Condition]:
    """Return the conditions for one kind of result that filters stand for.

    Raises:
        SettingError: a date that is none.
    """
    out = _of_days(kind, filters)
    article, passages = _ARTICLE_OF[kind]
    m, c, e = tables.mentions.c, tables.claims.c, tables.entries.c
    for articles in articles_wanted(connection, filters):
        out.append(Condition(article.in_(articles), passages))
    if filters.actor:
        keys = find_actors(connection, filters.actor)
        links: dict[Kind, tuple[Any, Any, Any]] = {
            "article": (article, m.article_id, m.actor),
            "statement": (
                tables.search_claims.c.claim,
                tables.claim_roles.c.claim,
                tables.claim_roles.c.actor,
            ),
            "entry": (
                tables.entry_claims.c.entry,
                tables.entry_actors.c.entry,
                tables.entry_actors.c.actor,
            ),
        }
        mine, linked, actor = links[kind]
        out.append(Condition(_has(mine, linked, actor.in_(keys))))
    if filters.place:
        keys = find_places(connection, filters.place)
        if kind == "entry":
            out.append(Condition(e.place.in_(keys), "entries"))
        else:
            out.append(Condition(_has(article, m.article_id, m.actor.in_(keys)), passages))
    if filters.process:
        of = tables.entry_processes.c
        if kind == "entry":
            mine, belongs = tables.entry_claims.c.entry, of.process == filters.process
            out.append(Condition(_has(mine, of.entry, belongs)))
        else:
            told = tables.search_processes.c
            belongs = told.process == filters.process
            out.append(Condition(_has(article, told.article_id, belongs), passages))
    if filters.type:
        wanted = filters.type.lower()
        if kind == "entry":
            either = or_(func.lower(e.type) == wanted, func.lower(e.kind) == wanted)
            out.append(Condition(either, "entries"))
        elif kind == "statement":
            out.append(Condition(func.lower(c.type) == wanted, "claims"))
        else:
            telling = select(c.article_id).where(func.lower(c.type) == wanted)
            out.append(Condition(article.in_(telling)))
    return out


def _has(mine: Any, linked: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a result has a linked row of some kind.

    Asked of each result, not as a list that it is in: SQLite would look up every result with every
    member of the list (16 seconds for a process of 7,000 entries).
    """
    return select(1).where(linked == mine, condition).correlate(mine.table).exists()


def articles_wanted(connection: Connection, filters: SearchFilters) -> list[Select[Any]]:
    """Return the ids of the articles that a paper and an agency narrow a search to, each apart."""
    t = tables.articles.c
    out: list[Select[Any]] = []
    if filters.publisher:
        out.append(select(t.id).where(func.lower(t.publisher) == filters.publisher.strip().lower()))
    if filters.agency:
        # A list of keys kept as JSON: the key stands in it between quotation marks.
        keys = sorted(find_actors(connection, filters.agency))
        kept = cast(t.credits, String)
        out.append(
            select(t.id).where(
                or_(*(kept.contains(json.dumps(key), autoescape=True) for key in keys))
            )
        )
    return out


def _of_days(kind: Kind, filters: SearchFilters) -> list[Condition]:
    of, needs = {
        "article": (tables.search_articles.c, ""),
        "statement": (tables.search_claims.c, ""),
        "entry": (tables.entries.c, "entries"),
    }[kind]
    out: list[Condition] = []
    if (first := filters.first_day()) is not None:
        out.append(Condition(of.last_day >= first, needs))
    if (last := filters.last_day()) is not None:
        out.append(Condition(of.first_day <= last, needs))
    return out
