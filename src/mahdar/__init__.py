"""Mahdar reads Arabic press on peace processes and keeps its record.

>>> import mahdar
>>> engine = mahdar.load_engine()
>>> for article in mahdar.iter_articles(["news/"]):
...     if isinstance(article, mahdar.Article):
...         reading = mahdar.read_article(engine, article)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mahdar.ingest import iter_articles
    from mahdar.model import Article, Reading
    from mahdar.pipeline import VERSION as __version__
    from mahdar.pipeline import iter_readings, load_engine, read_article

__all__ = [
    "Article",
    "Reading",
    "__version__",
    "iter_articles",
    "iter_readings",
    "load_engine",
    "read_article",
]

# Where each public name lives. They are fetched when first asked for: spaCy takes a second to import,
# and a command that only asks the record does not need it.
_HOMES = {
    "Article": ("mahdar.model", "Article"),
    "Reading": ("mahdar.model", "Reading"),
    "__version__": ("mahdar.pipeline", "VERSION"),
    "iter_articles": ("mahdar.ingest", "iter_articles"),
    "iter_readings": ("mahdar.pipeline", "iter_readings"),
    "load_engine": ("mahdar.pipeline", "load_engine"),
    "read_article": ("mahdar.pipeline", "read_article"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mahdar' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
