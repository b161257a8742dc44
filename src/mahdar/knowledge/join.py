"""Join packs into one knowledge: ids, extensions, and the indexes over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from mahdar.errors import KnowledgeError
from mahdar.knowledge.base import Knowledge, Record
from mahdar.knowledge.demonyms import index_demonyms
from mahdar.knowledge.index import NameIndex, order_ids
from mahdar.knowledge.posts import index_posts
from mahdar.knowledge.records import Actor, InstrumentRecord, Pack, Place, Process
from mahdar.knowledge.spelling import name_units, skeleton, surname_of
from mahdar.lexicon.tables import load_table

_PROMINENCE = {"continent": 9, "country": 9, "territory": 8, "capital": 8, "region": 6, "city": 5}
_PROMINENCE |= {"admin1": 4, "town": 3, "admin3": 1, "village": 1}
# «جنوب السودان» the state is not «جنوبي السودان»: only regions have both forms.
_REGIONS = frozenset(("region", "area", "continent", "admin1", "sea"))


def join_packs(packs: Sequence[Pack]) -> Knowledge:
    """Return the knowledge in some packs, later ones extending earlier ones.

    A second record of one kind with the same id adds to the first whether it says ``extend`` or
    not (``mahdar packs check`` asks it to say so).

    Raises:
        KnowledgeError: an id stands for two records.
    """
    actors: dict[str, Actor] = {}
    places: dict[str, Place] = {}
    instruments: dict[str, InstrumentRecord] = {}
    processes: dict[str, Process] = {}
    tables: list[Any] = [actors, places, instruments, processes]
    later: list[tuple[Pack, dict[str, Any], Record]] = []
    for pack in packs:
        columns: list[Iterable[Record]] = [
            pack.actors,
            pack.places,
            pack.instruments,
            pack.processes,
        ]
        for table, records in zip(tables, columns, strict=True):
            for record in records:
                if record.id in pack.extending or record.id in table:
                    later.append((pack, table, record))
                    continue
                if table is not processes and any(record.id in t for t in tables[:3]):
                    raise KnowledgeError(f"pack {pack.name}: {record.id} stands for two things")
                table[record.id] = record
    for pack, table, record in later:
        if record.id not in table:
            raise KnowledgeError(
                f"pack {pack.name}: {record.id} extends a record that is not there"
            )
        table[record.id] = _extended(table[record.id], record)
    for pack in packs:
        for place in pack.gazetteer:
            known = places.get(place.id)
            places[place.id] = place if known is None else _located(known, place)
    index, rank = _index_names(actors, places, instruments)
    ambiguities = {" ".join(name_units(a.name)): a for pack in packs for a in pack.ambiguities}
    order_ids(index, rank, ((a.name, a.ids) for a in ambiguities.values()))
    by_hand = [place for place in places.values() if place.demonyms]
    return Knowledge(
        actors=actors,
        places=places,
        instruments=instruments,
        processes=processes,
        demonyms=index_demonyms(by_hand),
        surnames=_index_surnames(actors.values()),
        capital_of={p.capital: p.id for p in places.values() if p.capital},
        states={
            p.country: p.id
            for p in places.values()
            if p.country and p.kind in ("country", "territory")
        },
        packs=tuple(packs),
        ambiguities=ambiguities,
        index=index,
        posts=index_posts(actors.values()),
    )


def _extended(record: Record, addition: Record) -> Record:
    """Return a record with another's names, weak names, posts, processes and demonyms added."""
    names = dict(record.names)
    for language, spellings in addition.names.items():
        names[language] = tuple(dict.fromkeys((*names.get(language, ()), *spellings)))
    changes: dict[str, Any] = {"names": names}
    for key in ("weak", "posts", "processes", "demonyms", "surname", "tracks", "cues"):
        if more := getattr(addition, key, ()):
            changes[key] = tuple(dict.fromkeys((*getattr(record, key), *more)))
    return replace(record, **changes)


def _located(place: Place, row: Place) -> Place:
    """Return a place written by hand with what a gazetteer's row knows beyond it."""
    return replace(
        place,
        parent=place.parent or row.parent,
        lat=row.lat if place.lat is None else place.lat,
        lon=row.lon if place.lon is None else place.lon,
        pcode=place.pcode or row.pcode,
        population=place.population or row.population,
    )


def _index_names(
    actors: dict[str, Actor],
    places: dict[str, Place],
    instruments: dict[str, InstrumentRecord],
) -> tuple[NameIndex, dict[str, int]]:
    """Return the index of all names, and each record's rank where a name is shared."""
    index = NameIndex()
    rank: dict[str, int] = {}
    arab = frozenset(row["iso"] for row in load_table("arab_states"))
    for place in places.values():
        for name in place.names.get("ar", ()):
            index.add(name, place.id, strength=place.rank, directions=place.kind in _REGIONS)
            if place.kind in ("country", "capital"):
                index.add_tail(name, place.id)
        for name in place.weak:
            index.add(name, place.id, strength=1)
        prominence = min(3, len(str(place.population or 0)) // 2)
        rank[place.id] = 100 * place.rank + 10 * _PROMINENCE.get(place.kind, 2) + prominence
    for actor in actors.values():
        rank[actor.id] = 250
        person = actor.type == "PER"
        for name in actor.names.get("ar", ()):
            index.add(name, actor.id, plural=not person, directions=not person)
            if person and actor.country and actor.country not in arab:
                index.add_loose(name, actor.id)
        for name in actor.weak:
            index.add(name, actor.id, strength=1, plural=not person)
    for instrument in instruments.values():
        rank[instrument.id] = 240
        for name in instrument.names.get("ar", ()):
            index.add(name, instrument.id)
        for name in instrument.weak:
            index.add(name, instrument.id, strength=1)
    return index, rank


def _index_surnames(actors: Iterable[Actor]) -> dict[str, tuple[str, ...]]:
    """Return surname -> ids; ``~`` and the skeleton for those of foreign persons."""
    found: dict[str, list[str]] = defaultdict(list)
    arab = frozenset(row["iso"] for row in load_table("arab_states"))
    for actor in actors:
        if actor.type != "PER" or not actor.surname_alone:
            continue
        keys = {" ".join(name_units(surname)) for surname in actor.surname}
        if not keys:
            names = actor.names.get("ar", ())
            keys = {" ".join(surname_of(name_units(name))) for name in names} - {""}
        if actor.country and actor.country not in arab:
            keys |= {"~" + skeleton(key) for key in keys}
        for key in keys:
            if actor.id not in found[key]:
                found[key].append(actor.id)
    return {key: tuple(ids) for key, ids in found.items()}
