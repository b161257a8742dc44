"""What is new in a record since a moment, and the days it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import FromClause, func, select

from mahdar.store import Record, tables
from mahdar.views.rows import EntryRow, assemble_rows

_RECENT_DAYS = 45
"""A record whose latest article is older is read as of that article's day, not of today."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What came in. ``entries`` are those with a claim of a new article, best attested first.

    ``latest`` is the moment (UTC) at which the newest article came in, ``None`` in an empty record.
    """

    articles: int
    claims: int
    entries: tuple[EntryRow, ...]
    entries_total: int
    latest: str | None


def load_fresh(record: Record, since: str | None, *, limit: int = 12) -> Fresh:
    """Return what came in after a moment; all of it where none is given.

    Args:
        record: an open record.
        since: ISO 8601, UTC.
        limit: at most so many entries.
    Raises:
        RecordError: the record cannot be read.
    """
    t, c, e, link = tables.articles.c, tables.claims.c, tables.entries.c, tables.entry_claims.c
    new = [t.added_at > since] if since else []
    with record.reading() as connection:
        articles = connection.scalar(select(func.count()).select_from(tables.articles).where(*new))
        latest = connection.scalar(select(func.max(t.added_at)))
        if not articles:
            return Fresh(0, 0, (), 0, latest)
        told: FromClause = tables.claims
        if since:
            told = told.join(tables.articles, c.article_id == t.id)
        claims = connection.scalar(select(func.count()).select_from(told).where(*new))
        where = [e.kind.not_in(("statement", "commitment"))]
        if since:
            behind = tables.entry_claims.join(tables.claims, link.claim == c.uid).join(
                tables.articles, c.article_id == t.id
            )
            where.append(e.id.in_(select(link.entry).select_from(behind).where(*new)))
        total = connection.scalar(select(func.count()).select_from(tables.entries).where(*where))
        found = connection.execute(
            select(tables.entries)
            .where(*where)
            .order_by(e.origins.desc(), e.articles.desc(), e.first_day.desc(), e.id.desc())
            .limit(limit)
        ).all()
        rows = tuple(assemble_rows(connection, found))
    return Fresh(articles or 0, claims or 0, rows, total or 0, latest)


def find_present(record: Record, today: date | None = None) -> date:
    """Return the day on which a record is best judged: today, or its latest day where that is past.

    A record of 2015 would otherwise show every promise as overdue and no truce in force.

    Raises:
        RecordError: the record cannot be read.
    """
    t = tables.articles.c
    now = today or date.today()
    told = func.coalesce(t.anchor, t.published)
    day = func.substr(told, 1, 10)
    with record.reading() as connection:
        latest = connection.scalar(
            select(day)
            .where(func.length(day) == 10, day <= now.isoformat())
            .order_by(told.desc().nulls_last())  # read off an index, the latest first
            .limit(1)
        )
    try:
        last = date.fromisoformat(latest) if latest else now
    except ValueError:
        return now
    return last if (now - last).days > _RECENT_DAYS else now
