"""Sections on incidents with their tolls, aid, and people in custody."""

from __future__ import annotations

from math import log2

from mahdar.export.brief.desk import Desk
from mahdar.export.brief.model import Section, Sentence
from mahdar.export.brief.talks import covers
from mahdar.export.brief.words import join_names
from mahdar.export.formats.request import TLP
from mahdar.i18n import load_messages, tr, tr_code
from mahdar.views import (
    DetaineeRow,
    EntryRow,
    HumanitarianRow,
    IncidentRow,
    list_ceasefires,
    list_detainees,
    list_humanitarian,
    list_incidents,
)
from mahdar.views.incidents import Toll
from mahdar.views.stages import UNREAL

_MOST_COUNTED = 255
_BOTH = ("lowest", "highest")
_MOST_ALIKE = 2
"""Sentences on happenings of one kind at one place: a front moves every day, the reader needs it twice."""


def write_incidents(desk: Desk) -> Section:
    """Return attacks, violations, advances and withdrawals, the deadliest and best attested first."""
    rows = [
        row
        for row in desk.gather(list_incidents, _incident_entry)
        if desk.is_dated(row.entry) and row.entry.modality not in UNREAL
    ]
    rows.sort(key=lambda row: (-_gravity(desk, row), row.entry.id))
    truces = {t.id: t for f in desk.scope.filters() for t in list_ceasefires(desk.record, f)}
    alike: dict[tuple[str, str], int] = {}
    sentences: list[Sentence] = []
    for row in rows:
        entry = row.entry
        where = entry.type, entry.place.key if entry.place else ""
        if len(sentences) == desk.most("incidents"):
            break
        if alike.get(where, 0) == _MOST_ALIKE or not (entry.place or row.killed):
            continue
        alike[where] = alike.get(where, 0) + 1
        parts = desk.parts(entry)
        if entry.best("subtype") == "clash":
            # In a clash papers put either side on either side.
            parts = {"party": [ref for refs in parts.values() for ref in refs]}
        detail = desk.detail(entry)
        text = desk.fill(
            "incident",
            what=_kind(entry, desk.lang),
            place=entry.place.label(desk.lang) if entry.place else "",
            time=desk.when(entry),
            by=desk.labels(parts.get("actor", ()), 2),
            against=desk.labels(parts.get("target", ()), 2),
            parties=desk.labels(parts.get("party", ()), 2),
            killed=_toll(desk, entry, "killed", row.killed),
            injured=_toll(desk, entry, "injured", row.injured),
            truce=tr("brief.in_truce", desk.lang)
            if any(covers(truces[i], entry.day) for i in row.truces if i in truces)
            else "",
            tellers=desk.tellers(detail),
        )
        sentences.append(desk.write(entry, text, extra=_gravity(desk, row) - desk.weigh(entry)))
    return Section("incidents", tuple(sentences), len(rows) - len(sentences))


def _incident_entry(row: IncidentRow) -> EntryRow:
    return row.entry


def _gravity(desk: Desk, row: IncidentRow) -> float:
    """Return how much an incident matters: its weight, its dead, and whether it breaks a truce."""
    # A toll without a day of its own may be that of a whole war.
    counted = bool(row.entry.time) and row.entry.place is not None
    dead = min(_MOST_COUNTED, row.killed.best) if row.killed and counted else 0
    hurt = min(_MOST_COUNTED, row.injured.best) if row.injured and counted else 0
    breach = 2.0 if row.entry.type == "VIOLATION" else 0.0
    return desk.weigh(row.entry) + 0.5 * log2(1 + dead) + 0.15 * log2(1 + hurt) + breach


def _kind(entry: EntryRow, lang: str) -> str:
    """Return the kind of an incident in words: its subtype where that has a name."""
    for told in ("brief.incident", "subtype"):
        if f"{told}.{entry.best('subtype')}" in load_messages():
            return tr(f"{told}.{entry.best('subtype')}", lang)
    return tr_code("event", entry.type, lang)


def _toll(desk: Desk, entry: EntryRow, field: str, toll: Toll | None) -> str:
    """Return a toll in words: the figure, or every figure with who gives it, lowest and highest."""
    if toll is None:
        return ""
    told = [t for t in entry.fields.get(field, ()) if t.value.isdigit()]
    if toll.low == toll.high:
        return f"{toll.best:,}"
    detail = desk.detail(entry)
    figures = join_names(
        (
            tr("brief.figure", desk.lang, number=t.value, tellers=desk.tellers(detail, t.claims))
            for t in told[:2]
        ),
        desk.lang,
    )
    if len(told) == len(_BOTH):
        return figures
    return tr(
        "brief.toll", desk.lang, best=toll.best, low=toll.low, high=toll.high, figures=figures
    )


def write_humanitarian(desk: Desk) -> Section:
    """Return aid, corridors and evacuations."""
    rows = [
        row
        for row in desk.gather(list_humanitarian, _measure_entry)
        if desk.is_dated(row.entry) and (row.by or row.quantities or row.people)
    ]
    alike: dict[tuple[str, str], int] = {}
    sentences: list[Sentence] = []
    for row in rows:
        if len(sentences) == desk.most("humanitarian"):
            break
        by = desk.labels(desk.parts(row.entry).get("actor", ()), 2)
        key = row.measure, by
        alike[key] = alike.get(key, 0) + 1
        if alike[key] > _MOST_ALIKE:
            continue
        text = desk.fill(
            "aid",
            what=tr_code("measure", row.measure, desk.lang),
            by=by,
            origin=desk.labels(row.from_places, 2),
            goal=desk.labels(row.to_places, 2),
            time=desk.when(row.entry),
            quantity=_quantities(row, desk.lang),
            people=f"{row.people[0]:,}" if row.people else "",
            beneficiaries=join_names(
                (tr_code("group", b, desk.lang) for b in row.beneficiaries), desk.lang
            ),
            tellers=desk.tellers(desk.detail(row.entry)),
        )
        sentences.append(desk.write(row.entry, text))
    return Section("humanitarian", tuple(sentences), len(rows) - len(sentences))


def _measure_entry(row: HumanitarianRow) -> EntryRow:
    return row.entry


def _quantities(row: HumanitarianRow, lang: str) -> str:
    told = []
    for quantity in row.quantities[:2]:
        number, _, unit = quantity.partition(" ")
        told.append(
            f"{int(number):,} {tr_code('unit', unit, lang)}"
            if unit and number.isdigit()
            else quantity
        )
    return join_names(told, lang)


def write_detainees(desk: Desk) -> Section:
    """Return detentions, releases and exchanges; who may be a private person is named only within its circle."""
    rows = [
        row
        for row in desk.gather(list_detainees, _detainee_entry)
        if desk.is_dated(row.entry) and (row.kind == "committee" or row.by or row.of or row.persons)
    ]
    sentences: list[Sentence] = []
    told: set[tuple[str, ...]] = set()
    for row in rows:
        if len(sentences) == desk.most("detainees"):
            break
        open_ = TLP.index(row.tlp) <= TLP.index(desk.request.tlp) if row.tlp in TLP else True
        parts = desk.parts(row.entry)
        by, of = parts.get("actor", ()), parts.get("target", ())
        key = (row.kind, *(ref.key for ref in by), "/", *(ref.key for ref in of))
        if key in told:
            continue
        told.add(key)
        text = desk.fill(
            "custody",
            what=tr_code("custody", row.kind, desk.lang),
            by=desk.labels(by, 2) if open_ else "",
            of=desk.labels(of) if open_ else "",
            persons=f"{row.persons.best:,}" if row.persons else "",
            group=join_names((tr_code("group", c, desk.lang) for c in row.categories), desk.lang),
            place=row.entry.place.label(desk.lang) if row.entry.place else "",
            time=desk.when(row.entry),
            mediator=desk.labels(row.mediators, 2),
            tellers=desk.tellers(desk.detail(row.entry)),
        )
        if not open_:
            desk.hidden.add(row.entry.id)
            continue
        sentences.append(desk.write(row.entry, text))
    return Section("detainees", tuple(sentences), len(rows) - len(sentences))


def _detainee_entry(row: DetaineeRow) -> EntryRow:
    return row.entry
