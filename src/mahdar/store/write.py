"""Readings into the record: a transaction per batch, the same bytes twice change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from mahdar.store import tables
from mahdar.store.entry_rows import chunks
from mahdar.store.indexed import IndexedArticle
from mahdar.store.indexing import write_index
from mahdar.store.prepare import PreparedReading, Row
from mahdar.store.record import Record
from mahdar.store.reread import keep_judged


@dataclass(frozen=True, slots=True)
class Added:
    """What a batch changed, in articles; ``claims`` counts those written.

    ``judged_same``, ``judged_differing`` and ``judged_lost`` count judged claims of articles read
    again: found with the same values, with others, or no longer.
    """

    new: int = 0
    reread: int = 0
    known: int = 0
    claims: int = 0
    judged_same: int = 0
    judged_differing: int = 0
    judged_lost: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.new + other.new,
            self.reread + other.reread,
            self.known + other.known,
            self.claims + other.claims,
            self.judged_same + other.judged_same,
            self.judged_differing + other.judged_differing,
            self.judged_lost + other.judged_lost,
        )

    @property
    def judged(self) -> int:
        """How many claims of articles read again were judged before."""
        return self.judged_same + self.judged_differing + self.judged_lost


def now() -> str:
    """Return the moment in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add_readings(
    record: Record, readings: Sequence[PreparedReading], *, reread: bool = False
) -> Added:
    """Write readings in one transaction: a process that is killed leaves all of them or none.

    An article that the record holds is left as it is when the same engine read it; a reading by
    another engine replaces the old one and keeps the article.

    Args:
        record: an open record.
        readings: prepared readings, a few dozen.
        reread: replace readings of the same engine too.
    Raises:
        RecordError: the record is locked or broken; nothing is written.
    """
    engines = record.engines(r.sha256 for r in readings)
    done = Added()
    indexed: dict[int, IndexedArticle] = {}
    with record.writing() as connection:
        for reading in readings:
            old = engines.get(reading.sha256)
            if old is not None and old == reading.engine and not reread:
                done += Added(known=1)
                continue
            article_id = connection.scalar(
                select(tables.articles.c.id).where(tables.articles.c.sha256 == reading.sha256)
            )
            if article_id is None:
                article_id = connection.execute(
                    tables.articles.insert()
                    .values(**reading.article, added_at=now())
                    .returning(tables.articles.c.id)
                ).scalar_one()
                done += Added(new=1, claims=len(reading.claims))
                written = reading
            else:
                kept = keep_judged(connection, article_id, reading, now())
                written = kept.reading
                _forget(connection, article_id, reading, kept.stay)
                done += Added(
                    reread=1,
                    claims=len(written.claims),
                    judged_same=kept.same,
                    judged_differing=kept.differing,
                    judged_lost=kept.lost,
                )
            engines[reading.sha256] = reading.engine
            _write(connection, article_id, written)
            indexed[article_id] = written.index
        if done.new or done.reread:
            add_actors(connection, (row for r in readings for row in r.actors))
            _add_names(connection, (row for r in readings for row in r.names))
            write_index(connection, indexed)
            connection.execute(
                update(tables.meta).where(tables.meta.c.key == "stale").values(value="1")
            )
    return done


def _forget(
    connection: Connection, article_id: int, reading: PreparedReading, stay: frozenset[str]
) -> None:
    """Drop what an earlier engine said of an article, but for claims that stay, and take its facts
    from the new reading.
    """
    for table in (tables.readings, tables.mentions):
        connection.execute(delete(table).where(table.c.article_id == article_id))
    c = tables.claims
    gone = set(connection.scalars(select(c.c.uid).where(c.c.article_id == article_id))) - stay
    for some in chunks(sorted(gone)):
        connection.execute(delete(c).where(c.c.uid.in_(some)))
    connection.execute(
        update(tables.articles)
        .where(tables.articles.c.id == article_id)
        .values(
            {
                k: reading.article[k]
                for k in ("anchor", "anchor_basis", "agencies", "credits", "sketch", "shingles")
            }
        )
    )


def _write(connection: Connection, article_id: int, reading: PreparedReading) -> None:
    connection.execute(
        tables.readings.insert().values(
            article_id=article_id, engine=reading.engine, made_at=now(), body=reading.body
        )
    )
    owned = {"article_id": article_id}
    for table, rows in (
        (tables.claims, [row | owned for row in reading.claims]),
        (tables.claim_roles, list(reading.roles)),
        (tables.mentions, [row | owned for row in reading.mentions]),
    ):
        if rows:
            connection.execute(table.insert(), rows)


def add_actors(connection: Connection, rows: Iterable[Row]) -> None:
    """Add the actors that the record does not know yet; the first label seen stays."""
    fresh: dict[str, Row] = {}
    for row in rows:
        if row["key"] not in fresh or not row["source"]:
            fresh[row["key"]] = fresh.get(row["key"], row) | {"source": row["source"]}
    named: list[str] = []  # known so far only by description
    keys = list(fresh)
    for at in range(0, len(keys), 500):
        a = tables.actors.c
        known = connection.execute(
            select(a.key, a.source).where(a.key.in_(keys[at : at + 500]))
        ).all()
        for key, unnamed in known:
            if not fresh.pop(key)["source"] and unnamed:
                named.append(key)
    if fresh:
        connection.execute(tables.actors.insert(), list(fresh.values()))
    if named:
        connection.execute(
            update(tables.actors)
            .where(tables.actors.c.key == bindparam("known"))
            .values(source=0, named=1),
            [{"known": key} for key in named],
        )


def _add_names(connection: Connection, rows: Iterable[Row]) -> None:
    """Add the forms of names that the record has not met yet."""
    n = tables.actor_names.c
    fresh = {(row["norm"], row["actor"]): row for row in rows}
    forms = sorted({norm for norm, _ in fresh})
    for at in range(0, len(forms), 500):
        known = connection.execute(select(n.norm, n.actor).where(n.norm.in_(forms[at : at + 500])))
        for row in known:
            fresh.pop((row.norm, row.actor), None)
    if fresh:
        connection.execute(tables.actor_names.insert(), list(fresh.values()))
