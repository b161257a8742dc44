"""Humanitarian measures, detainees and designations: how far each is, by whom, for whom."""

# No postponed annotations here: FastAPI reads them.
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query

from mahdar.judgements.kinds import TLP
from mahdar.views import (
    DesignationRow,
    DetaineeRow,
    Filters,
    HumanitarianRow,
    list_designations,
    list_humanitarian,
)
from mahdar.views.detainees import open_detainees, rank_detainees
from mahdar.views.fresh import find_present
from mahdar.web.paging import cut_page, sort_latest
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep

STATES = ("done", "ongoing", "planned", "proposed", "demanded", "denied")
LISTED = ("listed", "asked", "planned", "reviewed", "rejected", "lifted", "denied")
Code = Annotated[str, Query(pattern="^[a-z-]{0,40}$")]
Circle = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
DEFAULT_CIRCLE: Circle = "AMBER+STRICT"
"""As in exports: what is marked RED shows only when it is asked for."""


@dataclass(frozen=True, slots=True)
class HumanitarianData:
    """A page of humanitarian measures; ``tally`` counts all that the filters leave, by state."""

    rows: tuple[HumanitarianRow, ...]
    pager: Pager
    filters: Filters
    state: str
    tally: tuple[tuple[str, int], ...]
    kinds: tuple[str, ...]
    processes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DetaineesData:
    """A page of detentions, releases and exchanges.

    Only what may be read in the circle ``tlp`` is here; ``withheld`` counts what is marked above it.
    """

    rows: tuple[DetaineeRow, ...]
    pager: Pager
    filters: Filters
    state: str
    tally: tuple[tuple[str, int], ...]
    kinds: tuple[str, ...]
    processes: tuple[str, ...]
    tlp: str
    circles: tuple[str, ...]
    withheld: int


@dataclass(frozen=True, slots=True)
class DesignationsData:
    """A page of listings and sanctions; ``tally`` counts all that the filters leave, by state."""

    rows: tuple[DesignationRow, ...]
    pager: Pager
    filters: Filters
    state: str
    tally: tuple[tuple[str, int], ...]
    kinds: tuple[str, ...]
    processes: tuple[str, ...]


MEASURES = ("delivery", "corridor", "evacuation", "return", "pledge", "aid")
CUSTODY = (
    "detention",
    "arrest",
    "abduction",
    "sentence",
    "trial",
    "execution",
    "pursuit",
    "release",
    "exchange",
    "amnesty",
    "acquittal",
    "committee",
)
DESIGNATIONS = (
    "designation",
    "imposed",
    "freeze",
    "lifted",
    "relations-cut",
    "terrorist-list",
    "terrorist-label",
    "sanctions-list",
    "separation",
)


def load_humanitarian(
    house: HouseDep, filters: FiltersDep, rows: RowsDep, state: Code = ""
) -> HumanitarianData:
    """Aid, corridors and evacuations, the latest first."""
    found = list_humanitarian(house.record, filters)
    tally = _count((row.state for row in found), STATES)
    found = [row for row in found if not state or row.state == state]
    shown, pager = cut_page(
        sort_latest(found, lambda row: row.entry.day, find_present(house.record)), rows
    )
    processes = tuple(house.knowledge.processes)
    return HumanitarianData(shown, pager, filters, state, tally, MEASURES, processes)


def load_detainees(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    state: Code = "",
    tlp: Annotated[Circle, Query(description="Circle of readers.")] = DEFAULT_CIRCLE,
) -> DetaineesData:
    """Detentions, releases and exchanges, the latest first; what is marked above the circle stays out."""
    every = rank_detainees(house.record, filters)
    found = [row for row in every if TLP.index(row.tlp) <= TLP.index(tlp)]
    withheld = len(every) - len(found)
    tally = _count((row.state for row in found), STATES)
    found = [row for row in found if not state or row.state == state]
    ranked, pager = cut_page(
        sort_latest(found, lambda row: row.day, find_present(house.record)), rows
    )
    shown = tuple(open_detainees(house.record, [row.id for row in ranked]))
    processes = tuple(house.knowledge.processes)
    return DetaineesData(
        shown, pager, filters, state, tally, CUSTODY, processes, tlp, TLP, withheld
    )


def load_designations(
    house: HouseDep, filters: FiltersDep, rows: RowsDep, state: Code = ""
) -> DesignationsData:
    """Who lists, or asks to list, whom, the latest first."""
    found = list_designations(house.record, filters)
    tally = _count((row.state for row in found), LISTED)
    found = [row for row in found if not state or row.state == state]
    shown, pager = cut_page(
        sort_latest(found, lambda row: row.entry.day, find_present(house.record)), rows
    )
    processes = tuple(house.knowledge.processes)
    return DesignationsData(shown, pager, filters, state, tally, DESIGNATIONS, processes)


def _count(states: Iterable[str], order: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    counted = Counter(states)
    return tuple((state, counted[state]) for state in order if counted[state])
