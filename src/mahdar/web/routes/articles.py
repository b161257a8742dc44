"""The list of articles, the way into the reading desk."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from mahdar.views import Filters
from mahdar.views.articles import ArticleRow, list_articles, list_publishers
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep


@dataclass(frozen=True, slots=True)
class ArticlesData:
    """A page of articles, and the papers to choose from with their number of articles."""

    rows: tuple[ArticleRow, ...]
    pager: Pager
    publishers: tuple[tuple[str, int], ...]
    publisher: str
    words: str
    filters: Filters


def load_articles(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    publisher: Annotated[str, Query(max_length=200)] = "",
    words: Annotated[str, Query(max_length=200)] = "",
) -> ArticlesData:
    """The articles of the record, the latest first."""
    found = list_articles(
        house.record,
        publisher=publisher or None,
        words=words.strip() or None,
        since=filters.first_day(),
        until=filters.last_day(),
        limit=rows.size,
        offset=rows.offset,
    )
    return ArticlesData(
        rows=found.rows,
        pager=Pager(rows.page, rows.size, found.total),
        publishers=tuple(list_publishers(house.record)),
        publisher=publisher,
        words=words,
        filters=filters,
    )
