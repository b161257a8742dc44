"""Search by the names that the engine knows: «Lavrov», «نتنياهو» for «نتانياهو»."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Texts sort by code point on both stores: PostgreSQL would take the server's language."""


def upgrade() -> None:
    """Give the index a column of names, and empty it: the first search fills it."""
    for table in ("search_claims", "search_passages", "search_articles"):
        op.execute(f"DELETE FROM {table}")
    op.execute("DELETE FROM meta WHERE key = 'search'")
    for table in ("search_articles", "search_passages"):
        op.add_column(table, sa.Column("names", WORDS, nullable=False, server_default=""))
    for table in ("search_article_words", "search_passage_words"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TABLE {table}")
            op.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(title, exact, stem, names, content='',"
                " tokenize='ascii')"
            )
        else:
            op.execute(f"DELETE FROM {table}")
