"""Writers that are killed and writers that meet: nothing lost, nothing half-written, on both stores."""

from __future__ import annotations

import random
import time

import pytest
from judging import LASTING, dump, make_press, rebuild
from writers import start_writer

from mahdar.store import (
    Record,
    add_readings,
    consolidate_record,
    create_record,
    list_judgements,
    open_record,
    prepare_reading,
)
from mahdar.store.verify import verify_record

SEED = 20150803


def make(name: str) -> None:
    with create_record(name) as record:
        add_readings(record, [prepare_reading(reading) for reading in make_press()])
        consolidate_record(record)


def _wait_for_writers(record: Record) -> None:
    """Take the writers' turn for a moment: whatever came before is kept or gone afterwards."""
    with record.writing():
        pass


@pytest.mark.parametrize("people", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_writers_at_once_lose_no_judgement(record_url: str, people: int) -> None:
    make(record_url)
    each = 6
    writers = [start_writer("accept", record_url, f"person {n}", each) for n in range(people)]
    told: list[int] = []
    for writer in writers:
        out, err = writer.communicate(timeout=300)
        assert writer.returncode == 0, err
        told += [int(line) for line in out.split()]
    assert sorted(told) == list(range(1, people * each + 1))
    with open_record(record_url) as record:
        assert {j.seq for j in list_judgements(record)} == set(told)
        for n in range(people):
            assert len(list_judgements(record, who=f"person {n}")) == each
        assert verify_record(record).problems == ()


@pytest.mark.slow
def test_killed_while_judging(record_url: str) -> None:
    make(record_url)
    rng = random.Random(SEED)
    print(f"seed {SEED}")
    told: dict[int, str] = {}
    for kill in range(20):
        writer = start_writer("judge", record_url, rng.randrange(10_000))
        assert writer.stdout is not None
        wait = rng.uniform(0.0, 1.5)
        line = writer.stdout.readline()
        time.sleep(wait)
        writer.kill()
        rest, err = writer.communicate()
        assert not err, err
        for each in (line + rest).splitlines():
            if len(each.split()) == 2 and len(each.split()[1]) == 64:
                seq, digest = each.split()
                told[int(seq)] = digest
        with open_record(record_url) as record:
            # A server may still be keeping what a writer told it to keep just before it was killed.
            _wait_for_writers(record)
            kept = {j.seq: j.hash for j in list_judgements(record)}
            assert told.items() <= kept.items(), (
                f"kill {kill} after {wait:.3f} s: a judgement is lost"
            )
            told = kept
            assert verify_record(record).problems == (), f"kill {kill} after {wait:.3f} s"
            followed = dump(record, LASTING)
            rebuild(record)
            assert dump(record, LASTING) == followed, f"kill {kill} after {wait:.3f} s"
    assert len(told) > 20


@pytest.mark.slow
def test_killed_while_adding(record_url: str) -> None:
    create_record(record_url).close()
    rng = random.Random(SEED)
    print(f"seed {SEED}")
    first = 0
    for kill in range(20):
        writer = start_writer("add", record_url, first, 100_000)
        assert writer.stdout is not None
        told = int(writer.stdout.readline())
        wait = rng.uniform(0.0, 1.0)
        time.sleep(wait)
        writer.kill()
        rest, err = writer.communicate()
        assert not err, err
        told = max([told, *(int(each) for each in rest.splitlines()[:-1] if each)])
        with open_record(record_url) as record:
            _wait_for_writers(record)
            held = record.counts()["articles"]
            assert held >= told + 5, f"kill {kill} after {wait:.3f} s: articles are lost"
            assert held % 5 == 0, f"kill {kill} after {wait:.3f} s: half a batch"
            consolidate_record(record)
            assert not record.stale
            followed = dump(record, LASTING)
            rebuild(record)
            assert dump(record, LASTING) == followed, f"kill {kill} after {wait:.3f} s"
            assert verify_record(record).problems == ()
        first = held
