"""Sources: papers and agencies, and how much of what they print is their own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, Text, cast, func, select

from mahdar.consolidation.days import format_day, parse_days
from mahdar.store import Record, tables
from mahdar.store.notes import load_house_names
from mahdar.views.filters import Filters
from mahdar.views.rows import Ref, load_refs

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A paper, or an agency that papers credit.

    For a paper: ``own`` counts articles that neither are copies nor credit an agency,
    ``copies`` those that share their text with another article, ``credited`` the agencies of its
    datelines (its own name in them does not count). For an agency: ``articles`` are those that credit it, ``credited`` the papers.
    ``independence`` is ``own`` over ``articles``, ``None`` for an agency.
    """

    source: Ref
    kind: Literal["paper", "agency"]
    articles: int
    claims: int
    copies: int
    own: int
    credited: tuple[tuple[Ref, int], ...]
    first: str | None
    last: str | None
    independence: float | None


@dataclass(slots=True)
class _Tally:
    articles: int = 0
    claims: int = 0
    copies: int = 0
    own: int = 0
    credited: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)

    def take(self, row: Any, day: str | None, credited: Sequence[str], *, own: bool) -> None:
        """Count a group of articles."""
        self.articles += row.articles
        self.claims += int(row.claims or 0)  # PostgreSQL adds counts up as a Decimal
        self.copies += row.articles if row.copied else 0
        self.own += row.articles if own else 0
        for name in credited:
            self.credited[name] += row.articles
        if day:
            self.days.add(day)


def list_sources(record: Record, filters: Filters = _EVERY) -> list[SourceRow]:
    """Return papers, then agencies, each by number of articles.

    Only the date filters apply, to the day of the article.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    papers: dict[str, _Tally] = {}
    agencies: dict[str, _Tally] = {}
    with record.reading() as connection:
        house = load_house_names(connection)
        for row, day in _iter_groups(connection, filters):
            name = row.publisher or ""
            credited = [a for a in json.loads(row.credited) if (name, a) not in house]
            own = not row.copied and not credited
            papers.setdefault(name, _Tally()).take(row, day, credited, own=own)
            for agency in credited:
                agencies.setdefault(agency, _Tally()).take(row, day, [name], own=False)
        refs = load_refs(connection, agencies)
    by_name = {name: Ref(name, name, name) for name in papers}
    rows = _rows("paper", papers, by_name, refs) + _rows("agency", agencies, refs, by_name)
    return rows[: filters.limit] if filters.limit else rows


def _iter_groups(connection: Connection, filters: Filters) -> Iterable[tuple[Any, str | None]]:
    """Yield groups of articles of one paper, day and credits, with their number and that of their claims."""
    first, last = filters.first_day(), filters.last_day()
    t, c = tables.articles.c, tables.claims.c
    counted = select(c.article_id, func.count().label("claims")).group_by(c.article_id).subquery()
    told = func.coalesce(t.anchor, t.published).label("told")
    credits = cast(t.credits, Text).label("credited")
    copied = t.copies.is_not(None).label("copied")
    keys = (t.publisher, told, credits, copied)
    for row in connection.execute(
        select(
            *keys,
            func.count().label("articles"),
            func.sum(counted.c.claims).label("claims"),
        )
        .select_from(tables.articles.outerjoin(counted, counted.c.article_id == t.id))
        .group_by(*keys)
    ):
        days = parse_days(row.told)
        day = format_day(days.first) if days else None
        if (first and (day is None or day < first)) or (last and (day is None or day > last)):
            continue
        yield row, day


def _rows(
    kind: Literal["paper", "agency"],
    tallies: dict[str, _Tally],
    names: dict[str, Ref],
    others: dict[str, Ref],
) -> list[SourceRow]:
    ranked = sorted(tallies.items(), key=lambda item: (-item[1].articles, item[0]))
    return [
        SourceRow(
            source=names[key],
            kind=kind,
            articles=t.articles,
            claims=t.claims,
            copies=t.copies,
            own=t.own,
            credited=tuple(
                (others[other], n)
                for other, n in sorted(t.credited.items(), key=lambda item: (-item[1], item[0]))
            ),
            first=min(t.days, default=None),
            last=max(t.days, default=None),
            independence=round(t.own / t.articles, 3) if kind == "paper" else None,
        )
        for key, t in ranked
    ]
