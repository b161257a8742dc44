"""Deadly incidents in the columns of UCDP GED: low, best and high deaths as told.

GED counts at least one death: incidents for which nobody gives a number of killed are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mahdar.consolidation.days import Days
from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.coded import (
    REAL,
    Reason,
    actor_kind,
    ged_region,
    iter_judged,
    name_of,
    provenance,
    sides_of,
)
from mahdar.export.formats.columns import Row, load_tables
from mahdar.export.formats.figures import toll_of, window
from mahdar.export.formats.output import write_csv
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.views.rows import Ref

_KINDS = ("incident", "detention")
_STATE = frozenset({"state", "government", "ministry", "presidency", "army", "security"})
_GROUP = frozenset({"armed-group", "movement", "opposition"})
_DATE_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4))
"""Longest window in days, and the code."""
_LONGEST_DAYS = 366


def write_ged(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one CSV file; returns its number of rows under its name."""
    return {out.name: write_csv(out, load_tables()["ged"], iter_ged(source, tick))}


def iter_ged(source: Source, tick: Tick) -> Iterator[Row]:
    """Yield the rows; what is not told as deadly, or when, is counted as left out."""
    for bundle in iter_judged(source, tick, _leave):
        if not toll_of(bundle.row, "killed").high:
            source.left_out.add("no_deaths")
        elif date_precision(bundle) is None:
            source.left_out.add("no_day")
        else:
            yield _row(source, bundle)


def _leave(entry: Chosen) -> Reason | None:
    if entry.kind not in _KINDS:
        return "not_violent", entry.kind
    if entry.modality not in REAL:
        return "not_happened", entry.modality or "?"
    return None


def date_precision(bundle: EntryBundle) -> int | None:
    """Return GED's date precision; ``None`` where no day is known, or only a time beyond a year."""
    days: Days | None = bundle.days
    if days is None:
        return 2 if bundle.row.day else None
    for longest, code in _DATE_PRECISION:
        if days.length <= longest:
            return code
    return 5 if days.length <= _LONGEST_DAYS else None


def priogrid(lat: float, lon: float) -> int:
    """Return the cell of PRIO-GRID (half a degree, numbered from the south-west, Tollefsen 2012)."""
    row = min(int((lat + 90) * 2), 359)
    column = min(int((lon + 180) * 2), 719)
    return row * 720 + column + 1


def type_of_violence(
    source: Source, side_a: tuple[Ref, ...], side_b: tuple[Ref, ...]
) -> int | None:
    """Return 1 (a state takes part against an armed side), 2 (groups), 3 (against civilians) or ``None``."""
    a = {actor_kind(source, ref) for ref in side_a}
    b = {actor_kind(source, ref) for ref in side_b}
    if "people" in b:
        return 3
    if (a & _STATE and b & (_GROUP | _STATE)) or (b & _STATE and a & (_GROUP | _STATE)):
        return 1
    return 2 if a & _GROUP and b & _GROUP else None


def _row(source: Source, bundle: EntryBundle) -> Row:
    entry = bundle.row
    place = source.geography.locate(entry.place.key if entry.place else None)
    first, last, told = window(bundle)
    deaths = toll_of(entry, "killed")
    side_a, side_b = sides_of(entry).two()
    kind = type_of_violence(source, side_a, side_b)
    names = ["; ".join(map(name_of, side)) for side in (side_a, side_b)]
    placed = place.lat is not None and place.lon is not None
    days = bundle.days
    own = provenance(bundle)
    del own["articles"], own["publishers"]
    return {
        "id": entry.id,
        "year": int(first[:4]) if first else None,
        "type_of_violence": kind,
        "side_a": names[0] or None,
        "side_b": names[1] or None,
        "dyad_name": " - ".join(n for n in names if n) or None,
        "number_of_sources": entry.articles,
        "source_article": [
            f"{t.publisher or t.claim.article[:8]}, {t.published or '?'}" for t in bundle.told
        ],
        "where_prec": place.ged,
        "where_coordinates": place.en or place.ar or (entry.place.ar if entry.place else None),
        "adm_1": place.admin1 or None,
        "adm_2": place.admin2 or None,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if placed else None,
        "priogrid_gid": priogrid(place.lat or 0.0, place.lon or 0.0) if placed else None,
        "country": place.country_name or None,
        "region": ged_region(place),
        "event_clarity": 1 if days is None or days.length <= 1 else 2,
        "date_prec": date_precision(bundle),
        "date_start": first,
        "date_end": last,
        "deaths_a": None,
        "deaths_b": None,
        "deaths_civilians": deaths.best if kind == 3 else None,
        "deaths_unknown": None if kind == 3 else deaths.best,
        "best": deaths.best,
        "high": deaths.high,
        "low": deaths.low,
        "day_told": told,
        "type": entry.type,
        "subtype": entry.best("subtype"),
        "text": entry.text,
        **own,
    }
