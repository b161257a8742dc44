"""Further facts of claims, and what statements are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def code(length: int) -> sa.types.TypeEngine[str]:
    """Return the type of a short code, sorted by code point on both stores."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column ``claims.facts`` and the table ``entry_issues``.

    Claims read before have no facts: they come with ``mahdar add --reread``.
    """
    op.add_column("claims", sa.Column("facts", sa.JSON(), nullable=True))
    op.create_index("ix_claims_kind", "claims", ["kind"], unique=False)
    op.create_table(
        "entry_issues",
        sa.Column("entry", code(20), nullable=False),
        sa.Column("issue", code(40), nullable=False),
        sa.Column("stance", code(12), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry"], ["entries.id"], name="fk_entry_issues_entry", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry", "issue", name="pk_entry_issues"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_issues_issue", "entry_issues", ["issue", "stance"], unique=False)
