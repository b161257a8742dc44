"""Groups of articles that are copies of one text, and what people rated the sources."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from mahdar.store import Record, list_judgements, tables
from mahdar.store.reviewed import list_undone
from mahdar.views.filters import Filters

_EVERY = Filters()
_LOOKUP = 500


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a group. ``day`` is the anchor's EDTF, else the day of printing as given."""

    sha256: str
    title: str | None
    publisher: str | None
    day: str | None
    words: int


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles that share their text: ``copies`` by day, the first printed first. ``group`` is its id."""

    group: str
    copies: tuple[Copy, ...]

    @property
    def publishers(self) -> int:
        """Return how many papers printed it."""
        return len({copy.publisher for copy in self.copies})


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Some groups of ``total``."""

    rows: tuple[CopyGroup, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Rating:
    """What was decided last on a source: Admiralty reliability A to F, by whom, when and why.

    ``seq`` is the number of the judgement.
    """

    reliability: str
    by: str
    at: str
    reason: str
    seq: int


def list_copies(
    record: Record,
    filters: Filters = _EVERY,
    *,
    publisher: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> CopyPage:
    """Return groups of copies, those printed most often first.

    Args:
        record: an open record.
        filters: only the date filters apply, to the days of the articles.
        publisher: only groups that this paper printed.
        limit: at most so many; 0 for all.
        offset: how many to pass over.
    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    t = tables.articles.c
    day = func.substr(func.coalesce(t.anchor, t.published), 1, 10)
    where: list[ColumnElement[bool]] = [t.copies.is_not(None)]
    if publisher:
        where.append(t.copies.in_(select(t.copies).where(t.publisher == publisher)))
    if (first := filters.first_day()) is not None:
        where.append(day >= first)
    if (last := filters.last_day()) is not None:
        where.append(day <= last)
    groups = select(t.copies, func.count().label("n")).where(*where).group_by(t.copies)
    counted = groups.having(func.count() > 1).subquery()
    with record.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(counted)) or 0
        query = select(counted.c.copies).order_by(counted.c.n.desc(), counted.c.copies)
        query = query.offset(offset).limit(limit) if limit else query.offset(offset)
        keys = list(connection.scalars(query))
        found: dict[str, list[Copy]] = {key: [] for key in keys}
        for at in range(0, len(keys), _LOOKUP):
            for row in connection.execute(
                select(t.copies, t.sha256, t.title, t.publisher, t.anchor, t.published, t.words)
                .where(t.copies.in_(keys[at : at + _LOOKUP]))
                .order_by(func.coalesce(t.anchor, t.published), t.id)
            ):
                shown = row.anchor or row.published
                found[row.copies].append(
                    Copy(row.sha256, row.title, row.publisher, shown, row.words)
                )
    return CopyPage(tuple(CopyGroup(key, tuple(found[key])) for key in keys), total)


def load_ratings(record: Record) -> dict[str, Rating]:
    """Return the reliability that people gave sources, by the source's name or key.

    Raises:
        RecordError: the record cannot be read.
    """
    s = tables.subject_states.c
    with record.reading() as connection:
        rated = connection.execute(
            select(s.subject, s.reliability).where(s.kind == "source", s.reliability.is_not(None))
        ).all()
    if not rated:
        return {}
    undone = list_undone(record)
    out: dict[str, Rating] = {}
    given = {
        j.subject: j
        for j in reversed(list_judgements(record, kind="source"))
        if j.action == "rate" and j.seq not in undone
    }
    for subject, reliability in rated:
        j = given[subject]
        out[subject] = Rating(reliability, j.who, j.at, j.reason, j.seq)
    return out
