"""Rows in ACLED's columns: what is told as happened, at a place, within a month.

The codes follow ACLED's codebook; the rows are what the press reports, with ours beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.coded import (
    ARRANGED,
    REAL,
    Reason,
    actor_country,
    inter_of,
    iter_judged,
    name_of,
    provenance,
    sides_of,
)
from mahdar.export.formats.columns import Row, load_tables
from mahdar.export.formats.data import load_rows
from mahdar.export.formats.figures import toll_of, window
from mahdar.export.formats.geography import Located
from mahdar.export.formats.output import write_csv
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.extraction.events.codes import acled_code
from mahdar.i18n import tr, tr_code
from mahdar.views.rows import Ref

_WEEK_DAYS, _MONTH_DAYS = 7, 31


def write_acled(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one CSV file; returns its number of rows under its name."""
    return {out.name: write_csv(out, load_tables()["acled"], iter_acled(source, tick))}


def iter_acled(source: Source, tick: Tick) -> Iterator[Row]:
    """Yield the rows; what has no ACLED type, day or place is counted as left out."""
    for bundle in iter_judged(source, tick, _leave):
        entry = bundle.row
        code = acled_code(entry.type, entry.best("subtype"), entry.modality or "")
        precision = time_precision(bundle)
        place = source.geography.locate(entry.place.key if entry.place else None)
        if code is None:
            source.left_out.add("no_acled_type", f"{entry.type} {entry.modality or '?'}")
        elif precision is None:
            source.left_out.add("no_day")
        elif place.country is None:
            source.left_out.add("no_country" if entry.place else "no_place")
        else:
            event, _, sub_event = code.partition(": ")
            yield _row(source, bundle, place, event, sub_event, precision)


def _leave(entry: Chosen) -> Reason | None:
    if entry.kind in ("statement", "commitment"):
        return "no_acled_utterance", entry.kind
    if entry.kind in ARRANGED:
        return "arranged", entry.kind
    if entry.modality not in REAL:
        return "no_acled_type", f"{entry.type} {entry.modality or '?'}"
    return None


def time_precision(bundle: EntryBundle) -> int | None:
    """Return ACLED's time precision; ``None`` where the window is wider than a month or unknown.

    Where only the article's day is known the event lies some days before it: precision 2.
    """
    days = bundle.days
    if days is None:
        return 2 if bundle.row.day else None
    if days.length == 1:
        return 1 if days.exact else 2
    if days.length <= _WEEK_DAYS:
        return 2
    return 3 if days.length <= _MONTH_DAYS else None


@cache
def _disorder(event: str, sub_event: str) -> str | None:
    table = {(r["event"], r["sub_event"]): r["disorder"] for r in load_rows("acled_disorder")}
    return table.get((event, sub_event)) or table.get((event, "*"))


def _row(
    source: Source,
    bundle: EntryBundle,
    place: Located,
    event: str,
    sub_event: str,
    precision: int,
) -> Row:
    entry, country = bundle.row, place.country
    assert country is not None
    first, _, told = window(bundle)
    side_a, side_b = sides_of(entry).two()
    killed = toll_of(entry, "killed")
    inter = [
        next((i for ref in side if (i := inter_of(source, ref, country.alpha2))), "")
        for side in (side_a, side_b)
    ]
    at_civilians = event == "Violence against civilians" or inter[1] == "Civilians"
    return {
        "event_id_cnty": f"{country.alpha3}-{entry.id}",
        "event_date": first,
        "year": int(first[:4]) if first else None,
        "time_precision": precision,
        "disorder_type": _disorder(event, sub_event),
        "event_type": event,
        "sub_event_type": sub_event,
        **_side(1, side_a),
        "inter1": inter[0] or None,
        **_side(2, side_b),
        "inter2": inter[1] or None,
        "interaction": "-".join(i for i in inter if i) or None,
        "civilian_targeting": "Civilian targeting" if at_civilians else None,
        "iso": int(country.numeric) if country.numeric else None,
        "region": country.region or None,
        "country": place.country_name or None,
        "admin1": place.admin1 or None,
        "admin2": place.admin2 or None,
        "admin3": place.admin3 or None,
        "location": place.en or place.ar or place.key,
        "location_ar": place.ar or None,
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": place.acled,
        "source": bundle.publishers,
        "source_scale": _scale(source, bundle.publishers, country.alpha2),
        "notes": _notes(source, bundle),
        "fatalities": killed.low,
        "killed_best": killed.best,
        "killed_low": killed.low,
        "killed_high": killed.high,
        "day_told": told,
        "entry": entry.id,
        "modality": entry.modality,
        "processes": list(entry.processes),
        **{k: v for k, v in provenance(bundle).items() if k != "publishers"},
    }


def _side(number: int, side: Sequence[Ref]) -> Row:
    return {
        f"actor{number}": name_of(side[0]) if side else None,
        f"actor{number}_ar": (side[0].ar or None) if side else None,
        f"assoc_actor_{number}": [name_of(ref) for ref in side[1:]],
    }


def _scale(source: Source, publishers: Sequence[str], country: str) -> str | None:
    """Return ACLED's scale of the papers whose country a pack tells; ``None`` if of none."""
    scales = set()
    for publisher in publishers:
        for key in (publisher, *source.knowledge.lookup(publisher)):
            home = actor_country(source, Ref(key))
            if home:
                scales.add("National" if home == country else "International")
                break
    return "-".join(sorted(scales, reverse=True)) or None


def _notes(source: Source, bundle: EntryBundle) -> str:
    entry, lang = bundle.row, source.request.lang
    return tr(
        "export.reported",
        lang,
        articles=entry.articles,
        origins=entry.origins,
        standing=tr_code("standing", entry.standing, lang),
        text=entry.text,
    )
