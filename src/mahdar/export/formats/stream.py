"""The whole record as rows of the tables, in one pass: articles with claims, entries, then actors."""

from __future__ import annotations

from mahdar.export.formats.claim_rows import CLAIM_TABLES, Rows, article_rows
from mahdar.export.formats.entry_rows import actor_rows, entry_rows
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source

TABLES = (
    "articles",
    *CLAIM_TABLES.values(),
    "participants",
    "facts",
    "corrections",
    "entries",
    "entry_claims",
    "entry_actors",
    "entry_values",
    "actors",
    "places",
)
"""The tables of the tabular exports, in the order in which people read them."""


def iter_rows(source: Source, tick: Tick) -> Rows:
    """Yield every row with the name of its table."""
    for article in source.iter_articles():
        yield from article_rows(source, article)
        tick()
    for entry in source.iter_entries():
        yield from entry_rows(source, entry)
        tick()
    yield from actor_rows(source)
