"""A record on PostgreSQL gives the same bytes as one on SQLite."""

from __future__ import annotations

from pathlib import Path

from made_exports import READINGS
from typer.testing import CliRunner

from mahdar.cli import app
from mahdar.consolidation.reference import reference_of
from mahdar.export.formats import FORMATS, export_record
from mahdar.knowledge.load import load_knowledge
from mahdar.store import Record, add_readings, consolidate_record, create_record, prepare_reading


def test_same_bytes_from_both_stores(record_url: str, record: Record, tmp_path: Path) -> None:
    with create_record(record_url) as other:
        add_readings(other, [prepare_reading(reading) for reading in reversed(READINGS)])
        consolidate_record(other, reference=reference_of(load_knowledge()))
        for form in FORMATS:
            first, second = tmp_path / f"{form}-a", tmp_path / f"{form}-b"
            export_record(record, form, first)
            export_record(other, form, second)
            assert _bytes(first) == _bytes(second), form


def test_the_command_takes_a_database_address(record_url: str, tmp_path: Path) -> None:
    with create_record(record_url) as made:
        add_readings(made, [prepare_reading(READINGS[0])])
    out = tmp_path / "out.geojson"
    result = CliRunner().invoke(app, ["export", "geojson", "-r", record_url, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert out.is_file()


def _bytes(out: Path) -> dict[str, bytes]:
    if out.is_dir():
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}
    return {"": out.read_bytes()}
