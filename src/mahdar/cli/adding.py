"""Articles read and written into a record: what ``mahdar add`` and ``mahdar demo`` do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mahdar.batch import iter_batch
from mahdar.consolidation.reference import reference_of
from mahdar.errors import InputError
from mahdar.knowledge.load import load_knowledge
from mahdar.model import Article
from mahdar.pipeline import ENGINE
from mahdar.store import (
    Added,
    PreparedReading,
    Record,
    add_readings,
    consolidate_record,
    prepare_reading,
)
from mahdar.store.merge import Progress

_CHUNK_SECONDS = 5.0
"""Readings are written at least this often, so that a killed run loses at most this much work."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An article or file that could not be read. ``error`` says which and how to mend it."""

    where: str
    error: BaseException


@dataclass(frozen=True, slots=True)
class Options:
    """How articles are added: processes (0: one per core), packs, articles per transaction."""

    workers: int = 1
    packs: tuple[Path, ...] = ()
    chunk_articles: int = 50
    reread: bool = False


@dataclass(slots=True)
class Tally:
    """What happened so far. ``words`` and ``seconds`` are of articles read in this run."""

    seen: int = 0
    known: int = 0
    failed: int = 0
    words: int = 0
    seconds: float = 0.0
    added: Added = field(default_factory=Added)

    @property
    def words_per_second(self) -> float:
        """Words read a second, writing included."""
        return self.words / self.seconds if self.seconds else 0.0


def add_articles(
    record: Record,
    outcomes: Iterable[Article | InputError],
    options: Options = Options(),
    *,
    on_failure: Callable[[Failed], None] = lambda _: None,
    on_progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Read the articles that a record lacks and write them, a transaction per chunk.

    What was read is written also when the run is stopped by an error or by Ctrl-C. Entries are
    not made here: see ``consolidate``.

    Args:
        record: an open record.
        outcomes: articles and errors, as ``iter_articles`` gives them.
        options: how to go about it.
        on_failure: told at once of everything that could not be read.
        on_progress: told after every article that was looked at.
    Raises:
        RecordError: the record is locked or broken.
        KnowledgeError: a pack breaks its schema.
    """
    tally = Tally()
    pending: set[str] = set()
    began = time.monotonic()

    def fail(where: str, error: BaseException) -> None:
        tally.failed += 1
        on_failure(Failed(where, error))

    def fresh() -> Iterator[Article]:
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                fail(outcome.file, outcome)
                continue
            tally.seen += 1
            known = outcome.sha256 in pending or (
                not options.reread
                and record.engines([outcome.sha256]).get(outcome.sha256) == ENGINE
            )
            if known:
                tally.known += 1
                on_progress(tally)
                continue
            pending.add(outcome.sha256)
            yield outcome

    def broken(article: Article, error: BaseException) -> None:
        pending.discard(article.sha256)
        fail(article.origin or article.id, error)

    waiting: list[PreparedReading] = []
    written_at = began

    def write() -> None:
        nonlocal written_at
        tally.added += add_readings(record, waiting, reread=options.reread)
        pending.difference_update(reading.sha256 for reading in waiting)
        waiting.clear()
        written_at = time.monotonic()

    batch: Any = iter_batch(
        fresh(), workers=options.workers, packs=options.packs, on_error=broken, then=prepare_reading
    )
    with closing(batch):
        try:
            for prepared in batch:
                waiting.append(prepared)
                tally.words += prepared.article["words"]
                tally.seconds = time.monotonic() - began
                full = len(waiting) >= options.chunk_articles
                if full or time.monotonic() - written_at > _CHUNK_SECONDS:
                    write()
                on_progress(tally)
        finally:
            if waiting:
                write()
            tally.seconds = time.monotonic() - began
    return tally


def consolidate(
    record: Record, packs: tuple[Path, ...] = (), on_progress: Progress | None = None
) -> int:
    """Make the entries of a record with the places of the knowledge packs; return their number."""
    reference = reference_of(load_knowledge(packs))
    return consolidate_record(record, reference=reference, on_progress=on_progress)
