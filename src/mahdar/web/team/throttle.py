"""Failed sign-ins slow the next one down, then lock for minutes: by name, and by address.

Names that nobody has are counted like others, so that a lock does not tell who exists.
"""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from mahdar.store import Record, teamtables

FORGET_SECONDS = 3600
"""After so long without a failure the count begins anew."""


@dataclass(frozen=True, slots=True)
class Rule:
    """After ``failures`` the next try waits ``seconds``; of several the last that is reached holds."""

    failures: int
    seconds: int


BY_NAME = (Rule(3, 2), Rule(4, 4), Rule(5, 8), Rule(6, 30), Rule(8, 300), Rule(12, 900))
BY_ADDRESS = (Rule(10, 2), Rule(20, 30), Rule(40, 600))
"""An address may be a whole office's."""


def _keys(name: str, address: str) -> dict[str, tuple[Rule, ...]]:
    def key(kind: str, value: str) -> str:
        return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "surrogatepass")).hexdigest()

    return {key("name", name.casefold()): BY_NAME, key("address", address): BY_ADDRESS}


def wait_for(failures: int, rules: tuple[Rule, ...]) -> int:
    """Return for how many seconds so many failures close the door."""
    return max((rule.seconds for rule in rules if failures >= rule.failures), default=0)


def find_wait(record: Record, name: str, address: str) -> int:
    """Return in how many seconds this name may be tried from this address, 0 for now."""
    f, now = teamtables.failures.c, time.time()
    with record.reading() as connection:
        until = connection.scalars(select(f.until).where(f.key.in_(_keys(name, address)))).all()
    return max((math.ceil(each - now) for each in until if each > now), default=0)


def begin_try(record: Record, name: str, address: str) -> int:
    """Count a try as failed before it is made; return in how many seconds it may be made, 0 for now.

    Counting first and forgiving after keeps tries that are made at the same moment from slipping by.
    """
    f, now = teamtables.failures, time.time()
    keys = _keys(name, address)
    with record.writing() as connection:
        connection.execute(delete(f).where(f.c.last_at < now - FORGET_SECONDS, f.c.until < now))
        rows = {r.key: r for r in connection.execute(select(f).where(f.c.key.in_(keys)))}
        wait = max((math.ceil(r.until - now) for r in rows.values() if r.until > now), default=0)
        if wait:
            return wait
        for key, rules in keys.items():
            count = rows[key]._mapping["count"] + 1 if key in rows else 1
            values = {"count": count, "last_at": now, "until": now + wait_for(count, rules)}
            if key in rows:
                connection.execute(update(f).where(f.c.key == key).values(**values))
            else:
                connection.execute(insert(f).values(key=key, **values))
    return 0


def forgive(record: Record, name: str, address: str) -> None:
    """Forget failures of a name that has signed in, and this one try of its address."""
    f = teamtables.failures
    by_name, by_address = _keys(name, address)
    with record.writing() as connection:
        connection.execute(delete(f).where(f.c.key == by_name))
        connection.execute(
            update(f).where(f.c.key == by_address).values(count=f.c.count - 1, until=0.0)
        )
