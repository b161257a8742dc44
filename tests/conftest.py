"""Shared by all tests: helpers in ``tests/support`` by name, no network, steady property tests."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))

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
