"""The accuracy gate: figures on gold/dev must not fall below the floors in ``benchmarks/floors.toml``.

    python benchmarks/gate.py [--show]

Passes loudly, without measuring, where the shared folder is not there. A floor goes down only with a
reason in CHANGELOG.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from gold import GOLD, load_articles, load_scorer
from mahdar.errors import InputError
from mahdar.ingest import iter_articles
from mahdar.jsonform import reading_to_dict
from mahdar.pipeline import load_engine, read_article

FLOORS = Path(__file__).with_name("floors.toml")


def measure(name: str) -> dict[str, float]:
    """Return every figure of the shared scorer for a gold set: F1 or accuracy, 0 to 1."""
    scorer = load_scorer()
    engine = load_engine()
    articles = load_articles(name)
    readings = {}
    # Through ingest, as the command takes them in: an article refused there counts as not read.
    for outcome in iter_articles([GOLD / name / "articles.jsonl"]):
        if isinstance(outcome, InputError):
            sys.exit(f"accuracy gate: a gold article cannot be taken in: {outcome}")
        readings[outcome.id] = json.loads(
            json.dumps(reading_to_dict(read_article(engine, outcome)))
        )
    figures = scorer.score(articles, GOLD / name, readings)
    return {key: f.get("f1", f.get("accuracy")) or 0.0 for key, f in figures.items()}


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument(
        "--show", action="store_true", help="print every figure, not only those with a floor"
    )
    args = ap.parse_args()
    if not (GOLD / "score.py").is_file():
        print(
            "SKIPPED: the accuracy gate needs ../shared/gold, which is not here; nothing was measured"
        )
        return
    floors: dict[str, float] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["dev"]
    figures = measure("dev")
    unknown = sorted(set(floors) - set(figures))
    if unknown:
        sys.exit(f"floors.toml names figures that the scorer does not give: {', '.join(unknown)}")
    fallen = 0
    for key, value in figures.items():
        floor = floors.get(key)
        if floor is None and not args.show:
            continue
        low = floor is not None and value < floor
        fallen += low
        print(
            f"{'LOW ' if low else 'ok  '} {key:42s} {value:.3f}   floor {floor if floor is not None else '-'}"
        )
    if fallen:
        sys.exit(f"accuracy gate: {fallen} figure(s) below their floor")
    print("accuracy gate: passed")


if __name__ == "__main__":
    main()
