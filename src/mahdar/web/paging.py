"""A view's rows cut to the page of them that was asked for, and put in the order of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from mahdar.web.questions import AHEAD_DAYS, Pager, Rows

Row = TypeVar("Row")


def cut_page(found: Sequence[Row], rows: Rows) -> tuple[tuple[Row, ...], Pager]:
    """Return the rows of one page, and where it stands in the whole."""
    shown = tuple(found[rows.offset : rows.offset + rows.size])
    return shown, Pager(rows.page, rows.size, len(found))


def sort_latest(found: Iterable[Row], day: Callable[[Row], str | None], present: date) -> list[Row]:
    """Return rows by day, the latest first; those of one day stay as they are.

    What is told of days far ahead («in 2035») stands after the rest, the undated last.

    Args:
        found: rows in any order.
        day: gives a row's ISO day.
        present: the day from which things are ahead.
    """
    far = (present + timedelta(days=AHEAD_DAYS)).isoformat()

    def rank(row: Row) -> tuple[int, str]:
        when = day(row)
        return (0, "") if not when else (1 if when > far else 2, when)

    return sorted(found, key=rank, reverse=True)
