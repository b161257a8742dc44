"""Many articles through the engine, on one process or several; order kept, memory bounded.

Workers are started afresh (``spawn``), so that the same code runs on every system and beside
threads. A script that calls ``iter_batch`` with several workers needs the usual
``if __name__ == "__main__":``.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from mahdar.errors import MahdarError
from mahdar.model import Article, Reading
from mahdar.pipeline import load_engine, read_article

if TYPE_CHECKING:
    from spacy.language import Language

T = TypeVar("T")
OnError = Callable[[Article, BaseException], None]

_CHUNK = 16
"""Articles handed to a worker at once: half a second of reading, so that handing over costs little."""
_AHEAD = 3
"""Chunks in flight per worker: enough to keep all busy while an unusually long article is read."""

_STOP_SECONDS = 5
"""How long the end of a worker is waited for."""


class WorkerDied(RuntimeError):
    """A worker process was ended from outside (most often for want of memory) by this article."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of one article, as a value that any process can give back."""

    error: BaseException


def keep_reading(reading: Reading) -> Reading:
    """Return the reading itself: what ``iter_batch`` does with one unless told otherwise."""
    return reading


def count_workers(asked: int) -> int:
    """Return the number of processes to use; 0 asks for one per core that we may use."""
    if asked > 0:
        return asked
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def iter_batch(
    articles: Iterable[Article],
    *,
    workers: int = 1,
    packs: Sequence[Path] = (),
    on_error: OnError | None = None,
    then: Callable[[Reading], T] = keep_reading,  # type: ignore[assignment]
) -> Iterator[T]:
    """Yield what ``then`` makes of each article's reading, in the order of the articles.

    Articles are drawn only as they are needed. An article that cannot be read is passed to
    ``on_error`` and left out; the rest goes on. Closing the iterator, or Ctrl-C, ends all workers.

    Args:
        articles: any number of articles.
        workers: processes; 1 reads in this one, 0 takes one per core.
        packs: folders of knowledge packs beside the shipped ones.
        on_error: told of each failure, in order; without it the first one is raised.
        then: applied in the worker; a function of a module, so that workers can find it.
    Raises:
        KnowledgeError: a pack breaks its schema.
    """
    count = count_workers(workers)
    outcomes = (
        _iter_alone(articles, packs, then)
        if count == 1
        else _iter_together(articles, count, packs, then)
    )
    for article, outcome in outcomes:
        if not isinstance(outcome, Failure):
            yield outcome
        elif on_error is None:
            raise outcome.error
        else:
            on_error(article, outcome.error)


def _read_one(nlp: Language, article: Article, then: Callable[[Reading], T]) -> T | Failure:
    try:
        return then(read_article(nlp, article))
    except Exception as error:  # one broken article must not end the batch
        return Failure(error)


def _iter_alone(
    articles: Iterable[Article], packs: Sequence[Path], then: Callable[[Reading], T]
) -> Iterator[tuple[Article, T | Failure]]:
    nlp: Language | None = None
    for article in articles:
        nlp = nlp or load_engine(packs)
        yield article, _read_one(nlp, article, then)


_engine: Language | MahdarError | None = None
"""The engine of a worker process, loaded once when it starts, or why it cannot be loaded."""


def _start_worker(packs: Sequence[Path]) -> None:
    global _engine
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    try:
        _engine = load_engine(packs)
    except MahdarError as error:  # told with the first chunk: an error here looks like a crash
        _engine = error


def _work(chunk: Sequence[Article], then: Callable[[Reading], Any]) -> list[Any]:
    if isinstance(_engine, MahdarError):
        raise _engine
    assert _engine is not None
    return [make_portable(_read_one(_engine, article, then)) for article in chunk]


def make_portable(outcome: Any) -> Any:
    """Return an outcome that another process can take: errors of odd make become plain ones."""
    if not isinstance(outcome, Failure):
        return outcome
    try:
        pickle.loads(pickle.dumps(outcome.error))
        return outcome
    except Exception:
        error = outcome.error
        return Failure(RuntimeError(f"{type(error).__name__}: {error}"))


class _Pool:
    """Worker processes that are replaced when one dies."""

    def __init__(self, count: int, packs: Sequence[Path]) -> None:
        self.count = count
        self.packs = tuple(packs)
        self.executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.count,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(self.packs,),
        )

    def submit(self, chunk: Sequence[Article], then: Callable[[Reading], Any]) -> Future[list[Any]]:
        """Hand a chunk over; a pool found dead is replaced first."""
        try:
            return self.executor.submit(_work, chunk, then)
        except BrokenProcessPool:
            self.replace()
            return self.executor.submit(_work, chunk, then)

    def replace(self) -> None:
        """Start new workers."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self._start()

    def stop(self) -> None:
        """End the workers without waiting for what they are reading."""
        manager: Any = self.executor._executor_manager_thread
        processes = list((self.executor._processes or {}).values())
        for process in processes:
            process.terminate()
        if manager is not None:
            # Left running, it meets closed pipes when the interpreter ends, and says so.
            manager.join(timeout=_STOP_SECONDS)
        self.executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.join(timeout=_STOP_SECONDS)


def _iter_together(
    articles: Iterable[Article],
    count: int,
    packs: Sequence[Path],
    then: Callable[[Reading], T],
) -> Iterator[tuple[Article, T | Failure]]:
    stream = iter(articles)
    pool = _Pool(count, packs)
    flight: deque[tuple[list[Article], Future[list[Any]]]] = deque()
    done = False
    try:
        while True:
            while not done and len(flight) < count * _AHEAD:
                chunk = list(islice(stream, _CHUNK))
                if not chunk:
                    done = True
                    break
                flight.append((chunk, pool.submit(chunk, then)))
            if not flight:
                break
            chunk, future = flight.popleft()
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                pool.replace()
                outcomes = [_read_carefully(pool, article, then) for article in chunk]
                again = [waiting for waiting, _ in flight]
                flight = deque((waiting, pool.submit(waiting, then)) for waiting in again)
            yield from zip(chunk, outcomes, strict=True)
    finally:
        pool.stop()


def _read_carefully(pool: _Pool, article: Article, then: Callable[[Reading], T]) -> Any:
    """Read one article of a chunk in which a worker died: alone, so that it is known which did it."""
    try:
        return pool.submit([article], then).result()[0]
    except BrokenProcessPool:
        pool.replace()
        return Failure(
            WorkerDied("the process that read it was ended, most often for want of memory")
        )
