"""A record of known content, made once, and what each format writes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_exports import READINGS, Export

from mahdar.consolidation.reference import reference_of
from mahdar.export.formats import Exported, Request, export_record
from mahdar.knowledge.load import load_knowledge
from mahdar.store import (
    Record,
    add_readings,
    consolidate_record,
    create_record,
    open_record,
    prepare_reading,
)


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = tmp_path_factory.mktemp("record") / "talks.db"
    with create_record(path) as made:
        add_readings(made, [prepare_reading(reading) for reading in READINGS])
        consolidate_record(made, reference=reference_of(load_knowledge()))
    # Opened anew: all is in the one file, so that tests may copy it.
    with open_record(path) as made:
        yield made


@pytest.fixture
def export(record: Record, tmp_path: Path) -> Export:
    """Write a format of the record; keyword arguments make the request."""

    def run(form: str, name: str = "out", **asked: Any) -> Exported:
        return export_record(record, form, tmp_path / name, Request(**asked))

    return run
