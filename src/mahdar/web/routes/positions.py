"""Positions: how actors stand to issues over time, and who contradicts whom."""

# No postponed annotations here: FastAPI reads them.
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse

from mahdar.i18n import load_messages, tr, tr_code
from mahdar.views import EntryRow, Filters, PositionRow, Ref
from mahdar.views.positions import load_sides, open_stands
from mahdar.views.rows import load_texts
from mahdar.views.stances import Stand, list_stands
from mahdar.web.figures import format_date
from mahdar.web.questions import FiltersDep, Order, Pager, RowsDep
from mahdar.web.registry import require
from mahdar.web.visitor import HouseDep, VisitorDep

router = APIRouter()
STANCES = ("supports", "opposes", "conditional")
_ACTORS = 12
_ISSUES = 8
_LANES = 14
_CLASHES = 12
Issue = Annotated[str, Query(max_length=80, description="An issue by its id or name.")]
Stance = Annotated[Literal["", "supports", "opposes", "conditional"], Query()]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two statements on one issue in one period with opposite stances; ``one`` supports."""

    issue: str
    one: EntryRow
    other: EntryRow


@dataclass(frozen=True, slots=True)
class PositionsData:
    """Positions with their sentences, a matrix of actors and issues, and contradictions.

    ``matrix`` has a row for each of ``actors`` and in it a cell for each of ``issues``: how often each
    of ``STANCES`` is told.
    """

    rows: tuple[PositionRow, ...]
    pager: Pager
    filters: Filters
    order: str
    issue: str
    stance: str
    actors: tuple[Ref, ...]
    issues: tuple[str, ...]
    matrix: tuple[tuple[tuple[int, ...], ...], ...]
    clashes: tuple[Clash, ...]
    every_issue: tuple[str, ...]
    processes: tuple[str, ...]


def load_positions(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    issue: Issue = "",
    stance: Stance = "",
    order: Order = "latest",
) -> PositionsData:
    """How each actor stands to an issue over time, and who contradicts whom."""
    found = list_stands(house.record, _asked(filters, issue, stance))
    actors, issues, matrix = make_matrix(found)
    ranked = sort_positions(found, order)
    return PositionsData(
        rows=tuple(open_stands(house.record, ranked[rows.offset : rows.offset + rows.size])),
        pager=Pager(rows.page, rows.size, len(found)),
        filters=filters,
        order=order,
        issue=issue,
        stance=stance,
        actors=actors,
        issues=issues,
        matrix=matrix,
        clashes=find_clashes(house, found),
        every_issue=tuple(k[6:] for k in load_messages() if k.startswith("issue.")),
        processes=tuple(house.knowledge.processes),
    )


def _asked(filters: Filters, issue: str, stance: str) -> Filters:
    return replace(filters, issue=issue.strip() or None, type=stance or None)


def sort_positions(found: Sequence[Stand], order: Order) -> list[Stand]:
    """Return positions by day or by how many articles tell them."""
    if order == "attested":
        return sorted(found, key=lambda row: (-row.articles, row.day or "", row.entry))
    first = "9999" if order == "earliest" else ""
    ranked = sorted(found, key=lambda row: row.entry)
    return sorted(ranked, key=lambda row: row.day or first, reverse=order == "latest")


def make_matrix(
    found: Sequence[Stand],
) -> tuple[tuple[Ref, ...], tuple[str, ...], tuple[tuple[tuple[int, ...], ...], ...]]:
    """Return the actors and issues told of most, and how often each stance is told of each pair."""
    told: Counter[tuple[str, str, str]] = Counter()
    actors: Counter[Ref] = Counter()
    issues: Counter[str] = Counter()
    for row in found:
        if row.stance:
            told[row.actor.key, row.issue, row.stance] += 1
            actors[row.actor] += 1
            issues[row.issue] += 1
    most = sorted(actors, key=lambda ref: (-actors[ref], ref.key))[:_ACTORS]
    chief = tuple(sorted(issues, key=lambda issue: (-issues[issue], issue))[:_ISSUES])
    kept = [ref for ref in most if any(told[ref.key, i, s] for i in chief for s in STANCES)]
    matrix = tuple(
        tuple(tuple(told[ref.key, issue, stance] for stance in STANCES) for issue in chief)
        for ref in kept
    )
    return tuple(kept), chief, matrix


def find_clashes(house: HouseDep, found: Sequence[Stand]) -> tuple[Clash, ...]:
    """Return pairs of statements that contradict each other, the best attested first."""
    pairs: dict[tuple[str, str, str], int] = {}
    for row in found:
        for contrary in row.contradicted_by[:1]:
            one, other = row.entry, contrary.entry
            if row.stance == "opposes":
                one, other = other, one
            pairs.setdefault((row.issue, one, other), row.articles)
    ranked = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    chosen: list[tuple[str, str, str]] = []
    seen: Counter[str] = Counter()
    for pair in ranked:
        # One much quoted statement must not fill the list.
        if max(seen[pair[1]], seen[pair[2]]) < 1 and len(chosen) < _CLASHES:
            chosen.append(pair)
            seen.update(pair[1:])
    entries = load_sides(house.record, [i for pair in chosen for i in pair[1:]])
    return tuple(
        Clash(issue, entries[one], entries[other])
        for issue, one, other in chosen
        if one in entries and other in entries
    )


@router.get(
    "/api/positions/marks",
    tags=["record"],
    operation_id="positions_marks",
    dependencies=[Depends(require("read"))],
)
def give_marks(
    house: HouseDep,
    visitor: VisitorDep,
    filters: FiltersDep,
    issue: Issue = "",
    stance: Stance = "",
) -> JSONResponse:
    """Dated positions as marks on lanes: of actors on one issue, else of issues, for the picture."""
    found = [row for row in list_stands(house.record, _asked(filters, issue, stance)) if row.day]
    lang = visitor.lang
    by_actor = bool(issue)
    count: Counter[str] = Counter(row.actor.key if by_actor else row.issue for row in found)
    lanes = sorted(count, key=lambda key: (-count[key], key))[:_LANES]
    shown = set(lanes)
    texts = load_texts(house.record, [row.entry for row in found])
    names = {row.actor.key: row.actor.label(lang) for row in found}
    marks = [
        {
            "lane": row.actor.key if by_actor else row.issue,
            "day": row.day,
            "stance": row.stance,
            "href": f"/entries/{row.entry}",
            "articles": row.articles,
            "who": row.actor.label(lang),
            "what": tr_code("issue", row.issue, lang),
            "label": tr_code("stance", row.stance, lang)
            if row.stance
            else tr("web.positions.none", lang),
            "when": format_date(row.day, lang, visitor.digits),
            "said": texts.get(row.entry, "")[:140],
        }
        for row in found
        if (row.actor.key if by_actor else row.issue) in shown
    ]
    return JSONResponse(
        {
            "lanes": [
                {"key": key, "name": names[key] if by_actor else tr_code("issue", key, lang)}
                for key in lanes
            ],
            "marks": marks,
            "left_out": len(found) - len(marks),
        }
    )
