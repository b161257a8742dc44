"""The process that reads a job's files into the record: ``python -m mahdar.web.worker FOLDER``.

The record and packs are taken from the environment, as every command takes them.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from mahdar.cli.adding import Failed, Options, Tally, add_articles, consolidate
from mahdar.errors import InputError, MahdarError
from mahdar.ingest import iter_articles
from mahdar.settings import load_settings
from mahdar.store import create_record
from mahdar.web.jobs import Failure, note_failure, read_failures, read_job, write_job

_WRITE_SECONDS = 0.4
_BEAT_SECONDS = 1.0


class Progress:
    """A job's state in memory, written at most every 0.4 s, and every second as a sign of life."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.job = read_job(folder)
        self._lock = threading.Lock()
        self._written = 0.0
        self._ended = threading.Event()
        threading.Thread(target=self._beat, daemon=True).start()

    def put(self, *, now: bool = False, **changes: Any) -> None:
        """Take changes of the job's fields; write them if it is time, or ``now``."""
        with self._lock:
            self.job = replace(self.job, **changes)
            if now or time.monotonic() - self._written > _WRITE_SECONDS:
                self._write()

    def end(self, **changes: Any) -> None:
        """Write the last state."""
        self._ended.set()
        self.put(now=True, **changes)

    def _write(self) -> None:
        self.job = replace(self.job, beat=time.time())
        write_job(self.folder, self.job)
        self._written = time.monotonic()

    def _beat(self) -> None:
        while not self._ended.wait(_BEAT_SECONDS):
            self.put()


def main(folder: Path) -> int:
    """Do one job; return 0 when it ended by itself, 130 when it was stopped."""
    progress = Progress(folder)
    try:
        _work(folder, progress)
    except KeyboardInterrupt:
        progress.end(state="waiting", phase="")
        return 130
    except MahdarError as error:
        progress.end(state="failed", phase="", problem=str(error))
        return 1
    except Exception as error:
        progress.end(state="failed", phase="", problem=f"{type(error).__name__}: {error}")
        raise
    return 0


def _work(folder: Path, progress: Progress) -> None:
    files = folder / "files"
    names = sorted(path for path in files.rglob("*") if path.is_file())
    told = {failure.file for failure in read_failures(folder)}
    before = len(told)
    total = sum(1 for _ in iter_articles(names))
    progress.put(now=True, state="running", phase="reading", total=total)

    def fail(failed: Failed) -> None:
        error = failed.error
        if isinstance(error, InputError):
            shown = Path(error.file).name
            failure = Failure(shown, error.place, error.problem, error.mend)
        else:
            problem = f"{type(error).__name__}: {error}"
            failure = Failure(Path(failed.where).name, None, problem, "report it with the article")
        note_failure(folder, failure)

    def advance(tally: Tally) -> None:
        progress.put(
            seen=tally.seen,
            known=tally.known,
            new=tally.added.new,
            failed=before + tally.failed,
            words=tally.words,
            seconds=round(tally.seconds, 1),
        )

    settings = load_settings()
    folders = settings["packs"]
    packs = tuple(map(Path, folders)) if isinstance(folders, tuple) else ()
    with create_record(str(settings["record"])) as record:
        options = Options(workers=1, packs=packs)
        tally = add_articles(
            record, iter_articles(names), options, on_failure=fail, on_progress=advance
        )
        advance(tally)
        if record.stale:
            progress.put(now=True, phase="merging", share=0.0)
            consolidate(
                record, packs, lambda _kind, number, kinds: progress.put(share=number / kinds)
            )
    progress.end(state="done", phase="", share=1.0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
