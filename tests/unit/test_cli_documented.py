"""Every command and option stands in docs/reference/cli.md, and nothing that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from mahdar.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")


def iter_commands(group: Any, path: str = "mahdar") -> Iterator[tuple[str, Any]]:
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from iter_commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(iter_commands(typer.main.get_command(app)))


SHARED = {"mahdar show ": "mahdar show VIEW", "mahdar judge ": "mahdar judge ACTION"}


def shared_section(name: str) -> str | None:
    """Return the head of the section that a command shares with its group, if it does."""
    if name == "mahdar show entry":
        return None
    return next((head for begin, head in SHARED.items() if name.startswith(begin)), None)


def section(name: str) -> str:
    """Return the part of the page that tells of a command; those of some groups share one."""
    group = shared_section(name)
    head = group or name
    found = re.search(rf"^## `{re.escape(head)}(?: [^`]*)?`\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found, f"docs/reference/cli.md has no section on {head}"
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_documented(name: str) -> None:
    text = section(name)
    if shared_section(name):
        assert re.search(rf"^\|[^|]*`{re.escape(name.split()[-1])}`[^|]*\|", text, re.M)
    for option in COMMANDS[name].params:
        for flag in (o for o in getattr(option, "opts", ()) if o.startswith("--")):
            assert f"`{flag}`" in text or f"`{flag} " in text, f"{name} {flag} is not documented"


def test_nothing_else_is_documented() -> None:
    known = {flag for c in COMMANDS.values() for option in c.params for flag in option.opts}
    for flag in re.findall(r"`(--[a-z-]+)", PAGE):
        assert flag in known or flag == "--help", f"{flag} is documented, but no command has it"
