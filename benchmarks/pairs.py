"""Merging against pairs of claims judged by hand: what stands in one entry and should not, and the
other way round.

    python benchmarks/pairs.py [--record RECORD] [--keep RECORD] [--errors]

``pairs.tsv`` names pairs of claims by press article and span, each read by a person with its context:
the same happening or statement, or different ones. ``drawn`` tells how a pair was found: ``together``
in one entry when the sample was drawn, ``near`` two entries that share days and an actor or place,
``other`` a block only. Half of the pairs serve tuning, half are kept for the test; a hash decides.

Without ``--record`` the articles are read from the shared folder's press archive into a scratch record
(``--keep`` leaves it there). Prints, by family and half, over-merging (of the pairs judged different,
those in one entry) and under-merging (of those judged the same, those apart). A pair of which the
engine no longer reads a claim is counted as not read.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, select

from mahdar.consolidation.reference import reference_of
from mahdar.ingest.records import read_record
from mahdar.knowledge.load import load_knowledge
from mahdar.model import Article, Span
from mahdar.pipeline import iter_readings, load_engine
from mahdar.store import (
    add_readings,
    consolidate_record,
    create_record,
    open_record,
    prepare_reading,
    tables,
)

PAIRS = Path(__file__).with_suffix(".tsv")
PRESS = Path(__file__).resolve().parents[2] / "shared" / "press" / "saudinewsnet"
_TEXT_KEY = 12
"""Hexadecimal digits of a text's hash that the file names: enough to notice another text."""
_CHUNK = 50
Verdict = Literal["right", "over", "under", "not read"]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim by place: ``article`` is archive day and item, ``text`` begins its text's SHA-256."""

    article: str
    text: str
    kind: str
    type: str
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims and what a person says of them."""

    family: str
    drawn: str
    same: bool
    half: str
    a: Told
    b: Told


def load_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the judged pairs.

    Raises:
        KeyError, ValueError: the file breaks its form.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Pair(
                row["family"],
                row["drawn"],
                {"same": True, "different": False}[row["judged"]],
                row["half"],
                _told(row, "a"),
                _told(row, "b"),
            )
            for row in csv.DictReader(lines, delimiter="\t")
        ]


def _told(row: dict[str, str], side: str) -> Told:
    start, _, end = row[f"{side}_span"].partition("-")
    return Told(
        row[side],
        row[f"{side}_text"],
        row[f"{side}_kind"],
        row[f"{side}_type"],
        Span(int(start), int(end)),
    )


def read_press(names: Iterable[str]) -> Iterator[Article]:
    """Yield articles of the press archive by day and item number («2015-07-21/17»)."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for name in set(names):
        day, _, item = name.partition("/")
        wanted[day].append(int(item))
    for day, items in sorted(wanted.items()):
        with zipfile.ZipFile(PRESS / f"{day}.zip") as archive:
            rows = json.loads(archive.read(archive.namelist()[0]))
        for number in sorted(items):
            yield read_record(rows[number - 1], file=f"{day}.zip", place=f"item {number}")


def make_record(path: Path, pairs: list[Pair]) -> None:
    """Read the articles that the pairs name, and make their entries."""
    names = [side.article for pair in pairs for side in (pair.a, pair.b)]
    engine = load_engine()
    reference = reference_of(load_knowledge(()))
    with create_record(path) as record:
        ready = [prepare_reading(r) for r in iter_readings(engine, read_press(names))]
        for at in range(0, len(ready), _CHUNK):
            add_readings(record, ready[at : at + _CHUNK])
        consolidate_record(record, reference=reference, anew=True)


def find_entries(connection: Connection, told: Iterable[Told]) -> dict[Told, str]:
    """Return the entry of each claim that the record holds, found by text, kind and span."""
    a, c, link = tables.articles.c, tables.claims.c, tables.entry_claims.c
    wanted: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        wanted[each.text].append(each)
    out: dict[Told, str] = {}
    for article_id, text in connection.execute(select(a.id, a.text)).all():
        sides = wanted.get(hashlib.sha256(text.encode()).hexdigest()[:_TEXT_KEY])
        if not sides:
            continue
        rows = connection.execute(
            select(c.kind, c.type, c.spans, link.entry)
            .select_from(tables.claims.join(tables.entry_claims, c.uid == link.claim))
            .where(c.article_id == article_id)
        ).all()
        for side in sides:
            found = [
                (row.type != side.type, abs(start - side.span.start), row.entry)
                for row in rows
                if row.kind == side.kind
                for _, start, end in row.spans
                if start < side.span.end and side.span.start < end
            ]
            if found:
                out[side] = min(found)[2]
    return out


def judge_pairs(pairs: list[Pair], entries: dict[Told, str]) -> list[Verdict]:
    """Return for each pair whether the entries agree with the person."""
    out: list[Verdict] = []
    for pair in pairs:
        if pair.a not in entries or pair.b not in entries:
            out.append("not read")
        elif (entries[pair.a] == entries[pair.b]) == pair.same:
            out.append("right")
        else:
            out.append("under" if pair.same else "over")
    return out


def print_figures(pairs: list[Pair], verdicts: list[Verdict]) -> None:
    """Print both rates by half and family."""
    counts: Counter[tuple[str, str, bool, Verdict]] = Counter()
    for pair, verdict in zip(pairs, verdicts, strict=True):
        for family in (pair.family, "all"):
            counts[pair.half, family, pair.same, verdict] += 1
    for half in ("tune", "test"):
        print(f"\n{half:14s} different  over-merged     same  under-merged   not read")
        families = [*sorted({p.family for p in pairs if p.half == half}), "all"]
        for family in families:
            at = {k[2:]: n for k, n in counts.items() if k[:2] == (half, family)}
            over, under = at.get((False, "over"), 0), at.get((True, "under"), 0)
            apart = over + at.get((False, "right"), 0)
            one = under + at.get((True, "right"), 0)
            lost = at.get((True, "not read"), 0) + at.get((False, "not read"), 0)
            print(
                f"{family:14s} {apart:9d} {over:4d} {_share(over, apart):>7s}"
                f" {one:8d} {under:5d} {_share(under, one):>7s} {lost:10d}"
            )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--record", type=Path, help="take this record's entries as they are")
    ap.add_argument("--keep", type=Path, help="make the record here and leave it")
    ap.add_argument("--errors", action="store_true", help="name the pairs of the tuning half")
    args = ap.parse_args()
    pairs = load_pairs()
    if args.record is None and not PRESS.is_dir():
        sys.exit("no press in the shared folder: name a record that holds it with --record")
    with tempfile.TemporaryDirectory() as scratch:
        path = args.record or args.keep or Path(scratch) / "pairs.db"
        if args.record is None:
            make_record(path, pairs)
        with open_record(path) as record, record.reading() as connection:
            entries = find_entries(connection, [s for p in pairs for s in (p.a, p.b)])
    verdicts = judge_pairs(pairs, entries)
    print_figures(pairs, verdicts)
    if args.errors:
        for pair, verdict in zip(pairs, verdicts, strict=True):
            if verdict != "right" and pair.half == "tune":
                print(f"{verdict:9s} {pair.family:12s} {pair.a.article} {pair.a.span}", end="")
                print(f" | {pair.b.article} {pair.b.span}")


if __name__ == "__main__":
    main()
