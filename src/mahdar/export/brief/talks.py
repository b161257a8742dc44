"""Sections on who talks to whom, what was agreed, which truces and zones stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import log2

from mahdar.export.brief.desk import Desk
from mahdar.export.brief.model import Section, Sentence
from mahdar.export.brief.words import count, name_time
from mahdar.i18n import load_messages, tr, tr_code
from mahdar.store import Record
from mahdar.views import (
    AgreementRow,
    BodyRow,
    CeasefireRow,
    EntryRow,
    Filters,
    Stage,
    ZoneRow,
    list_agreements,
    list_bodies,
    list_ceasefires,
    list_talks,
    list_timeline,
    list_zones,
)
from mahdar.views.stages import UNREAL

_PERSONS = 4
_DAYS_OF = {"D": 1, "W": 7, "M": 31, "Y": 366}


def write_contacts(desk: Desk) -> Section:
    """Return meetings, calls, visits and rounds, and what is to come."""
    rounds = {
        t.entry.id: t for f in desk.scope.filters() if f.process for t in list_talks(desk.record, f)
    }
    rows = [row for row in desk.gather(_list_meetings, _itself) if desk.is_dated(row)]
    rows += _list_next(desk)
    rows.sort(key=lambda row: (-desk.weigh(row) - _closeness(desk, row), row.id))
    sentences: list[Sentence] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        if len(sentences) == desk.most("contacts"):
            break
        parts = desk.parts(row, enough=2)
        people = [ref for role in ("actor", "target", "party") for ref in parts.get(role, ())]
        if len(people) < _NEEDED.get(row.type, 1):
            continue
        who = tuple(sorted(ref.key for ref in people[:2]))
        seen[who] = seen.get(who, 0) + 1
        if seen[who] > 2:
            continue
        talk = rounds.get(row.id)
        subtype = row.best("subtype")
        pattern = f"{row.type}.{subtype}"
        if f"brief.say.{pattern}" not in load_messages():
            pattern = row.type
        who_text = desk.labels(people, _PERSONS)
        text = desk.fill(
            pattern,
            who=who_text,
            **{slot: row.place.label(desk.lang) if row.place else "" for slot in _WHERE},
            time=desk.when(row),
            host=desk.labels(parts.get("host", ())),
            mediator=desk.labels([*parts.get("mediator", ()), *(talk.mediators if talk else ())]),
            sponsor=desk.labels(talk.sponsors if talk else ()),
            round=_round(talk.round, desk.lang) if talk and talk.round else "",
        )
        sentences.append(desk.write(row, text, extra=_closeness(desk, row)))
    return Section("contacts", tuple(sentences), len(rows) - len(sentences))


def _list_next(desk: Desk) -> list[EntryRow]:
    """Return the contacts dated after the period of which articles of the period tell."""
    rows = [row for row in desk.gather(_list_meetings, _itself, ahead=True) if row.time]
    rows = [row for row in rows if row.modality not in UNREAL and desk.is_dated(row)]
    return [
        row
        for row in rows[: desk.most("contacts")]
        if any(desk.in_period((e.published or "")[:10]) for e in desk.detail(row).evidence)
    ]


def _closeness(desk: Desk, row: EntryRow) -> float:
    """Return how much a contact matters: what comes next, parties that talk before journeys of one."""
    ahead = row.modality == "planned" and (row.last_day or "") >= desk.scope.last
    together = 2.0 if row.type in ("MEET", "CALL", "NEGOTIATE") else 0.0
    parties = 0.6 if len(row.people()) > 1 else -0.8
    return together + parties + (2.5 if ahead else 0.0)


_WHERE = ("place", "goal", "origin")
_NEEDED = {"MEET": 2, "CALL": 2}
"""A meeting with one party known tells nothing of who met whom."""


def _round(told: str, lang: str) -> str:
    key = f"round.{told}"
    return tr(key, lang) if key in load_messages() else told


def _list_meetings(record: Record, filters: Filters) -> list[EntryRow]:
    return [row for row in list_timeline(record, filters) if row.kind == "meeting"]


def _itself(row: EntryRow) -> EntryRow:
    return row


def write_truces(desk: Desk) -> Section:
    """Return truces, zones and monitoring bodies with how they stand and what is told to break them."""
    sentences: list[Sentence] = []
    truces = [row for row in desk.gather(list_ceasefires, _truce_entry) if _tells(row)]
    most = desk.most("truces")
    for row in truces[:most]:
        sentences.append(
            desk.write(
                row.entry, _truce(desk, row), extra=0.4 * len(row.breaches[:4]), says_how_real=True
            )
        )
    zones = [zone for zone in desk.gather(list_zones, _zone_entry) if _is_open(desk, zone.history)]
    for zone in zones[:most]:
        entry = _zone_entry(zone)
        breaches = [row for row in zone.breaches if desk.may_show(row)]
        text = desk.fill(
            "zone",
            what=tr_code("arrangement", zone.kind, desk.lang),
            place=zone.place.label(desk.lang) if zone.place else "",
            status=tr_code("status", zone.status, desk.lang),
            time=desk.when(entry),
            guarantor=desk.labels(zone.guarantors),
            monitor=desk.labels(zone.monitors),
            tellers=desk.tellers(desk.detail(entry)),
            breaches=count("breaches", len(breaches), desk.lang) if breaches else "",
        )
        sentences.append(desk.write(entry, text, extra=1.0, says_how_real=True))
    bodies = [
        body
        for body in desk.gather(list_bodies, _body_entry)
        if body.name and body.status != "named" and _is_open(desk, body.history)
    ]
    for body in bodies[: most // 2]:
        entry = _body_entry(body)
        text = desk.fill(
            "body",
            name=body.name,
            status=tr_code("status", body.status, desk.lang),
            member=desk.labels(body.members),
            founder=desk.labels(body.founders),
            tellers=desk.tellers(desk.detail(entry)),
        )
        sentences.append(desk.write(entry, text, says_how_real=True))
    sentences.sort(key=lambda s: -s.weight)
    found = len(truces) + len(zones) + len(bodies)
    return Section("truces", tuple(sentences), found - len(sentences))


def _is_open(desk: Desk, history: Sequence[Stage]) -> bool:
    """Tell whether the readers may see all that a row was put together from."""
    hidden = [stage for stage in history if not desk.may_show(stage.entry)]
    return not hidden


def _truce_entry(row: CeasefireRow) -> EntryRow:
    return row.entry


def _zone_entry(row: ZoneRow) -> EntryRow:
    return next(
        (stage.entry for stage in reversed(row.history) if stage.status == row.status),
        row.history[-1].entry,
    )


def _body_entry(row: BodyRow) -> EntryRow:
    return next(
        (stage.entry for stage in reversed(row.history) if stage.status == row.status),
        row.history[-1].entry,
    )


def _tells(row: CeasefireRow) -> bool:
    """Tell whether enough is told of a truce: terms, an end, two origins, or a side that packs know."""
    if row.duration or row.starts or row.ends or row.status == "ended" or row.origins > 1:
        return True
    return any(ref.type == "ORG" and ":" not in ref.key for ref in row.declarers)


def covers(row: CeasefireRow, day: str | None) -> bool:
    """Tell whether a truce that is told well enough holds on a day, as long as it was told to last."""
    dated = row.time is not None and row.origins > 1
    if day is None or row.first is None or not (dated or row.duration):
        return False
    number, unit = (row.duration or "").strip("PT")[:-1], (row.duration or "")[-1:]
    if unit not in _DAYS_OF or not number.isdigit():
        return True
    passed = date.fromisoformat(day) - date.fromisoformat(row.first)
    return passed.days <= int(number) * _DAYS_OF[unit]


def _truce(desk: Desk, row: CeasefireRow) -> str:
    parts = desk.parts(row.entry)
    people = [ref for role in ("actor", "party", "target") for ref in parts.get(role, ())]
    year = int(desk.scope.last[:4])
    breaches = [breach for breach in row.breaches if desk.may_show(breach)]
    return desk.fill(
        "truce",
        status=tr_code("truce", row.status, desk.lang),
        place=row.scope.label(desk.lang) if row.scope else "",
        time=desk.when(row.entry),
        parties=desk.labels(people),
        duration=name_duration(row.duration, desk.lang),
        starts=name_time(row.starts, desk.lang, year=year),
        ends=name_time(row.ends, desk.lang, year=year),
        mediator=desk.labels(row.mediators),
        monitor=desk.labels(row.monitors),
        breaches=count("breaches", len(breaches), desk.lang) if breaches else "",
        tellers=desk.tellers(desk.detail(row.entry)),
    )


def name_duration(told: str | None, lang: str) -> str:
    """Return an ISO 8601 duration of one unit in words (``P5D``: five days); empty for none or another."""
    if not told or len(told) < 3:
        return ""
    number, unit = told.strip("PT")[:-1], told[-1]
    if not number.isdigit() or f"brief.count.unit_{unit}.one" not in load_messages():
        return ""
    return count(f"unit_{unit}", int(number), lang)


def write_agreements(desk: Desk) -> Section:
    """Return agreements that were told of or are named, and who invokes, supports or breaches them."""
    told = [row for row in desk.gather(_list_told, _agreement_entry) if _is_one(desk, row)]
    merged: dict[str, AgreementRow] = {}
    for row in told:
        merged.setdefault(row.instrument.key if row.instrument else row.id, row)
    sentences = []
    most = desk.most("agreements")
    for row in list(merged.values())[:most]:
        assert row.entry is not None
        parts = desk.parts(row.entry)
        people = [ref for role in ("actor", "party") for ref in parts.get(role, ())]
        name = row.instrument.label(desk.lang) if row.instrument else f"«{row.title}»"
        text = desk.fill(
            "agreement",
            name=name if row.instrument or row.title else tr("brief.agreement", desk.lang),
            stage=_stage(row, desk.lang),
            parties=desk.labels(people),
            time=desk.when(row.entry),
            place=row.place.label(desk.lang) if row.place else "",
            mentions=f"{row.mentions:,}" if row.mentions > 1 else "",
            **_uses(desk, row),
            tellers=desk.tellers(desk.detail(row.entry)),
        )
        sentences.append(desk.write(row.entry, text, extra=0.2 * min(10, row.mentions)))
    named = [s for row in _list_named(desk, set(merged)) if (s := _name(desk, row)) is not None]
    found = len(merged) + len(named)
    sentences = sorted((*sentences, *named), key=lambda s: -s.weight)[:most]
    return Section("agreements", tuple(sentences), found - len(sentences))


def _list_named(desk: Desk, told: set[str]) -> list[AgreementRow]:
    """Return the instruments of these processes that articles of the period name, but do not tell of."""
    rows = list_agreements(desk.record, Filters(since=desk.scope.first, until=desk.scope.last))
    return [
        row
        for row in rows
        if row.entry is None and row.id not in told and desk.scope.takes(row.id, unknown=False)
    ]


def _name(desk: Desk, row: AgreementRow) -> Sentence | None:
    """Return a sentence on an instrument that is named; ``None`` where the readers may see no use of it."""
    uses = tuple(u for u in row.uses if len(desk.open_claims(u.claims)) == len(u.claims))
    claims = [uid for use in uses for uid in use.claims]
    if not claims or row.instrument is None:
        return None
    text = desk.fill(
        "agreement",
        name=row.instrument.label(desk.lang),
        stage="",
        parties="",
        time="",
        place="",
        mentions=f"{row.mentions:,}",
        **_uses(desk, replace(row, uses=uses)),
        tellers="",
    )
    return desk.write_mention(text, row.id, claims, 2.5 + log2(1 + row.mentions))


def _stage(row: AgreementRow, lang: str) -> str:
    key = f"brief.stage.{row.stage}"
    return tr(key, lang) if row.stage and key in load_messages() else ""


def _list_told(record: Record, filters: Filters) -> list[AgreementRow]:
    return [row for row in list_agreements(record, filters) if row.entry is not None]


def _agreement_entry(row: AgreementRow) -> EntryRow:
    assert row.entry is not None
    return row.entry


def _is_one(desk: Desk, row: AgreementRow) -> bool:
    """Tell whether it says enough to be told: a name with a day, or two parties; and none of another process."""
    if row.instrument is not None:
        return desk.scope.takes(row.instrument.key, unknown=True)
    real = row.modality not in UNREAL
    if row.title is not None and row.time is not None and real:
        return True
    told_well = row.origins > 1 or row.time is not None
    return len(row.parties) > 1 and (row.title is not None or (real and told_well))


def _uses(desk: Desk, row: AgreementRow) -> dict[str, str]:
    """Return who does what with an instrument, in words, by use."""
    out: dict[str, str] = {}
    open_ = tuple(u for u in row.uses if len(desk.open_claims(u.claims)) == len(u.claims))
    for use in ("invoked", "supported", "rejected"):
        people = [u.by for u in open_ if u.use == use and u.by is not None]
        out[use] = desk.labels(people)
    accused = [u.accused for u in open_ if u.use == "breached" and u.accused is not None]
    out["breached"] = desk.labels(accused)
    return out
