"""Copies of one dispatch: near-duplicate and cut-down articles found by MinHash sketches.

A sketch is taken over shingles of the normalised text, so that spelling variants, diacritics and
tatweel do not hide a copy. Grouping is linear: articles meet only in the buckets of banded LSH.
"""

from __future__ import annotations

from collections import Counter
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
MIN_CONTAINMENT = 0.55
"""Share of the shorter text's shingles found in the longer one from which it counts as its copy: of
pairs of saudinewsnet read by hand just above it nearly all print one dispatch; below 0.5 the forms of
congratulations, vacancies and weather begin."""
SAME_JACCARD = 0.42
"""Jaccard of shingles from which two texts are nearly the same, so that copies of copies count."""
CUT_CONTAINMENT = 0.8
"""Share from which a text is a cut of a longer one that is itself a copy."""
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

    An article joins a group when it is a copy of the group's first article, nearly the same as any
    of its articles, or a cut of one. Links are not followed further: a round-up that contains two
    dispatches would make one of them.

    Args:
        sketches: article key and sketch, earliest article first.
    Returns:
        Article key to the key of the earliest member of its group; only groups of two or more.
    """
    keys: list[str] = []
    hashes: list[npt.NDArray[np.uint32]] = []
    sizes: list[int] = []
    head: list[int] = []
    buckets: dict[tuple[int, bytes], list[int]] = {}
    width = _BAND_ROWS * 4
    for key, sketch in sketches:
        if not sketch.hashes:
            continue
        me = len(keys)
        keys.append(key)
        mine = np.frombuffer(sketch.hashes, dtype="<u4")
        hashes.append(mine)
        sizes.append(sketch.shingles)
        met: set[int] = set()
        for band in range(HASHES // _BAND_ROWS):
            bucket = buckets.setdefault(
                (band, sketch.hashes[band * width : (band + 1) * width]), []
            )
            met.update(bucket)
            if len(bucket) < _BUCKET_HEADS:
                bucket.append(me)
        best = (0.0, me)
        for other in sorted(met):
            jaccard = float(np.count_nonzero(mine == hashes[other])) / HASHES
            if jaccard <= best[0]:
                continue
            if jaccard >= SAME_JACCARD:
                best = (jaccard, other)
            elif jaccard >= MIN_JACCARD:
                inside = _containment(jaccard, sizes[me], sizes[other])
                first = head[other] == other and inside >= MIN_CONTAINMENT
                if first or (sizes[me] <= sizes[other] and inside >= CUT_CONTAINMENT):
                    best = (jaccard, other)
        head.append(head[best[1]] if best[1] != me else me)
    count = Counter(head)
    return {keys[i]: keys[h] for i, h in enumerate(head) if count[h] > 1}
