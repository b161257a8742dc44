"""Who looks, in which language, and what they may do: a dependency of every route."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from mahdar.i18n import Language
from mahdar.web.errors import WebError
from mahdar.web.house import House
from mahdar.web.security import make_token, session_of

Role = Literal["nobody", "reader", "analyst", "reviewer", "admin"]
Permission = Literal["read", "judge", "ingest", "administer"]
Digits = Literal["arabic", "latin"]
Theme = Literal["auto", "light", "dark"]

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    "nobody": frozenset(),
    "reader": frozenset({"read"}),
    "analyst": frozenset({"read", "ingest"}),
    "reviewer": frozenset({"read", "ingest", "judge"}),
    "admin": frozenset({"read", "ingest", "judge", "administer"}),
}
"""What a role may do. Routes name the permission they need, never a role."""

LANGUAGES: tuple[Language, ...] = ("ar", "en")
DIGITS: tuple[Digits, ...] = ("arabic", "latin")
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")

COOKIE_LANGUAGE = "mahdar_language"
COOKIE_DIGITS = "mahdar_digits"
COOKIE_THEME = "mahdar_theme"
COOKIE_SEEN = "mahdar_seen"
_YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the workbench.

    ``name`` signs judgements. ``seen`` is the moment (ISO 8601, UTC) up to which they have looked at
    what is new, ``None`` for never. ``token`` is what their forms must send back. ``team`` tells that
    people sign in here; ``nobody`` is who has not.
    """

    name: str
    role: Role
    lang: Language
    digits: Digits
    theme: Theme
    seen: str | None
    token: str
    team: bool = False

    def may(self, permission: Permission) -> bool:
        """Tell whether the visitor's role allows this."""
        return permission in PERMISSIONS[self.role]


def house_of(request: Request) -> House:
    """Return what the application works on: of a team's, what who asks may see.

    Raises:
        WebError: 401, nobody has signed in.
    """
    house: House = request.app.state.house
    if house.team is None:
        return house
    own: House | None = request.scope.get("mahdar_house")
    if own is None:
        raise WebError(401, "sign_in")
    return own


def visitor_of(request: Request, lang: Language | None = None) -> Visitor:
    """Return who asks. On a laptop there is one person, the record's owner; a team signs in."""
    house: House = request.app.state.house
    user = request.scope.get("mahdar_user")
    cookies = request.cookies
    chosen = cookies.get(COOKIE_LANGUAGE, "")
    language: Language = lang or ("en" if chosen == "en" else "ar" if chosen else house.lang)
    digits = cookies.get(COOKIE_DIGITS, "")
    theme = cookies.get(COOKIE_THEME, "")
    return Visitor(
        name=user.name if user else "" if house.team else house.owner,
        role=user.role if user else "nobody" if house.team else "admin",
        lang=language,
        digits="latin" if digits == "latin" or (not digits and language == "en") else "arabic",
        theme="light" if theme == "light" else "dark" if theme == "dark" else "auto",
        seen=cookies.get(COOKIE_SEEN) or None,
        token=make_token(house.secret, session_of(request)),
        team=house.team is not None,
    )


def remember(answer: Response, name: str, value: str) -> None:
    """Keep what a visitor chose in a cookie of their browser for a year."""
    answer.set_cookie(name, value, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")


async def ask_house(request: Request) -> House:
    """Return ``house_of``: asynchronous, so that the question waits in no line for a thread."""
    return house_of(request)


async def ask_visitor(
    request: Request,
    lang: Annotated[
        Language | None, Query(description="Language of this answer, over the chosen one.")
    ] = None,
) -> Visitor:
    """Return ``visitor_of``, asynchronous as ``ask_house`` is."""
    return visitor_of(request, lang)


VisitorDep = Annotated[Visitor, Depends(ask_visitor)]
HouseDep = Annotated[House, Depends(ask_house)]
