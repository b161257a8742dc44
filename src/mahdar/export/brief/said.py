"""Sections on positions that moved or contradict each other, and on promises."""

from __future__ import annotations

from datetime import date, timedelta

from mahdar.consolidation.days import format_day, parse_days
from mahdar.export.brief.desk import Desk
from mahdar.export.brief.model import Section, Sentence
from mahdar.export.brief.notes import exact_words
from mahdar.export.brief.words import clip, name_time
from mahdar.i18n import tr
from mahdar.store import Record
from mahdar.views import (
    CommitmentRow,
    EntryRow,
    Filters,
    PositionRow,
    list_commitments,
    list_positions,
)

_MOST_OF_ISSUE = 2
_QUOTE_CHARS = 110
_PROMISE_CHARS = 130
_BEFORE_DAYS = 183
_AHEAD_DAYS = 30
"""Promises due so long after the period are told with it."""
_STATES = {"overdue": 1.5, "due": 1.5, "open": 0.8}


def write_positions(desk: Desk) -> Section:
    """Return stances that changed in the period, and pairs that contradict each other, with quotation.

    The stance before is looked up in the half year before the period too.
    """
    begin = date.fromisoformat(desk.scope.first) - timedelta(days=_BEFORE_DAYS)
    asked = Filters(since=begin.isoformat(), until=desk.scope.last)
    stances = list_positions(desk.record, asked)
    rows = [
        row
        for row in stances
        if desk.in_period(row.day)
        and row.stance
        and (row.before or row.contradicted_by)
        and desk.is_ours(row.entry)
        and desk.may_show(row.entry)
        and not row.actor.key.startswith("unnamed:")
    ]
    desk.load_reviews(row.entry for row in rows)
    rows.sort(key=lambda row: (-_weight(desk, row), row.entry.id, row.issue))
    others = _contrary_entries(desk, rows, stances)
    sentences: list[Sentence] = []
    told: set[tuple[str, ...]] = set()
    issues: dict[str, int] = {}
    for row in rows:
        if len(sentences) == desk.most("positions"):
            break
        against = next((c for c in row.contradicted_by if c.entry in others), None)
        if not (row.before or against) or issues.get(row.issue, 0) == _MOST_OF_ISSUE:
            continue
        other = against.actor.key if against else row.before or ""
        key = (row.issue, *sorted((row.actor.key, other)))
        if key in told or not (quote := _quote(desk, row.entry)):
            continue
        told.add(key)
        issues[row.issue] = issues.get(row.issue, 0) + 1
        lang = desk.lang
        issue = tr(f"issue.{row.issue}", lang)
        stance = tr(f"brief.stance.{row.stance}", lang)
        text = desk.fill(
            "position",
            issue=issue,
            who=row.actor.label(lang),
            stance=stance,
            quote=quote,
            time=desk.when(row.entry),
            before=tr(f"brief.stance.{row.before}", lang) if row.before else "",
            against_say=desk.fill(
                "contrary",
                who=against.actor.label(lang),
                stance=tr(f"brief.stance.{against.stance}", lang),
                quote=_quote(desk, others[against.entry]),
            )
            if against
            else "",
        )
        sentences.append(
            desk.write(
                row.entry,
                text,
                extra=_weight(desk, row) - desk.weigh(row.entry),
                against=others[against.entry] if against else None,
            )
        )
    return Section("positions", tuple(sentences), max(0, len(rows) - len(sentences)))


def _weight(desk: Desk, row: PositionRow) -> float:
    known = 0.0 if ":" in row.actor.key else 1.0
    return desk.weigh(row.entry) + (1.0 if row.before else 0.0) + known - (0.5 if row.hedged else 0)


def _contrary_entries(
    desk: Desk, rows: list[PositionRow], stances: list[PositionRow]
) -> dict[str, EntryRow]:
    """Return the statements of those who contradict that belong here too and may be shown."""
    wanted = {c.entry for row in rows for c in row.contradicted_by}
    found = {
        row.entry.id: row.entry
        for row in stances
        if row.entry.id in wanted and not row.actor.key.startswith("unnamed:")
    }
    return {
        key: entry for key, entry in found.items() if desk.is_ours(entry) and desk.may_show(entry)
    }


def _quote(desk: Desk, entry: EntryRow) -> str:
    evidence = desk.detail(entry).evidence
    return exact_words(evidence[0], _QUOTE_CHARS) if evidence else ""


def write_commitments(desk: Desk) -> Section:
    """Return promises that fell due in the period, are overdue, or fall due within a month after it."""
    last = date.fromisoformat(desk.scope.last)
    ahead = (last + timedelta(days=_AHEAD_DAYS)).isoformat()

    def ask(record: Record, filters: Filters) -> list[CommitmentRow]:
        return list_commitments(record, filters, as_of=last)

    rows = [
        row
        for row in ask(desk.record, Filters(until=desk.scope.last))
        if row.state in _STATES
        and row.due
        and desk.is_ours(row.entry)
        and desk.may_show(row.entry)
        and desk.scope.first <= _last_day(row.due) <= ahead
    ]
    desk.load_reviews(row.entry for row in rows)
    rows.sort(key=lambda row: (-desk.weigh(row.entry) - _STATES[row.state], row.id))
    sentences = []
    for row in rows[: desk.most("commitments")]:
        links = [link for link in row.links if desk.may_show(link.entry)]
        link = links[0] if links else None
        text = desk.fill(
            "promise",
            promiser=desk.labels(row.by)
            or desk.tellers(desk.detail(row.entry))
            or tr("brief.somebody", desk.lang),
            act=_act(desk, row),
            due=name_time(row.due, desk.lang, year=last.year),
            state=tr(f"promise.{row.state}", desk.lang),
            condition=tr("brief.conditional", desk.lang) if row.condition else "",
            link=tr(f"brief.link.{link.relation}", desk.lang, day=_day(desk, link.entry))
            if link
            else "",
        )
        sentences.append(desk.write(row.entry, text, extra=_STATES[row.state]))
    return Section("commitments", tuple(sentences), len(rows) - len(sentences))


def _last_day(edtf: str) -> str:

    days = parse_days(edtf)
    return format_day(days.last) if days else ""


def _act(desk: Desk, row: CommitmentRow) -> str:

    return clip(row.act, _PROMISE_CHARS)


def _day(desk: Desk, entry: EntryRow) -> str:
    """Return the day of an entry in words: as told, else that of its first article."""
    return name_time(entry.time or entry.day, desk.lang)
