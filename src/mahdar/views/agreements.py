"""Agreements and instruments: parties, terms, dates, who invokes them and who is said to breach them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from mahdar.consolidation.days import format_day, parse_days
from mahdar.store import Record, tables
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, Ref, Told, load_entries, load_named, load_refs

_EVERY = Filters()
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
    told_only = bool(filters.actor or filters.place or filters.process)
    with record.reading() as connection:
        entries = load_entries(connection, ("agreement",), replace(filters, type=None), limit=0)
        named = _load_named(connection, filters)
        keys = {key for n in named.values() for key in n.speakers} | set(named)
        keys |= {key for n in named.values() for use in n.uses for key in use[1:] if key}
        refs = load_refs(connection, keys) | load_named(connection, entries, *_PEOPLE)
    rows = [_told(row, named, refs) for row in entries]
    seen = {row.instrument.key for row in entries if row.instrument}
    if not told_only:
        rows += [_bare(refs[key], n, refs) for key, n in named.items() if key not in seen]
    rows.sort(key=lambda r: (-max(r.articles, r.mentions), r.day or "9999", r.id))
    return rows[: filters.limit] if filters.limit else rows


def _load_named(connection: Connection, filters: Filters) -> dict[str, _Named]:
    first, last = filters.first_day(), filters.last_day()
    c, r = tables.claims.c, tables.claim_roles.c
    out: dict[str, _Named] = {}
    for row in connection.execute(
        select(c.uid, c.instrument, c.article_id, c.published, c.facts, r.actor)
        .select_from(tables.claims.outerjoin(tables.claim_roles, r.claim == c.uid))
        .where(c.kind == "instrument")
    ):
        days = parse_days(row.published)
        day = format_day(days.first) if days else None
        if (first and (day is None or day < first)) or (last and (day is None or day > last)):
            continue
        named = out.setdefault(row.instrument, _Named())
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
