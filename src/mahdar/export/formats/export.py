"""One export from a record to a place: whole or not at all, with a manifest of what was left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mahdar.export.formats.manifest import make_manifest
from mahdar.export.formats.output import (
    MANIFEST,
    check_target,
    file_facts,
    manifest_path,
    replacing,
)
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.registry import Format, find_format
from mahdar.export.formats.request import LeftOut, Request
from mahdar.export.formats.source import Source
from mahdar.knowledge.load import load_knowledge
from mahdar.store import Record

Begin = Callable[[int], Tick]
"""Takes how many articles and entries there are to go through; returns what counts them."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. ``rows`` is by file name, or by kind of row where one file holds several."""

    out: Path
    manifest: Path
    rows: dict[str, int]
    left_out: LeftOut


def export_record(
    record: Record,
    format_name: str,
    out: Path,
    request: Request | None = None,
    *,
    packs: Sequence[Path] = (),
    begin: Begin | None = None,
) -> Exported:
    """Write a record, or a part of it, in a format.

    The same record and request give the same bytes. Memory holds a few hundred articles or entries
    at a time.

    Args:
        record: an open record.
        format_name: a key of ``FORMATS``.
        out: the file or folder; an earlier export there is replaced when the new one is complete.
        request: filters, language of labels, circle of readers; everything if ``None``.
        packs: folders of knowledge packs beside the shipped ones.
        begin: told the length of the work, for a progress bar.
    Raises:
        SettingError: no such format, a place that cannot be written to, a filter that is no date.
        RecordError: the record cannot be read.
    """
    chosen = find_format(format_name)
    request = request or Request()
    check_target(out, folder=chosen.folder)
    left_out = LeftOut()
    knowledge = load_knowledge(tuple(packs))
    with record.reading() as connection:
        source = Source(connection, request, knowledge, left_out)
        tick = begin(_length(source, chosen)) if begin else _silent
        with replacing(out, folder=chosen.folder) as made:
            rows = chosen.load()(source, made, tick)
            if chosen.folder:
                files = {
                    path.name: {"rows": rows.get(path.name), **file_facts(path)}
                    for path in sorted(made.iterdir())
                }
            else:
                parts = {"parts": rows} if len(rows) > 1 else {}
                rows = rows if len(rows) > 1 else {out.name: sum(rows.values())}
                files = {out.name: {"rows": sum(rows.values()), **parts, **file_facts(made)}}
            manifest = make_manifest(record, source, chosen, files)
            body = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
            if chosen.folder:
                (made / MANIFEST).write_text(body, encoding="utf-8")
        beside = manifest_path(out, folder=chosen.folder)
        if not chosen.folder:
            with replacing(beside, folder=False) as made:
                made.write_text(body, encoding="utf-8")
    return Exported(out, beside, rows, left_out)


def _length(source: Source, chosen: Format) -> int:
    entries = len(source.selection.entries) if "entries" in chosen.passes else 0
    return entries + (len(source.selection.article_order) if "articles" in chosen.passes else 0)


def _silent() -> None:
    return None
