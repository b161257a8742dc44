"""Which annotated articles a trainer learns from."""

from __future__ import annotations

import json
import sys
from pathlib import Path

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
