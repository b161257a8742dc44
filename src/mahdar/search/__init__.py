"""Arabic full text over the articles, statements and entries of a record."""

from mahdar.search.filters import KINDS, Kind, SearchFilters
from mahdar.search.find import search
from mahdar.search.matching import Snippet
from mahdar.search.query import parse_query
from mahdar.search.results import Facets, Named, SearchHit, SearchPage
from mahdar.store.indexing import complete_index, index_is_complete

__all__ = [
    "KINDS",
    "Facets",
    "Kind",
    "Named",
    "SearchFilters",
    "SearchHit",
    "SearchPage",
    "Snippet",
    "complete_index",
    "index_is_complete",
    "parse_query",
    "search",
]
