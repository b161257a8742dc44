"""The application on a socket of this machine, until Ctrl-C."""

from __future__ import annotations

import gc
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from mahdar.errors import SettingError
from mahdar.web.app import create_app
from mahdar.web.house import House


@dataclass(frozen=True, slots=True)
class Reach:
    """How browsers reach the workbench: by TLS with a certificate and key (PEM files), by way of a
    proxy that does TLS (its address: only its word on who asks is taken), or plainly.
    """

    certificate: Path | None = None
    key: Path | None = None
    proxy: str | None = None

    @property
    def secure(self) -> bool:
        """Whether what crosses the network is encrypted."""
        return self.certificate is not None or self.proxy is not None


_GOODBYE_SECONDS = 3
"""How long open pages (progress streams) may keep the server from ending."""


def serve_app(
    house: House,
    host: str,
    port: int,
    *,
    ready: Callable[[str], None],
    open_browser: bool = False,
    reach: Reach | None = None,
) -> None:
    """Serve the workbench until it is stopped.

    Args:
        house: what it works on.
        host: an address of this machine.
        port: 0 takes a free one.
        ready: told the address once it can be opened.
        open_browser: open it too.
        reach: how browsers reach it.
    Raises:
        SettingError: the port is taken or the address is not this machine's.
    """
    reach = reach or Reach()
    listening = _listen(host, port)
    port = listening.getsockname()[1]
    scheme = "https" if reach.certificate else "http"
    address = f"{scheme}://{'[' + host + ']' if ':' in host else host}:{port}/"
    app = _make_ready(house)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=reach.proxy is not None,
        forwarded_allow_ips=reach.proxy,
        ssl_certfile=reach.certificate,
        ssl_keyfile=reach.key,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
    )
    ready(address)
    if open_browser:
        webbrowser.open(address)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def _make_ready(house: House) -> FastAPI:
    """Return the application with what every page needs in memory before the first one asks for it.

    The packs are some million objects that stay: without being set aside, each full run of the garbage
    collector goes through them while a page waits (a third of the time of the long lists, measured).
    """
    _ = house.knowledge, house.positions
    app = create_app(house)
    gc.collect()
    gc.freeze()
    return app


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
    except OSError as error:
        listening.close()
        raise SettingError(
            f"--port {port}: {host} cannot be listened on ({error.strerror}). Mend: give another"
            " port, or 0 for a free one."
        ) from error
    return listening
