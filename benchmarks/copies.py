"""Copies of one dispatch against pairs of articles judged by hand.

    python benchmarks/copies.py

``copies.tsv`` names pairs of articles of the shared folder's press archive, each read by a person:
whether both print one dispatch or release, whole or cut. ``drawn`` tells how a pair was found:
``together`` in one group when the sample was drawn, or ``near`` the threshold and apart. Prints how
many of each stand in one group now, among all articles of the days that the file names.
"""

from __future__ import annotations

import csv
import json
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

from mahdar.consolidation.copies import Sketch, find_copies, sketch_article
from mahdar.errors import InputError
from mahdar.ingest.records import read_record

PAIRS = Path(__file__).with_suffix(".tsv")
PRESS = Path(__file__).resolve().parents[2] / "shared" / "press" / "saudinewsnet"


def sketch_day(day: str) -> list[tuple[str, Sketch]]:
    """Return the sketches of a day's articles, named by day and item («2015-07-21/17»)."""
    with zipfile.ZipFile(PRESS / f"{day}.zip") as archive:
        rows = json.loads(archive.read(archive.namelist()[0]))
    out = []
    for number, row in enumerate(rows, start=1):
        try:
            article = read_record(row, file=f"{day}.zip", place=f"item {number}")
        except InputError:
            continue
        out.append((f"{day}/{number}", sketch_article(article)))
    return out


def main() -> None:
    if not PRESS.is_dir():
        sys.exit("no press in the shared folder")
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        pairs = list(csv.DictReader(lines, delimiter="\t"))
    days = sorted({row[side].partition("/")[0] for row in pairs for side in "ab"})
    sketches = [sketch for day in days for sketch in sketch_day(day)]
    began = time.process_time()
    groups = find_copies(sketches)
    spent = time.process_time() - began
    print(
        f"{len(sketches)} articles of {', '.join(days)}: {len(set(groups.values()))} groups of"
        f" {len(groups)} articles in {spent:.2f} s"
    )
    counts: Counter[tuple[str, str, bool]] = Counter()
    for row in pairs:
        one = groups.get(row["a"], row["a"]) == groups.get(row["b"], row["b"])
        counts[row["drawn"], row["judged"], one] += 1
    for drawn in ("together", "near"):
        for judged in ("same", "different"):
            one, apart = counts[drawn, judged, True], counts[drawn, judged, False]
            print(f"drawn {drawn:9s} judged {judged:10s} in one group {one:3d}  apart {apart:3d}")


if __name__ == "__main__":
    main()
