"""Speed and memory of the whole reading and of each stage, on one core.

    python benchmarks/speed.py [--articles 500] [--input PATH]

Input is the press corpus of the shared folder where it is there, else the shipped samples, read over
and over. Words are white-space separated; seconds are of reading alone, without taking the files in.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import defaultdict
from itertools import islice
from pathlib import Path

from mahdar.ingest import iter_articles
from mahdar.model import Article
from mahdar.pipeline import assemble_reading, load_engine

ROOT = Path(__file__).resolve().parents[1]
PRESS = ROOT.parent / "shared" / "press" / "saudinewsnet"
SAMPLES = ROOT / "src" / "mahdar" / "samples" / "articles"


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--articles", type=int, default=500)
    ap.add_argument("--input", type=Path)
    args = ap.parse_args()
    source = args.input or (PRESS if PRESS.is_dir() else SAMPLES)
    articles = [a for a in islice(iter_articles([source]), args.articles) if isinstance(a, Article)]
    while len(articles) < args.articles:
        articles += articles[: args.articles - len(articles)]
    began = time.perf_counter()
    engine = load_engine()
    print(f"engine loads in {time.perf_counter() - began:.2f} s")
    spent: defaultdict[str, float] = defaultdict(float)
    words = 0
    for article in articles:
        words += len(article.text.split())
        at = time.perf_counter()
        doc = engine.make_doc(article.text)
        doc._.article = article
        spent["words"] += time.perf_counter() - at
        for name, component in engine.pipeline:
            at = time.perf_counter()
            doc = component(doc)
            spent[name.removeprefix("mahdar_")] += time.perf_counter() - at
        at = time.perf_counter()
        assemble_reading(doc)
        spent["assemble"] += time.perf_counter() - at
    total = sum(spent.values())
    for stage, seconds in spent.items():
        print(
            f"{stage:14s} {seconds:7.2f} s  {1e6 * seconds / words:7.1f} µs a word  {100 * seconds / total:4.0f} %"
        )
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(articles)} articles, {words} words, {words / total:.0f} words a second, peak {peak_mb:.0f} MB"
    )


if __name__ == "__main__":
    main()
