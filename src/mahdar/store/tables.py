"""The record's tables, the same on SQLite and PostgreSQL.

======================  ===================================================================
``meta``                notes of the record: state of consolidation
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
``entry_issues``        what statements are about, and how they stand to it
``entry_aliases``       earlier ids of entries, so that a noted id still opens
``past_entry_claims``   the claims that an id which is gone stood for: where it leads to follows
``claim_blocks``        where claims can meet their like (made with the entries)
``judgements``          what people decided, a row per judgement, never changed: a chain of hashes
``judgement_claims``    the claims a judgement is about, as they are named now
``claim_states``        what the judgements of a claim lead to (folded from the log)
``entry_states``        the same for an entry
``subject_states``      reliability of sources, markings of articles and processes (folded)
``actor_aliases``       actors that people took into another one (folded)
``proposals``           what a newer engine would change in claims that people have decided
``search_articles``     articles that search knows, with their days
``search_passages``     stretches of articles that carry claims: what search finds claims by
``search_claims``       the passage of a claim, with the claim's days
``search_processes``    the peace processes that an article tells of
======================  ===================================================================

``articles.agencies`` are those of the dateline as read; ``articles.credits`` adds those of the byline
and is made with the entries, as are ``articles.copies``. Claims are named by ``uid`` wherever a row must outlive a new reading.

The words that search looks for are in tables of each database's own kind: ``store/wordtables.py``.

A change of the tables is a revision under ``migrations/versions`` as well: docs/why/migrations.md.
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
from sqlalchemy import text as sql_text
from sqlalchemy.types import TypeEngine

WORDS = Text().with_variant(Text(collation="C"), "postgresql")
"""Texts sort by code point on both stores: PostgreSQL would take the server's language."""


def code(length: int) -> TypeEngine[str]:
    """Return the type of a short code, sorted by code point on both stores."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


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
    Column("key", code(40), primary_key=True),
    Column("value", WORDS, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", code(64), nullable=False, unique=True),
    Column("name", WORDS, nullable=False),
    Column("title", WORDS),
    Column("publisher", WORDS, index=True),
    Column("published", WORDS),
    Column("anchor", WORDS),
    Column("anchor_basis", code(12)),
    Column("url", WORDS),
    Column("author", WORDS),
    Column("language", WORDS),
    Column("origin", WORDS),
    Column("encoding", WORDS),
    Column("noise", JSON, nullable=False),
    Column("text", WORDS, nullable=False),
    Column("words", Integer, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("credits", JSON, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("shingles", Integer, nullable=False),
    Column("copies", code(64), index=True),
    Column("added_at", code(32), nullable=False, index=True),
    Column("text_sha256", code(64)),
    Index("ix_articles_day", sql_text("coalesce(anchor, published)"), "id"),
)


def _article() -> ForeignKey:
    return ForeignKey("articles.id", ondelete="CASCADE")


readings = Table(
    "readings",
    metadata,
    Column("article_id", Integer, _article(), primary_key=True),
    Column("engine", WORDS, nullable=False),
    Column("made_at", code(32), nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
    Column("merged", Integer),
)

claims = Table(
    "claims",
    metadata,
    Column("uid", code(20), primary_key=True),
    Column("article_id", Integer, _article(), nullable=False, index=True),
    Column("kind", code(12), nullable=False),
    Column("family", code(16)),
    Column("type", WORDS, nullable=False),
    Column("modality", code(12)),
    Column("mode", code(12)),
    Column("subtype", WORDS),
    Column("time", WORDS),
    Column("published", WORDS),
    Column("place", WORDS, index=True),
    Column("killed", Integer),
    Column("injured", Integer),
    Column("instrument", WORDS, index=True),
    Column("due", WORDS),
    Column("statement", code(20)),
    Column("processes", JSON, nullable=False),
    Column("chain", JSON, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("sentence_key", BigInteger, nullable=False),
    Column("text", WORDS, nullable=False),
    Column("facts", JSON),
    Column("kept", Integer),
    Index("ix_claims_family", "family"),
    Index("ix_claims_kind", "kind"),
    Index(
        "ix_claims_naming",
        "type",
        "uid",
        "article_id",
        "published",
        "text",
        sqlite_where=sql_text("kind = 'naming'"),
        postgresql_where=sql_text("kind = 'naming'"),
    ),
)

claim_roles = Table(
    "claim_roles",
    metadata,
    Column("claim", code(20), ForeignKey("claims.uid", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", WORDS, nullable=False, index=True),
    Column("role", code(12), nullable=False),
    sqlite_with_rowid=False,
)

actors = Table(
    "actors",
    metadata,
    Column("key", WORDS, primary_key=True),
    Column("type", code(12), nullable=False),
    Column("kb", WORDS),
    Column("ar", WORDS, nullable=False),
    Column("en", WORDS, nullable=False),
    Column("ar_norm", WORDS, nullable=False, index=True),
    Column("country", WORDS),
    Column("source", Integer, nullable=False),
    Column("named", Integer),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("norm", WORDS, primary_key=True),
    Column("actor", WORDS, primary_key=True),
    sqlite_with_rowid=False,
)

place_parents = Table(
    "place_parents",
    metadata,
    Column("place", WORDS, primary_key=True),
    Column("parent", WORDS, nullable=False, index=True),
)

mentions = Table(
    "mentions",
    metadata,
    Column("article_id", Integer, _article(), primary_key=True),
    Column("actor", WORDS, primary_key=True, index=True),
    Column("named", Integer, nullable=False),
    Column("nominal", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    sqlite_with_rowid=False,
)

entries = Table(
    "entries",
    metadata,
    Column("id", code(20), primary_key=True),
    Column("kind", code(16), nullable=False),
    Column("type", WORDS, nullable=False),
    Column("standing", code(24), nullable=False),
    Column("modality", code(12)),
    Column("time", WORDS),
    Column("first_day", code(10)),
    Column("last_day", code(10)),
    Column("place", WORDS, index=True),
    Column("instrument", WORDS),
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("text", WORDS, nullable=False),
    Column("base", code(20), index=True),
    Column("first", code(20)),
    Index("ix_entries_kind_day", "kind", "first_day", "articles", "id"),
    Index("ix_entries_kind_type", "kind", "type", "first_day", "id"),
    Index("ix_entries_attested", "origins", "articles", "first_day", "id", "kind"),
    Index("ix_entries_standing", "standing"),
)


def _entry() -> ForeignKey:
    return ForeignKey("entries.id", ondelete="CASCADE")


entry_claims = Table(
    "entry_claims",
    metadata,
    Column("entry", code(20), _entry(), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", code(20), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("rank", WORDS),
    Column("blocks", LargeBinary),
    sqlite_with_rowid=False,
)

entry_actors = Table(
    "entry_actors",
    metadata,
    Column("entry", code(20), _entry(), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", WORDS, nullable=False, index=True),
    Column("role", code(12), nullable=False),
    sqlite_with_rowid=False,
)

entry_processes = Table(
    "entry_processes",
    metadata,
    Column("entry", code(20), _entry(), primary_key=True),
    Column("process", WORDS, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

entry_issues = Table(
    "entry_issues",
    metadata,
    Column("entry", code(20), _entry(), primary_key=True),
    Column("issue", code(40), primary_key=True),
    Column("stance", code(12)),
    Index("ix_entry_issues_issue", "issue", "stance"),
    sqlite_with_rowid=False,
)

entry_aliases = Table(
    "entry_aliases",
    metadata,
    Column("old", code(20), primary_key=True),
    Column("new", code(20), nullable=False, index=True),
)

past_entry_claims = Table(
    "past_entry_claims",
    metadata,
    Column("entry", code(20), primary_key=True),
    Column("claim", code(20), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

claim_blocks = Table(
    "claim_blocks",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("claim", code(20), primary_key=True),
    sqlite_with_rowid=False,
)

judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", code(32), nullable=False),
    Column("who", WORDS, nullable=False, index=True),
    Column("action", code(16), nullable=False),
    Column("kind", code(12), nullable=False),
    Column("subject", WORDS, nullable=False),
    Column("reason", WORDS, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("engine", WORDS, nullable=False),
    Column("previous", code(64), nullable=False),
    Column("hash", code(64), nullable=False),
    Index("ix_judgements_subject", "kind", "subject"),
)

judgement_claims = Table(
    "judgement_claims",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("original", code(20), primary_key=True, index=True),
    Column("claim", code(20), nullable=False, index=True),
    sqlite_with_rowid=False,
)

claim_states = Table(
    "claim_states",
    metadata,
    Column("claim", code(20), primary_key=True),
    Column("state", code(16), nullable=False, index=True),
    Column("verdict", code(16)),
    Column("decided_by", WORDS),
    Column("assignee", WORDS),
    Column("credibility", Integer),
    Column("tlp", code(12)),
    Column("edits", JSON, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("one_with", code(20)),
    Column("apart", JSON, nullable=False),
    Column("recast", JSON, nullable=False),
)

entry_states = Table(
    "entry_states",
    metadata,
    Column("entry", code(20), primary_key=True),
    Column("state", code(16), nullable=False, index=True),
    Column("verdict", code(16)),
    Column("decided_by", WORDS),
    Column("assignee", WORDS, index=True),
    Column("tlp", code(12)),
    Column("edits", JSON, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("fresh", Integer, nullable=False),
)

subject_states = Table(
    "subject_states",
    metadata,
    Column("kind", code(12), primary_key=True),
    Column("subject", WORDS, primary_key=True),
    Column("reliability", code(1)),
    Column("tlp", code(12)),
    Column("seq", Integer, nullable=False),
)

actor_aliases = Table(
    "actor_aliases",
    metadata,
    Column("old", WORDS, primary_key=True),
    Column("new", WORDS, nullable=False, index=True),
)

proposals = Table(
    "proposals",
    metadata,
    Column("claim", code(20), primary_key=True),
    Column("engine", WORDS, nullable=False),
    Column("made_at", code(32), nullable=False),
    Column("body", JSON, nullable=False),
)

search_articles = Table(
    "search_articles",
    metadata,
    Column("article_id", Integer, _article(), primary_key=True),
    Column("first_day", code(10)),
    Column("last_day", code(10)),
    Column("names", WORDS, nullable=False, server_default=""),
)

search_passages = Table(
    "search_passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, _article(), nullable=False, index=True),
    Column("pieces", JSON, nullable=False),
    Column("names", WORDS, nullable=False, server_default=""),
)

search_claims = Table(
    "search_claims",
    metadata,
    Column("claim", code(20), primary_key=True),
    Column(
        "passage",
        Integer,
        ForeignKey("search_passages.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("kind", code(12), nullable=False),
    Column("first_day", code(10)),
    Column("last_day", code(10)),
    sqlite_with_rowid=False,
)

search_processes = Table(
    "search_processes",
    metadata,
    Column("article_id", Integer, _article(), primary_key=True),
    Column("process", WORDS, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
