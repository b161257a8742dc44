"""JSON lines: articles, claims with their words and chains, entries with their claims, actors, places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mahdar.consolidation.claims import Claim
from mahdar.export.formats.bundles import ArticleBundle, EntryBundle
from mahdar.export.formats.claim_rows import article_rows
from mahdar.export.formats.columns import Row
from mahdar.export.formats.entry_rows import actor_rows, entry_rows
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source

FILES = ("articles", "claims", "entries", "actors", "places")
_FLAT = ("actors", "by", "speakers", "addressees", "participants")
"""Columns of the tables that a claim's ``roles`` tell better."""


def write_json_lines(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one JSON object a line; field names are those of the tables, unknown values left out.

    Returns:
        Lines by file name.
    """
    counts = dict.fromkeys(FILES, 0)
    streams = {name: (out / f"{name}.jsonl").open("w", encoding="utf-8") for name in FILES}

    def put(name: str, value: Row) -> None:
        told = {k: v for k, v in value.items() if v is not None and v != []}
        streams[name].write(json.dumps(told, ensure_ascii=False) + "\n")
        counts[name] += 1

    try:
        for article in source.iter_articles():
            for name, value in _article_lines(source, article):
                put(name, value)
            tick()
        for entry in source.iter_entries():
            put("entries", _entry_line(source, entry))
            tick()
        for name, row in actor_rows(source):
            put(name, row)
    finally:
        for stream in streams.values():
            stream.close()
    return {f"{name}.jsonl": counts[name] for name in FILES}


def _article_lines(source: Source, bundle: ArticleBundle) -> list[tuple[str, Row]]:
    """Return the article's line and those of its claims: spans, roles and facts nested."""
    claims = {claim.uid: claim for claim in bundle.claims}
    lines: list[tuple[str, Row]] = []
    at: dict[str, Row] = {}
    for table, row in article_rows(source, bundle):
        if table == "articles":
            lines.append(("articles", row))
        elif table == "participants":
            role = {k: v for k, v in row.items() if k not in ("claim", "position") and v}
            at[row["claim"]].setdefault("roles", []).append(role)
        elif table == "facts":
            fact = {k: v for k, v in row.items() if k not in ("claim", "position") and v}
            at[row["claim"]].setdefault("facts", []).append(fact)
        else:
            at[row["claim"]] = _claim_line(source, bundle, claims[row["claim"]], row)
            lines.append(("claims", at[row["claim"]]))
    return lines


def _claim_line(source: Source, bundle: ArticleBundle, claim: Claim, row: Row) -> Row:
    line: dict[str, Any] = {"claim": claim.uid, "kind": claim.kind, "type": claim.type}
    flat = {f"{name}{suffix}" for name in _FLAT for suffix in ("", "_ar", "_en")}
    flat |= {"chain_ar", "chain_en", "sentence"}
    line |= {k: v for k, v in row.items() if k not in flat and k not in line}
    line["spans"] = [
        {"role": role, "start": span.start, "end": span.end, "exact": span.of(bundle.text)}
        for role, span in claim.spans
    ]
    line["sentence"] = {
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "exact": claim.sentence.of(bundle.text),
    }
    line["chain"] = [
        {"actor": ref.key, "ar": ref.ar, "en": ref.en} for ref in source.refs(claim.chain)
    ]
    return line


def _entry_line(source: Source, bundle: EntryBundle) -> Row:
    line: Row = {}
    claims: list[Row] = []
    actors: list[Row] = []
    values: dict[str, list[Row]] = {}
    for table, row in entry_rows(source, bundle):
        rest = {k: v for k, v in row.items() if k != "entry" and v is not None}
        if table == "entries":
            line = {k: v for k, v in row.items() if not k.startswith("actors")}
        elif table == "entry_claims":
            claims.append(rest)
        elif table == "entry_actors":
            actors.append(rest)
        else:
            values.setdefault(row["field"], []).append(
                {"value": row["value"], "claims": row["claims"]}
            )
    return {**line, "claims": claims, "actors": actors, "values": values}
