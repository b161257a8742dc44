"""One entry with all its claims side by side."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path

from mahdar.judgements import Judgement
from mahdar.store import list_judgements
from mahdar.views import EntryRow, Evidence, Ref, load_entry
from mahdar.views.articles import find_articles
from mahdar.views.dossier import load_names
from mahdar.views.reviews import DRAFT, Review, load_entry_reviews
from mahdar.web.finding import or_missing
from mahdar.web.judging import values_of_entry
from mahdar.web.questions import Pager, RowsDep
from mahdar.web.visitor import HouseDep

FIELDS = (
    "type",
    "time",
    "place",
    "modality",
    "killed",
    "injured",
    "instrument",
    "due",
    "mode",
    "subtype",
)
"""Fields that are shown with every value told, in this order."""


@dataclass(frozen=True, slots=True)
class Source:
    """One claim behind the entry, and the hash of the article that makes it."""

    evidence: Evidence
    sha256: str


@dataclass(frozen=True, slots=True)
class EntryData:
    """An entry with a page of its sources.

    ``conflicts`` are the fields of which sources tell different values; ``names`` says who or what
    the keys among the values are; ``now`` are the values that can be edited, as judgements name them.
    """

    entry: EntryRow
    evidence: tuple[Source, ...]
    pager: Pager
    conflicts: tuple[str, ...]
    names: dict[str, Ref]
    review: Review
    history: tuple[Judgement, ...]
    now: dict[str, Any]


def load_entry_page(
    house: HouseDep,
    rows: RowsDep,
    entry_id: Annotated[str, Path(pattern="^[0-9A-Za-z_-]{4,40}$")],
) -> EntryData:
    """One entry with its sources side by side."""
    with or_missing("entry"):
        detail = load_entry(house.record, entry_id, limit=rows.size, offset=rows.offset)
    told = detail.entry.fields
    articles = find_articles(house.record, [each.claim for each in detail.evidence])
    keys = {value.value for values in told.values() for value in values}
    return EntryData(
        entry=detail.entry,
        evidence=tuple(Source(each, articles.get(each.claim, "")) for each in detail.evidence),
        pager=Pager(rows.page, rows.size, detail.total),
        conflicts=tuple(name for name in FIELDS if len(told.get(name, ())) > 1),
        names=load_names(house.record, keys),
        review=load_entry_reviews(house.record, [detail.entry.id]).get(detail.entry.id, DRAFT),
        history=tuple(list_judgements(house.record, kind="entry", subject=detail.entry.id)),
        now=values_of_entry(detail.entry),
    )
