"""Indexes by which the best attested and the disputed entries are found without sorting all."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the indexes."""
    op.create_index(
        "ix_entries_attested", "entries", ["origins", "articles", "first_day", "id"], unique=False
    )
    op.create_index("ix_entries_standing", "entries", ["standing"], unique=False)
