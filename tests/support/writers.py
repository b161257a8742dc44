"""Processes that write into a record until they are stopped; each prints what it has been told is kept.

python writers.py add NAME FIRST LAST     articles, five at a time, merged after each batch
python writers.py judge NAME SEED         judgements picked at random, one after the other
python writers.py accept NAME WHO COUNT   so many comments by one person
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def start_writer(*arguments: object) -> subprocess.Popen[str]:
    """Start one of these processes."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__)), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _add(name: str, first: str, last: str) -> Iterator[object]:
    from made_readings import meeting

    from mahdar.store import add_readings, consolidate_record, create_record, prepare_reading

    with create_record(name) as record:
        for at in range(int(first), int(last), 5):
            batch = [
                prepare_reading(
                    meeting(
                        f"paper{n}", f"{n}: التقى كيري لافروف أمس.", time=f"2015-08-{n % 28 + 1:02}"
                    )
                )
                for n in range(at, at + 5)
            ]
            add_readings(record, batch)
            consolidate_record(record)
            yield at


def _judge(name: str, seed: str) -> Iterator[object]:
    from judging import judge_at_random

    from mahdar.store import list_judgements, open_record

    rng = random.Random(int(seed))
    with open_record(name) as record:
        done = [j.seq for j in list_judgements(record)]
        while True:
            made = judge_at_random(record, rng, done)
            if made is not None:
                done.append(made.seq)
                yield f"{made.seq} {made.hash}"


def _accept(name: str, who: str, count: str) -> Iterator[object]:
    from judging import ids

    from mahdar.store import Judgement, judge, open_record

    with open_record(name) as record:
        subject = ids(record, "meeting")[0]
        for n in range(int(count)):
            yield judge(record, Judgement("comment", "entry", subject, who, f"ملاحظة {n}")).seq


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    for told in {"add": _add, "judge": _judge, "accept": _accept}[sys.argv[1]](*sys.argv[2:]):
        print(told, flush=True)
