"""Commitments: who is to do what by when, and what is told that may keep or break it."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from fastapi import Query

from mahdar.errors import SettingError
from mahdar.views import CommitmentRow, Filters, Ref
from mahdar.views.commitments import PromiseState, browse_commitments
from mahdar.views.dossier import load_names
from mahdar.views.fresh import find_present
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep


@dataclass(frozen=True, slots=True)
class CommitmentsData:
    """A page of the due list. ``present`` is the ISO day on which things are judged.

    ``states`` counts commitments of each state; ``names`` are those that the reasons of links speak of.
    """

    rows: tuple[CommitmentRow, ...]
    pager: Pager
    filters: Filters
    state: str
    states: dict[PromiseState, int]
    present: str
    as_of: str
    names: dict[str, Ref]
    processes: tuple[str, ...]


def load_commitments(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    state: Annotated[Literal["", "due", "open", "overdue", "undated"], Query()] = "",
    as_of: Annotated[str, Query(max_length=10)] = "",
) -> CommitmentsData:
    """Who is to do what by when: what is due, to come, overdue, and what may have kept or broken it."""
    present = _day(as_of) if as_of.strip() else find_present(house.record)
    found = browse_commitments(
        house.record,
        replace(filters, type=state or None),
        as_of=present,
        limit=rows.size,
        offset=rows.offset,
    )
    details = {
        detail
        for row in found.rows
        for link in row.links
        for _, *told in link.reasons
        for detail in told
    }
    return CommitmentsData(
        rows=found.rows,
        pager=Pager(rows.page, rows.size, found.total),
        filters=filters,
        state=state,
        states=found.states,
        present=present.isoformat(),
        as_of=as_of.strip(),
        names=load_names(house.record, details),
        processes=tuple(house.knowledge.processes),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise SettingError(f"as_of {text}: not a day. Mend: give one as in 2015-08-03.") from None
