"""What the pages say is there is there: links resolve, the README's Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_is_listed() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in PAGES[1:]:
        if page.parent != ROOT / "docs":
            assert str(page.relative_to(ROOT / "docs")) in index, (
                f"{page.name} is not in docs/README.md"
            )


def test_readme_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.S)
    (tmp_path / "news").mkdir()
    article = "الخارجية ترحب\n\nقالت وزارة الخارجية المصرية أمس إنها ترحب باتفاق وقف إطلاق النار."
    (tmp_path / "news" / "a.txt").write_text(article, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    printed: list[tuple[object, ...]] = []
    exec(compile(code, "README.md", "exec"), {"print": lambda *a: printed.append(a)})
    assert any("ترحب باتفاق" in str(line) for line in printed)
