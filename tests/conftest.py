"""Shared by all tests: helpers in ``tests/support`` by name, no network, steady property tests."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

from postgres import NoServer, Server, start_server

# A loaded machine must not fail a property for being slow; the same examples every time.
hypothesis.settings.register_profile("mahdar", deadline=None, derandomize=True)
hypothesis.settings.load_profile("mahdar")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write the snapshots under tests/golden anew instead of comparing",
    )


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mahdar never needs the network: a test that tries to connect fails."""

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            raise AssertionError(f"a test tried to connect to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server of this test session; skips, loudly, where none can be started."""
    try:
        server = start_server()
    except NoServer as error:
        pytest.skip(f"NO POSTGRESQL, half of the store's tests left out: {error}")
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def record_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The name of a record that is not there yet, once on each store: for ``create_record``."""
    if request.param == "sqlite":
        yield str(tmp_path / "talks.db")
        return
    server: Server = request.getfixturevalue("postgres_server")
    url = server.make_database()
    yield url
    server.drop_database(url)
