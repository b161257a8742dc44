"""Users and audit log as pages, for who administers."""

# No postponed annotations here: FastAPI reads them.
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from mahdar.errors import SettingError
from mahdar.store import Record
from mahdar.web.errors import WebError
from mahdar.web.house import House
from mahdar.web.questions import Pager, RowsDep
from mahdar.web.registry import Loader, require
from mahdar.web.security import check_token
from mahdar.web.team import users as people
from mahdar.web.team.audit import ACTIONS, AuditRow, find_broken, list_audit
from mahdar.web.team.sessions import count_sessions, end_sessions
from mahdar.web.team.users import CLEARANCES, EVERY, NAMED_KINDS, ROLES, UNFILED, TeamRole, User

router = APIRouter(
    dependencies=[Depends(check_token), Depends(require("administer"))], include_in_schema=False
)
Name = Annotated[str, Path(max_length=60)]
Typed = Annotated[str, Form(max_length=1000)]


def whole_of(request: Request) -> House:
    """Return the house with the whole record: users and the log are of it."""
    house: House = request.app.state.house
    if house.team is None:
        raise WebError(404, "missing")
    return house


def _record(request: Request) -> Record:
    return whole_of(request).record


RecordDep = Annotated[Record, Depends(_record)]


@dataclass(frozen=True, slots=True)
class UsersData:
    """Everybody, how many sessions each has open, and what there is to choose from."""

    users: tuple[User, ...]
    open: dict[str, int]
    roles: tuple[str, ...]
    clearances: tuple[str, ...]
    processes: tuple[str, ...]
    kinds: tuple[str, ...]
    every: str = EVERY
    unfiled: str = UNFILED


@dataclass(frozen=True, slots=True)
class AuditData:
    """A page of the audit log, the latest first. ``broken`` is the first row that does not fit the chain."""

    rows: tuple[AuditRow, ...]
    pager: Pager
    who: str
    action: str
    actions: tuple[str, ...]
    broken: int | None


def load_users(house: Annotated[House, Depends(whole_of)]) -> UsersData:
    """Who may sign in, what they may do and see."""
    assert house.team is not None
    return UsersData(
        users=tuple(people.list_users(house.record)),
        open=count_sessions(house.record, house.team.lifetimes),
        roles=ROLES,
        clearances=CLEARANCES,
        processes=tuple(house.knowledge.processes),
        kinds=NAMED_KINDS,
    )


def load_audit(
    record: RecordDep,
    rows: RowsDep,
    who: Annotated[str, Query(max_length=60)] = "",
    action: Annotated[str, Query(max_length=20)] = "",
) -> AuditData:
    """Sign-ins, refusals, exports and writing, the latest first."""
    found = list_audit(
        record, who=who or None, action=action or None, limit=rows.size, offset=rows.offset
    )
    pager = Pager(rows.page, rows.size, found.total)
    return AuditData(found.rows, pager, who, action, ACTIONS, find_broken(record))


LOADERS: Mapping[str, Loader] = {"users": load_users, "audit": load_audit}
"""Page key to what loads its data."""


def _role(given: str) -> TeamRole:
    for role in ROLES:
        if role == given:
            return role
    raise SettingError(f"role {given}: Mend: give one of {', '.join(ROLES)}.")


@router.post("/users")
def add_user(
    record: RecordDep,
    name: Typed,
    password: Typed,
    role: Typed = "reader",
    processes: Annotated[list[str] | None, Form()] = None,
    tlp: Typed = "",
) -> Response:
    """Add a person who may sign in."""
    people.add_user(record, name, password, _role(role), processes=processes or (), tlp=tlp or None)
    return RedirectResponse("/users", status_code=303)


@router.post("/users/{name}/role")
def change_role(record: RecordDep, name: Name, role: Typed) -> Response:
    """Give a person another role."""
    people.set_role(record, name, _role(role))
    return RedirectResponse("/users", status_code=303)


@router.post("/users/{name}/access")
def change_access(
    record: RecordDep,
    name: Name,
    processes: Annotated[list[str] | None, Form()] = None,
    tlp: Typed = "",
) -> Response:
    """Say which processes, and up to which marking, a person sees."""
    people.set_access(record, name, processes=processes or (), tlp=tlp or None)
    return RedirectResponse("/users", status_code=303)


@router.post("/users/{name}/named")
def change_named(
    record: RecordDep, name: Name, kind: Typed, subject: Typed, no_longer: Typed = ""
) -> Response:
    """Name a person for something marked TLP:RED, or no longer."""
    people.set_named(record, name, kind, subject.strip(), not no_longer)
    return RedirectResponse("/users", status_code=303)


@router.post("/users/{name}/disabled")
def change_disabled(record: RecordDep, name: Name, disabled: Typed = "") -> Response:
    """Let a person sign in no longer, or again."""
    people.set_disabled(record, name, bool(disabled))
    return RedirectResponse("/users", status_code=303)


@router.post("/users/{name}/password")
def reset_password(record: RecordDep, name: Name, password: Typed) -> Response:
    """Give a person another password; they are signed out."""
    people.set_password(record, name, password)
    return RedirectResponse("/users", status_code=303)


@router.post("/users/{name}/logout")
def sign_out_everywhere(record: RecordDep, name: Name) -> Response:
    """End all sessions of a person."""
    end_sessions(record, people.find_user(record, name).name)
    return RedirectResponse("/users", status_code=303)
