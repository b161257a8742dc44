"""A record as one self-contained page in Arabic and English: timeline, contacts, ceasefires, statements.

Every row opens to its sources: the sentence with the span marked, the article, the paper, the chain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mahdar.export.marking import Mark as SpanMark
from mahdar.export.marking import cut_text
from mahdar.export.pages import render_page
from mahdar.export.pictures import (
    Bar,
    DayScale,
    Lane,
    Node,
    Tick,
    Tie,
    lay_bar,
    lay_circle,
    lay_lane,
)
from mahdar.i18n import Language, tr, tr_code
from mahdar.knowledge.load import load_knowledge
from mahdar.store import Record
from mahdar.views import (
    CeasefireRow,
    ContactRow,
    EntryDetail,
    EntryRow,
    Evidence,
    describe_chain,
    explain_merge,
    list_ceasefires,
    list_contacts,
    list_statements,
    list_timeline,
    load_entry,
)

# Past this many a page that opens from disk grows heavy; the rest is in `mahdar show`.
MAX_STATEMENTS = 400
MAX_EVENTS = 400


@dataclass(frozen=True, slots=True)
class TruceLane:
    """Ceasefires of one process with their bars on one time axis."""

    name: str
    rows: tuple[tuple[CeasefireRow, Bar | None], ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Half:
    """What one language's half of the page shows."""

    lang: Language
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    truces: tuple[TruceLane, ...]


def render_record(
    record: Record, *, name: str, note: str | None = None, lang: Language = "ar"
) -> str:
    """Return the page of a record.

    Args:
        record: an open record.
        name: what the page calls it.
        note: key of a message to stand at the top, for instance that the articles are samples.
        lang: the language shown first; the other is a click away, without scripts.
    """
    events = list_timeline(record)
    statements = list_statements(record)
    contacts = list_contacts(record)
    truces = list_ceasefires(record)
    shown = [*(e.id for e in events[:MAX_EVENTS]), *(s.id for s in statements[:MAX_STATEMENTS])]
    shown += [t.id for t in truces] + [b.id for t in truces for b in t.breaches]
    return render_page(
        "record.html.j2",
        lang,
        name=name,
        note=note,
        counts=record.counts(),
        events=events[:MAX_EVENTS],
        statements=statements[:MAX_STATEMENTS],
        left_out=max(0, len(events) - MAX_EVENTS) + max(0, len(statements) - MAX_STATEMENTS),
        contacts=contacts,
        details=_details(record, shown),
        halves=[_half(each, events, contacts, truces) for each in (lang, _other(lang))],
        tr=tr,
        tr_code=tr_code,
        process_name=process_name,
        pieces=_pieces,
        describe_chain=describe_chain,
        explain_merge=explain_merge,
    )


def _pieces(evidence: Evidence) -> list[tuple[str, str]]:
    """Return an evidence's text cut at its marks, each piece with the roles it carries."""
    marks = [SpanMark(mark.start, mark.end, mark.role, evidence.claim) for mark in evidence.marks]
    return [
        (piece.text, " ".join(sorted({mark.layer for mark in piece.marks})))
        for piece in cut_text(evidence.text, marks)
    ]


def process_name(process: str, lang: str) -> str:
    """Return a process's name from the packs; its id where the language has none."""
    found = load_knowledge().processes.get(process)
    names = found.names.get(lang) if found else None
    return names[0] if names else process


def _other(lang: Language) -> Language:
    return "en" if lang == "ar" else "ar"


def _details(record: Record, ids: Iterable[str]) -> dict[str, EntryDetail]:
    return {entry_id: load_entry(record, entry_id) for entry_id in dict.fromkeys(ids)}


def _half(
    lang: Language, events: list[EntryRow], contacts: list[ContactRow], truces: list[CeasefireRow]
) -> Half:
    nodes, ties = lay_circle(
        [(c.a.key, c.a.label(lang), c.b.key, c.b.label(lang), c.times) for c in contacts]
    )
    return Half(lang, _lanes(events, lang), nodes, ties, _truce_lanes(truces, lang))


def _lanes(events: list[EntryRow], lang: Language) -> tuple[Lane, ...]:
    """Return a lane per process, the busiest first; what no process claims comes last."""
    by_process: defaultdict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for entry in events:
        if entry.day and entry.kind != "statement":
            for process in entry.processes or ("",):
                by_process[process].append((entry.id, entry.day, entry.type, _title(entry, lang)))
    order = sorted(by_process, key=lambda p: (p == "", -len(by_process[p])))
    return tuple(
        lay_lane(process_name(p, lang) if p else tr("page.no_process", lang), by_process[p])
        for p in order
    )


def _title(entry: EntryRow, lang: Language) -> str:
    people = "، ".join(ref.label(lang) for ref, _ in entry.actors[:4])
    return f"{entry.time or entry.day} · {tr_code('event', entry.type, lang)} · {people}"


def _truce_lanes(truces: list[CeasefireRow], lang: Language) -> tuple[TruceLane, ...]:
    by_process: defaultdict[str, list[CeasefireRow]] = defaultdict(list)
    for truce in truces:
        by_process[truce.processes[0] if truce.processes else ""].append(truce)
    return tuple(
        _truce_lane(process_name(p, lang) if p else tr("page.no_process", lang), rows)
        for p, rows in by_process.items()
    )


def _truce_lane(name: str, rows: list[CeasefireRow]) -> TruceLane:
    days = [day for row in rows for day in (row.first, row.last) if day]
    days += [breach.day for row in rows for breach in row.breaches if breach.day]
    if not days:
        return TruceLane(name, tuple((row, None) for row in rows), ())
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    scale = DayScale(first, max(last, first + timedelta(days=7)))
    bars = []
    for row in rows:
        breaches = [(b.day, b.text) for b in row.breaches if b.day]
        bars.append(
            (row, lay_bar(row.id, row.first, row.last, breaches, scale) if row.first else None)
        )
    return TruceLane(name, tuple(bars), scale.ticks())
