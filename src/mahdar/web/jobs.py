"""Files on their way into the record: a folder per job, so that work survives the server.

A job's folder holds ``job.json`` (state and progress, written whole by one process at a time),
``errors.jsonl`` (what could not be read) and ``files/N/NAME`` as they came. A worker process reads
them (``mahdar.web.worker``); one works at a time. A job whose worker died is taken up again: what
the record holds already is skipped.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

State = Literal["waiting", "running", "done", "stopped", "failed"]

_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
_DEAD_SECONDS = 15.0
"""A worker writes at least every second; silent for so long it is dead."""
_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file of a job: the name it came under and its size in bytes."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read: the file, the place in it, what is wrong and the mend."""

    file: str
    place: str | None
    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class Job:
    """A job's state. Counts are of articles, but ``words`` and ``entries``.

    ``total`` is ``None`` until all were counted. ``phase`` is ``counting``, ``reading`` or
    ``merging``; ``share`` says how far merging is, 0 to 1. ``beat`` is when the worker last wrote
    (seconds since the epoch). ``problem`` tells why it failed as a whole.
    """

    id: str
    created: str
    by: str
    files: tuple[TakenFile, ...]
    state: State = "waiting"
    phase: str = ""
    total: int | None = None
    seen: int = 0
    known: int = 0
    new: int = 0
    failed: int = 0
    words: int = 0
    seconds: float = 0.0
    share: float = 0.0
    beat: float = 0.0
    problem: str = ""
    stop: bool = False


@dataclass(frozen=True, slots=True)
class JobDetail:
    """A job with what it could not read."""

    job: Job
    failures: tuple[Failure, ...] = field(default=())


def read_job(folder: Path) -> Job:
    """Return the state of the job in a folder."""
    raw: dict[str, Any] = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    raw["files"] = tuple(TakenFile(**file) for file in raw["files"])
    return Job(**raw)


def write_job(folder: Path, job: Job) -> None:
    """Write a job's state so that a reader sees the old one or the new one, never half."""
    part = folder / f"job.{os.getpid()}.{threading.get_ident()}.part"
    part.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
    part.replace(folder / "job.json")


def note_failure(folder: Path, failure: Failure) -> None:
    """Add to the list of what a job could not read."""
    with (folder / "errors.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(failure), ensure_ascii=False) + "\n")


def read_failures(folder: Path) -> tuple[Failure, ...]:
    """Return what a job could not read, each once."""
    path = folder / "errors.jsonl"
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(Failure(**json.loads(line)) for line in lines if line.endswith("}")))


class Inbox:
    """The jobs of one record and the worker that does them.

    Args:
        folder: where jobs are kept; made when the first job comes.
        record: path or address of the record.
        packs: folders of knowledge packs.
    """

    def __init__(self, folder: Path, record: str, packs: Sequence[Path] = ()) -> None:
        self.folder = folder
        self.record = record
        self.packs = tuple(packs)
        self._worker: subprocess.Popen[bytes] | None = None
        self._working_on: str | None = None
        self._ending = threading.Event()
        self._looker: threading.Thread | None = None

    def list_jobs(self) -> list[Job]:
        """Return all jobs, the newest first."""
        return [read_job(path) for path in sorted(self._folders().values(), reverse=True)]

    def find(self, job_id: str) -> JobDetail | None:
        """Return a job by its id, ``None`` if there is none of this id."""
        folder = self._folders().get(job_id)
        return JobDetail(read_job(folder), read_failures(folder)) if folder else None

    def _folders(self) -> dict[str, Path]:
        """Return the folders that are jobs: an id from outside is only ever looked up here."""
        if not self.folder.is_dir():
            return {}
        return {
            path.name: path
            for path in self.folder.iterdir()
            if _ID.fullmatch(path.name) and (path / "job.json").is_file()
        }

    def open_job(self) -> Path:
        """Make the folder of a new job, still without a state: nobody works on it yet."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        folder = self.folder / f"{stamp}-{secrets.token_hex(4)}"
        (folder / "files").mkdir(parents=True)
        return folder

    def submit(
        self, folder: Path, by: str, files: Sequence[TakenFile], failures: Sequence[Failure] = ()
    ) -> Job:
        """Let a job begin whose files are in place.

        Args:
            folder: as ``open_job`` gave it.
            by: who brought the files.
            files: what lies there.
            failures: what was refused already.
        """
        for failure in failures:
            note_failure(folder, failure)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        job = Job(folder.name, now, by, tuple(files), failed=len(failures))
        if not files:
            job = replace(job, state="done")
        write_job(folder, job)
        return job

    def stop(self, job_id: str) -> None:
        """Stop a job; what was read stays. Does nothing to one that has ended."""
        folder = self._folders().get(job_id)
        if folder is None or read_job(folder).state not in ("waiting", "running"):
            return
        if self._working_on == job_id:
            self._end_worker()
        write_job(folder, replace(read_job(folder), state="stopped", stop=True))

    def again(self, job_id: str) -> None:
        """Let a stopped or failed job go on."""
        folder = self._folders().get(job_id)
        if folder is None or read_job(folder).state not in ("stopped", "failed"):
            return
        write_job(folder, replace(read_job(folder), state="waiting", stop=False, problem=""))

    def resume(self) -> None:
        """Begin to work: first on what an earlier run has left."""
        self._ending.clear()
        self._looker = threading.Thread(target=self._look, name="mahdar-inbox", daemon=True)
        self._looker.start()

    def leave(self) -> None:
        """End the worker, keep its job for the next run."""
        self._ending.set()
        if self._looker:
            self._looker.join(timeout=10)
        self._end_worker()

    def _look(self) -> None:
        while not self._ending.is_set():
            self._step()
            self._ending.wait(_LOOK_SECONDS)

    def _step(self) -> None:
        """Begin the oldest job that waits, if nobody works."""
        if self._worker is not None:
            if self._worker.poll() is None:
                return
            self._worker, self._working_on = None, None
        for folder in sorted(self._folders().values()):
            job = read_job(folder)
            if job.state == "running" and time.time() - job.beat < _DEAD_SECONDS:
                return  # a worker of a server that was killed still works
            if job.state in ("waiting", "running"):
                self._begin(folder, job)
                return

    def _begin(self, folder: Path, job: Job) -> None:
        write_job(folder, replace(job, state="running", phase="counting", beat=time.time()))
        environment = os.environ | {
            "MAHDAR_RECORD": self.record,
            "MAHDAR_PACKS": os.pathsep.join(str(pack) for pack in self.packs),
        }
        with (folder / "worker.log").open("ab") as log:
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "mahdar.web.worker", str(folder)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._working_on = job.id

    def _end_worker(self) -> None:
        worker, self._worker, self._working_on = self._worker, None, None
        if worker is None or worker.poll() is not None:
            return
        worker.send_signal(signal.SIGINT)
        try:
            worker.wait(timeout=8)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


class OwnInbox(Inbox):
    """An inbox as one of a team sees it: only the jobs that they brought.

    Args:
        whole: the inbox that does the work.
        name: whose jobs.
    """

    def __init__(self, whole: Inbox, name: str) -> None:
        super().__init__(whole.folder, whole.record, whole.packs)
        self.whole = whole
        self.name = name

    def _folders(self) -> dict[str, Path]:
        found = self.whole._folders()
        return {key: path for key, path in found.items() if read_job(path).by == self.name}

    def stop(self, job_id: str) -> None:
        """Stop an own job."""
        if job_id in self._folders():
            self.whole.stop(job_id)
