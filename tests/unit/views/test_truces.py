"""On which days a truce is told to hold."""

from __future__ import annotations

import pytest

from mahdar.consolidation.days import format_day
from mahdar.views.rows import EntryRow, Told
from mahdar.views.truces import Truces, find_end


def truce(day: str | None, time: str | None, modality: str = "occurred", **told: str) -> EntryRow:
    fields = {
        name: tuple(Told(v, 1, ("c",)) for v in values.split()) for name, values in told.items()
    }
    return EntryRow(
        "e", "ceasefire", "CEASEFIRE", day, time, day, (), None, modality, "single_source", 1, 1, 0.9, "",
        (), None, fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "last"),
    [
        pytest.param(truce("2015-07-26", "2015-07-26", duration="P5D"), "2015-07-31", id="length"),
        pytest.param(truce("2015-07-26", None, duration="P1W"), "2015-08-02", id="week, no time"),
        pytest.param(truce("2015-07-26", None, duration="PT36H"), "2015-07-28", id="hours"),
        pytest.param(
            truce("2015-07-26", "2015-07-26/2015-07-27", duration="P5D"),
            "2015-07-31",
            id="it begins at midnight between two days",
        ),
        pytest.param(
            truce("2015-06-18", "2015-06-18/2015-07-16", duration="P5D"),
            "2015-07-16",
            id="the window told is longer",
        ),
        pytest.param(truce("2015-07-26", None, ends="2015-07-29", duration="P5D"), "2015-07-29", id="end"),
        pytest.param(
            truce("2015-08-02", "2015-08-02", ends="2015-07-31", duration="P5D"),
            "2015-08-07",
            id="an end before the beginning is none",
        ),
        pytest.param(truce("2015-07-26", "2015-07-26", duration="P5D P2W"), None, id="two lengths"),
        pytest.param(truce("2015-07-26", "2015-07-26"), None, id="nothing told"),
        pytest.param(truce(None, None, duration="P5D"), None, id="undated"),
    ],
)  # fmt: skip
def test_end(told: EntryRow, last: str | None) -> None:
    end = find_end(told)
    assert (None if end is None else format_day(end)) == last


@pytest.mark.parametrize(
    ("told", "days"),
    [
        pytest.param(truce("2015-07-26", None, duration="P5D"), 5, id="as long as told"),
        pytest.param(truce("2015-07-26", None), 14, id="a fortnight where no length is told"),
        pytest.param(
            truce("2015-07-26", None, "proposed", duration="P5D"), None, id="only proposed"
        ),
    ],
)
def test_window(told: EntryRow, days: int | None) -> None:
    window = Truces.window(told)
    assert (window[1] - window[0] if window else None) == days
