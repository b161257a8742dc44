"""The list of attacks on the workbench: each names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    line.split("|")[1:4]
    for line in (ROOT / "docs/why/workbench-security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| attack", "| ---"))
]


def test_the_list_is_there() -> None:
    assert len(ROWS) > 20


@pytest.mark.parametrize(
    ("attack", "tests"), [(attack.strip(), tests) for attack, _, tests in ROWS]
)
def test_its_tests_are_there(attack: str, tests: str) -> None:
    named = re.findall(r"`([^`]+)`", tests)
    assert named, f"{attack}: no test"
    file = ""
    for name in named:
        place, _, function = name.partition("::") if ".py" in name else (file, "", name)
        file = place
        path = ROOT / place if "/" in place else ROOT / "tests/web" / place
        text = path.read_text(encoding="utf-8")
        assert not function or f"def {function}(" in text, f"{attack}: {name} is not in {place}"
