"""Full text search: which words stand in articles and in the passages that carry claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def code(length: int) -> sa.types.TypeEngine[str]:
    """Return the type of a short code, sorted by code point on both stores."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables of the search index, empty: the first search fills them.

    The word tables are of each database's own kind, and keep no text.
    """
    op.create_table(
        "search_articles",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("first_day", code(10), nullable=True),
        sa.Column("last_day", code(10), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_search_articles_article_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_search_articles"),
    )
    op.create_table(
        "search_passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_search_passages_article_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_search_passages"),
    )
    op.create_index(
        "ix_search_passages_article_id", "search_passages", ["article_id"], unique=False
    )
    op.create_table(
        "search_claims",
        sa.Column("claim", code(20), nullable=False),
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("kind", code(12), nullable=False),
        sa.Column("first_day", code(10), nullable=True),
        sa.Column("last_day", code(10), nullable=True),
        sa.ForeignKeyConstraint(
            ["passage"],
            ["search_passages.id"],
            name="fk_search_claims_passage",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("claim", name="pk_search_claims"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_claims_passage", "search_claims", ["passage"], unique=False)
    for table in ("search_article_words", "search_passage_words"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(title, exact, stem, content='',"
                " tokenize='ascii')"
            )
        else:
            op.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)")
            op.execute(f"CREATE INDEX ix_{table} ON {table} USING gin (words)")
