"""The entries of a record as ``recluster`` asks for them: only what it looks at, each thing once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from mahdar.consolidation.claims import ActorFacts, ArticleFacts, Claim, Context
from mahdar.consolidation.cluster import Match
from mahdar.consolidation.decided import Decided
from mahdar.consolidation.recluster import Place
from mahdar.store import tables
from mahdar.store.entry_rows import LOOKUP, chunks, unpack_blocks
from mahdar.store.load import claim_of
from mahdar.store.marks import load_wide
from mahdar.store.notes import load_house_names

T = TypeVar("T")
_LINK = tables.entry_claims.alias()
_FIRST = tables.entry_claims.alias()
_ENTRIES = tables.entries
_PLACES = select(_LINK, _FIRST.c.claim.label("leader")).select_from(
    _LINK.join(_FIRST, (_FIRST.c.entry == _LINK.c.entry) & (_FIRST.c.position == 0)).join(
        _ENTRIES, _ENTRIES.c.id == _LINK.c.entry
    )
)
"""Where claims stand, with the claim that opened their entry."""


class _Lazy(Mapping[str, T]):
    """A mapping that fetches what is asked for, and remembers also what is not there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[str, T | None] = {}

    def fetch(self, keys: Collection[str]) -> None:
        """Fetch many at once."""
        wanted = sorted({key for key in keys if key not in self._found})
        for some in chunks(wanted):
            self._found |= dict.fromkeys(some)
            self._found.update(self._load(some))

    def _load(self, keys: Sequence[str]) -> dict[str, T]:
        raise NotImplementedError

    def __getitem__(self, key: str) -> T:
        if key not in self._found:
            self.fetch([key])
        found = self._found[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return (key for key, value in self._found.items() if value is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Actors(_Lazy[ActorFacts]):
    def _load(self, keys: Sequence[str]) -> dict[str, ActorFacts]:
        a = tables.actors
        rows = self._connection.execute(select(a).where(a.c.key.in_(keys)))
        return {
            row.key: ActorFacts(
                row.key, row.type, row.kb, row.ar, row.en, row.country, bool(row.source)
            )
            for row in rows
        }


class _Articles(_Lazy[ArticleFacts]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._house = load_house_names(connection)

    def _load(self, keys: Sequence[str]) -> dict[str, ArticleFacts]:
        t = tables.articles.c
        rows = self._connection.execute(
            select(t.sha256, t.publisher, t.published, t.anchor, t.credits, t.copies).where(
                t.sha256.in_(keys)
            )
        )
        return {
            row.sha256: ArticleFacts(
                row.sha256,
                row.publisher,
                row.anchor or row.published,
                tuple(a for a in row.credits if (row.publisher or "", a) not in self._house),
                row.copies,
            )
            for row in rows
        }


class _Parents(_Lazy[str]):
    def _load(self, keys: Sequence[str]) -> dict[str, str]:
        p = tables.place_parents.c
        rows = self._connection.execute(select(p.place, p.parent).where(p.place.in_(keys)))
        return {row.place: row.parent for row in rows}


class LazyContext:
    """Actors, articles and places of a record, fetched when they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self.actors = _Actors(connection)
        self.articles = _Articles(connection)
        self.parents = _Parents(connection)
        self.context = Context(self.actors, self.articles, self.parents, load_wide(connection))

    def fetch(self, claims: Collection[Claim]) -> None:
        """Fetch what the rules look up for some claims."""
        self.actors.fetch({a for claim in claims for a in (*claim.actors, *claim.chain)})
        self.articles.fetch({claim.article for claim in claims})
        self.parents.fetch({claim.place for claim in claims if claim.place})


def load_claims(
    connection: Connection, uids: Collection[str], decided: Decided
) -> dict[str, Claim]:
    """Return claims by uid, as people have corrected them; unknown uids are left out."""
    c, r = tables.claims.c, tables.claim_roles.c
    found: dict[str, Claim] = {}
    for some in chunks(sorted(uids)):
        roles: dict[str, list[tuple[str, str]]] = {}
        for row in connection.execute(
            select(r.claim, r.actor, r.role).where(r.claim.in_(some)).order_by(r.claim, r.position)
        ):
            roles.setdefault(row.claim, []).append((row.actor, row.role))
        rows = connection.execute(
            select(tables.claims, tables.articles.c.sha256)
            .select_from(tables.claims.join(tables.articles))
            .where(c.uid.in_(some))
        )
        for row in rows:
            found[row.uid] = decided.apply(claim_of(row, tuple(roles.get(row.uid, ()))))
    return found


class RecordHistory:
    """What ``recluster`` looks up, for one kind of entry.

    Args:
        connection: a connection in a transaction; the entries of the kind are as they were.
        kind: the kind of entry.
        changed: the claims that change; their places are asked for with ``load_places``.
        decided: all that people have decided.
        lazy: filled with what the rules look up for the claims that are given out.
    """

    def __init__(
        self,
        connection: Connection,
        kind: str,
        changed: Collection[str],
        decided: Decided,
        lazy: LazyContext,
    ) -> None:
        self._connection = connection
        self._kind = kind
        self._changed = frozenset(changed)
        self._decided = decided
        self._lazy = lazy
        self._places: dict[str, Place | None] = {}
        self._members: dict[str, tuple[Place, ...]] = {}
        self._sharing: dict[int, list[Place]] = {}
        self._claims: dict[str, Claim] = {}

    def sharing(self, blocks: Collection[int]) -> Mapping[int, Sequence[Place]]:
        """Return the unchanged claims that meet in each of some blocks."""
        wanted = [block for block in blocks if block not in self._sharing]
        b = tables.claim_blocks.c
        met: dict[int, list[str]] = {block: [] for block in wanted}
        for at in range(0, len(wanted), LOOKUP):
            rows = self._connection.execute(
                select(b.block, b.claim).where(b.block.in_(wanted[at : at + LOOKUP]))
            )
            for block, claim in rows:
                met[block].append(claim)
        places = self.places({claim for claims in met.values() for claim in claims})
        for block, claims in met.items():
            self._sharing[block] = [places[claim] for claim in claims if claim in places]
        return {block: self._sharing[block] for block in blocks}

    def members(self, leaders: Collection[str]) -> Mapping[str, Sequence[Place]]:
        """Return the unchanged claims of the entries that some claims opened."""
        wanted = {leader for leader in leaders if leader not in self._members}
        if wanted:
            opened = load_places(self._connection, self._kind, with_leaders=wanted)
            by: dict[str, list[Place]] = {leader: [] for leader in wanted}
            for place in opened:
                if place.claim not in self._changed:
                    by[place.leader].append(place)
                    self._places[place.claim] = place
            self._members.update((leader, tuple(places)) for leader, places in by.items())
            self._fetch({p.claim for places in by.values() for p in places})
        return {leader: self._members[leader] for leader in leaders}

    def places(self, claims: Collection[str]) -> Mapping[str, Place]:
        """Return where unchanged claims stand."""
        wanted = {c for c in claims if c not in self._places and c not in self._changed}
        if wanted:
            self._places |= dict.fromkeys(wanted)
            for place in load_places(self._connection, self._kind, of_claims=wanted):
                self._places[place.claim] = place
        known = ((c, self._places.get(c)) for c in claims)
        return {c: place for c, place in known if place is not None}

    def claims(self, uids: Collection[str]) -> Mapping[str, Claim]:
        """Return claims as people have corrected them."""
        self._fetch(uids)
        return {uid: self._claims[uid] for uid in uids}

    def _fetch(self, uids: Collection[str]) -> None:
        wanted = {uid for uid in uids if uid not in self._claims}
        if wanted:
            found = load_claims(self._connection, wanted, self._decided)
            self._claims |= found
            self._lazy.fetch(list(found.values()))


def load_places(
    connection: Connection,
    kind: str | None = None,
    *,
    of_claims: Collection[str] = (),
    with_leaders: Collection[str] = (),
) -> list[Place]:
    """Return where claims stand: some claims, or all in the entries that some claims opened.

    While a claim goes from one kind of entry to another it stands in both: ``kind`` says which is meant.
    """
    query = _PLACES if kind is None else _PLACES.where(_ENTRIES.c.kind == kind)
    found: list[Place] = []
    for column, keys in ((_LINK.c.claim, of_claims), (_FIRST.c.claim, with_leaders)):
        for some in chunks(sorted(keys)):
            found += [_place(row) for row in connection.execute(query.where(column.in_(some)))]
    return found


def _place(row: Any) -> Place:
    match = Match(row.score, tuple(tuple(reason) for reason in row.reasons))
    return Place(row.claim, row.rank, row.leader, match, unpack_blocks(row.blocks))
