"""Annotated articles that the trainers learn from: gold/train, articles of the press, written ones."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]

import gold as bench  # noqa: E402
from training.press import iter_press_records  # noqa: E402

PRESS_ANNOTATIONS = ROOT / "training" / "press_annotations.jsonl"
WRITTEN_ANNOTATIONS = ROOT / "training" / "written_annotations.jsonl"
WRITTEN_ARTICLES = ROOT / "training" / "written_articles.jsonl"


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article as the gold set gives it, its annotation as a reading, and where both come from
    (``train``, ``press`` or ``written``)."""

    raw: dict[str, Any]
    gold: dict[str, Any]
    part: str


def load_annotated(parts: list[str], scorer: Any, layer: str = "events") -> list[AnnotatedArticle]:
    """Return the annotated articles of the parts asked for, in a fixed order.

    Left out are those whose ``layer`` is as the engine read it (``unread``), checked by nobody.
    """
    out = []
    if "train" in parts:
        for raw in bench.load_articles("train"):
            out.append(AnnotatedArticle(raw, bench.gold_reading(scorer, "train", raw), "train"))
    sources = {
        "press": (PRESS_ANNOTATIONS, iter_press_records),
        "written": (WRITTEN_ANNOTATIONS, iter_written_records),
    }
    for part, (path, records) in sources.items():
        if part in parts:
            notes = {r["id"]: r for r in _read_lines(path) if layer not in r.get("unread", ())}
            found = (raw for raw in records() if raw["id"] in notes)
            out += [AnnotatedArticle(raw, notes[raw["id"]], part) for raw in found]
    return out


def iter_written_records() -> Iterator[dict[str, Any]]:
    """Yield the articles that were written to learn from, in the form of the gold articles."""
    yield from _read_lines(WRITTEN_ARTICLES)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def score_parts(
    samples: list[AnnotatedArticle], readings: dict[str, Any], scorer: Any
) -> dict[str, dict[str, Any]]:
    """Return the scorer's figures per part, and of all where there are several."""
    figures = {}
    parts = list(dict.fromkeys(s.part for s in samples))
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples:
            gold = sample.gold | {"offsets": True}
            path = Path(folder) / f"{sample.raw['id']}.json"
            path.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
        for part in [*parts, "all"] if len(parts) > 1 else parts:
            own = [s.raw for s in samples if part in (s.part, "all")]
            figures[part] = scorer.score(own, folder, readings)
    return figures
