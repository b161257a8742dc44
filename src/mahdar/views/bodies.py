"""Bodies and mechanisms: committees, delegations, groups, monitors, channels, with who sits in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mahdar.consolidation.flatten import normalize_words
from mahdar.store import Record
from mahdar.views.filters import Filters
from mahdar.views.rows import EntryRow, Ref, load_entries, load_named
from mahdar.views.zones import Stage, history_of, latest, load_stages

_EVERY = Filters()
MONITORING = frozenset(("mechanism", "observers", "security-strip", "channel", "centre", "force"))
"""Types of body that watch over a truce or keep the parties in touch."""
_ONE_PER_PROCESS = frozenset(("channel", "security-strip", "government", "contact-group"))
_PEOPLE = ("under", "guarantor", "monitor")


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body or mechanism, by its name.

    ``name`` is as most articles print it; ``status`` the latest stage's (proposed, formed, operational,
    joined, left, ended ...). ``members`` sit in it, ``founders`` form, propose or agree on it, ``number`` is
    how many such bodies are told. ``mandates`` are the words of the sources, ``told_by`` the speakers who report
    on it.
    """

    name: str
    kind: str
    status: str
    modality: str | None
    history: tuple[Stage, ...]
    members: tuple[Ref, ...]
    founders: tuple[Ref, ...]
    chairs: tuple[Ref, ...]
    guarantors: tuple[Ref, ...]
    under: tuple[Ref, ...]
    mandates: tuple[str, ...]
    told_by: tuple[Ref, ...]
    number: int | None
    place: Ref | None
    processes: tuple[str, ...]
    articles: int
    claims: tuple[str, ...]


def list_bodies(record: Record, filters: Filters = _EVERY) -> list[BodyRow]:
    """Return bodies and mechanisms, the most told of first; ``type`` filters by kind.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    return _list(record, filters, None)


def list_monitoring(record: Record, filters: Filters = _EVERY) -> list[BodyRow]:
    """Return what watches over truces or keeps parties in touch: mechanisms, observers, channels.

    Raises:
        SettingError: a date filter that is no date.
        RecordError: the record cannot be read.
    """
    return _list(record, filters, MONITORING)


def _list(record: Record, filters: Filters, kinds: frozenset[str] | None) -> list[BodyRow]:
    with record.reading() as connection:
        found = load_entries(connection, ("body",), replace(filters, limit=0))
        rows = [row for row in found if kinds is None or row.type in kinds]
        stages = load_stages(connection, rows)
        refs = load_named(connection, rows, *_PEOPLE)
    groups: dict[tuple[str, ...], list[EntryRow]] = {}
    for row in rows:
        groups.setdefault(_identity(row), []).append(row)
    out = [_body(group, stages, refs) for group in groups.values()]
    out.sort(key=lambda b: (-b.articles, b.kind, b.name))
    return out[: filters.limit] if filters.limit else out


def _identity(row: EntryRow) -> tuple[str, ...]:
    """Return what makes entries speak of one body: its name, or its kind where a process has one only."""
    process = row.processes[0] if row.processes else ""
    if row.type in _ONE_PER_PROCESS and process:
        return row.type, process
    words = normalize_words(row.best("called") or row.best("name") or "").split()
    return (row.type, " ".join(w.removeprefix("لل").removeprefix("ال") for w in words), process)


def _body(rows: list[EntryRow], stages: dict[str, Stage], refs: dict[str, Ref]) -> BodyRow:
    history = history_of(rows, stages)
    now = latest(history)
    best = max(rows, key=lambda row: (row.articles, row.id))
    numbers = [int(v) for row in rows for v in row.told("number") if v.isdigit()]
    return BodyRow(
        name=best.best("name") or "",
        kind=best.type,
        status=now.status,
        modality=now.modality,
        history=history,
        members=_people(rows, "member"),
        founders=_people(rows, "founder"),
        chairs=_people(rows, "chair"),
        guarantors=_named(rows, "guarantor", refs),
        under=_named(rows, "under", refs),
        mandates=tuple(dict.fromkeys(v for row in rows for v in row.told("mandate"))),
        told_by=tuple(dict.fromkeys(ref for stage in history for ref in stage.told_by)),
        number=numbers[0] if numbers else None,
        place=best.place,
        processes=tuple(sorted({p for row in rows for p in row.processes})),
        articles=sum(row.articles for row in rows),
        claims=tuple(uid for row in rows for uid in row.claims),
    )


def _people(rows: list[EntryRow], role: str) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(ref for row in rows for ref in row.people(role)))


def _named(rows: list[EntryRow], field: str, refs: dict[str, Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs[v] for row in rows for v in row.told(field)))
