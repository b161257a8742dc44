"""Merging and judging under load: how long making all entries takes, adding some articles to many, and
one judgement.

    python benchmarks/merging.py RECORD [--articles 1000 2000] [--judgements 40] [--seed 1]

RECORD is only read: its readings are put into scratch records of the sizes asked for, so that no article
is read by the engine again. Prints processor seconds, peak memory and sizes; ends with an error when
following changes gave other entries than making all anew, or the record does not verify.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from mahdar.consolidation.reference import Reference, reference_of
from mahdar.errors import JudgementError
from mahdar.knowledge.load import load_knowledge
from mahdar.store import (
    Judgement,
    PreparedReading,
    Record,
    add_readings,
    consolidate_record,
    create_record,
    iter_readings,
    judge,
    open_record,
    prepare_reading,
    tables,
    undo,
)
from mahdar.store.verify import verify_record

ADDED = 20
"""Articles added to the full record: what a daily run of a feed brings."""
_CHUNK = 100


def take_readings(path: Path, count: int, seed: int) -> list[PreparedReading]:
    """Return the readings of some articles of a record, ready to be added to another."""
    with open_record(path) as source, source.reading() as connection:
        hashes = sorted(connection.scalars(select(tables.articles.c.sha256)))
        random.Random(seed).shuffle(hashes)
        return [prepare_reading(r) for r in iter_readings(connection, hashes[:count])]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the processor time and the time on the clock of some work, in seconds."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def fingerprint(record: Record) -> str:
    """Return a hash of the entries."""
    digest = hashlib.sha256()
    with record.reading() as connection:
        for table in (
            tables.entries,
            tables.entry_claims,
            tables.entry_actors,
            tables.entry_states,
        ):
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def measure(
    path: Path, readings: list[PreparedReading], reference: Reference, judgements: int, seed: int
) -> bool:
    """Measure one size; print; return whether everything is as it should be."""
    with create_record(path) as record:
        for at in range(0, len(readings) - ADDED, _CHUNK):
            add_readings(record, readings[at : min(at + _CHUNK, len(readings) - ADDED)])
        cpu, clock = timed(lambda: consolidate_record(record, reference=reference, anew=True))
        counts = record.counts()
        print(
            f"\n{counts['articles']:,} articles, {counts['claims']:,} claims, {counts['entries']:,}"
            f" entries: {path.stat().st_size / 1e6:.0f} MB"
        )
        print(f"  making all entries: {cpu:.1f} s of processor, {clock:.1f} s on the clock")
        add_readings(record, readings[-ADDED:])
        cpu, clock = timed(lambda: consolidate_record(record, reference=reference))
        print(f"  following {ADDED} more articles: {cpu:.1f} s of processor, {clock:.1f} s")
        followed = fingerprint(record)
        consolidate_record(record, reference=reference, anew=True)
        same = fingerprint(record) == followed
        _judge(record, judgements, random.Random(seed))
        followed = fingerprint(record)
        consolidate_record(record, reference=reference, anew=True)
        judged_same = fingerprint(record) == followed
        cpu, clock = timed(lambda: verify_record(record))
        whole = not verify_record(record).problems
        print(f"  verify: {cpu:.1f} s of processor, {clock:.1f} s on the clock")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  peak memory of this process so far: {peak:.0f} MB")
        print(
            f"  following equals making anew: {same}; after judging: {judged_same}; whole: {whole}"
        )
        return same and judged_same and whole


def _judge(record: Record, count: int, rng: random.Random) -> None:
    e, link = tables.entries.c, tables.entry_claims.c
    with record.reading() as connection:
        kinds = dict(connection.execute(select(e.id, e.kind).order_by(e.id)).all())
        joined = list(connection.scalars(select(e.id).where(e.articles > 1).order_by(e.id)))
        claims: dict[str, list[str]] = {}
        for entry, claim in connection.execute(select(link.entry, link.claim).order_by(link.claim)):
            claims.setdefault(entry, []).append(claim)
    spent: dict[str, list[tuple[float, float]]] = {}

    def run(name: str, work: Callable[[], object]) -> bool:
        try:
            spent.setdefault(name, []).append(timed(work))
        except JudgementError:
            return False
        return True

    everything = sorted(kinds)
    for _ in range(count):
        one = rng.choice(joined)
        other = rng.choice([x for x in everything if kinds[x] == kinds[one] and x != one])
        made: list[Judgement] = []

        def merge(one: str = one, other: str = other, made: list[Judgement] = made) -> None:
            made.append(judge(record, Judgement("same", "entry", one, "a", "", {"with": other})))

        if run("merge", merge):
            run("undo merge", lambda made=made: undo(record, made[0].seq, "a"))
        claim = rng.choice(claims[rng.choice(joined)])
        entry = rng.choice(everything)
        new = {"time": "2015-08-02"}
        for name, wanted in (
            ("accept entry", Judgement("accept", "entry", entry, "a")),
            ("reject claim", Judgement("reject", "claim", claim, "a", "x")),
            ("edit claim", Judgement("edit", "claim", claims[entry][0], "a", "x", {"new": new})),
            ("edit entry", Judgement("edit", "entry", entry, "a", "x", {"new": {"killed": 7}})),
        ):
            run(name, lambda wanted=wanted: judge(record, wanted))
    for name, times in spent.items():
        cpu, clock = ([t[n] * 1000 for t in times] for n in (0, 1))
        print(
            f"  {name}: n {len(times)}, processor median {statistics.median(cpu):.0f} ms, longest"
            f" {max(cpu):.0f} ms; clock median {statistics.median(clock):.0f} ms, longest {max(clock):.0f} ms"
        )


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("record", type=Path)
    ap.add_argument("--articles", type=int, nargs="+", default=[1000, 2000])
    ap.add_argument("--judgements", type=int, default=40)
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    reference = reference_of(load_knowledge(()))
    fine = True
    with tempfile.TemporaryDirectory() as scratch:
        for size in args.articles:
            readings = take_readings(args.record, size, args.seed)
            path = Path(scratch) / f"{size}.db"
            fine &= measure(path, readings, reference, args.judgements, args.seed)
            path.unlink()
    if not fine:
        sys.exit(1)


if __name__ == "__main__":
    main()
