"""The columns of talks, processes, positions, bodies and zones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mahdar.cli.columns import CELL_CHARS, names, show_day, show_place, show_sources
from mahdar.cli.output import Column, cut
from mahdar.i18n import tr, tr_code
from mahdar.views import BodyRow, PositionRow, ProcessRow, Ref, Stage, TalkRow, ZoneRow

_STAGES = 6


def _joined(parts: Iterable[str], lang: str) -> str:
    return ("، " if lang == "ar" else ", ").join(part for part in parts if part)


def show_stage(status: str, modality: str | None, lang: str) -> str:
    """Return a status, with how real it is where it has not come about: «معلن (مزمع)»."""
    shown = tr_code("status", status, lang)
    if modality in (None, "occurred", "ongoing"):
        return shown
    return f"{shown} ({tr_code('modality', modality or '', lang)})"


def _history(history: Sequence[Stage], lang: str) -> str:
    steps: dict[str, None] = {}
    for stage in history:
        day = show_day(stage.time, stage.day)
        steps[f"{day} {show_stage(stage.status, stage.modality, lang)}".strip()] = None
    shown = list(steps)
    more = f" +{len(shown) - _STAGES}" if len(shown) > _STAGES else ""
    return (" ← " if lang == "ar" else " → ").join(shown[-_STAGES:]) + more


def _talk(talk: TalkRow | None, lang: str) -> str:
    if talk is None:
        return ""
    when = show_day(talk.entry.time, talk.entry.day)
    who = names(talk.attended, lang)
    return " · ".join(p for p in (when, show_place(talk.entry.place, lang), who) if p)


def _round(talk: TalkRow, lang: str) -> str:
    return tr_code("round", talk.round, lang) if talk.round else ""


def _label(ref: Ref | None, lang: str) -> str:
    return ref.label(lang) if ref else ""


TALKS: tuple[Column[TalkRow], ...] = (
    Column("column.process", lambda r, lang: r.process.label(lang), 2),
    Column("column.track", lambda r, lang: _label(r.track, lang), 1),
    Column("column.round", lambda r, lang: _round(r, lang), 1),
    Column("column.day", lambda r, _: show_day(r.entry.time, r.entry.day), 0),
    Column("column.where", lambda r, lang: show_place(r.entry.place, lang), 2),
    Column("column.state", lambda r, lang: tr_code("talk", r.state, lang), 1),
    Column("column.attended", lambda r, lang: names(r.attended, lang), 4),
    Column("column.sponsors", lambda r, lang: names((*r.sponsors, *r.mediators), lang), 2),
    Column("column.what", lambda r, _: cut(r.entry.text, CELL_CHARS), 5, spare=True),
    Column("column.sources", lambda r, _: show_sources(r.entry.articles, r.entry.origins), 0),
    Column("column.id", lambda r, _: r.entry.id, 0),
)

PROCESSES: tuple[Column[ProcessRow], ...] = (
    Column(
        "column.process",
        lambda r, lang: r.process.label(lang) if r.process else tr("page.no_process", lang),
        2,
    ),
    Column("column.entries", lambda r, _: str(r.entries), 0),
    Column(
        "column.kind",
        lambda r, lang: _joined((f"{tr_code('kind', k, lang)} {n}" for k, n in r.kinds[:5]), lang),
        3,
        spare=True,
    ),
    Column("column.tracks", lambda r, lang: names(r.tracks, lang), 2),
    Column(
        "column.attended",
        lambda r, lang: _joined((f"{ref.label(lang)} {n}" for ref, n in r.attended[:5]), lang),
        4,
    ),
    Column("column.last_talk", lambda r, lang: _talk(r.last_talk, lang), 3),
    Column("column.what_next", lambda r, lang: _talk(r.next_talk, lang), 3),
    Column("column.first", lambda r, _: r.first or "", 0),
    Column("column.last", lambda r, _: r.last or "", 0),
    Column("column.id", lambda r, _: r.process.key if r.process else "", 0),
)

POSITIONS: tuple[Column[PositionRow], ...] = (
    Column("column.issue", lambda r, lang: tr_code("issue", r.issue, lang), 2),
    Column("column.who", lambda r, lang: r.actor.label(lang), 2),
    Column("column.day", lambda r, _: r.day or "", 0),
    Column("column.stance", lambda r, lang: tr_code("stance", r.stance or "", lang), 0),
    Column("column.before", lambda r, lang: tr_code("stance", r.before or "", lang), 0),
    Column("column.said", lambda r, _: cut(r.entry.text, CELL_CHARS), 8),
    Column(
        "column.contradicted",
        lambda r, lang: _joined(
            (f"{c.actor.label(lang)} {c.day}" for c in r.contradicted_by), lang
        ),
        3,
    ),
    Column("column.sources", lambda r, _: show_sources(r.entry.articles, r.entry.origins), 0),
    Column("column.id", lambda r, _: r.entry.id, 0),
)

BODIES: tuple[Column[BodyRow], ...] = (
    Column("column.body", lambda r, _: f"{r.number} × {r.name}" if r.number else r.name, 2),
    Column("column.kind", lambda r, lang: tr_code("arrangement", r.kind, lang), 2),
    Column("column.status", lambda r, lang: show_stage(r.status, r.modality, lang), 2),
    Column("column.members", lambda r, lang: names((*r.chairs, *r.members), lang), 3),
    Column("column.founders", lambda r, lang: names(r.founders, lang), 2),
    Column("column.mandate", lambda r, _: cut(" / ".join(r.mandates), CELL_CHARS), 4),
    Column("column.under", lambda r, lang: names(r.under, lang), 2, spare=True),
    Column("column.guarantors", lambda r, lang: names(r.guarantors, lang), 2, spare=True),
    Column("column.told_by", lambda r, lang: names(r.told_by, lang), 2, spare=True),
    Column("column.where", lambda r, lang: show_place(r.place, lang), 1, spare=True),
    Column("column.history", lambda r, lang: _history(r.history, lang), 3, spare=True),
    Column("column.articles", lambda r, _: str(r.articles), 0),
    Column("column.id", lambda r, _: r.history[-1].entry.id if r.history else "", 0),
)

ZONES: tuple[Column[ZoneRow], ...] = (
    Column("column.where", lambda r, lang: show_place(r.place, lang), 2),
    Column("column.kind", lambda r, lang: tr_code("arrangement", r.kind, lang), 2),
    Column("column.status", lambda r, lang: show_stage(r.status, r.modality, lang), 2),
    Column("column.history", lambda r, lang: _history(r.history, lang), 6),
    Column("column.guarantors", lambda r, lang: names(r.guarantors, lang), 2),
    Column("column.monitors", lambda r, lang: names((*r.monitors, *r.mediators), lang), 2),
    Column("column.under", lambda r, lang: names(r.under, lang), 2, spare=True),
    Column("column.breaches", lambda r, _: str(len(r.breaches) or ""), 0),
    Column("column.articles", lambda r, _: str(r.articles), 0),
    Column("column.id", lambda r, _: r.history[-1].entry.id if r.history else "", 0),
)
