"""Indexes by which pages find their rows: entries by kind and type or day, articles by day and arrival, claims by place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the indexes; widen two so that counting and sorting need no look at the entries themselves."""
    op.drop_index("ix_entries_kind_day", "entries")
    op.create_index("ix_entries_kind_day", "entries", ["kind", "first_day", "articles", "id"])
    op.create_index("ix_entries_kind_type", "entries", ["kind", "type", "first_day", "id"])
    op.drop_index("ix_entries_attested", "entries")
    op.create_index(
        "ix_entries_attested", "entries", ["origins", "articles", "first_day", "id", "kind"]
    )
    op.create_index("ix_articles_day", "articles", [sa.text("coalesce(anchor, published)"), "id"])
    op.create_index("ix_articles_added_at", "articles", ["added_at"])
    op.create_index("ix_claims_place", "claims", ["place"])
    op.create_index("ix_readings_made_at", "readings", ["made_at"])
