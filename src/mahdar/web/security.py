"""What keeps strangers out of a page: headers, form tokens, limits. Each is one small rule.

Source: OWASP cheat sheets on CSRF (signed double submit, Origin check) and CSP.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mahdar.web.errors import WebError

COOKIE_SESSION = "mahdar_session"
HEADER_TOKEN = "x-csrf-token"
FIELD_TOKEN = "csrf"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that nobody types: all control characters but tab and the ends of lines."""
_CONTROL_ASKED = re.compile(rb"%(?:0[0-8bcef]|1[0-9a-f]|7f)", re.IGNORECASE)
_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")
MAX_FORM_BYTES = 1024 * 1024
"""Any request but an upload: a pasted article is 10 kB, a long one 100."""

HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def session_of(request: Request) -> str:
    """Return the visitor's session name: of their cookie, or the new one this answer will set."""
    scope: Any = request.scope
    return str(scope["mahdar_session"])


def make_token(secret: bytes, session: str) -> str:
    """Return what the forms of a session must send back."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()


def check_origin(request: Request) -> None:
    """Refuse a writing request that another site's page has sent.

    Raises:
        WebError: 403.
    """
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise WebError(403, "csrf")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise WebError(403, "csrf")


async def check_token(request: Request) -> None:
    """Refuse a writing request without this session's token, or with control characters in its form: a
    dependency of every such route.

    Raises:
        WebError: 403, 400.
    """
    check_origin(request)
    form = await request.form()
    given = request.headers.get(HEADER_TOKEN)
    if given is None:
        field = form.get(FIELD_TOKEN)
        given = field if isinstance(field, str) else ""
    wanted = make_token(request.app.state.house.secret, session_of(request))
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        raise WebError(403, "csrf")
    for name, value in form.multi_items():
        if isinstance(value, str):
            refuse_control(name, name, value)


def refuse_control(field: str, *values: object) -> None:
    """Refuse texts with control characters: databases end a text there or do not take it, and logs and
    terminals obey them.

    Args:
        field: what the visitor knows them by.
        values: texts, or lists and maps of such as JSON has them.
    Raises:
        WebError: 400.
    """
    for value in values:
        if isinstance(value, str) and _CONTROL.search(value):
            raise WebError(400, "control", _CONTROL.sub("\N{REPLACEMENT CHARACTER}", field)[:60])
        if isinstance(value, Mapping):
            refuse_control(field, *value.keys(), *value.values())
        elif isinstance(value, list | tuple):
            refuse_control(field, *value)


class Guard:
    """ASGI: security headers on every answer, a session name for every visitor, a limit on bodies.

    Args:
        app: what it guards.
        upload_path: the one path that takes more than ``MAX_FORM_BYTES``.
        max_upload_bytes: how much that is.
        answer: makes the answer to a refused request.
    """

    def __init__(
        self,
        app: ASGIApp,
        upload_path: str,
        max_upload_bytes: int,
        answer: Callable[[Request, WebError], Response],
    ) -> None:
        self.app = app
        self.answer = answer
        self.upload_path = upload_path
        self.max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        known = request.cookies.get(COOKIE_SESSION, "")
        fresh = not _SESSION.fullmatch(known)
        scope["mahdar_session"] = secrets.token_urlsafe(32) if fresh else known
        limit = self.max_upload_bytes if scope["path"] == self.upload_path else MAX_FORM_BYTES
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > limit:
                    raise WebError(413, "too_large", f"{limit // 2**20} MB")
            return message

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
                if fresh:
                    headers.append(
                        "set-cookie",
                        f"{COOKIE_SESSION}={scope['mahdar_session']}; Path=/; HttpOnly; SameSite=Lax",
                    )
            await send(message)

        if _CONTROL_ASKED.search(scope["query_string"]) or _CONTROL.search(scope["path"]):
            await self.answer(request, WebError(400, "control"))(scope, receive, headed)
            return
        declared = request.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > limit:
            refused = WebError(413, "too_large", f"{limit // 2**20} MB")
            await self.answer(request, refused)(scope, receive, headed)
            return
        await self.app(scope, limited, headed)
