"""Naming: who calls whom what, each term with those who use it side by side."""

# No postponed annotations here: FastAPI reads them.
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Query

from mahdar.views import Filters, NamingRow, Ref
from mahdar.views.articles import find_articles
from mahdar.views.naming import name_naming, rank_naming
from mahdar.web.house import House
from mahdar.web.paging import cut_page
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep

MOST_USERS = 10


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is used of somebody (``None``: the texts do not tell of whom), and who uses it."""

    used_of: Ref | None
    term: str
    times: int
    first: str | None
    last: str | None
    users: tuple[NamingRow, ...]


@dataclass(frozen=True, slots=True)
class NamingData:
    """A page of terms. ``articles`` gives the hash of the article of a claim; ``by`` is a kind of user."""

    rows: tuple[Term, ...]
    pager: Pager
    filters: Filters
    by: str
    words: str
    articles: dict[str, str]
    most: int = MOST_USERS


def load_naming(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    words: Annotated[str, Query(max_length=200)] = "",
) -> NamingData:
    """Loaded and distancing terms with who uses them of whom, the most frequent first."""
    found = _group(rank_naming(house.record, filters))
    wanted = words.strip()
    found = [term for term in found if not wanted or wanted in term.term]
    shown, pager = cut_page(found, rows)
    shown = _name(house, shown)
    uids = [user.claims[0] for term in shown for user in term.users[:MOST_USERS]]
    return NamingData(
        rows=shown,
        pager=pager,
        filters=filters,
        by=filters.type or "",
        words=words,
        articles=find_articles(house.record, uids),
    )


def _name(house: House, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return terms with the names of whom they are used of and of who uses them."""
    named = iter(name_naming(house.record, [user for term in terms for user in term.users]))
    out = []
    for term in terms:
        users = tuple(next(named) for _ in term.users)
        out.append(replace(term, used_of=users[0].used_of, users=users))
    return tuple(out)


def _group(rows: Iterable[NamingRow]) -> list[Term]:
    """Return the terms, each with its users; rows come most frequent first."""
    groups: dict[tuple[str, str], list[NamingRow]] = {}
    for row in rows:
        groups.setdefault((row.used_of.key if row.used_of else "", row.term), []).append(row)
    terms = [
        Term(
            used_of=users[0].used_of,
            term=term,
            times=sum(user.times for user in users),
            first=min((user.first for user in users if user.first), default=None),
            last=max((user.last for user in users if user.last), default=None),
            users=tuple(users),
        )
        for (_, term), users in groups.items()
    ]
    terms.sort(key=lambda t: (-t.times, t.term, t.used_of.key if t.used_of else ""))
    return terms
