"""A record read for an export: entries and articles in a fixed order, a few hundred at a time.

All of it is read over one connection, so that an export shows one state of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, func, select

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.origins import group_origins
from mahdar.export.formats.bundles import (
    ArticleBundle,
    Chosen,
    EntryBundle,
    InEntry,
    Told,
    chunks,
)
from mahdar.export.formats.geography import Geography
from mahdar.export.formats.named_facts import keys_in_claim, keys_in_entry, named_facts
from mahdar.export.formats.request import LeftOut, Request
from mahdar.export.formats.review import Review, load_review
from mahdar.export.formats.selection import Selection
from mahdar.knowledge.load import Knowledge
from mahdar.store import tables
from mahdar.store.load import claim_of, load_context
from mahdar.views.rows import Ref, assemble_rows, load_refs

_ARTICLES = 100
"""Articles held at a time, with their texts."""


class Source:
    """What an export reads.

    ``met`` gathers the keys of the actors, places and instruments that came by; ``acting`` those of
    them that take part in something.
    """

    def __init__(
        self,
        connection: Connection,
        request: Request,
        knowledge: Knowledge,
        left_out: LeftOut,
    ) -> None:
        self.connection = connection
        self.request = request
        self.knowledge = knowledge
        self.left_out = left_out
        self.review: Review = load_review(connection)
        self.selection = Selection(connection, request, self.review, left_out)
        self.geography = Geography(knowledge)
        self.met: set[str] = set()
        self.acting: set[str] = set()
        self._refs: dict[str, Ref] = {}

    @cached_property
    def _context(self) -> Context:
        return load_context(self.connection, {}, frozenset())

    def iter_entries(self, chosen: Sequence[Chosen] | None = None) -> Iterator[EntryBundle]:
        """Yield entries with their claims, in their order; all that go out, unless some are given."""
        wanted = self.selection.entries if chosen is None else chosen
        e = tables.entries.c
        for some in chunks([entry.id for entry in wanted]):
            found = self.connection.execute(select(tables.entries).where(e.id.in_(some))).all()
            rows = {row.id: row for row in assemble_rows(self.connection, found)}
            told = self._load_told(some)
            self.refs([key for row in rows.values() for key in keys_in_entry(row)])
            for id_ in some:
                row = rows[id_]
                self._meet((ref.key for ref, _ in row.actors), acting=True)
                self._meet(keys_in_entry(row))
                yield EntryBundle(
                    row,
                    tuple(told.get(id_, ())),
                    self.review.entry(id_),
                    self.review.entry_mark(id_, row.processes),
                )

    def _load_told(self, ids: Sequence[str]) -> dict[str, list[Told]]:
        link, c, t = tables.entry_claims.c, tables.claims.c, tables.articles.c
        found: dict[str, list[Any]] = {}
        for row in self.connection.execute(
            select(
                link.entry,
                link.position,
                link.score,
                link.reasons,
                tables.claims,
                t.sha256,
                t.publisher,
                t.published.label("article_published"),
                t.anchor,
                t.url,
                func.substr(t.text, c.sentence_start + 1, c.sentence_end - c.sentence_start).label(
                    "sentence"
                ),
            )
            .select_from(
                tables.entry_claims.join(tables.claims, link.claim == c.uid).join(
                    tables.articles, c.article_id == t.id
                )
            )
            .where(link.entry.in_(ids))
            .order_by(link.entry, link.position)
        ):
            found.setdefault(row.entry, []).append(row)
        roles = self._load_roles(row.uid for rows in found.values() for row in rows)
        out: dict[str, list[Told]] = {}
        for entry, rows in found.items():
            claims = [self._claim(row, roles) for row in rows]
            numbers = {claims[0].uid: 1} if len(claims) == 1 else self._origins(claims)
            out[entry] = [
                Told(
                    claim,
                    row.position,
                    row.score,
                    tuple(":".join((r[0], ",".join(r[1:]))).rstrip(":") for r in row.reasons),
                    numbers[claim.uid],
                    row.publisher,
                    row.article_published or row.anchor,
                    row.url,
                    row.sentence,
                )
                for row, claim in zip(rows, claims, strict=True)
            ]
        return out

    def _origins(self, claims: Sequence[Claim]) -> dict[str, int]:
        groups = group_origins(claims, self._context)
        return {claim.uid: n for n, group in enumerate(groups, start=1) for claim in group}

    def _claim(self, row: Any, roles: Mapping[str, tuple[tuple[str, str], ...]]) -> Claim:
        """Return a claim as people have corrected it."""
        return self.review.decided.apply(claim_of(row, roles.get(row.uid, ())))

    def _load_roles(self, uids: Iterator[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        r = tables.claim_roles.c
        roles: dict[str, list[tuple[str, str]]] = {}
        for some in chunks(sorted(set(uids))):
            for row in self.connection.execute(
                select(r.claim, r.actor, r.role)
                .where(r.claim.in_(some))
                .order_by(r.claim, r.position)
            ):
                roles.setdefault(row.claim, []).append((row.actor, row.role))
        return {claim: tuple(pairs) for claim, pairs in roles.items()}

    def iter_articles(self) -> Iterator[ArticleBundle]:
        """Yield the articles that go out with their claims, by date of publication.

        Where filters narrow the record, only articles with a claim that goes out.
        """
        narrowed = self.selection.chosen_claims is not None
        for some in chunks(self.selection.article_order, _ARTICLES):
            ids = [id_ for _, id_ in some]
            claims, machine = self._load_claims(ids)
            entries = self._load_in_entry([c.uid for found in claims.values() for c in found])
            t, r = tables.articles.c, tables.readings.c
            rows = {
                row.id: row
                for row in self.connection.execute(
                    select(tables.articles, r.engine)
                    .select_from(tables.articles.outerjoin(tables.readings, r.article_id == t.id))
                    .where(t.id.in_(ids))
                )
            }
            self.refs([key for found in claims.values() for c in found for key in keys_in_claim(c)])
            for sha, id_ in some:
                mine = claims.get(id_, [])
                if id_ not in rows or (narrowed and not mine):
                    continue
                for claim in mine:
                    self._meet(keys_in_claim(claim))
                    self._meet((key for key, _ in claim.roles), acting=True)
                    self._meet(claim.chain, acting=True)
                self._meet(rows[id_].credits)
                yield ArticleBundle(
                    rows[id_],
                    tuple(mine),
                    {c.uid: entries[c.uid] for c in mine if c.uid in entries},
                    {c.uid: machine[c.uid] for c in mine if c.uid in machine},
                    self.review.articles.get(sha),
                )

    def _load_claims(self, ids: Sequence[int]) -> tuple[dict[int, list[Claim]], dict[str, Claim]]:
        """Return the claims of articles that go out, and what the engine read where people corrected it."""
        rows = self.connection.execute(
            select(tables.claims, tables.articles.c.sha256)
            .select_from(tables.claims.join(tables.articles))
            .where(tables.claims.c.article_id.in_(ids))
        ).all()
        kept = [row for row in rows if self.selection.takes(row.uid, row.statement, row.family)]
        roles = self._load_roles(row.uid for row in kept)
        out: dict[int, list[Claim]] = {}
        machine: dict[str, Claim] = {}
        for row in kept:
            out.setdefault(row.article_id, []).append(self._claim(row, roles))
            if row.uid in self.review.decided.edits:
                machine[row.uid] = claim_of(row, roles.get(row.uid, ()))
        for claims in out.values():
            claims.sort(key=lambda claim: (claim.spans[0][1].start, claim.kind, claim.uid))
        return out, machine

    def _load_in_entry(self, uids: Sequence[str]) -> dict[str, InEntry]:
        link, e = tables.entry_claims.c, tables.entries.c
        found: dict[str, InEntry] = {}
        for some in chunks(uids):
            for row in self.connection.execute(
                select(link.claim, e.id, e.standing, e.origins)
                .select_from(tables.entry_claims.join(tables.entries, link.entry == e.id))
                .where(link.claim.in_(some))
                .order_by(e.id.desc())
            ):
                if row.id in self.selection.entry_set:
                    found[row.claim] = InEntry(row.id, row.standing, row.origins)
        return found

    def _meet(self, keys: Iterable[str], *, acting: bool = False) -> None:
        fresh = set(keys)
        self.met |= fresh
        if acting:
            self.acting |= fresh

    def load_mentions(self, article_id: int) -> list[Ref]:
        """Return whom an article mentions by name, by key, as people have judged who is who."""
        m = tables.mentions.c
        keys = self.connection.scalars(
            select(m.actor).where(m.article_id == article_id, m.named > 0)
        )
        actors = self.review.decided.actors
        return self.refs(sorted({actors.get(key, key) for key in keys}))

    def name(self, key: str) -> None:
        """Take note that an actor was named, so that it stands among those at the end."""
        self._meet((key,))

    @cached_property
    def _unnamed(self) -> frozenset[str]:
        a = tables.actors.c
        return frozenset(self.connection.scalars(select(a.key).where(a.source == 1)))

    def is_unnamed(self, key: str) -> bool:
        """Tell whether an actor has no name, and so is nobody across articles."""
        return key in self._unnamed

    def actor_facts(self) -> Iterator[Any]:
        """Yield the rows of ``actors`` for all that were met, by key."""
        a = tables.actors.c
        for some in chunks(sorted(self.met)):
            rows = self.connection.execute(select(tables.actors).where(a.key.in_(some)))
            yield from sorted(rows, key=lambda row: row.key)

    def value_names(self, name: str, value: str) -> tuple[str | None, str | None]:
        """Return the Arabic and English name of a fact's or field's value, where it is a key."""
        if name not in named_facts():
            return None, None
        (ref,) = self.refs([value])
        return ref.ar or None, ref.en or None

    def refs(self, keys: Sequence[str]) -> list[Ref]:
        """Return actors, places or instruments by their keys, in the order given."""
        missing = [key for key in keys if key not in self._refs]
        if missing:
            self._refs.update(load_refs(self.connection, missing))
        return [self._refs[key] for key in keys]
