"""Which articles tell of which peace processes, so that searches divide by them at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Texts sort by code point on both stores: PostgreSQL would take the server's language."""


def upgrade() -> None:
    """Add the table ``search_processes``, filled from the claims of the articles that are indexed."""
    op.create_table(
        "search_processes",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("process", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_search_processes_article_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "process", name="pk_search_processes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_processes_process", "search_processes", ["process"], unique=False)
    claims = sa.table(
        "claims", sa.column("article_id"), sa.column("family"), sa.column("processes", sa.JSON())
    )
    indexed = sa.table("search_articles", sa.column("article_id"))
    told = op.get_bind().execute(
        sa.select(claims.c.article_id, claims.c.processes).where(
            claims.c.family.is_not(None), claims.c.article_id.in_(sa.select(indexed.c.article_id))
        )
    )
    pairs = sorted({(article, process) for article, processes in told for process in processes})
    if pairs:
        table = sa.table("search_processes", sa.column("article_id"), sa.column("process"))
        op.bulk_insert(table, [{"article_id": a, "process": p} for a, p in pairs])
