"""Naming: which paper or speaker calls whom what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, String, case, func, literal, or_, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, find_actors
from mahdar.views.rows import Ref, load_refs

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class NamingRow:
    """A loaded or distancing term, whom it is used of, and who uses it.

    ``term`` is as printed; ``used_of`` is ``None`` where the text does not tell; ``user`` is a paper
    (``kind`` paper: its own words) or a speaker. ``first`` and ``last`` are days of articles; ``claims`` the uids.
    """

    term: str
    used_of: Ref | None
    user: Ref
    kind: Literal["paper", "speaker"]
    times: int
    articles: int
    first: str | None
    last: str | None
    claims: tuple[str, ...]


def list_naming(record: Record, filters: Filters = _EVERY) -> list[NamingRow]:
    """Return who calls whom what, the most frequent first.

    ``actor`` filters by whom the term is used of or who uses it; ``type`` by the kind of user.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        found = [_row(row) for row in _count(connection, filters)]
        return _name(connection, found)


def rank_naming(record: Record, filters: Filters = _EVERY) -> list[NamingRow]:
    """Return what ``list_naming`` does by keys alone and with the first claim of each: see ``name_naming``.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        return [_row(row) for row in _count(connection, filters, every_claim=False)]


def name_naming(record: Record, rows: Sequence[NamingRow]) -> list[NamingRow]:
    """Return rows with the names of whom they are about.

    Raises:
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        return _name(connection, rows)


def _row(row: Any) -> NamingRow:
    paper = row.publisher or ""
    return NamingRow(
        row.text,
        Ref(row.target) if row.target else None,
        Ref(row.speaker) if row.speaker else Ref(paper, paper, paper),
        "speaker" if row.speaker else "paper",
        row.times,
        row.articles,
        row.first,
        row.last,
        tuple(sorted(row.uids.split(","))),
    )


def _name(connection: Connection, rows: Sequence[NamingRow]) -> list[NamingRow]:
    keys = {row.used_of.key for row in rows if row.used_of}
    keys |= {row.user.key for row in rows if row.kind == "speaker"}
    refs = load_refs(connection, keys)
    return [
        replace(
            row,
            used_of=refs[row.used_of.key] if row.used_of else None,
            user=refs[row.user.key] if row.kind == "speaker" else row.user,
        )
        for row in rows
    ]


_TARGET = tables.claim_roles.alias("target")
_SPEAKER = tables.claim_roles.alias("speaker")
_NO_PAPER = literal("", String)


def _conditions(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    c = tables.claims.c
    out: list[ColumnElement[bool]] = [c.kind == "naming"]
    if filters.actor:
        keys = find_actors(connection, filters.actor)
        roles = tables.claim_roles.c
        out.append(c.uid.in_(select(roles.claim).where(roles.actor.in_(keys))))
        out.append(or_(_TARGET.c.actor.in_(keys), _SPEAKER.c.actor.in_(keys)))
    if (first := filters.first_day()) is not None:
        out.append(c.published >= first)
    if (last := filters.last_day()) is not None:
        out.append(func.substr(c.published, 1, 10) <= last)
    if filters.type == "paper":
        out.append(_SPEAKER.c.actor.is_(None))
    elif filters.type == "speaker":
        out.append(_SPEAKER.c.actor.is_not(None))
    return out


def _source() -> Any:
    c = tables.claims.c
    return (
        tables.claims.join(tables.articles)
        .outerjoin(_TARGET, (_TARGET.c.claim == c.uid) & (_TARGET.c.role == "target"))
        .outerjoin(_SPEAKER, (_SPEAKER.c.claim == c.uid) & (_SPEAKER.c.role == "speaker"))
    )


def _paper() -> ColumnElement[str]:
    """Return the paper where it speaks in its own voice, empty where somebody is quoted."""
    return case((_SPEAKER.c.actor.is_(None), tables.articles.c.publisher), else_=_NO_PAPER)


def _count(connection: Connection, filters: Filters, *, every_claim: bool = True) -> Sequence[Any]:
    c = tables.claims.c
    paper = _paper().label("publisher")
    keys = (c.type, _TARGET.c.actor, _SPEAKER.c.actor, paper)
    times = func.count().label("times")
    query = (
        select(
            c.type,
            _TARGET.c.actor.label("target"),
            _SPEAKER.c.actor.label("speaker"),
            paper,
            times,
            func.count(c.article_id.distinct()).label("articles"),
            func.min(func.substr(c.published, 1, 10)).label("first"),
            func.max(func.substr(c.published, 1, 10)).label("last"),
            func.min(c.text).label("text"),
            (func.aggregate_strings(c.uid, ",") if every_claim else func.min(c.uid)).label("uids"),
        )
        .select_from(_source())
        .where(*_conditions(connection, filters))
        .group_by(*keys)
        .order_by(times.desc(), c.type, *keys[1:])
    )
    if filters.limit:
        query = query.limit(filters.limit)
    return connection.execute(query).all()
