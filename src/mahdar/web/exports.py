"""Exports made for the browser: each in a folder of its own that goes when the workbench ends.

An export's folder holds ``order.json`` (what is asked for), ``state.json`` (how far it is, written whole by the
worker), and at the end ``result.json`` and ``export.zip``. A process of its own makes it
(``mahdar.web.export_worker``), so that pages stay quick. Names in a request are only ever looked up.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from mahdar.web.errors import WebError

State = Literal["running", "done", "stopped", "failed"]
_MOST_KEPT = 8
"""Of the exports that have ended; an older one goes when a newer is asked for."""
_MOST_RUNNING = 2
_LEAVE_SECONDS = 8
SEEN_BY_ASKER = "MAHDAR_EXPORT_SEEN_BY_ASKER"
"""Tells the worker to export only what the person who asked may see."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, and by whom.

    ``format`` is one of the formats, or ``brief``, which ``pages`` and ``digits`` are for. ``labels`` is the
    language of labels, of a brief that of its sentences; ``""`` leaves a filter open.
    """

    format: str
    by: str
    tlp: str
    labels: str
    actor: str = ""
    place: str = ""
    process: str = ""
    since: str = ""
    until: str = ""
    pages: int = 2
    digits: str = "latin"


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file: rows under ``columns``, or ``text`` where it is no table.

    ``rows`` is how many it holds, ``None`` where that is not counted; ``bytes`` its size.
    """

    name: str
    rows: int | None
    bytes: int
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came out. ``left_out`` has a line per reason, by language; ``bytes`` is the size of the ZIP file.

    ``brief`` is a brief as its JSON (``mahdar.export.brief.Brief``), ``None`` for an export.
    """

    files: tuple[Preview, ...]
    left_out: dict[str, tuple[str, ...]]
    rows: int
    bytes: int
    brief: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """An export. ``done`` of ``total`` articles and entries were gone through; ``problem`` says why it failed."""

    id: str
    created: str
    order: Order
    state: State
    done: int = 0
    total: int | None = None
    problem: str = ""
    result: Result | None = None

    @property
    def file_name(self) -> str:
        """Return the name under which it is given away."""
        return f"mahdar-{self.order.format}-{self.created[:10]}.zip"


@dataclass(slots=True)
class _Running:
    folder: Path
    created: str
    order: Order
    worker: subprocess.Popen[bytes]
    stopped: bool = False


def write_json(path: Path, value: object) -> None:
    """Write a file so that a reader sees the old one or the new one, never half."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    part.replace(path)


class Exports:
    """The exports of one run of the workbench.

    Args:
        record: path or address of the record.
        packs: folders of knowledge packs.
        team: people sign in: an export holds only what the person who asked may see.
    """

    def __init__(self, record: str, packs: Sequence[Path] = (), *, team: bool = False) -> None:
        self.record = record
        self.team = team
        self.packs = tuple(packs)
        self._all: dict[str, _Running] = {}
        self._folder: Path | None = None
        self._lock = threading.Lock()

    def begin(self, order: Order) -> Export:
        """Let an export begin.

        Raises:
            WebError: too many are being made.
        """
        with self._lock:
            running = [each for each in self._all.values() if each.worker.poll() is None]
            if len(running) >= _MOST_RUNNING:
                raise WebError(429, "export_busy")
            self._drop_oldest()
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="mahdar-exports-"))  # mode 0700
                atexit.register(self.leave)  # also where the server is not shut down in order
            key = secrets.token_hex(8)
            folder = self._folder / key
            folder.mkdir()
            write_json(folder / "order.json", asdict(order))
            created = datetime.now(UTC).isoformat(timespec="seconds")
            self._all[key] = _Running(folder, created, order, self._start(folder))
        return self._read(key, self._all[key])

    def list_exports(self, by: str, *, briefs: bool = False) -> tuple[Export, ...]:
        """Return somebody's exports, or their briefs, the newest first."""
        mine = [
            (key, each)
            for key, each in self._all.items()
            if each.order.by == by and (each.order.format == "brief") == briefs
        ]
        return tuple(self._read(key, each) for key, each in reversed(mine))

    def find(self, key: str, by: str) -> Export:
        """Return one of somebody's exports.

        Raises:
            WebError: they have none of this id.
        """
        return self._read(key, self._get(key, by))

    def file_of(
        self, key: str, by: str, name: Literal["export.zip", "brief.html", "brief.md"]
    ) -> Path:
        """Return a file of an export that is done.

        Raises:
            WebError: there is none of this id, or it is not done.
        """
        found = self._get(key, by)
        path = found.folder / name
        if self._read(key, found).state != "done" or not path.is_file():
            raise WebError(404, "no_export")
        return path

    def remove(self, key: str, by: str) -> None:
        """Stop an export that is being made; take away one that has ended.

        Raises:
            WebError: there is none of this id.
        """
        found = self._get(key, by)
        with self._lock:
            if found.worker.poll() is None:
                found.stopped = True
                _end(found.worker)
                return
            self._all.pop(key, None)
        shutil.rmtree(found.folder, ignore_errors=True)

    def leave(self) -> None:
        """End what is being made and take all files away."""
        atexit.unregister(self.leave)
        with self._lock:
            for each in self._all.values():
                _end(each.worker)
            self._all.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _get(self, key: str, by: str) -> _Running:
        found = self._all.get(key)
        if found is None or found.order.by != by:
            raise WebError(404, "no_export")
        return found

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            SEEN_BY_ASKER: "1" if self.team else "",
            "MAHDAR_RECORD": self.record,
            "MAHDAR_PACKS": os.pathsep.join(str(pack) for pack in self.packs),
        }
        with (folder / "worker.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "mahdar.web.export_worker", str(folder)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _drop_oldest(self) -> None:
        ended = [key for key, each in self._all.items() if each.worker.poll() is not None]
        for key in ended[: max(0, len(ended) - _MOST_KEPT + 1)]:
            shutil.rmtree(self._all.pop(key).folder, ignore_errors=True)

    def _read(self, key: str, each: _Running) -> Export:
        ended = each.worker.poll()  # before the files are read: then they are whole
        told: dict[str, Any] = _read_json(each.folder / "state.json") or {}
        result = _read_json(each.folder / "result.json")
        state: State = "running"
        if ended is not None:
            state = "done" if result else "stopped" if each.stopped else "failed"
        return Export(
            id=key,
            created=each.created,
            order=each.order,
            state=state,
            done=told.get("done", 0),
            total=told.get("total"),
            problem=told.get("problem", "") if state == "failed" else "",
            result=_result(result) if state == "done" and result else None,
        )


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def _result(raw: dict[str, Any]) -> Result:
    files = tuple(
        Preview(
            **{
                **file,
                "columns": tuple(file["columns"]),
                "sample": tuple(map(tuple, file["sample"])),
            }
        )
        for file in raw["files"]
    )
    left_out = {lang: tuple(lines) for lang, lines in raw["left_out"].items()}
    return Result(files, left_out, raw["rows"], raw["bytes"], raw["brief"])


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is not None:
        return
    worker.terminate()
    try:
        worker.wait(timeout=_LEAVE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
