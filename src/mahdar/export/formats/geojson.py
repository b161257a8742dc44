"""Entries with a place as GeoJSON (RFC 7946): a point each, its precision among the properties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.coded import Reason, iter_judged
from mahdar.export.formats.entry_rows import entry_row
from mahdar.export.formats.geography import Located
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.i18n import tr_code

_NOT_PROPERTIES = ("lat", "lon")


def write_geojson(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write a feature collection; returns the number of features under the file's name."""
    count = 0
    with out.open("w", encoding="utf-8") as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for feature in iter_features(source, tick):
            stream.write(("," if count else "") + "\n" + json.dumps(feature, ensure_ascii=False))
            count += 1
        stream.write("\n]}\n")
    return {out.name: count}


def iter_features(source: Source, tick: Tick) -> Iterator[dict[str, Any]]:
    """Yield the features; entries without a place, or at one without coordinates, are counted."""

    def leave(entry: Chosen) -> Reason | None:
        if entry.place is None:
            return "no_place", entry.kind
        place = source.geography.locate(entry.place)
        return None if place.placed else ("no_coordinates", place.kind or "?")

    for bundle in iter_judged(source, tick, leave):
        place = bundle.row.place
        yield _feature(source, bundle, source.geography.locate(place.key if place else None))


def _feature(source: Source, bundle: EntryBundle, place: Located) -> dict[str, Any]:
    row = entry_row(source, bundle)
    lang = source.request.lang
    label = tr_code("event", bundle.row.type, lang)
    people = [ref.label(lang) for ref in bundle.row.people()[:4]]
    title = f"{label}: {('، ' if lang == 'ar' else ', ').join(people)}" if people else label
    return {
        "type": "Feature",
        "id": bundle.row.id,
        # RFC 7946: longitude first, about a decimetre.
        "geometry": {
            "type": "Point",
            "coordinates": [round(place.lon or 0.0, 6), round(place.lat or 0.0, 6)],
        },
        "properties": {
            "title": title,
            **{k: v for k, v in row.items() if k not in _NOT_PROPERTIES and v is not None},
            "place_kind": place.kind,
            "precision": "point" if place.point else "area",
            "geo_precision": place.acled,
            "admin1": place.admin1 or None,
            "country": place.country.alpha2 if place.country else None,
            "country_name": place.country_name or None,
        },
    }
