"""What a visitor chooses for themselves: language, digits, light or dark, «I have looked»."""

# No postponed annotations here: FastAPI reads them.
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from mahdar.views.fresh import load_fresh
from mahdar.web.registry import require
from mahdar.web.security import check_token
from mahdar.web.visitor import (
    COOKIE_DIGITS,
    COOKIE_LANGUAGE,
    COOKIE_SEEN,
    COOKIE_THEME,
    HouseDep,
    remember,
)

router = APIRouter(include_in_schema=False)


def back(request: Request, default: str = "/") -> RedirectResponse:
    """Return to the page a form was sent from: only its path and query, never another site."""
    parts = urlsplit(request.headers.get("referer", ""))
    query = "&".join(p for p in parts.query.split("&") if p and not p.startswith("lang="))
    path = parts.path if parts.netloc == request.headers.get("host") else default
    if not path.startswith("/") or path.startswith("//"):
        path = default
    return RedirectResponse(f"{path}?{query}" if query else path, status_code=303)


@router.post("/choices", dependencies=[Depends(check_token), Depends(require("read"))])
def keep_choice(
    request: Request,
    language: Annotated[Literal["ar", "en"] | None, Form()] = None,
    digits: Annotated[Literal["arabic", "latin"] | None, Form()] = None,
    theme: Annotated[Literal["auto", "light", "dark"] | None, Form()] = None,
) -> Response:
    """Keep what was chosen in cookies and return to the page."""
    answer = back(request)
    for name, value in (
        (COOKIE_LANGUAGE, language),
        (COOKIE_DIGITS, digits),
        (COOKIE_THEME, theme),
    ):
        if value:
            remember(answer, name, value)
    return answer


@router.post("/seen", dependencies=[Depends(check_token), Depends(require("read"))])
def mark_seen(request: Request, house: HouseDep) -> Response:
    """Note that the visitor has looked at all that has come in so far."""
    answer = back(request)
    latest = load_fresh(house.record, None, limit=1).latest
    if latest:
        remember(answer, COOKIE_SEEN, latest)
    return answer
