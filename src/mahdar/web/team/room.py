"""What a team's workbench has beside the record: its key, how long sessions last, a house for each person."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mahdar.store import Record
from mahdar.web.team.access import Access, RestrictedRecord, access_of
from mahdar.web.team.sessions import Lifetimes, load_secret
from mahdar.web.team.users import User

if TYPE_CHECKING:
    from mahdar.web.house import House

_MOST_ROOMS = 48
"""Each keeps a few connections with the person's rows worked out; the one unused longest is closed."""


class Rooms:
    """The house as each person sees it, kept while they work."""

    def __init__(self) -> None:
        self._rooms: OrderedDict[Access, RestrictedRecord] = OrderedDict()
        self._lock = threading.Lock()

    def record_for(self, whole: Record, access: Access) -> RestrictedRecord:
        """Return the record as these rights show it."""
        with self._lock:
            found = self._rooms.get(access)
            if found is None:
                found = self._rooms[access] = RestrictedRecord(whole, access)
            self._rooms.move_to_end(access)
            while len(self._rooms) > _MOST_ROOMS:
                _, old = self._rooms.popitem(last=False)
                old.close()
            return found

    def close(self) -> None:
        """Close all."""
        with self._lock:
            for record in self._rooms.values():
                record.close()
            self._rooms.clear()


@dataclass(frozen=True, slots=True)
class Team:
    """A team's workbench.

    ``secret`` signs cookies. ``secure`` says that browsers reach it by TLS only: cookies are then
    sent over nothing else.
    """

    secret: bytes
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    secure: bool = False
    rooms: Rooms = field(default_factory=Rooms)

    @property
    def cookie(self) -> str:
        """Name of the cookie of who is signed in; with TLS one that no neighbouring name can set."""
        return "__Host-mahdar_login" if self.secure else "mahdar_login"


def make_team(record: Record, lifetimes: Lifetimes | None = None, *, secure: bool = False) -> Team:
    """Return what a team's workbench on a record has."""
    return Team(load_secret(record), lifetimes or Lifetimes(), secure)


def house_for(house: House, user: User) -> House:
    """Return the house as a user sees it: with nothing that is not theirs."""
    team = house.team
    assert team is not None
    access = access_of(user)
    grants: Callable[[str], bool] = access.grants
    return replace(house, record=team.rooms.record_for(house.record, access), grants=grants)
