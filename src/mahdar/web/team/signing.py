"""Signing in and out, and one's own password."""

# No postponed annotations here: FastAPI reads them.
import re
from typing import Annotated
from unicodedata import normalize

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from mahdar.errors import SettingError
from mahdar.store import Record
from mahdar.web.errors import WebError
from mahdar.web.house import House
from mahdar.web.registry import require
from mahdar.web.rendering import render
from mahdar.web.security import check_token
from mahdar.web.team.audit import note
from mahdar.web.team.gate import address_of
from mahdar.web.team.passwords import hash_password, is_outdated, verify_password
from mahdar.web.team.room import Team
from mahdar.web.team.sessions import (
    drop_ended,
    end_session,
    end_sessions,
    open_session,
    sign,
    unsign,
)
from mahdar.web.team.throttle import begin_try, forgive
from mahdar.web.team.users import find_password, set_hash, set_password
from mahdar.web.visitor import COOKIE_LANGUAGE, Visitor, VisitorDep, remember

router = APIRouter(include_in_schema=False)
_INSIDE = re.compile(r"/(?![/\\])[!-~]*")
"""A path of this site: one slash, then printable ASCII without blanks."""
Typed = Annotated[str, Form(max_length=1000)]


def safe_next(path: str) -> str:
    """Return where to go after signing in: a path of this site, else the first page."""
    return path if _INSIDE.fullmatch(path) and "\\" not in path else "/"


def _team(request: Request) -> tuple[House, Team, Record]:
    house: House = request.app.state.house
    if house.team is None:
        raise WebError(404, "missing")
    return house, house.team, house.record


@router.get("/login", name="login")
def show_login(
    request: Request,
    visitor: VisitorDep,
    to: Annotated[str, Query(alias="next", max_length=2000)] = "/",
) -> Response:
    """The form to sign in with; who is signed in already goes on."""
    house, _, _ = _team(request)
    if visitor.name:
        return RedirectResponse(safe_next(to), status_code=303)
    return _form(request, visitor, house, to)


def _form(
    request: Request,
    visitor: Visitor,
    house: House,
    to: str,
    *,
    status: int = 200,
    problem: str = "",
    wait: int = 0,
    name: str = "",
) -> Response:
    values = {"page": None, "to": safe_next(to), "problem": problem, "wait": wait, "name": name}
    answer = render(request, visitor, house, "login.html.j2", status=status, values=values)
    if wait:
        answer.headers["retry-after"] = str(wait)
    return answer


@router.post("/login", dependencies=[Depends(check_token)])
def sign_in(
    request: Request,
    visitor: VisitorDep,
    name: Typed = "",
    password: Typed = "",
    to: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Sign in: a new session under a new name, whatever the browser sent before."""
    house, team, record = _team(request)
    name, address = normalize("NFC", name.strip()), address_of(request)
    if wait := begin_try(record, name, address):
        note(record, name[:60], "locked", address, {"seconds": wait})
        return _form(
            request, visitor, house, to, status=429, problem="locked", wait=wait, name=name
        )
    kept = find_password(record, name)
    if not verify_password(kept, password):
        note(record, name[:60], "failed", address)
        return _form(request, visitor, house, to, status=401, problem="failed", name=name)
    assert kept is not None
    forgive(record, name, address)
    if is_outdated(kept):
        set_hash(record, name, hash_password(password))
    drop_ended(record, team.lifetimes)
    old = unsign(team.secret, request.cookies.get(team.cookie, ""))
    token = open_session(record, name, address, replaces=old)
    note(record, name, "signed_in", address)
    answer = RedirectResponse(safe_next(to), status_code=303)
    answer.set_cookie(
        team.cookie,
        sign(team.secret, token),
        max_age=team.lifetimes.most_seconds,
        path="/",
        httponly=True,
        secure=team.secure,
        samesite="strict",
    )
    if request.query_params.get("lang"):
        remember(answer, COOKIE_LANGUAGE, visitor.lang)
    return answer


@router.post("/logout", dependencies=[Depends(check_token), Depends(require("read"))])
def sign_out(
    request: Request, visitor: VisitorDep, everywhere: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """End this session, or all that the person has."""
    _, team, record = _team(request)
    if everywhere:
        ended = end_sessions(record, visitor.name)
    else:
        end_session(record, request.scope["mahdar_login"])
        ended = 1
    note(record, visitor.name, "signed_out", address_of(request), {"sessions": ended})
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(
        team.cookie, path="/", httponly=True, secure=team.secure, samesite="strict"
    )
    answer.headers["clear-site-data"] = '"cache"'
    return answer


@router.get("/password", dependencies=[Depends(require("read"))], name="password")
def show_password(request: Request, visitor: VisitorDep) -> Response:
    """The form for another password."""
    house, _, _ = _team(request)
    return render(request, visitor, house, "password.html.j2", values={"page": None, "problem": ""})


@router.post("/password", dependencies=[Depends(check_token), Depends(require("read"))])
def change_password(
    request: Request, visitor: VisitorDep, old: Typed = "", new: Typed = "", again: Typed = ""
) -> Response:
    """Take another password; the person signs in anew, everywhere."""
    house, _, record = _team(request)
    address = address_of(request)

    def refuse(problem: str, status: int = 400) -> Response:
        values = {"page": None, "problem": problem}
        return render(request, visitor, house, "password.html.j2", status=status, values=values)

    if begin_try(record, visitor.name, address):
        return refuse("locked", 429)
    if not verify_password(find_password(record, visitor.name), old):
        note(record, visitor.name, "failed", address, {"path": "/password"})
        return refuse("wrong", 403)
    forgive(record, visitor.name, address)
    if new != again:
        return refuse("differ")
    try:
        set_password(record, visitor.name, new)
    except SettingError:
        return refuse("weak")
    return RedirectResponse("/login", status_code=303)
