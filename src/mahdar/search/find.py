"""A search of a record: ranked results with snippets, page by page."""

from __future__ import annotations

from mahdar.errors import SettingError
from mahdar.search.filters import SearchFilters
from mahdar.search.opening import open_hits
from mahdar.search.query import parse_query
from mahdar.search.results import SearchPage
from mahdar.search.selecting import count_facets, count_results, select_results
from mahdar.store import Record
from mahdar.store.indexing import Progress, complete_index, index_is_complete

_EVERY = SearchFilters()
MAX_PAGE = 1000
"""Results on one page at most: each one's article is opened for its snippets."""


def search(
    record: Record,
    query: str,
    filters: SearchFilters = _EVERY,
    limit: int = 20,
    offset: int = 0,
    *,
    facets: bool = False,
    on_progress: Progress = lambda done, of: None,
) -> SearchPage:
    """Return what a query finds in a record, the best first.

    A record that was made before it had an index is indexed first, which takes a while.

    Args:
        record: an open record.
        query: see ``mahdar.search.query``; an empty one finds everything, the latest first.
        filters: what narrows it.
        limit: results on the page, 1 to ``MAX_PAGE``.
        offset: results before the page.
        facets: count papers, months, processes and kinds over all results as well.
        on_progress: told how far the indexing is, where there is any.
    Raises:
        QueryError: the query cannot be understood; names the place in it.
        SettingError: a date filter that is no date, a limit or offset out of range.
        RecordError: the record cannot be read.
    """
    if not 1 <= limit <= MAX_PAGE:
        raise SettingError(f"--limit {limit}: out of range. Mend: give 1 to {MAX_PAGE}.")
    if offset < 0:
        raise SettingError(f"--offset {offset}: below 0. Mend: give 0 or more.")
    tree = parse_query(query)
    filters.first_day(), filters.last_day()
    if not index_is_complete(record):
        complete_index(record, on_progress=on_progress)
    with record.reading() as connection:
        rows = select_results(connection, tree, filters, filters.kind)
        page = connection.execute(rows.limit(limit).offset(offset)).all()
        total = count_results(connection, tree, filters, filters.kind)
        return SearchPage(
            query,
            total,
            limit,
            offset,
            open_hits(connection, filters, tree, page),
            count_facets(connection, tree, filters) if facets else None,
        )
