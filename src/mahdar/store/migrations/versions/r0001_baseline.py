"""The tables of schema 1, as they stood before records had revisions.

What stands here is history: a change of the tables is a new revision beside this one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Texts sort by code point on both stores: PostgreSQL would take the server's language."""


def code(length: int) -> sa.types.TypeEngine[str]:
    """Return the type of a short code, sorted by code point on both stores."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "actor_names",
        sa.Column("norm", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("norm", "actor", name="pk_actor_names"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actors",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("type", code(12), nullable=False),
        sa.Column("kb", WORDS, nullable=True),
        sa.Column("ar", WORDS, nullable=False),
        sa.Column("en", WORDS, nullable=False),
        sa.Column("ar_norm", WORDS, nullable=False),
        sa.Column("country", WORDS, nullable=True),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_actors"),
    )
    op.create_index("ix_actors_ar_norm", "actors", ["ar_norm"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", code(64), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=True),
        sa.Column("publisher", WORDS, nullable=True),
        sa.Column("published", WORDS, nullable=True),
        sa.Column("anchor", WORDS, nullable=True),
        sa.Column("anchor_basis", code(12), nullable=True),
        sa.Column("url", WORDS, nullable=True),
        sa.Column("author", WORDS, nullable=True),
        sa.Column("language", WORDS, nullable=True),
        sa.Column("origin", WORDS, nullable=True),
        sa.Column("encoding", WORDS, nullable=True),
        sa.Column("noise", sa.JSON(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("credits", sa.JSON(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("copies", code(64), nullable=True),
        sa.Column("added_at", code(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("sha256", name="uq_articles_sha256"),
    )
    op.create_index("ix_articles_copies", "articles", ["copies"], unique=False)
    op.create_index("ix_articles_publisher", "articles", ["publisher"], unique=False)
    op.create_table(
        "entries",
        sa.Column("id", code(20), nullable=False),
        sa.Column("kind", code(16), nullable=False),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("standing", code(24), nullable=False),
        sa.Column("modality", code(12), nullable=True),
        sa.Column("time", WORDS, nullable=True),
        sa.Column("first_day", code(10), nullable=True),
        sa.Column("last_day", code(10), nullable=True),
        sa.Column("place", WORDS, nullable=True),
        sa.Column("instrument", WORDS, nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_kind_day", "entries", ["kind", "first_day"], unique=False)
    op.create_index("ix_entries_place", "entries", ["place"], unique=False)
    op.create_table(
        "entry_aliases",
        sa.Column("old", code(20), nullable=False),
        sa.Column("new", code(20), nullable=False),
        sa.PrimaryKeyConstraint("old", name="pk_entry_aliases"),
    )
    op.create_index("ix_entry_aliases_new", "entry_aliases", ["new"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", code(40), nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "place_parents",
        sa.Column("place", WORDS, nullable=False),
        sa.Column("parent", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_place_parents"),
    )
    op.create_index("ix_place_parents_parent", "place_parents", ["parent"], unique=False)
    op.create_table(
        "claims",
        sa.Column("uid", code(20), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", code(12), nullable=False),
        sa.Column("family", code(16), nullable=True),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("modality", code(12), nullable=True),
        sa.Column("mode", code(12), nullable=True),
        sa.Column("subtype", WORDS, nullable=True),
        sa.Column("time", WORDS, nullable=True),
        sa.Column("published", WORDS, nullable=True),
        sa.Column("place", WORDS, nullable=True),
        sa.Column("killed", sa.Integer(), nullable=True),
        sa.Column("injured", sa.Integer(), nullable=True),
        sa.Column("instrument", WORDS, nullable=True),
        sa.Column("due", WORDS, nullable=True),
        sa.Column("statement", code(20), nullable=True),
        sa.Column("processes", sa.JSON(), nullable=False),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("sentence_key", sa.BigInteger(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_claims_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name="pk_claims"),
    )
    op.create_index("ix_claims_article_id", "claims", ["article_id"], unique=False)
    op.create_index("ix_claims_family", "claims", ["family"], unique=False)
    op.create_index("ix_claims_instrument", "claims", ["instrument"], unique=False)
    op.create_table(
        "entry_actors",
        sa.Column("entry", code(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("role", code(12), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["entries.id"], name="fk_entry_actors_entry", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry", "position", name="pk_entry_actors"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_actors_actor", "entry_actors", ["actor"], unique=False)
    op.create_table(
        "entry_claims",
        sa.Column("entry", code(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim", code(20), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["entries.id"], name="fk_entry_claims_entry", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry", "position", name="pk_entry_claims"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_claims_claim", "entry_claims", ["claim"], unique=False)
    op.create_table(
        "entry_processes",
        sa.Column("entry", code(20), nullable=False),
        sa.Column("process", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"], ["entries.id"], name="fk_entry_processes_entry", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry", "process", name="pk_entry_processes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_processes_process", "entry_processes", ["process"], unique=False)
    op.create_table(
        "mentions",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.Column("nominal", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_mentions_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "actor", name="pk_mentions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mentions_actor", "mentions", ["actor"], unique=False)
    op.create_table(
        "readings",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("engine", WORDS, nullable=False),
        sa.Column("made_at", code(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_readings_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_readings"),
    )
    op.create_table(
        "claim_roles",
        sa.Column("claim", code(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("role", code(12), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.uid"], name="fk_claim_roles_claim", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim", "position", name="pk_claim_roles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_roles_actor", "claim_roles", ["actor"], unique=False)
    op.bulk_insert(
        sa.table("meta", sa.column("key"), sa.column("value")),
        [{"key": "schema", "value": "1"}, {"key": "stale", "value": "0"}],
    )
