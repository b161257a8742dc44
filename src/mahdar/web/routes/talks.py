"""Talks: the processes with their tracks, the rounds held, and what is to come."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import Query

from mahdar.views import Filters, ProcessRow, TalkRow, list_processes, list_talks
from mahdar.views.fresh import find_present
from mahdar.web.paging import cut_page, sort_latest
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep

STATES = ("held", "ongoing", "planned", "proposed", "postponed", "denied")
_COMING_ROWS = 12
_PROCESS_ROWS = 30


@dataclass(frozen=True, slots=True)
class TalksData:
    """The processes, what is to come, and a page of talks.

    ``processes`` has the one asked for alone. ``coming`` is empty where a state was asked for.
    """

    processes: tuple[ProcessRow, ...]
    coming: tuple[TalkRow, ...]
    coming_total: int
    rows: tuple[TalkRow, ...]
    pager: Pager
    filters: Filters
    state: str
    states: tuple[str, ...]
    known: tuple[str, ...]


def load_talks(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    state: Annotated[
        Literal["", "held", "ongoing", "planned", "proposed", "postponed", "denied"], Query()
    ] = "",
) -> TalksData:
    """Rounds and meetings of each process, the latest first, and what is to come."""
    record = house.record
    found = list_talks(record, filters)
    coming = [talk for talk in found if talk.to_come and not state]
    coming.sort(key=lambda t: (t.entry.time is None, t.entry.day or "", -t.entry.articles))
    past = [talk for talk in found if (talk.state == state if state else not talk.to_come)]
    shown, pager = cut_page(
        sort_latest(past, lambda talk: talk.entry.day, find_present(record)), rows
    )
    processes = (
        list_processes(record, replace(filters, limit=_PROCESS_ROWS)) if rows.page == 1 else []
    )
    return TalksData(
        processes=tuple(row for row in processes if row.process is not None),
        coming=tuple(coming[:_COMING_ROWS]),
        coming_total=len(coming),
        rows=shown,
        pager=pager,
        filters=filters,
        state=state,
        states=STATES,
        known=tuple(house.knowledge.processes),
    )
