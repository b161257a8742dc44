"""The workbench's pages as data, and how each becomes a page and its JSON twin.

To add a page: a row in ``PAGES``, messages ``nav.KEY`` and ``nav.KEY.lead``, a template, and a
loader in ``routes`` that returns a dataclass. The loader's parameters are the page's parameters.
"""

# No postponed annotations here: FastAPI reads those of the functions made below.
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from mahdar.cli.output import plain
from mahdar.web.errors import WebError
from mahdar.web.rendering import render
from mahdar.web.visitor import HouseDep, Permission, Visitor, VisitorDep

Loader = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page. ``group`` places it in the table of contents, ``None`` leaves it out of it.

    ``shortcut`` is the letter that, after «g», opens it. ``permission`` is what it takes to see it.
    ``under`` is the page of the table of contents that stays marked while this one is open.
    """

    key: str
    path: str
    template: str
    group: str | None = None
    shortcut: str | None = None
    permission: Permission = "read"
    under: str | None = None

    @property
    def api_path(self) -> str:
        """Where the page's data is given as JSON."""
        return f"/api{self.path.rstrip('/') or '/home'}"


GROUPS = ("desk", "record", "matters", "data")
PAGES = (
    Page("home", "/", "home.html.j2", "desk", "h"),
    Page("review", "/review", "review.html.j2", "desk", "r"),
    Page("articles", "/articles", "articles.html.j2", "desk", "d"),
    Page("desk", "/articles/{sha256}", "desk.html.j2", under="articles"),
    Page("log", "/log", "log.html.j2", "desk", "l"),
    Page("timeline", "/timeline", "timeline.html.j2", "record", "t"),
    Page("statements", "/statements", "statements.html.j2", "record", "s"),
    Page("entry", "/entries/{entry_id}", "entry.html.j2", under="timeline"),
    Page("contacts", "/contacts", "contacts.html.j2", "record", "c"),
    Page("ceasefires", "/ceasefires", "ceasefires.html.j2", "record", "z"),
    Page("map", "/map", "map.html.j2", "record", "m"),
    Page("positions", "/positions", "positions.html.j2", "record", "p"),
    Page("commitments", "/commitments", "commitments.html.j2", "record", "o"),
    Page("actors", "/actors", "actors.html.j2", "record", "a"),
    Page("actor", "/actors/{key:path}", "actor.html.j2", under="actors"),
    Page("naming", "/naming", "naming.html.j2", "record", "n"),
    Page("sources", "/sources", "sources.html.j2", "record", "y"),
    Page("identity", "/identity/{key:path}", "identity.html.j2", under="actors"),
    Page("search", "/search", "search.html.j2", "record", "f"),
    Page("agreements", "/agreements", "agreements.html.j2", "matters", "g"),
    Page("talks", "/talks", "talks.html.j2", "matters", "k"),
    Page("bodies", "/bodies", "bodies.html.j2", "matters", "b"),
    Page("humanitarian", "/humanitarian", "humanitarian.html.j2", "matters", "v"),
    Page("detainees", "/detainees", "detainees.html.j2", "matters", "e"),
    Page("designations", "/designations", "designations.html.j2", "matters", "j"),
    Page("brief", "/brief", "brief.html.j2", "data", "q"),
    Page("export", "/export", "export.html.j2", "data", "x"),
    Page("ingest", "/ingest", "ingest.html.j2", "data", "i", "ingest"),
    Page("help", "/help", "help.html.j2", "data"),
)


TEAM_PAGES = (
    Page("users", "/users", "users.html.j2", "data", "u", "administer"),
    Page("audit", "/audit", "audit.html.j2", "data", "w", "administer"),
)
"""Pages that are there only where people sign in."""


def nav_of(visitor: Visitor) -> list[tuple[str, list[Page]]]:
    """Return the table of contents: groups with the pages that the visitor may see."""
    pages = PAGES + TEAM_PAGES if visitor.team else PAGES
    return [
        (group, [p for p in pages if p.group == group and visitor.may(p.permission)])
        for group in GROUPS
    ]


def require(permission: Permission) -> Callable[[Visitor], Awaitable[None]]:
    """Return a dependency that refuses visitors without this permission."""

    async def check(visitor: VisitorDep) -> None:
        if not visitor.may(permission):
            raise WebError(403, "forbidden")

    vars(check)["permission"] = permission
    return check


def permission_of(route: APIRoute) -> Permission | None:
    """Return what it takes to use a route: the most demanding of what it requires, ``None`` for nothing."""
    needed = {getattr(each.call, "permission", None) for each in route.dependant.dependencies}
    return next((each for each in reversed(get_args(Permission)) if each in needed), None)


def iter_routes(app: FastAPI) -> Iterator[BaseRoute]:
    """Yield every route of the application, those of its routers included."""
    for route in app.routes:
        router = getattr(route, "original_router", None)
        if router is None:
            yield route
        else:
            yield from router.routes


def add_pages(app: FastAPI, loaders: Mapping[str, Loader], pages: Sequence[Page] = PAGES) -> None:
    """Give every page its route and its JSON twin.

    Args:
        app: the application.
        loaders: page key to what loads its data; every page has one.
        pages: the pages to add.
    """
    for page in pages:
        loader = loaders[page.key]
        guard = [Depends(require(page.permission))]
        app.add_api_route(
            page.path,
            _page_route(page, loader),
            methods=["GET", "HEAD"],
            dependencies=guard,
            include_in_schema=False,
            name=page.key,
        )
        app.add_api_route(
            page.api_path,
            _data_route(loader),
            methods=["GET"],
            dependencies=guard,
            name=f"api_{page.key}",
            operation_id=page.key,
            summary=(loader.__doc__ or page.key).strip().splitlines()[0],
            tags=[page.group or "detail"],
            responses={200: {"model": get_type_hints(loader)["return"]}},
        )


def _page_route(page: Page, loader: Loader) -> Callable[..., Response]:
    def show(
        request: Request, visitor: VisitorDep, house: HouseDep, data: Any = Depends(loader)
    ) -> Response:
        return render(request, visitor, house, page.template, values={"page": page, "data": data})

    return show


def _data_route(loader: Loader) -> Callable[..., Response]:
    def give(data: Any = Depends(loader)) -> Response:
        return JSONResponse(plain(data))

    return give
