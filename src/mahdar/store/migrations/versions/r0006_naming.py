"""An index that answers who calls whom what without reading whole claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the index over claims of kind ``naming``."""
    naming = sa.text("kind = 'naming'")
    op.create_index(
        "ix_claims_naming",
        "claims",
        ["type", "uid", "article_id", "published", "text"],
        unique=False,
        sqlite_where=naming,
        postgresql_where=naming,
    )
