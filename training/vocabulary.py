"""Counts the words of the press for the shipped vocabulary."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

LEAST = 4  # rarer words are mostly misspellings; 4 keeps 99 % of the running words


def count_words(press: Path) -> dict[str, int]:
    """Return the words of ``press.txt`` with their counts, most frequent first."""
    counts: Counter[str] = Counter()
    with press.open(encoding="utf-8") as lines:
        for line in lines:
            counts.update(line.split())
    kept = [(w, n) for w, n in counts.items() if n >= LEAST]
    return dict(sorted(kept, key=lambda x: (-x[1], x[0])))


def save_vocabulary(counts: dict[str, int], path: Path) -> None:
    """Write words and counts as gzipped lines; the same counts give the same bytes."""
    lines = "".join(f"{word}\t{number}\n" for word, number in counts.items())
    path.write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))
