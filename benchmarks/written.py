"""Events of articles that were written to measure on: other conflicts, years and ways of writing than the press's.

    python benchmarks/written.py

An eighth of what ``training/ANNOTATING.md`` calls written articles, kept apart from training for good, in
``benchmarks/written``. They hold three times as many events a word as the gold articles, so figures are lower.
Needs the scorer of the shared folder.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from gold import GOLD, as_article, load_scorer, print_figures
from mahdar.jsonform import reading_to_dict
from mahdar.pipeline import load_engine, read_article

WRITTEN = Path(__file__).with_name("written")
FIGURES = ("dates", "entities", "event")
"""Beginnings of the names of the figures that these articles are annotated for."""


def measure() -> dict[str, dict[str, Any]]:
    """Return the scorer's figures of events and of what they are made of."""
    engine, scorer = load_engine(), load_scorer()
    lines = (WRITTEN / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    readings = {
        raw["id"]: reading_to_dict(read_article(engine, as_article(raw))) for raw in articles
    }
    with tempfile.TemporaryDirectory() as folder:
        for line in (WRITTEN / "annotations.jsonl").read_text(encoding="utf-8").splitlines():
            path = Path(folder) / f"{json.loads(line)['id']}.json"
            path.write_text(line, encoding="utf-8")
        figures: dict[str, dict[str, Any]] = scorer.score(articles, folder, readings)
    return {name: f for name, f in figures.items() if name.startswith(FIGURES)}


def main() -> None:
    if not (GOLD / "score.py").is_file():
        print("SKIPPED: the figures of written articles need ../shared/gold/score.py")
        return
    print_figures(measure())


if __name__ == "__main__":
    main()
