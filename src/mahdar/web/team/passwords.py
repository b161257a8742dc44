"""Passwords: kept as argon2id, compared in the same time whoever is named.

Parameters are those of argon2-cffi (RFC 9106, low-memory: 64 MiB, 3 passes, 4 lanes). At most two
are computed at once, so that a flood of sign-ins cannot take the machine's memory.
"""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mahdar.errors import SettingError

MIN_CHARS, MAX_CHARS = 12, 256
_hasher = PasswordHasher()
_turn = threading.BoundedSemaphore(2)


def check_strength(name: str, password: str) -> None:
    """Refuse a password that is too short, too long, or is the name.

    Raises:
        SettingError: with the mend.
    """
    mend = f"Mend: give one of {MIN_CHARS} to {MAX_CHARS} characters, such as four unrelated words."
    if not MIN_CHARS <= len(password) <= MAX_CHARS:
        raise SettingError(f"the password has {len(password)} characters. {mend}")
    if name.casefold() in password.casefold() and len(password) < len(name) + MIN_CHARS:
        raise SettingError(f"the password is little more than the name. {mend}")
    if len(set(password)) < MIN_CHARS // 2:
        raise SettingError(f"the password repeats a few characters. {mend}")


def hash_password(password: str) -> str:
    """Return what is kept of a password: argon2id with a salt of its own."""
    with _turn:
        return _hasher.hash(password)


def verify_password(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one of which this is kept.

    With ``None`` (nobody of this name) as much is computed, and the answer is no: the time does not
    tell who exists.
    """
    with _turn:
        try:
            right = _hasher.verify(kept or _nobody(), password[:MAX_CHARS])
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Tell whether a password was hashed with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


def warm_up() -> None:
    """Compute what ``verify_password`` compares unknown names with, before the first sign-in."""
    _nobody()
