"""Who an actor is: take two for one, tell them apart, give some claims to somebody else."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Path, Query
from fastapi.responses import RedirectResponse, Response

from mahdar.judgements import Judgement
from mahdar.store import list_judgements
from mahdar.store.reviewed import list_undone
from mahdar.views.dossier import ActorRow
from mahdar.views.identity import Identity, find_namesakes, load_identity, make_key
from mahdar.web.errors import WebError
from mahdar.web.finding import or_missing
from mahdar.web.judging import keep_judgement
from mahdar.web.questions import Pager, RowsDep
from mahdar.web.registry import require
from mahdar.web.security import check_token
from mahdar.web.visitor import HouseDep, VisitorDep

router = APIRouter(
    dependencies=[Depends(check_token), Depends(require("judge"))], include_in_schema=False
)
Key = Annotated[str, Path(min_length=1, max_length=300)]
_MOST_CLAIMS = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """A judgement about the actor; ``undone`` where it counts no longer."""

    judgement: Judgement
    undone: bool


@dataclass(frozen=True, slots=True)
class IdentityData:
    """An actor's claims, others of its name, and what was decided about who it is, the latest first."""

    identity: Identity
    pager: Pager
    name: str
    namesakes: tuple[ActorRow, ...]
    decided: tuple[Decided, ...]


def load_identity_page(
    house: HouseDep,
    rows: RowsDep,
    key: Key,
    name: Annotated[str, Query(max_length=200)] = "",
) -> IdentityData:
    """Who an actor was taken for, its namesakes, and the claims that name it."""
    record = house.record
    with or_missing("actor"):
        identity = load_identity(record, key, limit=rows.size, offset=rows.offset)
    undone = list_undone(record)
    return IdentityData(
        identity=identity,
        pager=Pager(rows.page, rows.size, identity.total),
        name=name,
        namesakes=find_namesakes(record, identity, name),
        decided=tuple(
            Decided(each, each.seq in undone)
            for each in list_judgements(record, kind="actor", subject=key)
        ),
    )


@router.post("/identity/split")
def split_actor(
    house: HouseDep,
    visitor: VisitorDep,
    key: Annotated[str, Form(min_length=1, max_length=300)],
    claims: Annotated[list[str] | None, Form(max_length=_MOST_CLAIMS)] = None,
    to: Annotated[str, Form(max_length=300)] = "",
    ar: Annotated[str, Form(max_length=200)] = "",
    en: Annotated[str, Form(max_length=200)] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Give claims that name an actor to another: one of the record, or somebody new by their name."""
    if not claims:
        raise WebError(400, "no_claims_chosen")
    other, ar, en = to.strip(), ar.strip(), en.strip()
    detail: dict[str, object] = {"claims": claims, "to": other}
    if other:
        with or_missing("actor"):
            load_identity(house.record, other, limit=0)
    elif ar or en:
        with or_missing("actor"):
            actor = load_identity(house.record, key, limit=0).actor
        other = make_key(house.record, actor.type, ar or en)
        detail |= {"to": other, "label": {"ar": ar or en, "en": en or ar}}
    else:
        raise WebError(400, "no_other_actor")
    keep_judgement(house, Judgement("split", "actor", key, visitor.name, reason, detail))
    return RedirectResponse(f"/identity/{quote(other, safe='')}", status_code=303)
