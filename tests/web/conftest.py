from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench import Browser, make_record

from mahdar.store import Record, open_record


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a record, made once: making its tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("made") / "talks.db"
    make_record(path).close()
    return path


@pytest.fixture(scope="session")
def record(made: Path) -> Iterator[Record]:
    """A record that tests only read."""
    with open_record(made) as opened:
        yield opened


@pytest.fixture
def own_record(made: Path, tmp_path: Path) -> Iterator[Record]:
    """A record of the test's own, to be changed."""
    with open_record(shutil.copy(made, tmp_path / "talks.db")) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(record, tmp_path_factory.mktemp("inbox") / "inbox")
