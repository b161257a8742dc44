"""Loader of knowledge packs: those shipped, and a user's."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.index import NameMatch
from mahdar.knowledge.join import join_packs
from mahdar.knowledge.read import read_pack

__all__ = ["Knowledge", "NameMatch", "load_knowledge", "shipped_folders"]


def shipped_folders() -> list[Path]:
    """Return the folders of the packs that come with Mahdar, ``world`` first, else by name."""
    root = Path(str(files("mahdar.knowledge"))) / "packs"
    found = [path for path in root.iterdir() if (path / "pack.toml").is_file()]
    return sorted(found, key=lambda path: (path.name != "world", path.name))


@cache
def load_knowledge(folders: Sequence[Path] = ()) -> Knowledge:
    """Return the shipped packs and those in ``folders`` (a tuple, so that the result is cached).

    Raises:
        KnowledgeError: a pack breaks its schema, or two packs use one id without ``extend``.
    """
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of small live objects: a third of the time otherwise
    try:
        return join_packs([read_pack(Path(path)) for path in (*shipped_folders(), *folders)])
    finally:
        if collecting:
            gc.enable()
