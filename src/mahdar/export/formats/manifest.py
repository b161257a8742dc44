"""What stands beside every export: where it comes from, what it holds, what was left out and why."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from mahdar.export.formats.registry import Format
from mahdar.export.formats.source import Source
from mahdar.i18n import tr
from mahdar.store import Record, tables

FORM = 1
"""Version of the manifest's form."""


def make_manifest(
    record: Record, source: Source, chosen: Format, files: dict[str, dict[str, object]]
) -> dict[str, Any]:
    """Return a manifest. It holds no time and no path, so that the same export gives it again."""
    connection = source.connection
    filters = asdict(source.request.filters)
    engine = tables.readings.c.engine
    readers = connection.execute(select(engine, func.count()).group_by(engine).order_by(engine))
    return {
        "manifest": FORM,
        "format": chosen.name,
        "mahdar": _version(),
        "engines": {str(name): int(count) for name, count in readers},
        "record": {"state": record_state(source), **_counts(source)},
        "filters": {k: v for k, v in filters.items() if v},
        "tlp": source.request.tlp,
        "strictest_marking": source.review.strictest(),
        "files": files,
        "left_out": source.left_out.rows(),
        "claims_not_facts": {lang: tr("export.claims_note", lang) for lang in ("ar", "en")},
        "rights": {lang: tr("export.rights_note", lang) for lang in ("ar", "en")},
        "packs": [
            {"pack": pack.name, "licence": pack.licence, "sources": list(pack.sources)}
            for pack in source.knowledge.packs
        ],
    }


def _version() -> str:
    from importlib.metadata import version

    return version("mahdar")


def _counts(source: Source) -> dict[str, int]:
    return {
        table.name: source.connection.scalar(select(func.count()).select_from(table)) or 0
        for table in (
            tables.articles,
            tables.claims,
            tables.entries,
            tables.actors,
            tables.judgements,
        )
    }


def record_state(source: Source) -> str:
    """Return a hash of what the record holds: articles, who read them, claims, entries, judgements.

    Two exports with the same state come from the same content. The order of the rows does not count,
    so that both stores give the same and nothing is held in memory.
    """
    t, r, c = tables.articles.c, tables.readings.c, tables.claims.c
    e, j = tables.entries.c, tables.judgements.c
    total = 0
    for query in (
        select(t.sha256, r.engine).select_from(tables.articles.join(tables.readings)),
        select(c.uid),
        select(e.id, e.standing, e.origins),
        select(j.seq, j.hash),
    ):
        for row in source.connection.execute(query.execution_options(yield_per=5000)):
            digest = hashlib.sha256("|".join(map(str, row)).encode()).digest()
            total = (total + int.from_bytes(digest)) % (1 << 256)
    return f"{total:064x}"
