"""Actors and places: the list, and the dossier of one."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import Path, Query

from mahdar.knowledge.records import Actor, Place
from mahdar.views import ContactRow, EntryRow, Filters, list_contacts
from mahdar.views.browse import browse_entries
from mahdar.views.dossier import ActorFactsheet, ActorRow, list_actors, load_factsheet
from mahdar.views.fresh import find_present
from mahdar.views.timeline import KINDS
from mahdar.web.finding import or_missing
from mahdar.web.house import House
from mahdar.web.questions import AHEAD_DAYS, Pager, RowsDep
from mahdar.web.visitor import HouseDep

_ROWS = 12
_CONTACTS = 15


@dataclass(frozen=True, slots=True)
class ActorsData:
    """A page of actors and places."""

    rows: tuple[ActorRow, ...]
    pager: Pager
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """A dated post from the packs. ``of`` and ``title`` are ids of the packs; dates are EDTF."""

    title: str
    of: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class ActorData:
    """The dossier of an actor or place."""

    sheet: ActorFactsheet
    posts: tuple[PostRow, ...]
    latitude: float | None
    longitude: float | None
    contacts: tuple[ContactRow, ...]
    happenings: tuple[EntryRow, ...]
    happenings_total: int
    statements: tuple[EntryRow, ...]
    statements_total: int
    promises: tuple[EntryRow, ...]
    promises_total: int


def load_actors(
    house: HouseDep,
    rows: RowsDep,
    name: Annotated[str, Query(max_length=200)] = "",
    type_: Annotated[Literal["", "PER", "ORG", "LOC"], Query(alias="type")] = "",
) -> ActorsData:
    """Actors and places by how many articles name them."""
    found = list_actors(
        house.record,
        name=name or None,
        type_=type_ or None,
        limit=rows.size,
        offset=rows.offset,
    )
    return ActorsData(found.rows, Pager(rows.page, rows.size, found.total), name, type_)


def load_actor(
    house: HouseDep, key: Annotated[str, Path(min_length=1, max_length=300)]
) -> ActorData:
    """One actor or place: names, posts, contacts, what it did, said and promised."""
    with or_missing("actor"):
        sheet = load_factsheet(house.record, key)
    of_place = sheet.row.ref.type == "LOC"
    mine = Filters(place=key) if of_place else Filters(actor=key)
    record = house.record
    ahead = (find_present(record) + timedelta(days=AHEAD_DAYS)).isoformat()
    happened = browse_entries(record, KINDS, mine, limit=_ROWS, horizon=ahead)
    said = browse_entries(record, ("statement",), Filters(actor=key), limit=_ROWS)
    promised = browse_entries(record, ("commitment",), Filters(actor=key), limit=_ROWS)
    contacts = () if of_place else tuple(list_contacts(record, replace(mine, limit=_CONTACTS)))
    posts, latitude, longitude = _from_packs(house, sheet.row.kb)
    return ActorData(
        sheet=sheet,
        posts=posts,
        latitude=latitude,
        longitude=longitude,
        contacts=contacts,
        happenings=happened.rows,
        happenings_total=happened.total,
        statements=said.rows,
        statements_total=said.total,
        promises=promised.rows,
        promises_total=promised.total,
    )


def _from_packs(
    house: House, kb: str | None
) -> tuple[tuple[PostRow, ...], float | None, float | None]:
    known: Actor | Place | None = house.knowledge.actors.get(kb or "")
    if isinstance(known, Actor):
        return tuple(PostRow(p.title, p.of, p.start, p.end) for p in known.posts), None, None
    place = house.knowledge.places.get(kb or "")
    return ((), place.lat, place.lon) if place else ((), None, None)
