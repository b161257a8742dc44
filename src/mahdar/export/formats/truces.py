"""Truces in the columns of the ETH/PRIO civil conflict ceasefire data: declaration, effect, end, purposes.

Only what is told is filled in. A truce that is proposed or demanded stands here too, as its status.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from mahdar.consolidation.days import Days, format_day, parse_days
from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.coded import Reason, iter_judged, name_of, provenance
from mahdar.export.formats.columns import Row, load_tables
from mahdar.export.formats.data import load_rows
from mahdar.export.formats.entry_rows import named
from mahdar.export.formats.figures import arabic, english, keys
from mahdar.export.formats.output import write_csv
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.words import iter_word_spans
from mahdar.views.rows import EntryRow
from mahdar.views.truces import duration_days

_STATUS = {
    "occurred": "declared",
    "ongoing": "in_force",
    "planned": "agreed",
    "proposed": "proposed",
    "demanded": "proposed",
    "conditional": "proposed",
    "denied": "denied",
}
_IN_FORCE = ("declared", "in_force", "agreed")
_TYPES = {1: "unilateral", 2: "bilateral"}
_WIDE = frozenset({"country", "territory"})
_ARTICLE = "ال"


def write_truces(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one CSV file; returns its number of rows under its name."""
    return {out.name: write_csv(out, load_tables()["ceasefires"], iter_truces(source, tick))}


def iter_truces(source: Source, tick: Tick) -> Iterator[Row]:
    """Yield the truces; other entries are counted as left out."""
    for bundle in iter_judged(source, tick, _leave):
        yield _row(source, bundle)


def _leave(entry: Chosen) -> Reason | None:
    return None if entry.kind == "ceasefire" else ("no_truce", entry.kind)


def find_purposes(sentences: list[str]) -> set[str]:
    """Return the purposes (columns ``p_*``) that words of these sentences tell of."""
    found = set()
    for sentence in sentences:
        for start, end in iter_word_spans(sentence):
            for _, rest in proclitic_splits(normalize_word(sentence[start:end])):
                found.add(_purpose_words().get(rest.removeprefix(_ARTICLE), ""))
    return found - {""}


@cache
def _purpose_words() -> dict[str, str]:
    return {
        normalize_word(word): row["column"]
        for row in load_rows("ceasefire_purposes")
        for word in row["words"].split(";")
    }


def _row(source: Source, bundle: EntryBundle) -> Row:
    entry = bundle.row
    place = source.geography.locate(entry.place.key if entry.place else None)
    subtype = entry.best("subtype") or ""
    ended = subtype == "ended" and entry.modality in ("occurred", "ongoing")
    status = "ended" if ended else _STATUS.get(entry.modality or "", "declared")
    declarers = entry.people("actor") or entry.people("target")
    told = {name: source.refs(entry.told(name)) for name in ("mediator", "guarantor", "monitor")}
    mediators = list({r.key: r for r in (*entry.people("mediator"), *told["mediator"])}.values())
    instrument = entry.instrument or next(iter(source.refs(entry.told("under"))), None)
    purposes = find_purposes([t.sentence for t in bundle.told])
    compliance = bool(told["monitor"] or told["guarantor"])
    return {
        "cc": place.country.alpha3 if place.country else None,
        "location": place.country_name or None,
        "cf_id": entry.id,
        "actor_ids": keys(declarers),
        "actor_name": [name_of(ref) for ref in declarers],
        "actor_name_ar": arabic(declarers),
        "ceasefire_type": _TYPES.get(len(declarers), "multilateral") if declarers else None,
        "status": status,
        "modality": entry.modality,
        **find_dates(entry, status, subtype),
        "duration": list(entry.told("duration")),
        "first_reported": _first_reported(bundle),
        "time": entry.time,
        **named("place", entry.place),
        "partial": bool(place.kind) and place.kind not in _WIDE,
        "lat": place.lat,
        "lon": place.lon,
        "mediators": keys(mediators),
        "mediators_en": english(mediators),
        "mediator_nego": bool(mediators),
        "guarantors": keys(told["guarantor"]),
        "monitors": keys(told["monitor"]),
        "implement": compliance,
        "ceasefire_class": "with_compliance_mechanism" if compliance else None,
        **named("instrument", instrument),
        "written": instrument is not None,
        **{p: p in purposes for p in sorted(set(_purpose_words().values()))},
        "processes": list(entry.processes),
        "text": entry.text,
        **provenance(bundle),
    }


def find_dates(entry: EntryRow, status: str, subtype: str) -> Row:
    """Return year, month and day of declaration, effect and end, as far as they are told.

    What is told as beginning, ending or announcement comes first; else the time told is when the
    truce takes effect, where it is declared as done also the declaration, where its end is told the end.
    """
    days, exact_end = parse_days(entry.time), "/" in (entry.time or "")
    begins = parse_days(entry.best("starts") or entry.best("in_effect"))
    effect = begins or (days if status in _IN_FORCE else None)
    declared = days if subtype == "declared" and status == "declared" and not begins else None
    length = duration_days(entry.told("duration"))
    end, basis = parse_days(entry.best("ends")), "told"
    if end is None and days and status == "ended":
        end = _day(days.first)
    elif end is None and effect and effect.length > 1 and effect.exact and exact_end:
        end = _day(effect.last)
    elif end is None and effect and effect.length == 1 and length:
        end, basis = _day(effect.first + length), "duration"
    return {
        **_parts("cf_dec", parse_days(entry.best("announced")) or declared),
        **_parts("cf_effect", effect),
        **_parts("end", end),
        "end_basis": basis if end else None,
    }


def _day(ordinal: int) -> Days:
    return Days(ordinal, ordinal)


def _parts(name: str, days: Days | None) -> Row:
    """Return a window's beginning in parts; month and day only where it is that narrow."""
    if days is None:
        return {f"{name}_yr": None, f"{name}_month": None, f"{name}_day": None}
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    whole_month = days.length > 1 and first.day == 1 and last.day > 27
    whole_year = whole_month and days.length > 360
    return {
        f"{name}_yr": first.year,
        f"{name}_month": None if whole_year else first.month,
        f"{name}_day": None if whole_month else first.day,
    }


def _first_reported(bundle: EntryBundle) -> str | None:
    days = [d for t in bundle.told if (d := parse_days(t.published))]
    return format_day(min(d.first for d in days)) if days else None
