"""The house has one way through: no module may import a later stage."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "mahdar"

# Each layer may import itself and what stands before it. Modules on one line are level.
LAYERS = (
    ("errors", "model"),
    ("settings", "jsonform", "linear"),
    ("text",),
    ("lexicon",),
    ("i18n",),
    ("knowledge",),
    ("ingest",),
    ("annotation",),
    ("extraction",),
    ("consolidation",),
    ("judgements",),
    ("store",),
    ("search",),
    ("views",),
    ("export",),
    ("pipeline",),
    ("batch",),
    ("cli", "web"),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def imported(path: Path) -> set[str]:
    """Return the first parts below ``mahdar`` that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            names = [node.module or ""]
            if node.module == "mahdar":
                names = [f"mahdar.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("mahdar.")}
    return found


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_back(path: Path) -> None:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    here = parts[0]
    if parts == ("__init__",):
        return  # the public API re-exports from everywhere
    assert here in RANK, f"{here} has no place in the layers"
    for name in imported(path):
        assert name in RANK, f"{path}: imports mahdar.{name}, which has no place in the layers"
        assert RANK[name] <= RANK[here], f"{path}: {here} imports the later stage {name}"


def test_only_pipeline_names_every_stage() -> None:
    stages = {"annotation", "extraction"}
    for path in modules():
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if parts[0] in ("pipeline", "annotation", "extraction", "__init__"):
            continue
        both = stages & imported(path)
        assert both != stages, f"{path} wires stages together: that is pipeline.py's job"


def test_store_is_not_touched_by_stages() -> None:
    for path in modules():
        if path.relative_to(SOURCE).parts[0] in (
            "annotation",
            "extraction",
            "consolidation",
            "ingest",
        ):
            assert "store" not in imported(path)
