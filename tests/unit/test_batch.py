"""Many articles through the engine: order, errors, dead workers, bounded drawing, stopping."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from mahdar.batch import Failure, WorkerDied, count_workers, iter_batch, make_portable
from mahdar.errors import InputError, KnowledgeError
from mahdar.model import Article, Reading


def article(number: int, text: str = "") -> Article:
    text = text or f"قال الوزير رقم {number} إن المحادثات مستمرة."
    return Article(id=f"a{number}", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def name(reading: Reading) -> str:
    return reading.article.id


def name_or_fail(reading: Reading) -> str:
    if reading.article.text == "broken":
        raise ValueError("this one is broken")
    return reading.article.id


class Awkward(Exception):
    """An error that does not survive pickling."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def name_or_die(reading: Reading) -> str:
    if reading.article.text == "broken":
        os.kill(os.getpid(), signal.SIGKILL)
    return reading.article.id


@pytest.mark.parametrize("workers", [1, 2])
def test_order_is_kept_around_a_broken_article(workers: int) -> None:
    articles = [article(n) for n in range(50)]
    articles[21] = article(21, "broken")
    failed: list[tuple[str, str]] = []
    read = list(
        iter_batch(
            articles,
            workers=workers,
            then=name_or_fail,
            on_error=lambda a, e: failed.append((a.id, str(e))),
        )
    )
    assert read == [a.id for a in articles if a.id != "a21"]
    assert failed == [("a21", "this one is broken")]


def test_without_on_error_the_failure_is_raised() -> None:
    with pytest.raises(ValueError, match="this one is broken"):
        list(iter_batch([article(0, "broken")], then=name_or_fail))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(ValueError("plain"), "plain", id="travels"),
        pytest.param(Awkward("odd", " error"), "Awkward: odd error", id="told in words"),
        pytest.param(
            InputError("a.html", "is empty", "take another"),
            "a.html: is empty. Mend: take another.",
            id="one of ours",
        ),
    ],
)
def test_errors_reach_another_process(error: Exception, said: str) -> None:
    outcome = pickle.loads(pickle.dumps(make_portable(Failure(error))))
    assert str(outcome.error) == said


@pytest.mark.slow
def test_a_killed_worker_costs_one_article() -> None:
    articles = [article(n) for n in range(20)]
    articles[9] = article(9, "broken")
    failed: list[tuple[str, type]] = []
    read = list(
        iter_batch(
            articles,
            workers=2,
            then=name_or_die,
            on_error=lambda a, e: failed.append((a.id, type(e))),
        )
    )
    assert read == [a.id for a in articles if a.id != "a9"]
    assert failed == [("a9", WorkerDied)]


def test_a_broken_pack_is_named(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("name = 5\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        list(iter_batch([article(0)], workers=2, packs=[tmp_path]))


@pytest.mark.parametrize(("workers", "most"), [(1, 1), (2, 16 * 3 * 2)])
def test_articles_are_drawn_as_needed_and_closing_ends_the_workers(workers: int, most: int) -> None:
    drawn = 0

    def stream() -> Iterator[Article]:
        nonlocal drawn
        for n in range(100_000):
            drawn += 1
            yield article(n)

    before = {child.pid for child in psutil.Process().children()}
    batch = iter_batch(stream(), workers=workers, then=name)
    assert next(batch) == "a0"
    batch.close()  # type: ignore[attr-defined]
    assert drawn <= most
    left = [c for c in psutil.Process().children() if c.pid not in before and c.is_running()]
    assert [c for c in left if "resource_tracker" not in " ".join(c.cmdline())] == []


@pytest.mark.parametrize(("asked", "at_least"), [(3, 3), (0, 1)], ids=["given", "per core"])
def test_count_workers(asked: int, at_least: int) -> None:
    assert count_workers(asked) >= at_least


def test_no_articles() -> None:
    assert list(iter_batch([], workers=2)) == []
