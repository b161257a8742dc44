"""Who is signed in: a random name in a signed cookie, its hash in the record.

Source: OWASP Session Management Cheat Sheet (new name at sign-in, idle and absolute end, ended on
the server).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, or_, select, update

from mahdar.store import Record, tables, teamtables
from mahdar.web.team.users import User, find_user

_NOTE = "team_secret"
_TOUCH_SECONDS = 30
"""The time last seen is written at most so often: reading pages must not become writing."""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """After how many seconds a session ends: unused, and in any case."""

    idle_seconds: int = 30 * 60
    most_seconds: int = 12 * 3600


def load_secret(record: Record) -> bytes:
    """Return the key that signs cookies and tokens: one per record, so that several servers agree."""
    m = tables.meta
    with record.writing() as connection:
        known = connection.scalar(select(m.c.value).where(m.c.key == _NOTE))
        if known is None:
            known = secrets.token_hex(32)
            connection.execute(insert(m).values(key=_NOTE, value=known))
    return bytes.fromhex(known)


def sign(secret: bytes, token: str) -> str:
    """Return a cookie's value: the session's name with its signature."""
    mark = hmac.new(secret, b"session:" + token.encode(), hashlib.sha256).hexdigest()
    return f"{token}.{mark}"


def unsign(secret: bytes, cookie: str) -> str | None:
    """Return the session's name of a cookie; ``None`` if the signature is not this record's."""
    token, _, _ = cookie.partition(".")
    right = sign(secret, token)
    return token if hmac.compare_digest(right.encode(), cookie.encode()) else None


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(record: Record, name: str, address: str, *, replaces: str | None = None) -> str:
    """Begin a session; return its name, which nobody had before.

    Args:
        record: an open record.
        name: the user's.
        address: where they sign in from.
        replaces: a session that the same browser had: it ends.
    """
    token, now = secrets.token_urlsafe(32), time.time()
    s, u = teamtables.sessions, teamtables.users
    with record.writing() as connection:
        if replaces:
            connection.execute(delete(s).where(s.c.key == _key(replaces)))
        connection.execute(
            insert(s).values(
                key=_key(token), name=name, created_at=now, seen_at=now, address=address
            )
        )
        connection.execute(update(u).where(u.c.name == name).values(seen_at=now))
    return token


def find_session(record: Record, token: str, lifetimes: Lifetimes) -> User | None:
    """Return whose session this is; ``None`` when it has ended, or its user was disabled."""
    s, now = teamtables.sessions, time.time()
    with record.reading() as connection:
        row = connection.execute(select(s).where(s.c.key == _key(token))).first()
    if row is None:
        return None
    if now - row.seen_at > lifetimes.idle_seconds or now - row.created_at > lifetimes.most_seconds:
        end_session(record, token)
        return None
    user = find_user(record, row.name)
    if user.disabled:
        return None
    if now - row.seen_at > _TOUCH_SECONDS:
        with record.writing() as connection:
            connection.execute(update(s).where(s.c.key == row.key).values(seen_at=now))
    return user


def end_session(record: Record, token: str) -> None:
    """End one session."""
    s = teamtables.sessions
    with record.writing() as connection:
        connection.execute(delete(s).where(s.c.key == _key(token)))


def end_sessions(record: Record, name: str) -> int:
    """End all sessions of a person; return how many there were."""
    s = teamtables.sessions
    with record.writing() as connection:
        return connection.execute(delete(s).where(s.c.name == name)).rowcount


def count_sessions(record: Record, lifetimes: Lifetimes) -> dict[str, int]:
    """Return how many sessions each person has that have not ended."""
    s, now = teamtables.sessions.c, time.time()
    with record.reading() as connection:
        rows = connection.execute(
            select(s.name, func.count().label("number"))
            .where(
                s.seen_at >= now - lifetimes.idle_seconds,
                s.created_at >= now - lifetimes.most_seconds,
            )
            .group_by(s.name)
        )
        return {row.name: row.number for row in rows}


def drop_ended(record: Record, lifetimes: Lifetimes) -> None:
    """Take away sessions that have ended."""
    s, now = teamtables.sessions.c, time.time()
    with record.writing() as connection:
        connection.execute(
            delete(teamtables.sessions).where(
                or_(
                    s.seen_at < now - lifetimes.idle_seconds,
                    s.created_at < now - lifetimes.most_seconds,
                )
            )
        )
