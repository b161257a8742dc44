"""Judgements by people, what follows from them, and what merging a few claims anew looks up."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def code(length: int) -> sa.types.TypeEngine[str]:
    """Return the type of a short code, sorted by code point on both stores."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables, guard the log against changes, hash the texts that the record holds.

    Entries lack what merging a few claims anew looks up: the record counts as behind, and the next
    ``mahdar add`` or judgement makes them anew.
    """
    op.add_column("articles", sa.Column("text_sha256", code(64)))
    op.add_column("readings", sa.Column("merged", sa.Integer()))
    op.add_column("actors", sa.Column("named", sa.Integer()))
    op.add_column("claims", sa.Column("kept", sa.Integer()))
    op.add_column("entries", sa.Column("base", code(20)))
    op.add_column("entries", sa.Column("first", code(20)))
    op.create_index("ix_entries_base", "entries", ["base"])
    op.add_column("entry_claims", sa.Column("rank", WORDS))
    op.add_column("entry_claims", sa.Column("blocks", sa.LargeBinary()))
    _make_log()
    _make_states()
    _remember_past_entries()
    _hash_texts()
    _guard_log()


def _make_log() -> None:
    op.create_table(
        "judgements",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", code(32), nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("action", code(16), nullable=False),
        sa.Column("kind", code(12), nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("engine", WORDS, nullable=False),
        sa.Column("previous", code(64), nullable=False),
        sa.Column("hash", code(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_judgements"),
    )
    op.create_index("ix_judgements_subject", "judgements", ["kind", "subject"])
    op.create_index("ix_judgements_who", "judgements", ["who"])
    op.create_table(
        "judgement_claims",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("original", code(20), nullable=False),
        sa.Column("claim", code(20), nullable=False),
        sa.PrimaryKeyConstraint("seq", "original", name="pk_judgement_claims"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_judgement_claims_original", "judgement_claims", ["original"])
    op.create_index("ix_judgement_claims_claim", "judgement_claims", ["claim"])
    op.create_table(
        "proposals",
        sa.Column("claim", code(20), nullable=False),
        sa.Column("engine", WORDS, nullable=False),
        sa.Column("made_at", code(32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_proposals"),
    )


def _make_states() -> None:
    op.create_table(
        "past_entry_claims",
        sa.Column("entry", code(20), nullable=False),
        sa.Column("claim", code(20), nullable=False),
        sa.PrimaryKeyConstraint("entry", "claim", name="pk_past_entry_claims"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_past_entry_claims_claim", "past_entry_claims", ["claim"])
    op.create_table(
        "claim_blocks",
        sa.Column("block", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("claim", code(20), nullable=False),
        sa.PrimaryKeyConstraint("block", "claim", name="pk_claim_blocks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_states",
        sa.Column("claim", code(20), nullable=False),
        sa.Column("state", code(16), nullable=False),
        sa.Column("verdict", code(16)),
        sa.Column("decided_by", WORDS),
        sa.Column("assignee", WORDS),
        sa.Column("credibility", sa.Integer()),
        sa.Column("tlp", code(12)),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("one_with", code(20)),
        sa.Column("apart", sa.JSON(), nullable=False),
        sa.Column("recast", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_claim_states"),
    )
    op.create_index("ix_claim_states_state", "claim_states", ["state"])
    op.create_table(
        "entry_states",
        sa.Column("entry", code(20), nullable=False),
        sa.Column("state", code(16), nullable=False),
        sa.Column("verdict", code(16)),
        sa.Column("decided_by", WORDS),
        sa.Column("assignee", WORDS),
        sa.Column("tlp", code(12)),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_entry_states"),
    )
    op.create_index("ix_entry_states_state", "entry_states", ["state"])
    op.create_index("ix_entry_states_assignee", "entry_states", ["assignee"])
    op.create_table(
        "subject_states",
        sa.Column("kind", code(12), nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("reliability", code(1)),
        sa.Column("tlp", code(12)),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_subject_states"),
    )
    op.create_table(
        "actor_aliases",
        sa.Column("old", WORDS, nullable=False),
        sa.Column("new", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("old", name="pk_actor_aliases"),
    )
    op.create_index("ix_actor_aliases_new", "actor_aliases", ["new"])


def _remember_past_entries() -> None:
    """Let ids that are gone go on leading to the claims of the entry that they lead to now."""
    op.execute(
        "INSERT INTO past_entry_claims (entry, claim) SELECT a.old, c.claim FROM entry_aliases a"
        " JOIN entry_claims c ON c.entry = a.new"
    )


def _hash_texts() -> None:
    connection = op.get_bind()
    articles = sa.table("articles", sa.column("id"), sa.column("text"), sa.column("text_sha256"))
    ids = list(connection.scalars(sa.select(articles.c.id)))
    for at in range(0, len(ids), 500):
        some = sa.select(articles.c.id, articles.c.text).where(
            articles.c.id.in_(ids[at : at + 500])
        )
        hashes = [
            {"row": row.id, "hash": hashlib.sha256(row.text.encode("utf-8")).hexdigest()}
            for row in connection.execute(some)
        ]
        connection.execute(
            sa.update(articles)
            .where(articles.c.id == sa.bindparam("row"))
            .values(text_sha256=sa.bindparam("hash")),
            hashes,
        )
    if ids:
        meta = sa.table("meta", sa.column("key"), sa.column("value"))
        connection.execute(sa.update(meta).where(meta.c.key == "stale").values(value="1"))


def _guard_log() -> None:
    """Let the database itself refuse to change or drop a judgement."""
    message = "judgements are kept for ever: judge again, or undo"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_judgements() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER judgements_stay BEFORE UPDATE OR DELETE ON judgements"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_judgements()"
        )
        op.execute(
            "CREATE TRIGGER judgements_stay_all BEFORE TRUNCATE ON judgements"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_judgements()"
        )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER judgements_stay_{what.lower()} BEFORE {what} ON judgements"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
