"""Build the map's borders of provinces and disputed lines: ``python tools/build_outlines.py WORLD_MAP.gpkg``.

The source is Natural Earth 1:10m, Admin 1 and Breakaway, Disputed Areas, version 4.1.0 (public domain), in
the GeoPackage that QGIS ships (Debian: ``apt-get download qgis-common``, then ``dpkg -x``). Of the
countries that the packs cover only the lines between two provinces are kept: coasts and borders are in
the outlines of countries. The result is the same for the same input.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src/mahdar/web/frontend/data/borders.json"
COUNTRIES = (
    "AFG", "ARE", "BHR", "DZA", "EGY", "IRN", "IRQ", "ISR", "JOR", "KWT", "LBN", "LBY", "MAR", "OMN", "PSX",
    "QAT", "SAH", "SAU", "SDN", "SDS", "SYR", "TUN", "TUR", "UKR", "YEM",
)  # fmt: skip
"""Codes of Natural Earth (adm0_a3): PSX the Palestinian territories, SAH Western Sahara, SDS South Sudan."""
DIGITS = 3
"""Of a degree: a hundred metres."""
TOLERANCE = 0.008
"""Degrees that a line may move when points are left out: under a kilometre."""
_HEADER_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Of a GeoPackage geometry: the size of its envelope, by kind."""

Point = tuple[float, float]


def read_geometry(blob: bytes) -> list[list[Point]]:
    """Return the rings or lines of a GeoPackage geometry (MULTIPOLYGON, MULTILINESTRING)."""
    body = blob[8 + _HEADER_BYTES[(blob[3] >> 1) & 7] :]
    lines: list[list[Point]] = []
    _read_wkb(body, 0, lines)
    return lines


def _read_wkb(data: bytes, at: int, lines: list[list[Point]]) -> int:
    order = "<" if data[at] else ">"
    kind, count = struct.unpack_from(f"{order}II", data, at + 1)
    at += 9
    for _ in range(count):
        if kind in (5, 6):
            at = _read_wkb(data, at, lines)
            continue
        if kind == 3:
            (size,) = struct.unpack_from(f"{order}I", data, at)
            at += 4
        else:
            size = count
        flat = struct.unpack_from(f"{order}{2 * size}d", data, at)
        at += 16 * size
        pairs = zip(flat[::2], flat[1::2], strict=True)
        lines.append([(round(x, DIGITS), round(y, DIGITS)) for x, y in pairs])
        if kind != 3:
            break
    return at


def find_inner(provinces: list[list[list[Point]]]) -> list[list[Point]]:
    """Return the lines that two provinces of a country share."""
    seen: Counter[tuple[Point, Point]] = Counter()
    for rings in provinces:
        of_one = {(min(a, b), max(a, b)) for ring in rings for a, b in pairwise(ring) if a != b}
        seen.update(of_one)
    return list(_join([pair for pair, times in sorted(seen.items()) if times > 1]))


def _join(pairs: list[tuple[Point, Point]]) -> Iterator[list[Point]]:
    """Yield lines as long as they can be: broken only where more than two meet."""
    beside: defaultdict[Point, list[Point]] = defaultdict(list)
    for a, b in pairs:
        beside[a].append(b)
        beside[b].append(a)
    left = set(pairs)

    def walk(at: Point, then: Point) -> list[Point]:
        line = [at, then]
        left.discard((min(at, then), max(at, then)))
        while len(beside[then]) == 2:
            on = next((p for p in beside[then] if (min(then, p), max(then, p)) in left), None)
            if on is None:
                break
            left.discard((min(then, on), max(then, on)))
            line.append(on)
            then = on
        return line

    ends = sorted(point for point, near in beside.items() if len(near) != 2)
    for point in ends:
        for near in beside[point]:
            if (min(point, near), max(point, near)) in left:
                yield walk(point, near)
    for a, b in pairs:
        if (a, b) in left:  # a ring that meets nothing
            yield walk(a, b)


def simplify(line: list[Point]) -> list[Point]:
    """Return a line without the points that hardly bend it (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    far, at = 0.0, 0
    for number, (x, y) in enumerate(line[1:-1], start=1):
        if length:
            off = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
        else:
            off = ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        if off > far:
            far, at = off, number
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return simplify(line[: at + 1])[:-1] + simplify(line[at:])


def main() -> None:
    """Write the borders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    asked = parser.parse_args()
    with sqlite3.connect(f"file:{asked.source}?mode=ro", uri=True) as source:
        told = source.execute("SELECT adm0_a3, geom FROM states_provinces ORDER BY fid").fetchall()
        argued = source.execute("SELECT geom FROM disputed_borders ORDER BY fid").fetchall()
    of_country: defaultdict[str, list[list[list[Point]]]] = defaultdict(list)
    for country, geometry in told:
        of_country[country].append(read_geometry(geometry))
    provinces = [
        simplify(line) for country in COUNTRIES for line in find_inner(of_country[country])
    ]
    disputed = [simplify(line) for (geometry,) in argued for line in read_geometry(geometry)]
    found = {
        "source": "Natural Earth 1:10m, Admin 1 and Disputed Areas 4.1.0, by way of QGIS world_map.gpkg",
        "licence": "public domain",
        "provinces": provinces,
        "disputed": disputed,
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
    points = sum(map(len, provinces)), sum(map(len, disputed))
    print(
        f"{OUT.name}: {len(provinces)} + {len(disputed)} lines, {points} points, {OUT.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
