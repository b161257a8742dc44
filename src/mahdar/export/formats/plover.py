"""Events coded in PLOVER: who did what to whom, one row per entry.

PLOVER has no category for plain statements, and none for some types of event: they are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.coded import (
    ARRANGED,
    Reason,
    actor_country,
    iter_judged,
    provenance,
    sides_of,
)
from mahdar.export.formats.columns import Row, load_tables
from mahdar.export.formats.data import load_map
from mahdar.export.formats.entry_rows import named
from mahdar.export.formats.figures import arabic, english, keys, toll_of, window
from mahdar.export.formats.output import write_csv
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.extraction.events.codes import plover_code
from mahdar.views.rows import Ref


def write_plover(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one CSV file; returns its number of rows under its name."""
    return {out.name: write_csv(out, load_tables()["plover"], iter_plover(source, tick))}


def iter_plover(source: Source, tick: Tick) -> Iterator[Row]:
    """Yield the rows; what has no category is counted as left out."""
    quads = load_map("plover_quads", "category", "quad")
    for bundle in iter_judged(source, tick, _leave):
        entry = bundle.row
        code = plover_code(entry.type, entry.best("subtype"), entry.modality or "")
        category, mode, context = (*(code or "").split("/"), "", "")[:3]
        if category not in quads:
            source.left_out.add("no_plover_category", f"{entry.type} {entry.modality or '?'}")
            continue
        yield _row(source, bundle, (category, mode, context), int(quads[category]))


def _leave(entry: Chosen) -> Reason | None:
    if entry.kind == "statement":
        return "no_plover_statement", entry.type
    if entry.kind == "commitment":
        return "no_plover_commitment", ""
    if entry.kind in ARRANGED:
        return "arranged", entry.kind
    return None


def _row(source: Source, bundle: EntryBundle, code: tuple[str, str, str], quad: int) -> Row:
    entry = bundle.row
    place = source.geography.locate(entry.place.key if entry.place else None)
    first, last, told = window(bundle)
    sides = sides_of(entry)
    targets = sides.actors if sides.mutual else sides.targets
    mediators = entry.people("mediator")
    killed, injured = toll_of(entry, "killed"), toll_of(entry, "injured")
    return {
        "entry": entry.id,
        "first_day": first,
        "last_day": last,
        "day_told": told,
        "event_type": code[0],
        "plover_mode": code[1] or None,
        "plover_context": code[2] or None,
        "quad_class": quad,
        **_people(source, "source", sides.actors),
        **_people(source, "target", targets),
        "mutual": sides.mutual,
        "mediators": keys(mediators),
        "mediators_en": english(mediators),
        "hosts": keys(entry.people("host")),
        "type": entry.type,
        "subtype": entry.best("subtype"),
        "modality": entry.modality,
        **named("place", entry.place),
        "country3": place.country.alpha3 if place.country else None,
        "lat": place.lat,
        "lon": place.lon,
        "killed_best": killed.best,
        "killed_low": killed.low,
        "killed_high": killed.high,
        "injured_best": injured.best,
        "injured_low": injured.low,
        "injured_high": injured.high,
        "processes": list(entry.processes),
        "text": entry.text,
        **provenance(bundle),
    }


def _people(source: Source, side: str, refs: Sequence[Ref]) -> Row:
    countries = [source.geography.country(actor_country(source, ref)) for ref in refs]
    return {
        f"{side}s": keys(refs),
        f"{side}s_ar": arabic(refs),
        f"{side}s_en": english(refs),
        f"{side}_countries": list(dict.fromkeys(c.alpha3 for c in countries if c)),
    }
