"""The columns of humanitarian measures, detainees, designations and naming."""

from __future__ import annotations

from mahdar.cli.columns import (
    CELL_CHARS,
    names,
    show_day,
    show_place,
    show_sources,
    show_toll,
)
from mahdar.cli.output import Column, cut
from mahdar.i18n import tr, tr_code
from mahdar.views import DesignationRow, DetaineeRow, HumanitarianRow, NamingRow


def _quantity(value: str, lang: str) -> str:
    """Return «30 trucks» in the language asked for."""
    number, _, unit = value.partition(" ")
    return f"{number} {tr_code('unit', unit, lang)}"


def _groups(codes: tuple[str, ...], lang: str) -> str:
    return ("، " if lang == "ar" else ", ").join(tr_code("group", code, lang) for code in codes)


def _beneficiaries(row: HumanitarianRow, lang: str) -> str:
    people = " / ".join(map(str, row.people))
    groups = _groups(row.beneficiaries, lang)
    return " · ".join(part for part in (people, groups) if part)


HUMANITARIAN: tuple[Column[HumanitarianRow], ...] = (
    Column("column.day", lambda r, _: show_day(r.entry.time, r.entry.day), 0),
    Column("column.kind", lambda r, lang: tr_code("measure", r.measure, lang), 2),
    Column("column.state", lambda r, lang: tr_code("state", r.state, lang), 1),
    Column("column.by", lambda r, lang: names(r.by, lang), 3),
    Column("column.from", lambda r, lang: names(r.from_places, lang), 2),
    Column("column.to", lambda r, lang: names(r.to_places, lang), 2),
    Column("column.beneficiaries", lambda r, lang: _beneficiaries(r, lang), 2),
    Column(
        "column.quantity",
        lambda r, lang: " / ".join(_quantity(q, lang) for q in r.quantities),
        2,
    ),
    Column("column.what", lambda r, _: cut(r.entry.text, CELL_CHARS), 5),
    Column("column.sources", lambda r, _: show_sources(r.entry.articles, r.entry.origins), 0),
    Column("column.id", lambda r, _: r.entry.id, 0),
)

DETAINEES: tuple[Column[DetaineeRow], ...] = (
    Column("column.day", lambda r, _: show_day(r.entry.time, r.entry.day), 0),
    Column("column.kind", lambda r, lang: tr_code("custody", r.kind, lang), 1),
    Column("column.state", lambda r, lang: tr_code("state", r.state, lang), 1),
    Column("column.by", lambda r, lang: names(r.by, lang), 3),
    Column("column.of", lambda r, lang: names(r.of, lang) or _groups(r.categories, lang), 3),
    Column("column.persons", lambda r, _: show_toll(r.persons), 1),
    Column("column.where", lambda r, lang: show_place(r.entry.place, lang), 2),
    Column("column.what", lambda r, _: cut(r.entry.text, CELL_CHARS), 5),
    Column("column.care", lambda r, _: r.tlp if r.marked else f"{r.tlp}?", 0),
    Column("column.sources", lambda r, _: show_sources(r.entry.articles, r.entry.origins), 0),
    Column("column.id", lambda r, _: r.entry.id, 0),
)


def _designation(row: DesignationRow, lang: str) -> str:
    kind = "arrangement" if row.entry.kind == "listing" else "designation"
    return tr_code(kind, row.kind, lang)


DESIGNATIONS: tuple[Column[DesignationRow], ...] = (
    Column("column.day", lambda r, _: show_day(r.entry.time, r.entry.day), 0),
    Column("column.kind", _designation, 2),
    Column("column.state", lambda r, lang: tr_code("listed", r.state, lang), 2),
    Column("column.listers", lambda r, lang: names(r.listers, lang), 3),
    Column("column.listed", lambda r, lang: names(r.listed, lang), 3),
    Column("column.told_by", lambda r, lang: names(r.told_by, lang), 2),
    Column("column.what", lambda r, _: cut(r.entry.text, CELL_CHARS), 5),
    Column("column.sources", lambda r, _: show_sources(r.entry.articles, r.entry.origins), 0),
    Column("column.id", lambda r, _: r.entry.id, 0),
)

NAMING: tuple[Column[NamingRow], ...] = (
    Column("column.term", lambda r, _: r.term, 3),
    Column("column.used_of", lambda r, lang: r.used_of.label(lang) if r.used_of else "", 3),
    Column("column.user", lambda r, lang: r.user.label(lang) or tr("source.no_name", lang), 3),
    Column("column.kind", lambda r, lang: _user_kind(r, lang), 1),
    Column("column.times", lambda r, _: str(r.times), 0),
    Column("column.articles", lambda r, _: str(r.articles), 0),
    Column("column.first", lambda r, _: r.first or "", 0),
    Column("column.last", lambda r, _: r.last or "", 0),
)


def _user_kind(row: NamingRow, lang: str) -> str:
    key = "show.paper_voice" if row.kind == "paper" else "reading.speaker"
    return tr(key, lang)
