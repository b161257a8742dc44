"""Who may sign in: name, role, clearance, processes, and the markings they are named for."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, delete, insert, select, update

from mahdar.errors import SettingError
from mahdar.store import Record, teamtables
from mahdar.web.team.passwords import check_strength, hash_password

TeamRole = Literal["reader", "analyst", "reviewer", "admin"]
ROLES: tuple[TeamRole, ...] = get_args(TeamRole)
"""From what may least to what may most."""
CLEARANCES = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT")
"""TLP 2.0 without RED, which no clearance opens: it is for people named one by one."""
DEFAULT_CLEARANCE: dict[TeamRole, str] = {
    "reader": "AMBER",
    "analyst": "AMBER+STRICT",
    "reviewer": "AMBER+STRICT",
    "admin": "AMBER+STRICT",
}
"""Readers may be of a partner organisation, the others are one's own people."""
EVERY, UNFILED = "*", "-"
"""In place of a process: all processes, and what belongs to none."""
NAMED_KINDS = ("claim", "entry", "article", "process")
_NAME = re.compile(r"\w[\w.\- ]{0,58}\w|\w")


@dataclass(frozen=True, slots=True)
class User:
    """A person of the team. ``created_at`` and ``seen_at`` are seconds since the epoch.

    ``processes`` are ids, ``*`` or ``-``; ``named`` are pairs of kind and subject marked TLP:RED.
    """

    name: str
    role: TeamRole
    tlp: str
    disabled: bool
    processes: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    created_at: float
    seen_at: float | None


def clean_name(name: str) -> str:
    """Return a name as it is kept.

    Raises:
        SettingError: empty, too long, or with characters that are no letters, digits, ``. _ -`` or blanks.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not _NAME.fullmatch(name):
        raise SettingError(
            f"{name[:60]!r}: not a user's name. Mend: give 1 to 60 letters, digits, «.», «-», «_» or blanks."
        )
    return name


def list_users(record: Record) -> list[User]:
    """Return everybody, by name."""
    with record.reading() as connection:
        return _load(connection)


def find_user(record: Record, name: str) -> User:
    """Return one user.

    Raises:
        SettingError: there is none of this name.
    """
    name = unicodedata.normalize("NFC", name).strip()
    with record.reading() as connection:
        found = _load(connection, name)
    if not found:
        raise SettingError(f"{name}: no such user. Mend: see `mahdar users list`.")
    return found[0]


def _load(connection: Connection, name: str | None = None) -> list[User]:
    u, p, n = teamtables.users, teamtables.processes, teamtables.named
    wanted = [] if name is None else [u.c.name == name]
    processes: dict[str, list[str]] = {}
    for row in connection.execute(select(p).order_by(p.c.process)):
        processes.setdefault(row.name, []).append(row.process)
    named: dict[str, list[tuple[str, str]]] = {}
    for row in connection.execute(select(n).order_by(n.c.kind, n.c.subject)):
        named.setdefault(row.name, []).append((row.kind, row.subject))
    return [
        User(
            name=row.name,
            role=row.role,
            tlp=row.tlp,
            disabled=bool(row.disabled),
            processes=tuple(processes.get(row.name, ())),
            named=tuple(named.get(row.name, ())),
            created_at=row.created_at,
            seen_at=row.seen_at,
        )
        for row in connection.execute(select(u).where(*wanted).order_by(u.c.name))
    ]


def find_password(record: Record, name: str) -> str | None:
    """Return what is kept of a password; ``None`` for who does not exist or may not sign in."""
    u = teamtables.users.c
    with record.reading() as connection:
        kept: str | None = connection.scalar(
            select(u.password).where(u.name == name, u.disabled == 0)
        )
    return kept


def set_hash(record: Record, name: str, kept: str) -> None:
    """Keep the same password under today's parameters; sessions go on."""
    u = teamtables.users
    with record.writing() as connection:
        connection.execute(update(u).where(u.c.name == name).values(password=kept))


def add_user(
    record: Record,
    name: str,
    password: str,
    role: TeamRole = "reader",
    *,
    processes: Collection[str] = (),
    tlp: str | None = None,
) -> User:
    """Add a person who may sign in.

    Args:
        record: an open record.
        name: signs their judgements.
        password: as they will type it; only its hash is kept.
        role: what they may do.
        processes: ids of those they work on, ``*`` for all, ``-`` for what is of none; nothing
            given, they see nothing.
        tlp: the highest marking they may see; by role if not given.
    Raises:
        SettingError: a bad name, password, role or clearance, or the name is taken.
    """
    name = clean_name(name)
    _check_choice("role", role, ROLES)
    clearance = tlp or DEFAULT_CLEARANCE[role]
    _check_choice("tlp", clearance, CLEARANCES)
    check_strength(name, password)
    kept = hash_password(password)
    u = teamtables.users
    with record.writing() as connection:
        known = {n.casefold() for n in connection.scalars(select(u.c.name))}
        if name.casefold() in known:
            raise SettingError(f"{name}: there is such a user. Mend: give another name.")
        connection.execute(
            insert(u).values(
                name=name,
                password=kept,
                role=role,
                tlp=clearance,
                disabled=0,
                created_at=time.time(),
            )
        )
        _set_processes(connection, name, processes)
    return find_user(record, name)


def set_role(record: Record, name: str, role: TeamRole) -> None:
    """Give a person another role; who is signed in must sign in again.

    Raises:
        SettingError: no such user or role, or nobody would be left who may administer.
    """
    _check_choice("role", role, ROLES)
    _change(record, name, {"role": role}, keeps_admin=role == "admin")


def set_disabled(record: Record, name: str, disabled: bool) -> None:
    """Let a person sign in no longer (they are signed out at once), or again.

    Raises:
        SettingError: no such user, or nobody would be left who may administer.
    """
    _change(record, name, {"disabled": int(disabled)}, keeps_admin=not disabled)


def set_password(record: Record, name: str, password: str) -> None:
    """Give a person another password; they are signed out everywhere.

    Raises:
        SettingError: no such user, or a weak password.
    """
    user = find_user(record, name)
    check_strength(user.name, password)
    _change(record, name, {"password": hash_password(password)})


def set_access(
    record: Record, name: str, *, processes: Collection[str] | None = None, tlp: str | None = None
) -> None:
    """Say which processes and up to which marking a person sees; ``None`` leaves it as it is.

    Raises:
        SettingError: no such user or clearance.
    """
    if tlp is not None:
        _check_choice("tlp", tlp, CLEARANCES)
    user = find_user(record, name)
    with record.writing() as connection:
        if tlp is not None:
            u = teamtables.users
            connection.execute(update(u).where(u.c.name == user.name).values(tlp=tlp))
        if processes is not None:
            _set_processes(connection, user.name, processes)


def set_named(record: Record, name: str, kind: str, subject: str, named: bool = True) -> None:
    """Name a person for something marked TLP:RED, or no longer.

    Raises:
        SettingError: no such user or kind.
    """
    _check_choice("kind", kind, NAMED_KINDS)
    user = find_user(record, name)
    n = teamtables.named
    with record.writing() as connection:
        row = {"name": user.name, "kind": kind, "subject": subject}
        connection.execute(delete(n).where(*(n.c[key] == value for key, value in row.items())))
        if named:
            connection.execute(insert(n).values(**row))


def _set_processes(connection: Connection, name: str, processes: Collection[str]) -> None:
    p = teamtables.processes
    connection.execute(delete(p).where(p.c.name == name))
    wanted = sorted({process.strip() for process in processes} - {""})
    if wanted:
        connection.execute(insert(p), [{"name": name, "process": each} for each in wanted])


def _change(record: Record, name: str, values: dict[str, Any], *, keeps_admin: bool = True) -> None:
    user = find_user(record, name)
    u, s = teamtables.users, teamtables.sessions
    with record.writing() as connection:
        if not keeps_admin:
            others = select(u.c.name).where(
                u.c.role == "admin", u.c.disabled == 0, u.c.name != user.name
            )
            if user.role == "admin" and connection.scalar(others.limit(1)) is None:
                raise SettingError(
                    f"{user.name} is the last who may administer. Mend: make another one first."
                )
        connection.execute(update(u).where(u.c.name == user.name).values(**values))
        connection.execute(delete(s).where(s.c.name == user.name))


def _check_choice(what: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise SettingError(f"{what} {value}: Mend: give one of {', '.join(choices)}.")
