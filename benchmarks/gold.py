"""The engine against the gold articles of the shared folder, whole or one stage at a time.

    python benchmarks/gold.py [train|dev] [--oracle LAYER,...] [--errors LAYER] [--only ID]

``--oracle entities,dates`` gives a stage the gold entities and dates as input, to see what it does
alone. Figures are those of the shared scorer, run on the readings this makes. Errors are shown for
train only: dev stays unseen.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from mahdar.ingest import find_noise
from mahdar.jsonform import reading_to_dict
from mahdar.model import Article, Entity, Mention, Span, Statement, TimeExpression
from mahdar.pipeline import assemble_reading, load_engine

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold"


def load_scorer() -> ModuleType:
    """Return the shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_articles(name: str) -> list[dict[str, Any]]:
    """Return the gold articles of a set, as plain data."""
    lines = (GOLD / name / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def gold_reading(scorer: ModuleType, name: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Return the gold annotation of an article in the form of a reading."""
    path = GOLD / name / f"{raw['id']}.json"
    return scorer.gold_reading(raw, json.loads(path.read_text(encoding="utf-8")))


def as_article(raw: dict[str, Any]) -> Article:
    """Return plain data as an article."""
    return Article(
        id=raw["id"],
        text=raw["text"],
        sha256="",
        title=raw.get("title"),
        publisher=raw.get("publisher"),
        published=raw.get("published"),
        url=raw.get("url"),
        noise=find_noise(raw["text"], raw.get("title")),
    )


def oracle_layers(gold: dict[str, Any]) -> dict[str, Any]:
    """Return gold entities, dates and statements as the layers a document carries."""
    return {
        "entities": tuple(
            Entity(
                e["id"],
                e["type"],
                tuple(Mention(m["start"], m["end"], m["kind"]) for m in e["mentions"]),
                kb=e.get("kb"),
                key=e["id"],
                source=e["id"].startswith("source:"),
            )
            for e in gold["entities"]
        ),
        "dates": tuple(TimeExpression(d["start"], d["end"], d["value"]) for d in gold["dates"]),
        "statements": tuple(
            Statement(
                f"s{n}",
                tuple(s["speakers"]),
                Span(**s["cue"]),
                tuple(Span(**c) for c in s["content"]),
                s["mode"],
                s["act"],
                tuple(s["via"]),
                s["setting"],
            )
            for n, s in enumerate(gold["statements"], start=1)
        ),
    }


def print_figures(figures: dict[str, Any]) -> None:
    """Print figures of the shared scorer, a line each."""
    for name, f in figures.items():
        if "f1" in f:
            print(
                f"{name:42s} P {f['p']:.3f}  R {f['r']:.3f}  F1 {f['f1']:.3f}   gold {f['gold']}, system {f['system']}"
            )
        else:
            print(f"{name:42s} accuracy {f['accuracy']}  of {f['of']}")


def print_by_paper(
    scorer: ModuleType, name: str, articles: list[dict[str, Any]], readings: dict[str, Any]
) -> None:
    """Print mentions, entities and statements of each paper of a gold set."""
    papers: dict[str, list[dict[str, Any]]] = {}
    for raw in articles:
        papers.setdefault(raw.get("publisher") or "unknown", []).append(raw)
    for paper, own in sorted(papers.items()):
        figures = scorer.score(own, GOLD / name, readings)
        shown = [
            f"{figures[key]['f1']:.3f}"
            for key in (
                "mentions (exact span and type)",
                "mentions (overlap and type)",
                "entities (one per actor or place)",
                "statements (content and speaker)",
            )
        ]
        print(
            f"{paper:14s} {len(own):3d} articles   exact, overlap, entities, speaker: {'  '.join(shown)}"
        )


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("set", nargs="?", default="train", choices=["train", "dev"])
    ap.add_argument(
        "--oracle", default="", help="layers to take from gold: entities,dates,statements"
    )
    ap.add_argument(
        "--errors", default="", help="show the scorer's errors whose kind holds this word"
    )
    ap.add_argument("--by-paper", action="store_true", help="also the name figures of each paper")
    ap.add_argument("--only", default="", help="one article id")
    ap.add_argument("--readings", help="also write the readings to this file")
    args = ap.parse_args()
    if args.errors and args.set == "dev":
        sys.exit("errors are shown for train only: dev stays unseen")
    scorer = load_scorer()
    oracle = [layer for layer in args.oracle.split(",") if layer]
    nlp = load_engine()
    articles = [a for a in load_articles(args.set) if args.only in ("", a["id"])]
    readings = {}
    seconds = 0.0
    for raw in articles:
        layers = oracle_layers(gold_reading(scorer, args.set, raw)) if oracle else {}
        began = time.perf_counter()
        doc = nlp.make_doc(raw["text"])
        doc._.article = as_article(raw)
        for name, component in nlp.pipeline:
            doc = component(doc)
            layer = name.removeprefix("mahdar_")
            if layer in oracle:
                setattr(doc._, layer, layers[layer])
        reading = reading_to_dict(assemble_reading(doc))
        seconds += time.perf_counter() - began
        readings[raw["id"]] = reading
    errors: list[Any] | None = [] if args.errors else None
    figures = scorer.score(articles, GOLD / args.set, readings, errors)
    print_figures(figures)
    words = sum(len(a["text"].split()) for a in articles)
    print(f"{len(articles)} articles, {words} words, {words / seconds:.0f} words a second")
    for e in errors or []:
        if args.errors in e[1] or args.errors == "all":
            print(*e, sep=" | ")
    if args.by_paper:
        print_by_paper(scorer, args.set, articles, readings)
    if args.readings:
        lines = [json.dumps(r, ensure_ascii=False) for r in readings.values()]
        Path(args.readings).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
