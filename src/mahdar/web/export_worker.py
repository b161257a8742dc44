"""The process that makes an export: ``python -m mahdar.web.export_worker FOLDER``.

The record and packs are taken from the environment, as every command takes them.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from mahdar.cli.output import plain
from mahdar.errors import MahdarError
from mahdar.export import brief
from mahdar.export.formats import Exported, Request, export_record
from mahdar.export.formats.registry import find_format
from mahdar.settings import load_settings
from mahdar.store import Record, open_record
from mahdar.views import Filters
from mahdar.web.exports import SEEN_BY_ASKER, Order, Preview, Result, write_json
from mahdar.web.team.access import RestrictedRecord, access_of
from mahdar.web.team.users import find_user

_WRITE_SECONDS = 0.4
SAMPLE_ROWS = 5
_CELL_CHARS = 160
_TEXT_LINES, _LINE_CHARS = 24, 400


def main(folder: Path) -> int:
    """Make one export; return 0 when it is there, 1 when it failed (``state.json`` says why)."""
    order = Order(**json.loads((folder / "order.json").read_text(encoding="utf-8")))
    try:
        _work(folder, order)
    except MahdarError as error:
        write_json(folder / "state.json", {"problem": str(error)})
        return 1
    except Exception as error:
        write_json(folder / "state.json", {"problem": f"{type(error).__name__}: {error}"})
        raise
    return 0


def _work(folder: Path, order: Order) -> None:
    if order.format == "brief":
        _write_brief(folder, order)
    else:
        _write_export(folder, order)


def _write_brief(folder: Path, order: Order) -> None:
    wanted = brief.Request(
        process=order.process or None,
        since=order.since or None,
        until=order.until or None,
        lang="en" if order.labels == "en" else "ar",
        digits="arabic" if order.digits == "arabic" else "latin",
        tlp=order.tlp,
        pages=order.pages,
    )
    with _open_for(order.by) as record:
        made = brief.write_brief(record, wanted)
    files = (
        ("brief.html", brief.render_html(made)),
        ("brief.md", brief.render_markdown(made)),
    )
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
    result = Result(
        files=tuple(Preview(name, None, (folder / name).stat().st_size) for name, _ in files),
        left_out={},
        rows=sum(1 for _ in made.notes()),
        bytes=sum((folder / name).stat().st_size for name, _ in files),
        brief=plain(made),
    )
    write_json(folder / "result.json", asdict(result))


def _write_export(folder: Path, order: Order) -> None:
    chosen = find_format(order.format)
    made = folder / "made"
    made.mkdir()
    # For a format of many files the folder that is zipped; else the folder that the file lies in.
    out = made / "mahdar" if chosen.folder else made / f"mahdar{chosen.suffix}"
    filters = Filters(
        order.actor or None,
        order.place or None,
        order.process or None,
        order.since or None,
        order.until or None,
    )
    request = Request(filters, "en" if order.labels == "en" else "ar", order.tlp)
    settings = load_settings()
    folders = settings["packs"]
    packs = tuple(map(Path, folders)) if isinstance(folders, tuple) else ()

    def begin(total: int) -> Callable[[], None]:
        write_json(folder / "state.json", {"done": 0, "total": total})
        return _counter(folder / "state.json", total)

    with _open_for(order.by) as record:
        done = export_record(record, chosen.name, out, request, packs=packs, begin=begin)
    inside = out if chosen.folder else made
    order_of = {name: at for at, name in enumerate(done.rows)}
    files = sorted(
        (path for path in inside.iterdir() if path.is_file()),
        key=lambda path: (path != done.out, order_of.get(path.name, len(order_of)), path.name),
    )
    archive = folder / "export.zip.part"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path in files:
            packed.write(path, path.name)
    archive.replace(folder / "export.zip")
    result = Result(
        files=tuple(preview_file(path, _rows_of(path, done)) for path in files),
        left_out={lang: tuple(done.left_out.lines(lang)) for lang in ("ar", "en")},
        rows=sum(done.rows.values()),
        bytes=(folder / "export.zip").stat().st_size,
    )
    write_json(folder / "result.json", asdict(result))


@contextmanager
def _open_for(name: str) -> Iterator[Record]:
    """Open the record as who asked may see it; where nobody signs in, all of it."""
    with open_record(str(load_settings()["record"])) as whole:
        if not os.environ.get(SEEN_BY_ASKER):
            yield whole
            return
        with RestrictedRecord(whole, access_of(find_user(whole, name))) as seen:
            yield seen


def _rows_of(path: Path, done: Exported) -> int | None:
    """Return how many rows a file holds; one file may hold several kinds of row."""
    if path == done.out:
        return sum(done.rows.values())
    return done.rows.get(path.name)


def _counter(path: Path, total: int) -> Callable[[], None]:
    """Return what counts a step; it writes down how far the work is at most every 0.4 s."""
    done, written = 0, time.monotonic()

    def step() -> None:
        nonlocal done, written
        done += 1
        if (now := time.monotonic()) - written > _WRITE_SECONDS:
            written = now
            write_json(path, {"done": done, "total": total})

    return step


def preview_file(path: Path, rows: int | None) -> Preview:
    """Return how a file begins: its first rows if it is a table, else its first lines."""
    size = path.stat().st_size
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            first = list(islice(csv.reader(stream), SAMPLE_ROWS + 1))
        columns = tuple(first[0]) if first else ()
        return Preview(path.name, rows, size, columns, _cut(first[1:]))
    if path.suffix == ".parquet":
        import duckdb

        found = duckdb.from_parquet(str(path)).limit(SAMPLE_ROWS)
        return Preview(path.name, rows, size, tuple(found.columns), _cut(found.fetchall()))
    with path.open(encoding="utf-8") as stream:
        lines = [line.rstrip("\r\n") for line in islice(stream, _TEXT_LINES)]
    most = SAMPLE_ROWS if path.suffix == ".jsonl" else _TEXT_LINES
    text = "\n".join(_cut_text(line, _LINE_CHARS) for line in lines[:most])
    return Preview(path.name, rows, size, text=text)


def _cut(rows: Iterable[Iterable[Any]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple("" if cell is None else _cut_text(_plain(cell), _CELL_CHARS) for cell in row)
        for row in rows
    )


def _plain(cell: object) -> str:
    if isinstance(cell, list | Mapping):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return str(cell)


def _cut_text(text: str, chars: int) -> str:
    return text if len(text) <= chars else text[:chars] + "…"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
