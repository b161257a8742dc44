"""A record of articles made for search, on each store: one for all that only ask, one for each that writes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from search_articles import ARTICLES

from mahdar.store import Record, add_readings, consolidate_record, create_record, prepare_reading


def fill(record: Record) -> Record:
    add_readings(record, [prepare_reading(reading) for reading in ARTICLES.values()])
    consolidate_record(record)
    return record


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    if request.param == "sqlite":
        name = str(tmp_path_factory.mktemp("search") / "talks.db")
    else:
        name = request.getfixturevalue("postgres_server").make_database()
    with create_record(name) as made:
        yield fill(made)


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    with create_record(record_url) as made:
        yield fill(made)
