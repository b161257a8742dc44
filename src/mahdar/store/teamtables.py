"""The tables of a team: who may sign in, what they may see, and what was done. Empty on a laptop.

==================  ========================================================================
``team_users``      people with role, clearance and the hash of their password
``team_processes``  the peace processes that a person works on; ``*`` all, ``-`` what is of none
``team_named``      what of TLP:RED a person is named for
``team_sessions``   who is signed in: hashes of session names, never the names
``team_failures``   failed sign-ins by name and by address, until they are forgotten
``audit``           sign-ins, refusals, exports, writing: rows are only added, a chain of hashes
==================  ========================================================================

Times are seconds since the epoch, in ``audit`` ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, Table

from mahdar.store.tables import WORDS, code, metadata

users = Table(
    "team_users",
    metadata,
    Column("name", WORDS, primary_key=True),
    Column("password", WORDS, nullable=False),
    Column("role", code(12), nullable=False),
    Column("tlp", code(12), nullable=False),
    Column("disabled", Integer, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float),
)


def _user() -> ForeignKey:
    return ForeignKey("team_users.name", ondelete="CASCADE")


processes = Table(
    "team_processes",
    metadata,
    Column("name", WORDS, _user(), primary_key=True),
    Column("process", WORDS, primary_key=True),
)

named = Table(
    "team_named",
    metadata,
    Column("name", WORDS, _user(), primary_key=True),
    Column("kind", code(12), primary_key=True),
    Column("subject", WORDS, primary_key=True),
)

sessions = Table(
    "team_sessions",
    metadata,
    Column("key", code(64), primary_key=True),
    Column("name", WORDS, _user(), nullable=False, index=True),
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("address", WORDS, nullable=False),
)

failures = Table(
    "team_failures",
    metadata,
    Column("key", code(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("until", Float, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", code(32), nullable=False),
    Column("who", WORDS, nullable=False, index=True),
    Column("action", code(20), nullable=False, index=True),
    Column("address", WORDS, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("previous", code(64), nullable=False),
    Column("hash", code(64), nullable=False),
)
