"""Agreements and instruments: parties, provisions, who invokes them, who is said to breach them."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from mahdar.views import AgreementRow, Filters
from mahdar.views.agreements import Show, browse_agreements
from mahdar.views.articles import find_articles
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep


@dataclass(frozen=True, slots=True)
class AgreementsData:
    """A page of agreements.

    ``show`` narrows them: ``told`` are those that articles tell of, ``named`` instruments that are only named,
    ``breached`` those that somebody is said to breach. ``articles`` gives the hash of the article of a claim.
    """

    rows: tuple[AgreementRow, ...]
    pager: Pager
    filters: Filters
    show: str
    processes: tuple[str, ...]
    articles: dict[str, str]


def load_agreements(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    show: Annotated[Show, Query()] = "",
) -> AgreementsData:
    """Agreements by how many articles tell of or name them."""
    shown, total = browse_agreements(
        house.record, filters, show=show, limit=rows.size, offset=rows.offset
    )
    uids = [use.claims[0] for row in shown for use in row.uses if use.claims]
    return AgreementsData(
        rows=tuple(shown),
        pager=Pager(rows.page, rows.size, total),
        filters=filters,
        show=show,
        processes=tuple(house.knowledge.processes),
        articles=find_articles(house.record, uids),
    )
