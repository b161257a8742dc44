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
    Toll,
)

CELL_CHARS = 220
_NAMES = 6


def names(refs: Iterable[Ref], lang: str) -> str:
    """Return names joined as the language joins them, the first few with a count of the rest."""
    labels = [ref.label(lang) for ref in refs]
    more = f" +{len(labels) - _NAMES}" if len(labels) > _NAMES else ""
    return ("، " if lang == "ar" else ", ").join(labels[:_NAMES]) + more


def show_place(place: Ref | None, lang: str) -> str:
    """Return a place's name, empty for none."""
    return place.label(lang) if place else ""


def show_sources(articles: int, origins: int) -> str:
    """Return articles and independent origins: «3/2»."""
    return f"{articles}/{origins}" if articles else ""


def show_day(time: str | None, day: str | None) -> str:
    """Return the time as told; in brackets the day of the article where no time is told."""
    return time or (f"({day})" if day else "")


def show_toll(toll: Toll | None) -> str:
    """Return a figure with its bounds: «12 (10–15)»."""
    if toll is None:
        return ""
    return str(toll.best) if toll.low == toll.high else f"{toll.best} ({toll.low}–{toll.high})"


def _counted(pairs: Iterable[tuple[Ref, int]], lang: str) -> str:
    shown = [
        f"{ref.label(lang) or tr('source.no_name', lang)} {count}" for ref, count in list(pairs)[:4]
    ]
    return ("، " if lang == "ar" else ", ").join(shown)


def _codes(kind: str, codes: Iterable[str], lang: str) -> str:
    return ("، " if lang == "ar" else ", ").join(tr_code(kind, code, lang) for code in codes)


def _quiet(row: ContactRow, lang: str) -> str:
    """Return the days of silence, marked where it is far longer than usual."""
    if row.quiet_days is None:
        return ""
    stopped = f" {tr('show.stopped', lang)}" if row.stopped else ""
    return f"{row.quiet_days}{stopped}"


def _agreement(row: AgreementRow) -> str:
    """Return what a text calls an agreement that has no name."""
    return cut(row.title or "", CELL_CHARS)


def _dates(row: AgreementRow, lang: str) -> str:
    told = (
        ("announced", row.announced),
        ("signed", row.signed),
        ("in_effect", row.in_effect),
    )
    return _joined(
        (f"{tr_code('field', name, lang)} {'/'.join(t.value for t in v)}" for name, v in told if v),
        lang,
    )


def _joined(parts: Iterable[str], lang: str) -> str:
    return ("، " if lang == "ar" else ", ").join(part for part in parts if part)


def _breakers(row: AgreementRow, lang: str) -> str:
    """Return who is said to breach an agreement, and by whom."""
    told = []
    for use in row.breaches:
        by = use.by.label(lang) if use.by else tr("show.paper_voice", lang)
        told.append(f"{use.accused.label(lang) if use.accused else '؟'} ({by})")
    return _joined(told[:_NAMES], lang)


def _links(row: CommitmentRow, lang: str) -> str:
    return _joined(
        (
            f"{tr_code('link', link.relation, lang)} {link.entry.id} {link.confidence:.2f}"
            for link in row.links[:3]
        ),
        lang,
    )


def _duration(row: CeasefireRow, lang: str) -> str:
    """Return an ISO 8601 duration in words: «P5D» as «5 days»."""
    code = row.duration or ""
    number = "".join(c for c in code if c.isdigit())
    return f"{number} {tr_code('unit', code[-1], lang)}" if number else ""


TIMELINE: tuple[Column[EntryRow], ...] = (
    Column("column.day", lambda r, _: show_day(r.time, r.day), 0),
    Column("column.type", lambda r, lang: tr_code("event", r.type, lang), 0),
    Column("column.who", lambda r, lang: names(r.people(), lang), 4),
    Column("column.where", lambda r, lang: show_place(r.place, lang), 2),
    Column("column.what", lambda r, _: cut(r.text, CELL_CHARS), 6),
    Column("column.modality", lambda r, lang: tr_code("modality", r.modality or "", lang), 2),
    Column("column.standing", lambda r, lang: tr_code("standing", r.standing, lang), 2, spare=True),
    Column("column.sources", lambda r, _: show_sources(r.articles, r.origins), 0),
    Column("column.id", lambda r, _: r.id, 0),
)

STATEMENTS: tuple[Column[StatementRow], ...] = (
    Column("column.day", lambda r, _: r.day or "", 0),
    Column("column.who", lambda r, lang: names(r.speakers, lang) or tr("show.unnamed", lang), 3),
    Column("column.act", lambda r, lang: tr_code("act", r.act, lang), 2),
    Column("column.said", lambda r, _: cut(r.text, CELL_CHARS), 8),
    Column("column.issue", lambda r, lang: _codes("issue", r.issues, lang), 2, spare=True),
    Column("column.stance", lambda r, lang: tr_code("stance", r.stance or "", lang), 1, spare=True),
    Column("column.via", lambda r, lang: names(r.via, lang), 2, spare=True),
    Column("column.standing", lambda r, lang: tr_code("standing", r.standing, lang), 2, spare=True),
    Column("column.sources", lambda r, _: show_sources(r.articles, r.origins), 0),
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
    Column("column.quiet", _quiet, 1),
    Column("column.id", lambda r, _: r.entries[-1] if r.entries else "", 0),
)

AGREEMENTS: tuple[Column[AgreementRow], ...] = (
    Column("column.day", lambda r, _: show_day(r.time, r.day), 0),
    Column(
        "column.agreement",
        lambda r, lang: r.instrument.label(lang) if r.instrument else _agreement(r),
        4,
    ),
    Column("column.parties", lambda r, lang: names(r.parties, lang), 4),
    Column(
        "column.sponsors", lambda r, lang: names((*r.mediators, *r.sponsors), lang), 2, spare=True
    ),
    Column("column.guarantors", lambda r, lang: names(r.guarantors, lang), 2),
    Column("column.dates", _dates, 2, spare=True),
    Column(
        "column.provisions",
        lambda r, _: cut(" / ".join(t.value for t in r.provisions), CELL_CHARS),
        4,
        spare=True,
    ),
    Column("column.where", lambda r, lang: show_place(r.place, lang), 2),
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
    Column("column.sources", lambda r, _: show_sources(r.articles, r.origins), 0),
    Column("column.named_in", lambda r, _: str(r.mentions or ""), 0),
    Column("column.invoked_by", lambda r, lang: _counted(r.invoked_by, lang), 4, spare=True),
    Column("column.breached_by", _breakers, 3, spare=True),
    Column("column.id", lambda r, _: r.id, 0),
)

CEASEFIRES: tuple[Column[CeasefireRow], ...] = (
    Column("column.day", lambda r, _: show_day(r.time, r.first), 0),
    Column("column.who", lambda r, lang: names(r.declarers, lang), 4),
    Column("column.where", lambda r, lang: show_place(r.scope, lang), 2),
    Column("column.state", lambda r, lang: tr_code("truce", r.status, lang), 2),
    Column("column.duration", _duration, 1),
    Column("column.guarantors", lambda r, lang: names(r.guarantors, lang), 2, spare=True),
    Column(
        "column.monitors", lambda r, lang: names((*r.monitors, *r.mediators), lang), 2, spare=True
    ),
    Column("column.breaches", lambda r, _: str(len(r.breaches) or ""), 0),
    Column("column.standing", lambda r, lang: tr_code("standing", r.standing, lang), 2, spare=True),
    Column("column.sources", lambda r, _: show_sources(r.articles, r.origins), 0),
    Column("column.id", lambda r, _: r.id, 0),
)

INCIDENTS: tuple[Column[IncidentRow], ...] = (
    Column("column.day", lambda r, _: show_day(r.entry.time, r.entry.day), 0),
    Column("column.type", lambda r, lang: tr_code("event", r.entry.type, lang), 0),
    Column("column.who", lambda r, lang: names(r.entry.people(), lang), 4),
    Column("column.where", lambda r, lang: show_place(r.entry.place, lang), 2),
    Column("column.what", lambda r, _: cut(r.entry.text, CELL_CHARS), 6),
    Column("column.killed", lambda r, _: show_toll(r.killed), 0),
    Column("column.injured", lambda r, _: show_toll(r.injured), 0),
    Column("column.truce", lambda r, _: " ".join(r.truces[:2]), 1, spare=True),
    Column(
        "column.standing",
        lambda r, lang: tr_code("standing", r.entry.standing, lang),
        2,
        spare=True,
    ),
    Column("column.sources", lambda r, _: show_sources(r.entry.articles, r.entry.origins), 0),
    Column("column.id", lambda r, _: r.entry.id, 0),
)

COMMITMENTS: tuple[Column[CommitmentRow], ...] = (
    Column("column.due", lambda r, _: r.due or "", 0),
    Column("column.state", lambda r, lang: tr_code("promise", r.state, lang), 2),
    Column("column.who", lambda r, lang: names(r.by, lang) or tr("show.unnamed", lang), 3),
    Column("column.promise", lambda r, _: cut(r.act, CELL_CHARS), 8),
    Column("column.condition", lambda r, _: cut(r.condition or "", 80), 2, spare=True),
    Column("column.links", _links, 3, spare=True),
    Column("column.day", lambda r, _: r.made or "", 0),
    Column("column.sources", lambda r, _: show_sources(r.articles, r.origins), 0),
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
