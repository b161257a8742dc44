"""Contacts: who met, called or visited whom, as a network, a matrix and a list."""

# No postponed annotations here: FastAPI reads them.
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse

from mahdar.i18n import tr
from mahdar.views import ContactRow, EntryRow, Filters, Ref, list_contacts
from mahdar.views.contacts import load_pair, name_contacts, rank_contacts
from mahdar.views.dossier import load_names
from mahdar.web.figures import put_digits
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.registry import require
from mahdar.web.visitor import HouseDep, VisitorDep

router = APIRouter()
MEDIA = ("MEET", "CALL", "VISIT", "NEGOTIATE")
_MATRIX = 12
_NODES = 32
_LINKS = 70
_LEVELS = (1, 2, 4, 8)
"""From so many contacts on a cell of the matrix is one step darker."""
_KEPT = frozenset(("actor", "place", "process", "from", "to", "type"))
"""What narrows the page also narrows where its marks lead."""
Sort = Literal["most", "latest", "silent"]
Key = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Cell:
    """Contacts of two actors. ``one`` is their only entry, where there is only one."""

    times: int
    planned: int
    level: int
    one: str | None


@dataclass(frozen=True, slots=True)
class ContactsData:
    """Pairs of actors, those with most contacts as a matrix, and the contacts of a chosen pair.

    ``matrix`` has a row and a cell in it for each of ``people``.
    """

    rows: tuple[ContactRow, ...]
    pager: Pager
    filters: Filters
    sort: Sort
    people: tuple[Ref, ...]
    matrix: tuple[tuple[Cell | None, ...], ...]
    pair: tuple[Ref, ...]
    entries: tuple[EntryRow, ...]
    media: tuple[str, ...]
    processes: tuple[str, ...]


def load_contacts(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    sort: Sort = "most",
    one: Key = "",
    other: Key = "",
) -> ContactsData:
    """Who met, called or visited whom, how often, and when last."""
    found = rank_contacts(house.record, filters)
    ranked = sort_contacts(found, sort)[rows.offset : rows.offset + rows.size]
    people, matrix = make_matrix(found)
    names = load_names(house.record, [ref.key for ref in people])
    pair, entries = load_pair(house.record, filters, one, other) if one and other else ((), ())
    return ContactsData(
        rows=tuple(name_contacts(house.record, ranked)),
        pager=Pager(rows.page, rows.size, len(found)),
        filters=filters,
        sort=sort,
        people=tuple(names[ref.key] for ref in people),
        matrix=matrix,
        pair=pair,
        entries=entries,
        media=MEDIA,
        processes=tuple(house.knowledge.processes),
    )


def sort_contacts(found: Sequence[ContactRow], sort: Sort) -> list[ContactRow]:
    """Return pairs by number of contacts, by the latest one, or those who have stopped talking first."""
    if sort == "latest":
        return sorted(found, key=lambda row: row.last or "", reverse=True)
    if sort == "silent":
        return sorted(found, key=lambda row: (not row.stopped, -row.times, -(row.quiet_days or 0)))
    return list(found)


def make_matrix(
    found: Sequence[ContactRow],
) -> tuple[tuple[Ref, ...], tuple[tuple[Cell | None, ...], ...]]:
    """Return the actors with most contacts and a square of their contacts with each other."""
    weight: dict[str, int] = {}
    refs: dict[str, Ref] = {}
    for row in found:
        for ref in (row.a, row.b):
            refs[ref.key] = ref
            weight[ref.key] = weight.get(ref.key, 0) + row.times
    most = [refs[key] for key in sorted(weight, key=lambda key: (-weight[key], key))[:_MATRIX]]
    shown = {ref.key for ref in most}
    cells: dict[tuple[str, str], Cell] = {}
    for row in found:
        if row.a.key in shown and row.b.key in shown:
            level = sum(row.times >= step for step in _LEVELS)
            only = row.entries[0] if len(row.entries) == 1 else None
            cell = Cell(row.times, row.planned, level, only)
            cells[row.a.key, row.b.key] = cells[row.b.key, row.a.key] = cell
    kept = [a for a in most if any((a.key, b.key) in cells for b in most)]
    square = tuple(tuple(cells.get((a.key, b.key)) for b in kept) for a in kept)
    return tuple(kept), square


@router.get(
    "/api/contacts/network",
    tags=["record"],
    operation_id="contacts_network",
    dependencies=[Depends(require("read"))],
)
def give_network(
    request: Request, house: HouseDep, visitor: VisitorDep, filters: FiltersDep
) -> JSONResponse:
    """The pairs with most contacts as nodes and links, for the picture."""
    found = list_contacts(house.record, replace(filters, limit=4 * _LINKS))
    lang = visitor.lang
    kept = [(k, v) for k, v in request.query_params.multi_items() if k in _KEPT and v]
    nodes: dict[str, dict[str, object]] = {}
    weight: Counter[str] = Counter()
    links: list[dict[str, object]] = []
    for row in found:
        new = {row.a.key, row.b.key} - nodes.keys()
        if len(links) == _LINKS or len(nodes) + len(new) > _NODES:
            continue
        for ref in (row.a, row.b):
            weight[ref.key] += max(row.times, 1)
            href = "/contacts?" + urlencode(
                [*((k, v) for k, v in kept if k != "actor"), ("actor", ref.key)]
            )
            nodes.setdefault(
                ref.key,
                {"key": ref.key, "name": ref.label(lang), "type": ref.type, "href": href},
            )
        href = (
            f"/entries/{row.entries[0]}"
            if len(row.entries) == 1
            else "/contacts?" + urlencode([*kept, ("one", row.a.key), ("other", row.b.key)])
        )
        said = tr("web.contacts.times", lang, times=row.times, planned=row.planned)
        links.append(
            {
                "a": row.a.key,
                "b": row.b.key,
                "times": row.times,
                "planned": row.planned,
                "href": href,
                "note": put_digits(said, visitor.digits),
            }
        )
    for key, node in nodes.items():
        node["size"] = weight[key]
    return JSONResponse(
        {"nodes": list(nodes.values()), "links": links, "left_out": len(found) - len(links)}
    )
