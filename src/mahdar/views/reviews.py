"""Where reviews stand: states of claims and entries, what waits, and the log of judgements."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select

from mahdar.judgements import Judgement
from mahdar.judgements.fold import active_judgements
from mahdar.store import Record, tables
from mahdar.store.decisions import judgement_of, read_numbers
from mahdar.views.filters import Filters, entry_conditions
from mahdar.views.rows import EntryRow, assemble_rows

_EVERY = Filters()
_LOOKUP = 500
OPEN = ("machine_draft", "in_review", "reopened", "needs_second")
"""States in which something still waits for somebody."""


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a claim or entry.

    ``edits`` maps a field to the value that a person gave it. ``fresh`` counts claims that joined
    an entry after it was judged. ``seq`` is the number of the last judgement, 0 for none.
    """

    state: str = "machine_draft"
    verdict: str | None = None
    by: str | None = None
    assignee: str | None = None
    credibility: int | None = None
    tlp: str | None = None
    edits: Mapping[str, Any] = field(default_factory=dict)
    seq: int = 0
    fresh: int = 0


DRAFT = Review()
_CONTESTED = ("disputed", "denied")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries that wait for a review, the most pressing first, each with its state."""

    rows: tuple[EntryRow, ...]
    reviews: dict[str, Review]
    total: int


@dataclass(frozen=True, slots=True)
class LogRow:
    """A judgement as the log shows it. ``undone`` says whether a later one took it back."""

    judgement: Judgement
    undone: bool


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some judgements of ``total``, the latest first."""

    rows: tuple[LogRow, ...]
    total: int


def _review(row: Any) -> Review:
    values = row._mapping
    return Review(
        state=row.state,
        verdict=row.verdict,
        by=row.decided_by,
        assignee=row.assignee,
        credibility=values.get("credibility"),
        tlp=row.tlp,
        edits={name: value for name, (value, _) in row.edits.items()},
        seq=row.seq,
        fresh=values.get("fresh", 0),
    )


def load_claim_reviews(record: Record, claims: Collection[str]) -> dict[str, Review]:
    """Return the reviews of those claims that were judged.

    Raises:
        RecordError: the record cannot be read.
    """
    wanted = sorted(claims)
    out: dict[str, Review] = {}
    s = tables.claim_states
    with record.reading() as connection:
        for at in range(0, len(wanted), _LOOKUP):
            rows = connection.execute(
                select(s).where(s.c.claim.in_(wanted[at : at + _LOOKUP]), s.c.seq > 0)
            )
            out.update((row.claim, _review(row)) for row in rows)
    return out


def load_entry_reviews(record: Record, entries: Collection[str]) -> dict[str, Review]:
    """Return the reviews of those entries that were judged, themselves or through their claims.

    Raises:
        RecordError: the record cannot be read.
    """
    wanted = sorted(entries)
    out: dict[str, Review] = {}
    s = tables.entry_states
    with record.reading() as connection:
        for at in range(0, len(wanted), _LOOKUP):
            rows = connection.execute(select(s).where(s.c.entry.in_(wanted[at : at + _LOOKUP])))
            out.update((row.entry, _review(row)) for row in rows)
    return out


def list_waiting(
    record: Record,
    filters: Filters = _EVERY,
    *,
    kinds: Collection[str] | None = None,
    who: str | None = None,
    mine: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> Waiting:
    """Return the entries that wait for a review.

    What is assigned to ``who`` comes first, then what needs a second look or was reopened, then what
    sources dispute or deny, then what most independent origins tell.

    Args:
        record: an open record.
        filters: what narrows them.
        kinds: kinds of entry; all of them if ``None``.
        who: the person that looks.
        mine: only what is assigned to them.
        limit: at most so many.
        offset: how many to pass over.
    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    e, s = tables.entries.c, tables.entry_states.c
    joined = tables.entries.outerjoin(tables.entry_states, s.entry == e.id)
    told_apart = e.standing.in_(_CONTESTED)
    pressing = case(
        (s.assignee == (who or ""), 0),
        (s.state.in_(("needs_second", "reopened")), 1),
        (s.state.is_not(None), 2),
        else_=3,
    )
    attested = (e.origins.desc(), e.articles.desc(), e.first_day.desc(), e.id.desc())
    with record.reading() as connection:
        # States tell what waits: a rejection that needs a second look does.
        narrowed = entry_conditions(connection, replace(filters, rejected=True))
        if kinds is not None:
            narrowed.append(e.kind.in_(kinds))
        if mine:
            narrowed.append(s.assignee == who)

        def count(*conditions: ColumnElement[bool]) -> int:
            asked = select(func.count()).select_from(joined).where(*conditions, *narrowed)
            return connection.scalar(asked) or 0

        # Two lists, one behind the other: the few that press are sorted, the many are read off an
        # index. Each side of the «or» has an index of its own.
        states = select(s.entry)
        urgent = or_(
            e.id.in_(states.where(s.state.in_(OPEN))), and_(told_apart, e.id.not_in(states))
        )
        plain = and_(s.entry.is_(None), not_(told_apart))
        urgent_total = count(urgent)
        if narrowed:
            total = urgent_total + count(plain)
        else:
            every = connection.scalar(select(func.count()).select_from(tables.entries)) or 0
            closed = select(func.count()).select_from(tables.entry_states)
            total = every - (connection.scalar(closed.where(s.state.not_in(OPEN))) or 0)
        found = list(
            connection.execute(
                select(tables.entries)
                .select_from(joined)
                .where(urgent, *narrowed)
                .order_by(pressing, *attested)
                .limit(limit)
                .offset(offset)
            )
        )
        if len(found) < limit:
            found += connection.execute(
                select(tables.entries)
                .select_from(joined)
                .where(plain, *narrowed)
                .order_by(*attested)
                .limit(limit - len(found))
                .offset(max(0, offset - urgent_total))
            )
        rows = tuple(assemble_rows(connection, found))
    return Waiting(rows, load_entry_reviews(record, [row.id for row in rows]), total)


def list_log(
    record: Record,
    *,
    who: str | None = None,
    action: str | None = None,
    kind: str | None = None,
    subject: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> LogPage:
    """Return judgements, the latest first.

    Args:
        record: an open record.
        who: only of this person.
        action: only of this action.
        kind: only about this kind of subject.
        subject: only about this.
        limit: at most so many.
        offset: how many to pass over.
    Raises:
        RecordError: the record cannot be read.
    """
    j = tables.judgements.c
    given = ((j.who, who), (j.action, action), (j.kind, kind), (j.subject, subject))
    where = [column == value for column, value in given if value]
    with record.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(tables.judgements).where(*where))
        found = connection.execute(
            select(tables.judgements)
            .where(*where)
            .order_by(j.seq.desc())
            .limit(limit)
            .offset(offset)
        ).all()
        shown = [judgement_of(row) for row in found]
        active = {
            a.seq for a in active_judgements(read_numbers(connection, [s.seq for s in shown]))
        }
    rows = tuple(LogRow(s, s.action != "undo" and s.seq not in active) for s in shown)
    return LogPage(rows, total or 0)
