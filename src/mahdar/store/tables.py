"""The record's tables, the same on SQLite and PostgreSQL.

======================  ===================================================================
``meta``                schema version, state of consolidation
``articles``            sources: raw text and hash; same bytes are one row
``readings``            what the engine says of an article, as the contract's JSON, packed
``claims``              statements, events, commitments, named instruments, flattened
``claim_roles``         who takes part in a claim
``actors``              persons, organisations, places, instruments across articles
``actor_names``         the forms in which articles name an actor, normalised
``place_parents``       the place a place of the record lies in (made with the entries)
``mentions``            how often an article mentions an actor
``entries``             consolidated happenings and utterances (made anew from claims)
``entry_claims``        the claims behind an entry, with the reasons of each merge
``entry_actors``        who takes part in an entry
``entry_processes``     the peace processes an entry belongs to
``entry_aliases``       earlier ids of entries, so that a noted id still opens
======================  ===================================================================

``articles.agencies`` are those of the dateline as read; ``articles.credits`` adds those of the byline
and is made with the entries, as are ``articles.copies``. Claims are named by ``uid`` wherever a row must outlive a new reading.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA = 1
"""Raised with every change of the tables."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text, index=True),
    Column("published", Text),
    Column("anchor", Text),
    Column("anchor_basis", String(12)),
    Column("url", Text),
    Column("author", Text),
    Column("language", Text),
    Column("origin", Text),
    Column("encoding", Text),
    Column("noise", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("credits", JSON, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("shingles", Integer, nullable=False),
    Column("copies", String(64), index=True),
    Column("added_at", String(32), nullable=False),
)


def _article() -> ForeignKey:
    return ForeignKey("articles.id", ondelete="CASCADE")


readings = Table(
    "readings",
    metadata,
    Column("article_id", Integer, _article(), primary_key=True),
    Column("engine", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("uid", String(20), primary_key=True),
    Column("article_id", Integer, _article(), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("family", String(16)),
    Column("type", Text, nullable=False),
    Column("modality", String(12)),
    Column("mode", String(12)),
    Column("subtype", Text),
    Column("time", Text),
    Column("published", Text),
    Column("place", Text),
    Column("killed", Integer),
    Column("injured", Integer),
    Column("instrument", Text, index=True),
    Column("due", Text),
    Column("statement", String(20)),
    Column("processes", JSON, nullable=False),
    Column("chain", JSON, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("sentence_key", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_claims_family", "family"),
)

claim_roles = Table(
    "claim_roles",
    metadata,
    Column("claim", String(20), ForeignKey("claims.uid", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", Text, nullable=False, index=True),
    Column("role", String(12), nullable=False),
    sqlite_with_rowid=False,
)

actors = Table(
    "actors",
    metadata,
    Column("key", Text, primary_key=True),
    Column("type", String(12), nullable=False),
    Column("kb", Text),
    Column("ar", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("ar_norm", Text, nullable=False, index=True),
    Column("country", Text),
    Column("source", Integer, nullable=False),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("norm", Text, primary_key=True),
    Column("actor", Text, primary_key=True),
    sqlite_with_rowid=False,
)

place_parents = Table(
    "place_parents",
    metadata,
    Column("place", Text, primary_key=True),
    Column("parent", Text, nullable=False, index=True),
)

mentions = Table(
    "mentions",
    metadata,
    Column("article_id", Integer, _article(), primary_key=True),
    Column("actor", Text, primary_key=True, index=True),
    Column("named", Integer, nullable=False),
    Column("nominal", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    sqlite_with_rowid=False,
)

entries = Table(
    "entries",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("type", Text, nullable=False),
    Column("standing", String(24), nullable=False),
    Column("modality", String(12)),
    Column("time", Text),
    Column("first_day", String(10)),
    Column("last_day", String(10)),
    Column("place", Text, index=True),
    Column("instrument", Text),
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_entries_kind_day", "kind", "first_day"),
)


def _entry() -> ForeignKey:
    return ForeignKey("entries.id", ondelete="CASCADE")


entry_claims = Table(
    "entry_claims",
    metadata,
    Column("entry", String(20), _entry(), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", String(20), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    sqlite_with_rowid=False,
)

entry_actors = Table(
    "entry_actors",
    metadata,
    Column("entry", String(20), _entry(), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", Text, nullable=False, index=True),
    Column("role", String(12), nullable=False),
    sqlite_with_rowid=False,
)

entry_processes = Table(
    "entry_processes",
    metadata,
    Column("entry", String(20), _entry(), primary_key=True),
    Column("process", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

entry_aliases = Table(
    "entry_aliases",
    metadata,
    Column("old", String(20), primary_key=True),
    Column("new", String(20), nullable=False, index=True),
)
