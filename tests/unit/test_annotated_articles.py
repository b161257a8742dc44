"""Which annotated articles a trainer learns from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("layer", "ids"), [("events", ["a", "b"]), ("statements", ["a"])])
def test_what_nobody_checked_is_not_learned_from(
    layer: str, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setattr(sys, "path", [str(ROOT / "benchmarks"), *sys.path])
    from training import samples

    rows = [{"id": "a"}, {"id": "b", "unread": ["statements"]}]
    path = tmp_path / "annotations.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(samples, "PRESS_ANNOTATIONS", path)
    monkeypatch.setattr(samples, "iter_press_records", lambda: [{"id": i} for i in "abc"])
    found = samples.load_annotated(["press"], None, layer)
    assert [article.raw["id"] for article in found] == ids


def test_written_articles_are_found_beside_those_of_the_press(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT), str(ROOT / "benchmarks"), *sys.path])
    from training import samples

    notes, texts = tmp_path / "notes.jsonl", tmp_path / "articles.jsonl"
    notes.write_text(json.dumps({"id": "w1", "events": []}) + "\n", encoding="utf-8")
    lines = [json.dumps({"id": i, "text": f"نص {i}"}, ensure_ascii=False) for i in ("w1", "w2")]
    texts.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(samples, "WRITTEN_ANNOTATIONS", notes)
    monkeypatch.setattr(samples, "WRITTEN_ARTICLES", texts)
    found = samples.load_annotated(["written"], None)
    assert [(a.raw["text"], a.part) for a in found] == [("نص w1", "written")]


def test_every_written_article_is_annotated_inside_its_text() -> None:
    texts = _rows("written_articles.jsonl")
    notes = _rows("written_annotations.jsonl")
    assert set(notes) == set(texts)
    for name, note in notes.items():
        known = {e["id"] for e in note["entities"]}
        spans = [m for e in note["entities"] for m in e["mentions"]] + note["dates"]
        for event in note["events"]:
            spans += event["triggers"]
            assert event["triggers"], name
            assert {p["entity"] for p in event["participants"]} <= known, name
            assert event["place"] is None or event["place"] in known, name
        assert all(0 <= s["start"] < s["end"] <= len(texts[name]["text"]) for s in spans), name


def _rows(name: str) -> dict[str, dict[str, Any]]:
    lines = (ROOT / "training" / name).read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}
