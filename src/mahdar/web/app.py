"""The application put together: guard, static files, pages, writing routes, errors in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from mahdar.errors import MahdarError
from mahdar.pipeline import VERSION
from mahdar.web.errors import as_web_error
from mahdar.web.exports import Exports
from mahdar.web.house import STATIC, House
from mahdar.web.jobs import Inbox
from mahdar.web.registry import TEAM_PAGES, add_pages
from mahdar.web.rendering import render
from mahdar.web.routes import LOADERS, ROUTERS
from mahdar.web.security import Guard
from mahdar.web.team import people, signing
from mahdar.web.team.gate import TeamGate
from mahdar.web.uploads import MAX_UPLOAD_BYTES
from mahdar.web.visitor import visitor_of

THREADS = 8
"""So many requests are worked on at once, the others wait their turn: more of them would only take processor
and memory from each other, and each holds a connection to the record."""
WRITERS = 2
"""So many judgements are written at once, beside the threads for reading: the record takes one after the
other, and whoever waits for the disk must keep nobody from reading."""
UPLOAD_PATH = "/ingest/files"


def create_app(house: House) -> FastAPI:
    """Return the workbench's application on an open record.

    Unfinished work of the inbox is taken up again when the application starts.
    """

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        inbox.resume()
        yield
        inbox.leave()
        exports.leave()
        if house.team is not None:
            house.team.rooms.close()

    inbox = Inbox(house.inbox, house.record.name, house.packs)
    exports = Exports(house.record.name, house.packs, team=house.team is not None)
    app = FastAPI(
        title="Mahdar",
        version=VERSION,
        lifespan=live,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.house = house
    app.state.inbox = inbox
    app.state.writers = CapacityLimiter(WRITERS)
    app.state.exports = exports
    if house.team is not None:
        app.add_middleware(TeamGate, house=house, team=house.team, answer=answer_error)
    app.add_middleware(
        Guard, upload_path=UPLOAD_PATH, max_upload_bytes=MAX_UPLOAD_BYTES, answer=answer_error
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(house.hosts))
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    for router in ROUTERS:
        app.include_router(router)
    add_pages(app, LOADERS)
    if house.team is not None:
        app.include_router(signing.router)
        app.include_router(people.router)
        add_pages(app, people.LOADERS, TEAM_PAGES)
    app.add_exception_handler(MahdarError, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    return app


async def _answer(request: Request, error: Exception) -> Response:
    return answer_error(request, error)


def answer_error(request: Request, error: Exception) -> Response:
    """Return an error as a page in the visitor's language, as JSON with English words under ``/api``."""
    house: House = request.app.state.house
    if request.url.path.startswith("/api/"):
        shown = as_web_error(error, "en", on_page=False)
        detail = shown.detail.replace(house.record.name, house.label)
        return JSONResponse({"error": shown.key, "detail": detail}, status_code=shown.status)
    asked = request.query_params.get("lang")
    visitor = visitor_of(request, "en" if asked == "en" else "ar" if asked == "ar" else None)
    shown = as_web_error(error, visitor.lang, on_page=True)
    shown.detail = shown.detail.replace(house.record.name, house.label)
    return render(
        request,
        visitor,
        house,
        "error.html.j2",
        status=shown.status,
        values={"error": shown, "page": None},
    )
