"""Statements: who said what, when, through whom, and who else repeated it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from mahdar.store import Record, tables
from mahdar.views.filters import Filters
from mahdar.views.issues import find_issue
from mahdar.views.rows import EntryRow, Ref, load_entries, load_refs

_EVERY = Filters()
_LOOKUP = 500


@dataclass(frozen=True, slots=True)
class StatementRow:
    """Words attributed to somebody. ``day`` is when they were said, else first printed.

    ``via`` holds the media and agencies they came through, in any article.
    """

    id: str
    day: str | None
    speakers: tuple[Ref, ...]
    act: str
    text: str
    mode: str | None
    setting: str | None
    via: tuple[Ref, ...]
    standing: str
    articles: int
    origins: int
    issues: tuple[str, ...] = ()
    stance: str | None = None
    hedged: bool = False
    addressees: tuple[Ref, ...] = ()
    claims: tuple[str, ...] = ()


def list_statements(record: Record, filters: Filters = _EVERY) -> list[StatementRow]:
    """Return the statements of a record, earliest first; ``type`` filters by act.

    Raises:
        SettingError: a date filter that is no date, or an unknown issue.
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        about = _about(find_issue(filters.issue)) if filters.issue else ()
        entries = load_entries(connection, ("statement",), filters, where=about)
        via = _load_via(connection, entries)
    return [
        StatementRow(
            id=row.id,
            day=row.day,
            speakers=row.people("speaker"),
            act=row.type,
            text=row.text,
            mode=row.best("mode"),
            setting=row.best("subtype"),
            via=via.get(row.id, ()),
            standing=row.standing,
            articles=row.articles,
            origins=row.origins,
            issues=row.told("issue"),
            stance=row.best("stance"),
            hedged=bool(row.told("hedged")),
            addressees=row.people("addressee"),
            claims=row.claims,
        )
        for row in entries
    ]


def _about(issue: str) -> tuple[ColumnElement[bool]]:
    of = tables.entry_issues.c
    return (tables.entries.c.id.in_(select(of.entry).where(of.issue == issue)),)


def _load_via(connection: Connection, entries: list[EntryRow]) -> dict[str, tuple[Ref, ...]]:
    """Return what each statement came through: its claims' chains without the speakers."""
    link, c = tables.entry_claims.c, tables.claims.c
    speakers = {row.id: {ref.key for ref in row.people("speaker")} for row in entries}
    found: dict[str, dict[str, None]] = {}
    ids = list(speakers)
    for at in range(0, len(ids), _LOOKUP):
        rows = connection.execute(
            select(link.entry, c.chain)
            .select_from(tables.entry_claims.join(tables.claims, link.claim == c.uid))
            .where(link.entry.in_(ids[at : at + _LOOKUP]))
            .order_by(link.entry, link.position)
        )
        for entry, chain in rows:
            through = found.setdefault(entry, {})
            through.update(dict.fromkeys(k for k in chain if k not in speakers[entry]))
    refs = load_refs(connection, (key for keys in found.values() for key in keys))
    return {entry: tuple(refs[key] for key in keys) for entry, keys in found.items()}
