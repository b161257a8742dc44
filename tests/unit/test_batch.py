"""Many articles through the engine: order, errors, dead workers, bounded drawing, stopping."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Iterator

import psutil
import pytest

from mahdar.batch import WorkerDied, count_workers, iter_batch
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


def name_or_awkward(reading: Reading) -> str:
    if reading.article.text == "broken":
        raise Awkward("odd", " error")
    return reading.article.id


def name_or_die(reading: Reading) -> str:
    if reading.article.text == "broken":
        os.kill(os.getpid(), signal.SIGKILL)
    return reading.article.id


@pytest.mark.parametrize("workers", [1, 2])
def test_order_is_kept(workers: int) -> None:
    articles = [article(n) for n in range(70)]
    assert list(iter_batch(articles, workers=workers, then=name)) == [a.id for a in articles]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_broken_article_is_reported_and_the_rest_goes_on(workers: int) -> None:
    articles = [article(0), article(1, "broken"), article(2)]
    failed: list[tuple[str, str]] = []
    read = list(
        iter_batch(
            articles,
            workers=workers,
            then=name_or_fail,
            on_error=lambda a, e: failed.append((a.id, str(e))),
        )
    )
    assert read == ["a0", "a2"]
    assert failed == [("a1", "this one is broken")]


def test_without_on_error_the_failure_is_raised() -> None:
    with pytest.raises(ValueError, match="this one is broken"):
        list(iter_batch([article(0, "broken")], then=name_or_fail))


def test_errors_that_cannot_travel_are_told_in_words() -> None:
    failed: list[str] = []
    articles = [article(0, "broken"), article(1)]
    read = iter_batch(
        articles, workers=2, then=name_or_awkward, on_error=lambda _, e: failed.append(str(e))
    )
    assert list(read) == ["a1"]
    assert failed == ["Awkward: odd error"]


def test_a_killed_worker_costs_one_article() -> None:
    articles = [article(n) for n in range(40)]
    articles[20] = article(20, "broken")
    failed: list[tuple[str, type]] = []
    read = list(
        iter_batch(
            articles,
            workers=2,
            then=name_or_die,
            on_error=lambda a, e: failed.append((a.id, type(e))),
        )
    )
    assert read == [a.id for a in articles if a.id != "a20"]
    assert failed == [("a20", WorkerDied)]


@pytest.mark.parametrize(("workers", "most"), [(1, 1), (2, 16 * 3 * 2)])
def test_articles_are_drawn_as_needed(workers: int, most: int) -> None:
    drawn = 0

    def stream() -> Iterator[Article]:
        nonlocal drawn
        for n in range(100_000):
            drawn += 1
            yield article(n)

    batch = iter_batch(stream(), workers=workers, then=name)
    assert next(batch) == "a0"
    batch.close()  # type: ignore[attr-defined]
    assert drawn <= most


def test_closing_ends_the_workers() -> None:
    before = {child.pid for child in psutil.Process().children()}
    batch = iter_batch((article(n) for n in range(1000)), workers=2, then=name)
    next(batch)
    batch.close()  # type: ignore[attr-defined]
    left = [c for c in psutil.Process().children() if c.pid not in before and c.is_running()]
    assert [c for c in left if "resource_tracker" not in " ".join(c.cmdline())] == []


@pytest.mark.parametrize(("asked", "at_least"), [(3, 3), (0, 1)], ids=["given", "per core"])
def test_count_workers(asked: int, at_least: int) -> None:
    assert count_workers(asked) >= at_least


def test_no_articles() -> None:
    assert list(iter_batch([], workers=2)) == []
