"""Humanitarian measures and incidents as CSV with a row of HXL hashtags under the heads."""

from __future__ import annotations

from pathlib import Path

from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.coded import Reason, iter_judged
from mahdar.export.formats.columns import Row, load_tables
from mahdar.export.formats.entry_rows import entry_row
from mahdar.export.formats.figures import english
from mahdar.export.formats.output import CsvSink
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.views.rows import EntryRow

TABLES = {"humanitarian": "hxl_humanitarian", "incident": "hxl_incidents"}
"""Kind of entry, and the table for it; a file is called after what stands behind ``hxl_``."""


def write_hxl(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write ``humanitarian.csv`` and ``incidents.csv``; returns rows by file name."""
    sinks = {
        kind: CsvSink(out / f"{name.removeprefix('hxl_')}.csv", load_tables()[name], tags=True)
        for kind, name in TABLES.items()
    }
    try:
        for bundle in iter_judged(source, tick, _leave):
            sink, row = sinks[bundle.row.kind], _row(source, bundle)
            sink.write({c.name: row[c.name] for c in sink.table.columns})
    finally:
        for sink in sinks.values():
            sink.close()
    return {f"{TABLES[kind].removeprefix('hxl_')}.csv": sink.rows for kind, sink in sinks.items()}


def _leave(entry: Chosen) -> Reason | None:
    return None if entry.kind in TABLES else ("no_hxl_table", entry.kind)


def _row(source: Source, bundle: EntryBundle) -> Row:
    place = source.geography.locate(bundle.row.place.key if bundle.row.place else None)
    return {
        **entry_row(source, bundle),
        "country": place.country.alpha2 if place.country else None,
        "country_name": place.country_name or None,
        "admin1": place.admin1 or None,
        "admin2": place.admin2 or None,
        "admin3": place.admin3 or None,
        "place_kind": place.kind or None,
        "pcode": place.pcode or None,
        **_measure(source, bundle.row),
    }


def _measure(source: Source, entry: EntryRow) -> Row:
    """Return for whom a humanitarian measure is, how much, from where and to where, as told."""
    return {
        "beneficiaries": list(entry.told("beneficiaries")),
        "beneficiary_category": list(entry.told("beneficiary_category")),
        "quantity": list(entry.told("quantity")),
        "from_place": english(source.refs(entry.told("from"))),
        "to_place": english(source.refs(entry.told("to"))),
    }
