"""Classes of words by their vectors: what the event stage knows of words that no table lists.

    python -m training.word_classes PRESS_TXT VECTORS_BIN

Reads the sentences of ``training/press.py`` and the vectors of ``training/vectors.py`` (floret), puts
words seen at least ``LEAST`` times into ``FINE`` classes by k-means and these into ``WIDE`` ones, and
writes ``src/mahdar/lexicon/word_classes.tsv.gz``: a line per class, its wider class and its words, most
frequent first. Needs floret and scikit-learn.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from training.paths import ROOT

LEAST, FINE, WIDE = 6, 512, 64
OUT = ROOT / "src" / "mahdar" / "lexicon" / "word_classes.tsv.gz"


def count_words(press: Path) -> list[tuple[str, int]]:
    """Return the words of at least two letters with their counts, most frequent first."""
    counts: Counter[str] = Counter()
    with press.open(encoding="utf-8") as lines:
        for line in lines:
            counts.update(line.split())
    return [(w, n) for w, n in counts.most_common() if n >= LEAST and len(w) > 1]


def cluster(table: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the class of each row and the wider class of each class; fixed seeds."""
    from sklearn.cluster import MiniBatchKMeans

    fine = MiniBatchKMeans(FINE, batch_size=4096, n_init=1, max_iter=60, random_state=0)
    fine.fit(table, sample_weight=weights)
    centres = fine.cluster_centers_
    centres = centres / np.linalg.norm(centres, axis=1, keepdims=True)
    wide = MiniBatchKMeans(WIDE, batch_size=512, n_init=4, random_state=0).fit(centres)
    return fine.predict(table), wide.labels_


def main() -> None:
    import floret

    words = count_words(Path(sys.argv[1]))
    model = floret.load_model(sys.argv[2])
    table = np.stack([model.get_word_vector(w) for w, _ in words]).astype(np.float32)
    table -= table.mean(0)
    table /= np.linalg.norm(table, axis=1, keepdims=True).clip(1e-6)
    fine, wide = cluster(table, np.sqrt([n for _, n in words]))
    members: list[list[str]] = [[] for _ in range(FINE)]
    for (word, _), number in zip(words, fine, strict=True):
        members[number].append(word)
    lines = "".join(f"{wide[n]}\t{' '.join(own)}\n" for n, own in enumerate(members))
    OUT.write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main()
