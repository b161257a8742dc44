"""Agreements and instruments: parties, terms, dates, who invokes them and who is said to breach them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Text, cast, func, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.rows import EntryRow, Ref, Told, load_by_id, load_named, load_refs

_EVERY = Filters()
_LOOKUP = 500
_PEOPLE = ("guarantor", "mediator", "sponsor", "under")


@dataclass(frozen=True, slots=True)
class Use:
    """What articles tell to be done with an instrument: invoked, supported, rejected or breached.

    ``by`` is who says so (``None``: a paper in its own voice), ``accused`` who is said to breach it.
    ``claims`` are the uids of the mentions.
    """

    use: str
    by: Ref | None
    accused: Ref | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement that was told of, or an instrument that is only named.

    ``id`` is the entry's, or the instrument's where no article tells how it came about. ``title`` is what
    a text calls an agreement without a name. ``day`` and ``time`` are of the agreement; ``announced``,
    ``signed`` and ``in_effect`` every date told of these. ``mentions`` counts articles that name the instrument,
    ``invoked_by`` those who speak of it, most often first; ``uses`` tells how. ``entry`` is ``None`` for an
    instrument that is only named.
    """

    id: str
    instrument: Ref | None
    parties: tuple[Ref, ...]
    place: Ref | None
    day: str | None
    time: str | None
    modality: str | None
    standing: str | None
    articles: int
    origins: int
    mentions: int
    invoked_by: tuple[tuple[Ref, int], ...]
    processes: tuple[str, ...]
    title: str | None = None
    stage: str | None = None
    mediators: tuple[Ref, ...] = ()
    guarantors: tuple[Ref, ...] = ()
    sponsors: tuple[Ref, ...] = ()
    hosts: tuple[Ref, ...] = ()
    under: tuple[Ref, ...] = ()
    announced: tuple[Told, ...] = ()
    signed: tuple[Told, ...] = ()
    in_effect: tuple[Told, ...] = ()
    provisions: tuple[Told, ...] = ()
    uses: tuple[Use, ...] = ()
    entry: EntryRow | None = None

    @property
    def breaches(self) -> tuple[Use, ...]:
        """Return the uses that tell of a breach."""
        return tuple(use for use in self.uses if use.use == "breached")


@dataclass(slots=True)
class _Named:
    """How an instrument is named across the record; ``uses`` by use, speaker and accused."""

    articles: set[int] = field(default_factory=set)
    speakers: Counter[str] = field(default_factory=Counter)
    uses: dict[tuple[str, str | None, str | None], list[str]] = field(default_factory=dict)


def list_agreements(record: Record, filters: Filters = _EVERY) -> list[AgreementRow]:
    """Return agreements by the number of articles that tell of or name them.

    With an actor, process, or place filter only agreements that were told of are given; dates
    filter agreements by their day and bare instruments by the day of the article.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        ranked = _rank(connection, filters)
        return _open(connection, filters, ranked[: filters.limit] if filters.limit else ranked)


Show = Literal["", "told", "named", "breached"]


def browse_agreements(
    record: Record, filters: Filters = _EVERY, *, show: Show = "", limit: int = 50, offset: int = 0
) -> tuple[list[AgreementRow], int]:
    """Return some agreements in the order of ``list_agreements``, and how many there are.

    Args:
        record: an open record.
        filters: as for ``list_agreements``.
        show: ``told`` for those that articles tell of, ``named`` for instruments that are only named,
            ``breached`` for those that somebody is said to breach.
        limit: at most so many.
        offset: how many to pass over.
    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        ranked = _rank(connection, filters)
        if show == "breached":
            breached = _find_breached(connection, filters)
            ranked = [one for one in ranked if one.instrument in breached]
        elif show:
            ranked = [one for one in ranked if one.is_entry == (show == "told")]
        return _open(connection, filters, ranked[offset : offset + limit]), len(ranked)


class _Ranked(NamedTuple):
    """An agreement in short, in the order of the list: most articles first, then the earliest."""

    articles: int
    day: str
    id: str
    is_entry: bool
    instrument: str | None


def _rank(connection: Connection, filters: Filters) -> list[_Ranked]:
    e = tables.entries.c
    mentions = _count_mentions(connection, filters)
    told = connection.execute(
        select(e.id, e.instrument, e.articles, e.first_day).where(
            e.kind == "agreement",
            *entry_conditions(connection, replace(filters, type=None)),
        )
    ).all()
    ranked = [
        _Ranked(
            -max(r.articles, mentions.get(r.instrument, 0)),
            r.first_day or "9999",
            r.id,
            True,
            r.instrument,
        )
        for r in told
    ]
    if not (filters.actor or filters.place or filters.process):
        seen = {row.instrument for row in told}
        ranked += [
            _Ranked(-count, "9999", key, False, key)
            for key, count in mentions.items()
            if key not in seen
        ]
    ranked.sort(key=lambda one: one[:4])
    return ranked


def _open(connection: Connection, filters: Filters, shown: Sequence[_Ranked]) -> list[AgreementRow]:
    entries = load_by_id(connection, [one.id for one in shown if one.is_entry])
    bare = {one.id for one in shown if not one.is_entry}
    wanted = {row.instrument.key for row in entries.values() if row.instrument} | bare
    named = _load_mentions(connection, filters, wanted)
    keys = {key for n in named.values() for key in n.speakers} | wanted
    keys |= {key for n in named.values() for use in n.uses for key in use[1:] if key}
    refs = load_refs(connection, keys) | load_named(connection, entries.values(), *_PEOPLE)
    return [
        _told(entries[one.id], named, refs)
        if one.is_entry
        else _bare(refs[one.id], named[one.id], refs)
        for one in shown
    ]


def _find_breached(connection: Connection, filters: Filters) -> set[str]:
    """Return the instruments that somebody is said to breach."""
    c = tables.claims.c
    rows = connection.execute(
        select(c.instrument, c.facts).where(
            c.kind == "instrument",
            c.instrument.is_not(None),
            cast(c.facts, Text).contains('"breached"', autoescape=True),
            *_days(filters),
        )
    )
    return {
        instrument
        for instrument, facts in rows
        if any(name == "use" and value == "breached" for name, value, *_ in facts or ())
    }


def _days(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of date filters on the day of the article that names an instrument."""
    published = func.substr(tables.claims.c.published, 1, 10)
    out: list[ColumnElement[bool]] = []
    if (first := filters.first_day()) is not None:
        out.append(published >= first)
    if (last := filters.last_day()) is not None:
        out.append(published <= last)
    return out


def _count_mentions(connection: Connection, filters: Filters) -> dict[str, int]:
    """Return how many articles name each instrument."""
    c = tables.claims.c
    rows = connection.execute(
        select(c.instrument, func.count(c.article_id.distinct()))
        .where(c.kind == "instrument", c.instrument.is_not(None), *_days(filters))
        .group_by(c.instrument)
    )
    return {row[0]: row[1] for row in rows}


def _load_mentions(connection: Connection, filters: Filters, wanted: set[str]) -> dict[str, _Named]:
    """Return how the instruments wanted are named: by whom, to what use."""
    c, r = tables.claims.c, tables.claim_roles.c
    out: dict[str, _Named] = {key: _Named() for key in wanted}
    keys = sorted(wanted)
    for at in range(0, len(keys), _LOOKUP):
        for row in connection.execute(
            select(c.uid, c.instrument, c.article_id, c.facts, r.actor)
            .select_from(tables.claims.outerjoin(tables.claim_roles, r.claim == c.uid))
            .where(
                c.instrument.in_(keys[at : at + _LOOKUP]),
                c.kind == "instrument",
                *_days(filters),
            )
        ):
            named = out[row.instrument]
            named.articles.add(row.article_id)
            if row.actor:
                named.speakers[row.actor] += 1
            facts = {name: value for name, value, *_ in row.facts or ()}
            if "use" in facts:
                key = (facts["use"], row.actor, facts.get("accused"))
                named.uses.setdefault(key, []).append(row.uid)
    return out


def _invokers(named: _Named | None, refs: dict[str, Ref]) -> tuple[tuple[Ref, int], ...]:
    if named is None:
        return ()
    ranked = sorted(named.speakers.items(), key=lambda item: (-item[1], item[0]))
    return tuple((refs[key], n) for key, n in ranked)


def _uses(named: _Named | None, refs: dict[str, Ref]) -> tuple[Use, ...]:
    if named is None:
        return ()
    ranked = sorted(
        named.uses.items(), key=lambda item: (-len(item[1]), item[0][0], str(item[0][1:]))
    )
    return tuple(
        Use(use, refs[by] if by else None, refs[accused] if accused else None, tuple(uids))
        for (use, by, accused), uids in ranked
    )


def _told(row: EntryRow, named: dict[str, _Named], refs: dict[str, Ref]) -> AgreementRow:
    mentioned = named.get(row.instrument.key) if row.instrument else None
    people = {name: tuple(refs[v] for v in row.told(name)) for name in _PEOPLE}
    return AgreementRow(
        id=row.id,
        instrument=row.instrument,
        parties=row.people("actor"),
        place=row.place,
        day=row.day,
        time=row.time,
        modality=row.modality,
        standing=row.standing,
        articles=row.articles,
        origins=row.origins,
        mentions=len(mentioned.articles) if mentioned else 0,
        invoked_by=_invokers(mentioned, refs),
        processes=row.processes,
        title=row.best("title"),
        stage=row.best("subtype"),
        mediators=(*row.people("mediator"), *people["mediator"]),
        guarantors=people["guarantor"],
        sponsors=people["sponsor"],
        hosts=row.people("host"),
        under=people["under"],
        announced=row.fields.get("announced", ()),
        signed=row.fields.get("signed", ()),
        in_effect=row.fields.get("in_effect", ()),
        provisions=row.fields.get("provision", ()),
        uses=_uses(mentioned, refs),
        entry=row,
    )


def _bare(instrument: Ref, named: _Named, refs: dict[str, Ref]) -> AgreementRow:
    return AgreementRow(
        id=instrument.key,
        instrument=instrument,
        parties=(),
        place=None,
        day=None,
        time=None,
        modality=None,
        standing=None,
        articles=0,
        origins=0,
        mentions=len(named.articles),
        invoked_by=_invokers(named, refs),
        processes=(),
        uses=_uses(named, refs),
    )
