"""The columns of every table that ``mahdar show`` prints."""

from __future__ import annotations

from collections.abc import Iterable

from mahdar.cli.output import Column, cut
from mahdar.i18n import tr, tr_code
from mahdar.views import (
    AgreementRow,
    CeasefireRow,
    CommitmentRow,
    ContactRow,
    EntryRow,
    IncidentRow,
    Ref,
    SourceRow,
    StatementRow,
)
from mahdar.views.incidents import Toll

_CELL_CHARS = 220
_NAMES = 6


def names(refs: Iterable[Ref], lang: str) -> str:
    """Return names joined as the language joins them, the first few with a count of the rest."""
    labels = [ref.label(lang) for ref in refs]
    more = f" +{len(labels) - _NAMES}" if len(labels) > _NAMES else ""
    return ("، " if lang == "ar" else ", ").join(labels[:_NAMES]) + more


def _place(place: Ref | None, lang: str) -> str:
    return place.label(lang) if place else ""


def _sources(articles: int, origins: int) -> str:
    return f"{articles}/{origins}" if articles else ""


def _day(time: str | None, day: str | None) -> str:
    """Return the time as told; in brackets the day of the article where no time is told."""
    return time or (f"({day})" if day else "")


def _toll(toll: Toll | None) -> str:
    if toll is None:
        return ""
    return str(toll.best) if toll.low == toll.high else f"{toll.best} ({toll.low}–{toll.high})"


def _counted(pairs: Iterable[tuple[Ref, int]], lang: str) -> str:
    shown = [
        f"{ref.label(lang) or tr('source.no_name', lang)} {count}" for ref, count in list(pairs)[:4]
    ]
    return ("، " if lang == "ar" else ", ").join(shown)


TIMELINE: tuple[Column[EntryRow], ...] = (
    Column("column.day", lambda r, _: _day(r.time, r.day), 0),
    Column("column.type", lambda r, lang: tr_code("event", r.type, lang), 0),
    Column("column.who", lambda r, lang: names(r.people(), lang), 4),
    Column("column.where", lambda r, lang: _place(r.place, lang), 2),
    Column("column.what", lambda r, _: cut(r.text, _CELL_CHARS), 6),
    Column("column.modality", lambda r, lang: tr_code("modality", r.modality or "", lang), 2),
    Column("column.standing", lambda r, lang: tr_code("standing", r.standing, lang), 2, spare=True),
    Column("column.sources", lambda r, _: _sources(r.articles, r.origins), 0),
    Column("column.id", lambda r, _: r.id, 0),
)

STATEMENTS: tuple[Column[StatementRow], ...] = (
    Column("column.day", lambda r, _: r.day or "", 0),
    Column("column.who", lambda r, lang: names(r.speakers, lang) or tr("show.unnamed", lang), 3),
    Column("column.act", lambda r, lang: tr_code("act", r.act, lang), 2),
    Column("column.said", lambda r, _: cut(r.text, _CELL_CHARS), 8),
    Column("column.via", lambda r, lang: names(r.via, lang), 2, spare=True),
    Column("column.standing", lambda r, lang: tr_code("standing", r.standing, lang), 2, spare=True),
    Column("column.sources", lambda r, _: _sources(r.articles, r.origins), 0),
    Column("column.id", lambda r, _: r.id, 0),
)

CONTACTS: tuple[Column[ContactRow], ...] = (
    Column("column.who", lambda r, lang: r.a.label(lang), 3),
    Column("column.with", lambda r, lang: r.b.label(lang), 3),
    Column("column.times", lambda r, _: str(r.times), 0),
    Column("column.meetings", lambda r, _: str(r.meetings or ""), 1, spare=True),
    Column("column.calls", lambda r, _: str(r.calls or ""), 1, spare=True),
    Column("column.visits", lambda r, _: str(r.visits or ""), 1, spare=True),
    Column("column.rounds", lambda r, _: str(r.rounds or ""), 1, spare=True),
    Column("column.planned", lambda r, _: str(r.planned or ""), 1),
    Column("column.first", lambda r, _: r.first or "", 0),
    Column("column.last", lambda r, _: r.last or "", 0),
    Column("column.id", lambda r, _: r.entries[-1] if r.entries else "", 0),
)

AGREEMENTS: tuple[Column[AgreementRow], ...] = (
    Column("column.day", lambda r, _: _day(r.time, r.day), 0),
    Column("column.agreement", lambda r, lang: r.instrument.label(lang) if r.instrument else "", 3),
    Column("column.parties", lambda r, lang: names(r.parties, lang), 4),
    Column("column.where", lambda r, lang: _place(r.place, lang), 2),
    Column(
        "column.modality",
        lambda r, lang: tr_code("modality", r.modality, lang) if r.modality else "",
        2,
    ),
    Column(
        "column.standing",
        lambda r, lang: tr_code("standing", r.standing, lang) if r.standing else "",
        2,
        spare=True,
    ),
    Column("column.sources", lambda r, _: _sources(r.articles, r.origins), 0),
    Column("column.named_in", lambda r, _: str(r.mentions or ""), 0),
    Column("column.invoked_by", lambda r, lang: _counted(r.invoked_by, lang), 4, spare=True),
    Column("column.id", lambda r, _: r.id, 0),
)

CEASEFIRES: tuple[Column[CeasefireRow], ...] = (
    Column("column.day", lambda r, _: _day(r.time, r.first), 0),
    Column("column.who", lambda r, lang: names(r.declarers, lang), 4),
    Column("column.where", lambda r, lang: _place(r.scope, lang), 2),
    Column("column.state", lambda r, lang: tr_code("truce", r.status, lang), 2),
    Column("column.breaches", lambda r, _: str(len(r.breaches) or ""), 0),
    Column("column.standing", lambda r, lang: tr_code("standing", r.standing, lang), 2, spare=True),
    Column("column.sources", lambda r, _: _sources(r.articles, r.origins), 0),
    Column("column.id", lambda r, _: r.id, 0),
)

INCIDENTS: tuple[Column[IncidentRow], ...] = (
    Column("column.day", lambda r, _: _day(r.entry.time, r.entry.day), 0),
    Column("column.type", lambda r, lang: tr_code("event", r.entry.type, lang), 0),
    Column("column.who", lambda r, lang: names(r.entry.people(), lang), 4),
    Column("column.where", lambda r, lang: _place(r.entry.place, lang), 2),
    Column("column.what", lambda r, _: cut(r.entry.text, _CELL_CHARS), 6),
    Column("column.killed", lambda r, _: _toll(r.killed), 0),
    Column("column.injured", lambda r, _: _toll(r.injured), 0),
    Column(
        "column.standing",
        lambda r, lang: tr_code("standing", r.entry.standing, lang),
        2,
        spare=True,
    ),
    Column("column.sources", lambda r, _: _sources(r.entry.articles, r.entry.origins), 0),
    Column("column.id", lambda r, _: r.entry.id, 0),
)

COMMITMENTS: tuple[Column[CommitmentRow], ...] = (
    Column("column.due", lambda r, _: r.due or "", 0),
    Column("column.state", lambda r, lang: tr_code("promise", r.state, lang), 2),
    Column("column.who", lambda r, lang: names(r.by, lang) or tr("show.unnamed", lang), 3),
    Column("column.promise", lambda r, _: cut(r.act, _CELL_CHARS), 8),
    Column("column.day", lambda r, _: r.made or "", 0),
    Column("column.sources", lambda r, _: _sources(r.articles, r.origins), 0),
    Column("column.id", lambda r, _: r.id, 0),
)

SOURCES: tuple[Column[SourceRow], ...] = (
    Column("column.kind", lambda r, lang: tr_code("source", r.kind, lang), 1),
    Column(
        "column.name",
        lambda r, lang: r.source.label(lang) or tr("source.no_name", lang),
        3,
    ),
    Column("column.articles", lambda r, _: str(r.articles), 1),
    Column("column.claims", lambda r, _: str(r.claims), 1),
    Column("column.copies", lambda r, _: str(r.copies or ""), 1),
    Column("column.own", lambda r, _: str(r.own) if r.kind == "paper" else "", 1),
    Column(
        "column.independence",
        lambda r, _: "" if r.independence is None else f"{r.independence:.0%}",
        1,
    ),
    Column("column.credited", lambda r, lang: _counted(r.credited, lang), 4),
    Column("column.first", lambda r, _: r.first or "", 0),
    Column("column.last", lambda r, _: r.last or "", 0),
)
