"""The formats by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from mahdar.errors import SettingError
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source

Writer = Callable[[Source, Path, Tick], dict[str, int]]
"""Writes to a place and returns rows by file name; for one file, by what kind of row."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. ``suffix`` is how its file is named, empty for a folder of files.

    ``passes`` are what it reads: ``articles``, ``entries``; they make the length of its progress.
    The writer is imported when it is needed: DuckDB is for Parquet alone.
    """

    name: str
    suffix: str
    passes: tuple[str, ...]
    writer: str

    @property
    def folder(self) -> bool:
        """Whether it writes a folder."""
        return not self.suffix

    def load(self) -> Writer:
        """Return the function that writes it."""
        module, _, function = self.writer.partition(":")
        found: Writer = getattr(import_module(f"mahdar.export.formats.{module}"), function)
        return found


_BOTH, _ENTRIES, _ARTICLES = ("articles", "entries"), ("entries",), ("articles",)
FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("csv", "", _BOTH, "csv_tables:write_csv_tables"),
        Format("parquet", "", _BOTH, "parquet:write_parquet_tables"),
        Format("jsonl", "", _BOTH, "json_lines:write_json_lines"),
        Format("plover", ".csv", _ENTRIES, "plover:write_plover"),
        Format("acled", ".csv", _ENTRIES, "acled:write_acled"),
        Format("ged", ".csv", _ENTRIES, "ged:write_ged"),
        Format("ceasefires", ".csv", _ENTRIES, "truces:write_truces"),
        Format("hxl", "", _ENTRIES, "hxl:write_hxl"),
        Format("ftm", ".ftm.jsonl", _BOTH, "ftm:write_ftm"),
        Format("geojson", ".geojson", _ENTRIES, "geojson:write_geojson"),
        Format("annotations", ".jsonld", _ARTICLES, "annotations:write_annotations"),
        Format("ical", ".ics", _ENTRIES, "calendar:write_calendar"),
    )
}


def find_format(name: str) -> Format:
    """Return a format.

    Raises:
        SettingError: no such format.
    """
    found = FORMATS.get(name.lower())
    if found is None:
        raise SettingError(
            f"{name}: no export format of this name. Mend: give one of {', '.join(FORMATS)}."
        )
    return found
