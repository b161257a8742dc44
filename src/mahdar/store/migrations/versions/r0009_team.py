"""A team's users, sessions and audit log; the log refuses changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def code(length: int) -> sa.types.TypeEngine[str]:
    """Return the type of a short code, sorted by code point on both stores."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["name"], ["team_users.name"], name=f"fk_{table}_name", ondelete="CASCADE"
    )


def upgrade() -> None:
    """Add the tables, all empty."""
    op.create_table(
        "team_users",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("password", WORDS, nullable=False),
        sa.Column("role", code(12), nullable=False),
        sa.Column("tlp", code(12), nullable=False),
        sa.Column("disabled", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float()),
        sa.PrimaryKeyConstraint("name", name="pk_team_users"),
    )
    op.create_table(
        "team_processes",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("process", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name", "process", name="pk_team_processes"),
        _user("team_processes"),
    )
    op.create_table(
        "team_named",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("kind", code(12), nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("name", "kind", "subject", name="pk_team_named"),
        _user("team_named"),
    )
    op.create_table(
        "team_sessions",
        sa.Column("key", code(64), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("address", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_team_sessions"),
        _user("team_sessions"),
    )
    op.create_index("ix_team_sessions_name", "team_sessions", ["name"])
    op.create_table(
        "team_failures",
        sa.Column("key", code(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.Float(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_team_failures"),
    )
    _make_audit()


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", code(32), nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("action", code(20), nullable=False),
        sa.Column("address", WORDS, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", code(64), nullable=False),
        sa.Column("hash", code(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_who", "audit", ["who"])
    op.create_index("ix_audit_action", "audit", ["action"])
    message = "the audit log is kept for ever"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
        )
        for name, what, each in (
            ("audit_stays", "UPDATE OR DELETE", "ROW"),
            ("audit_stays_all", "TRUNCATE", "STATEMENT"),
        ):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {what} ON audit"
                f" FOR EACH {each} EXECUTE FUNCTION refuse_change_of_audit()"
            )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_stays_{what.lower()} BEFORE {what} ON audit"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
