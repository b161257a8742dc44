from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench import Browser, make_record

from mahdar.store import Record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record that tests only read."""
    with make_record(tmp_path_factory.mktemp("web") / "talks.db") as made:
        yield made


@pytest.fixture
def own_record(tmp_path: Path) -> Iterator[Record]:
    """A record of the test's own, to be changed."""
    with make_record(tmp_path / "talks.db") as made:
        yield made


@pytest.fixture(scope="module")
def browser(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(record, tmp_path_factory.mktemp("inbox") / "inbox")
