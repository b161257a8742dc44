"""Naming: which paper or speaker calls whom what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection, select

from mahdar.consolidation.days import format_day, parse_days
from mahdar.store import Record, tables
from mahdar.views.filters import Filters, find_actors
from mahdar.views.rows import Ref, load_refs

_EVERY = Filters()


@dataclass(frozen=True, slots=True)
class NamingRow:
    """A loaded or distancing term, whom it is used of, and who uses it.

    ``term`` is as printed first; ``used_of`` is ``None`` where the text does not tell; ``user`` is a paper
    (``kind`` paper: its own words) or a speaker. ``first`` and ``last`` are ISO days; ``claims`` the uids.
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


@dataclass(slots=True)
class _Tally:
    text: str
    claims: list[str] = field(default_factory=list)
    articles: set[int] = field(default_factory=set)
    days: list[str] = field(default_factory=list)


def list_naming(record: Record, filters: Filters = _EVERY) -> list[NamingRow]:
    """Return who calls whom what, the most frequent first.

    ``actor`` filters by whom the term is used of or who uses it; ``type`` by the kind of user.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    first, last = filters.first_day(), filters.last_day()
    tallies: dict[tuple[str, str | None, str, str], _Tally] = {}
    with record.reading() as connection:
        wanted = find_actors(connection, filters.actor) if filters.actor else None
        roles = _load_roles(connection)
        c, t = tables.claims.c, tables.articles.c
        for row in connection.execute(
            select(c.uid, c.type, c.text, c.published, c.article_id, c.statement, t.publisher)
            .select_from(tables.claims.join(tables.articles))
            .where(c.kind == "naming")
            .order_by(c.published, c.uid)
        ):
            days = parse_days(row.published)
            day = format_day(days.first) if days else None
            if (first and (day is None or day < first)) or (last and (day is None or day > last)):
                continue
            held = roles.get(row.uid, {})
            target = held.get("target", [None])[0]
            speakers = held.get("speaker", [])
            users = [("speaker", key) for key in speakers] or [("paper", row.publisher or "")]
            for kind, user in users:
                if wanted is not None and target not in wanted and user not in wanted:
                    continue
                tally = tallies.setdefault((row.type, target, kind, user), _Tally(row.text))
                tally.claims.append(row.uid)
                tally.articles.add(row.article_id)
                if day:
                    tally.days.append(day)
        keys = {key for _, key, _, _ in tallies if key}
        keys |= {user for _, _, kind, user in tallies if kind == "speaker"}
        refs = load_refs(connection, keys)
    rows = [
        NamingRow(
            tally.text,
            refs[target] if target else None,
            refs[user] if kind == "speaker" else Ref(user, user, user),
            "speaker" if kind == "speaker" else "paper",
            len(tally.claims),
            len(tally.articles),
            min(tally.days, default=None),
            max(tally.days, default=None),
            tuple(tally.claims),
        )
        for (_, target, kind, user), tally in tallies.items()
        if filters.type is None or filters.type.lower() == kind
    ]
    rows.sort(key=lambda r: (-r.times, r.term, r.user.key))
    return rows[: filters.limit] if filters.limit else rows


def _load_roles(connection: Connection) -> dict[str, dict[str, list[str]]]:
    c, r = tables.claims.c, tables.claim_roles.c
    out: dict[str, dict[str, list[str]]] = {}
    for uid, actor, role in connection.execute(
        select(r.claim, r.actor, r.role)
        .select_from(tables.claim_roles.join(tables.claims))
        .where(c.kind == "naming")
        .order_by(r.claim, r.position)
    ):
        out.setdefault(uid, {}).setdefault(role, []).append(actor)
    return out
