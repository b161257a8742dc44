"""Claims and their context out of the record, as the consolidation takes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, or_, select

from mahdar.consolidation.claims import ActorFacts, ArticleFacts, Claim, Context, Fact
from mahdar.consolidation.consolidate import family_of
from mahdar.consolidation.copies import Sketch
from mahdar.consolidation.decided import NOTHING_DECIDED, Decided
from mahdar.consolidation.flatten import normalize_words
from mahdar.model import Reading, Span
from mahdar.store import tables
from mahdar.store.notes import load_house_names
from mahdar.store.prepare import unpack_reading

_LOOKUP = 500
_STATEMENT_LIKE = ("statement", "commitment")


def load_context(
    connection: Connection,
    parents: Mapping[str, str],
    countries: frozenset[str],
    hashes: Collection[str] | None = None,
) -> Context:
    """Return the actors and articles of a record, without their texts.

    Args:
        connection: a connection to the record.
        parents: place to the place it lies in.
        countries: places too wide to tell incidents apart.
        hashes: only these articles, and only the unnamed sources among the actors.
    """
    t = tables.articles.c
    people = select(tables.actors)
    papers = select(t.sha256, t.publisher, t.published, t.anchor, t.credits, t.copies)
    if hashes is not None:
        people = people.where(tables.actors.c.source == 1)
        papers = papers.where(t.sha256.in_(hashes))
    actors = {
        row.key: ActorFacts(
            row.key, row.type, row.kb, row.ar, row.en, row.country, bool(row.source)
        )
        for row in connection.execute(people)
    }
    house = load_house_names(connection)
    articles = {
        row.sha256: ArticleFacts(
            row.sha256,
            row.publisher,
            row.anchor or row.published,
            tuple(a for a in row.credits if (row.publisher or "", a) not in house),
            row.copies,
        )
        for row in connection.execute(papers)
    }
    return Context(actors, articles, parents, countries)


def iter_sketches(connection: Connection) -> Iterator[tuple[str, Sketch]]:
    """Yield the sketches of all articles, the earliest published first."""
    t = tables.articles.c
    rows = connection.execute(
        select(t.sha256, t.sketch, t.shingles).order_by(t.published, t.sha256)
    )
    for row in rows:
        yield row.sha256, Sketch(row.sketch, row.shingles)


def iter_claims(
    connection: Connection, family: str, decided: Decided = NOTHING_DECIDED
) -> Iterator[Claim]:
    """Yield the claims that make one kind of entry, as people have corrected them, in a fixed order."""
    c, r = tables.claims.c, tables.claim_roles.c
    # A claim of another type may have been corrected to one of this kind.
    retyped = sorted(uid for uid, edits in decided.edits.items() if "type" in edits)
    told = or_(c.family == family, c.uid.in_(retyped)) if retyped else c.family == family
    roles: dict[str, list[tuple[str, str]]] = {}
    for row in connection.execute(
        select(r.claim, r.actor, r.role)
        .select_from(tables.claim_roles.join(tables.claims))
        .where(told)
        .order_by(r.claim, r.position)
    ):
        roles.setdefault(row.claim, []).append((row.actor, row.role))
    rows = connection.execute(
        select(tables.claims, tables.articles.c.sha256)
        .select_from(tables.claims.join(tables.articles))
        .where(told)
        .order_by(c.uid)
        .execution_options(yield_per=2000)
    )
    for row in rows:
        claim = decided.apply(claim_of(row, tuple(roles.pop(row.uid, ()))))
        if not retyped or family_of(claim) == family:
            yield claim


def iter_readings(connection: Connection, hashes: Collection[str]) -> Iterator[Reading]:
    """Yield the stored readings of articles, whole, in the order of their hashes."""
    t = tables.articles.c
    wanted = sorted(hashes)
    for at in range(0, len(wanted), _LOOKUP):
        rows = connection.execute(
            select(tables.readings.c.body, t.text)
            .select_from(tables.readings.join(tables.articles))
            .where(t.sha256.in_(wanted[at : at + _LOOKUP]))
            .order_by(t.sha256)
        )
        for body, text in rows:
            yield unpack_reading(body, text)


def claim_of(row: Any, roles: tuple[tuple[str, str], ...]) -> Claim:
    """Return a row of ``claims`` joined with its article's ``sha256`` as a claim."""
    return Claim(
        uid=row.uid,
        article=row.sha256,
        kind=row.kind,
        type=row.type,
        spans=tuple((role, Span(start, end)) for role, start, end in row.spans),
        sentence=Span(row.sentence_start, row.sentence_end),
        roles=roles,
        place=row.place,
        time=row.time,
        published=row.published,
        modality=row.modality,
        mode=row.mode,
        killed=row.killed,
        injured=row.injured,
        processes=tuple(row.processes),
        instrument=row.instrument,
        subtype=row.subtype,
        chain=tuple(row.chain),
        statement=row.statement,
        words=normalize_words(row.text) if row.kind in _STATEMENT_LIKE else "",
        text=row.text,
        due=row.due,
        sentence_key=row.sentence_key,
        facts=tuple(Fact(*fact) for fact in row.facts or ()),
    )
