"""Nobody passes who has not signed in; what they did is noted. ASGI, inside ``security.Guard``."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mahdar.web.errors import WebError
from mahdar.web.house import House
from mahdar.web.team.audit import AuditAction, note
from mahdar.web.team.room import Team, house_for
from mahdar.web.team.sessions import find_session, unsign
from mahdar.web.team.users import User

OPEN_PATHS = ("/login",)
"""What may be asked for without signing in, beside static files."""
_STATIC = "/static/"
ACTIONS: tuple[tuple[str, str, AuditAction], ...] = (
    ("GET", "/export/", "exported"),
    ("POST", "/export", "exported"),
    ("GET", "/brief/", "exported"),
    ("GET", "/api/brief/", "exported"),
    ("POST", "/judgements", "judged"),
    ("POST", "/api/judgements", "judged"),
    ("POST", "/ratings", "judged"),
    ("POST", "/markings", "judged"),
    ("POST", "/ingest", "brought"),
    ("POST", "/users", "administered"),
    ("POST", "", "wrote"),
)
"""Method, beginning of the path, and what is noted; the first that fits holds. All writing is noted."""
_SELF_NOTED = ("/login", "/logout", "/choices", "/seen")
"""Notes what it does itself, or changes nothing but a cookie."""
_QUIET = ("/row",)


def is_open(path: str) -> bool:
    """Tell whether a path needs nobody to sign in."""
    return path in OPEN_PATHS or path.startswith(_STATIC)


def action_of(method: str, path: str, status: int) -> AuditAction | None:
    """Return what a request is noted as, ``None`` for plain reading."""
    if status in (401, 403) and not path.startswith("/login"):
        return "refused"
    if status >= 400 or path in _SELF_NOTED or path.endswith(_QUIET):
        return None
    return next(
        (
            action
            for wanted, begin, action in ACTIONS
            if method == wanted and path.startswith(begin)
        ),
        None,
    )


def address_of(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else ""


class TeamGate:
    """Finds who asks, and gives them the house as they see it.

    Sets ``mahdar_user`` and ``mahdar_house`` in the scope, and ties forms to the session they signed
    in with.

    Args:
        app: what it stands before.
        house: the whole house.
        team: its key and rooms.
        answer: makes the answer to a refused request.
    """

    def __init__(
        self,
        app: ASGIApp,
        house: House,
        team: Team,
        answer: Callable[[Request, WebError], Response],
    ) -> None:
        self.app = app
        self.house = house
        self.team = team
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = dict(scope)
        request = Request(scope)
        path, method = scope["path"], scope["method"]
        if path.startswith(_STATIC):
            await self.app(scope, receive, send)
            return
        user = await run_in_threadpool(self._admit, scope, request)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                action = action_of(method, path, message["status"])
                if action is not None:
                    who = user.name if user else ""
                    detail = {"method": method, "path": path, "status": message["status"]}
                    where = address_of(request)
                    await run_in_threadpool(note, self.house.record, who, action, where, detail)
                if self.team.secure:
                    headers = MutableHeaders(scope=message)
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        if user is None and not is_open(path):
            await self._refuse(request)(scope, receive, noted)
            return
        await self.app(scope, receive, noted)

    def _admit(self, scope: Scope, request: Request) -> User | None:
        """Find who asks; note it in the scope."""
        token = unsign(self.team.secret, request.cookies.get(self.team.cookie, ""))
        if token is None:
            return None
        user = find_session(self.house.record, token, self.team.lifetimes)
        if user is not None:
            scope["mahdar_user"] = user
            scope["mahdar_login"] = token
            scope["mahdar_session"] = f"login:{token}"
            scope["mahdar_house"] = house_for(self.house, user)
        return user

    def _refuse(self, request: Request) -> Response:
        path = request.url.path
        if (
            request.method == "GET"
            and not path.startswith("/api/")
            and "hx-request" not in request.headers
        ):
            query = f"?{request.url.query}" if request.url.query else ""
            there = "" if path == "/" and not query else f"?next={quote(path + query, safe='')}"
            return RedirectResponse(f"/login{there}", status_code=303)
        answer = self.answer(request, WebError(401, "sign_in"))
        if "hx-request" in request.headers:
            answer.headers["hx-refresh"] = "true"
        return answer
