"""How a format says that it has come one article or entry further."""

from __future__ import annotations

from collections.abc import Callable

Tick = Callable[[], None]


def no_tick() -> None:
    """Say nothing."""
