"""Mentions of a name wherever a text has it."""

from __future__ import annotations

from mahdar.model import Mention


def named_mentions(text: str, name: str) -> tuple[Mention, ...]:
    """Return a named mention for every place where ``name`` stands in a text, in reading order."""
    places = (at for at in range(len(text)) if text.startswith(name, at))
    return tuple(Mention(at, at + len(name), "named") for at in places)
