"""Copies of one dispatch: near-duplicate and cut-down articles found by MinHash sketches.

A sketch is taken over shingles of the normalised text, so that spelling variants, diacritics and
tatweel do not hide a copy. Grouping is linear: articles meet only in the buckets of banded LSH.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from mahdar.consolidation.flatten import normalize_words
from mahdar.model import Article

HASHES = 128
SKETCH_VERSION = f"rminhash{RMinHash.ALGORITHM_VERSION}/{HASHES}/shingle4"
_SEED = 7
_SHINGLE_WORDS = 4
_BAND_ROWS = 3
"""42 bands of 3: two texts with Jaccard 0.29 meet in a bucket every other time, with 0.5 in 99.6 %."""
_BUCKET_HEADS = 12
"""Articles of one bucket that later ones are compared with: keeps boilerplate buckets linear."""
MIN_CONTAINMENT = 0.6
"""Share of the shorter text's shingles found in the longer one from which it counts as its copy."""
MIN_JACCARD = 0.12
"""Below this, 128 hashes do not measure containment (standard error of Jaccard here: 0.03)."""
MIN_SHINGLES = 12
"""Shorter texts (captions, tickers) share phrases without being copies."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article's MinHash values and its number of distinct shingles; none for a short text."""

    hashes: bytes
    shingles: int


def sketch_article(article: Article) -> Sketch:
    """Return the sketch of an article, page furniture left out."""
    pieces, at = [], 0
    for span in article.noise:
        pieces.append(article.text[at : span.start])
        at = max(at, span.end)
    pieces.append(article.text[at:])
    return sketch_words(normalize_words("\n".join(pieces)).split())


def sketch_words(words: list[str]) -> Sketch:
    """Return the sketch of a text given as normalised words."""
    shingles = {
        " ".join(words[i : i + _SHINGLE_WORDS]) for i in range(len(words) - _SHINGLE_WORDS + 1)
    }
    if len(shingles) < MIN_SHINGLES:
        return Sketch(b"", len(shingles))
    sketch = RMinHash(num_perm=HASHES, seed=_SEED)
    sketch.update(list(shingles))
    return Sketch(np.asarray(sketch.digest(), dtype="<u4").tobytes(), len(shingles))


def _containment(jaccard: float, a: int, b: int) -> float:
    """Return the share of the smaller set that lies in the larger one."""
    return min(1.0, jaccard * (a + b) / (1 + jaccard) / min(a, b))


def find_copies(sketches: Iterable[tuple[str, Sketch]]) -> dict[str, str]:
    """Return the groups of articles that are copies of one text.

    Args:
        sketches: article key and sketch, earliest article first.
    Returns:
        Article key to the key of the earliest member of its group; only groups of two or more.
    """
    keys: list[str] = []
    hashes: list[npt.NDArray[np.uint32]] = []
    sizes: list[int] = []
    parent: list[int] = []
    buckets: dict[tuple[int, bytes], list[int]] = {}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    width = _BAND_ROWS * 4
    for key, sketch in sketches:
        if not sketch.hashes:
            continue
        me = len(keys)
        keys.append(key)
        mine = np.frombuffer(sketch.hashes, dtype="<u4")
        hashes.append(mine)
        sizes.append(sketch.shingles)
        parent.append(me)
        met: set[int] = set()
        for band in range(HASHES // _BAND_ROWS):
            bucket = buckets.setdefault(
                (band, sketch.hashes[band * width : (band + 1) * width]), []
            )
            met.update(bucket)
            if len(bucket) < _BUCKET_HEADS:
                bucket.append(me)
        for other in sorted(met):
            a, b = root(other), root(me)
            if a == b:
                continue
            jaccard = float(np.count_nonzero(mine == hashes[other])) / HASHES
            if (
                jaccard >= MIN_JACCARD
                and _containment(jaccard, sizes[me], sizes[other]) >= MIN_CONTAINMENT
            ):
                parent[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = {}
    for i in range(len(keys)):
        members.setdefault(root(i), []).append(i)
    return {keys[i]: keys[head] for head, group in members.items() if len(group) > 1 for i in group}
