"""Judgements: written from the desk, an entry or a dossier; the queue of what waits; the log."""

# No postponed annotations here: FastAPI reads them.
import json
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from mahdar.cli.output import plain
from mahdar.i18n import tr, tr_code
from mahdar.judgements import ACTIONS, Judgement
from mahdar.views import Filters
from mahdar.views.articles import ArticleClaim, ArticleDetail, find_articles, load_article
from mahdar.views.entry import load_entry_row
from mahdar.views.reviews import LogRow, Waiting, list_log, list_waiting
from mahdar.web.errors import WebError
from mahdar.web.finding import or_missing
from mahdar.web.house import House
from mahdar.web.judging import (
    Given,
    edit_of,
    fields_of,
    find_changes,
    keep_judgement,
    roles_of,
    types_of,
    values_of_claim,
    values_of_entry,
)
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.registry import require
from mahdar.web.rendering import render
from mahdar.web.routes.choices import back
from mahdar.web.security import check_token, refuse_control
from mahdar.web.visitor import HouseDep, Visitor, VisitorDep

router = APIRouter(dependencies=[Depends(require("judge"))])
Uid = Annotated[str, Path(pattern="^[0-9A-Za-z_-]{4,40}$")]
_KINDS = ("claim", "entry", "actor", "judgement")
_DECIDING = ("accept", "reject", "edit", "confirm", "assign")
"""After these the reviewer goes on to the next entry that waits."""
_LIST_DETAILS = ("claims",)
_DETAILS = ("with", "to", "claims", "tlp")
"""What a form may give beside the reason, by the names that judgements use."""


@dataclass(frozen=True, slots=True)
class ReviewData:
    """Entries that wait for a review."""

    waiting: Waiting
    pager: Pager
    filters: Filters
    mine: bool
    kind: str
    processes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogData:
    """A page of the log of judgements, the latest first."""

    rows: tuple[LogRow, ...]
    pager: Pager
    who: str
    action: str
    actions: tuple[str, ...]


def load_review(
    house: HouseDep,
    visitor: VisitorDep,
    filters: FiltersDep,
    rows: RowsDep,
    kind: Annotated[str, Query(pattern="^[a-z]{0,20}$")] = "",
    mine: bool = False,
) -> ReviewData:
    """What waits for a review, the most pressing first."""
    waiting = list_waiting(
        house.record,
        filters,
        kinds=(kind,) if kind else None,
        who=visitor.name,
        mine=mine,
        limit=rows.size,
        offset=rows.offset,
    )
    pager = Pager(rows.page, rows.size, waiting.total)
    return ReviewData(waiting, pager, filters, mine, kind, tuple(house.knowledge.processes))


def load_log(
    house: HouseDep,
    rows: RowsDep,
    who: Annotated[str, Query(max_length=200)] = "",
    action: Annotated[str, Query(max_length=20)] = "",
    subject: Annotated[str, Query(max_length=300)] = "",
) -> LogData:
    """Who decided what, when and why: the log of judgements, the latest first."""
    found = list_log(
        house.record,
        who=who or None,
        action=action or None,
        subject=subject or None,
        limit=rows.size,
        offset=rows.offset,
    )
    pager = Pager(rows.page, rows.size, found.total)
    return LogData(found.rows, pager, who, action, tuple(ACTIONS))


@router.get("/claims/{uid}", include_in_schema=False)
def show_claim(request: Request, visitor: VisitorDep, house: HouseDep, uid: Uid) -> Response:
    """Give a claim's card as it stands in the margin of its article."""
    return _card(request, visitor, house, uid)


@router.get("/claims/{uid}/edit", include_in_schema=False)
def show_claim_form(request: Request, visitor: VisitorDep, house: HouseDep, uid: Uid) -> Response:
    """Give a claim's card as a form."""
    detail, claim = _load_claim(house, uid)
    values = {
        "claim": claim,
        "text": detail.reading.article.text,
        "fields": fields_of(claim.kind),
        "types": types_of(claim.kind),
        "roles": roles_of(claim.kind),
        "now": values_of_claim(claim),
        "known": _known(detail),
        "page": None,
    }
    return render(request, visitor, house, "claim_form.html.j2", values=values)


@router.post("/judgements", include_in_schema=False, dependencies=[Depends(check_token)])
async def write_judgement(request: Request, visitor: VisitorDep, house: HouseDep) -> Response:
    """Write a judgement; answer with the claim's card, or return to the page it came from."""
    form = await request.form()
    written = partial(_write, request, visitor, house, form)
    return await to_thread.run_sync(written, limiter=request.app.state.writers)


def _write(request: Request, visitor: Visitor, house: House, form: FormData) -> Response:
    action, kind = _text(form, "action"), _text(form, "kind")
    subject, reason = _text(form, "subject"), _text(form, "reason")
    if action not in ACTIONS or kind not in _KINDS:
        raise WebError(400, "judgement", f"{action} {kind}")
    if action == "edit":
        wanted = _edit(house, visitor, kind, subject, reason, form)
    else:
        wanted = Judgement(action, kind, subject, visitor.name, reason, _detail(form))
    written = keep_judgement(house, wanted)
    if request.headers.get("hx-request") != "true":
        if kind == "entry":
            return RedirectResponse(_after_entry(house, visitor, written, form), status_code=303)
        return back(request)
    told = {"judged": {"seq": written.seq, "said": _said(written, visitor.lang)}}
    card = _text(form, "card")
    answer = (
        _card(request, visitor, house, card or subject)
        if kind == "claim" or card
        else Response(headers={"HX-Refresh": "true"})
    )
    answer.headers["HX-Trigger"] = json.dumps(told)
    return answer


def _after_entry(house: House, visitor: Visitor, written: Judgement, form: FormData) -> str:
    """Return where to go once an entry was judged: on to the next that waits, if the queue was left for it."""
    if _text(form, "then") == "review" and written.action in _DECIDING:
        waiting = list_waiting(house.record, who=visitor.name, limit=1)
        return f"/entries/{waiting.rows[0].id}?then=review" if waiting.rows else "/review"
    return f"/entries/{written.subject}"


@router.post(
    "/api/judgements",
    tags=["desk"],
    operation_id="judge",
    dependencies=[Depends(check_token)],
)
def give_judgement(
    house: HouseDep,
    visitor: VisitorDep,
    action: Annotated[str, Form()],
    kind: Annotated[
        Literal["claim", "entry", "actor", "article", "source", "process", "judgement"], Form()
    ],
    subject: Annotated[str, Form(max_length=300)],
    reason: Annotated[str, Form(max_length=4000)] = "",
    detail: Annotated[str, Form(max_length=100_000, description="JSON object")] = "{}",
) -> JSONResponse:
    """Write a judgement and give it as it stands in the log."""
    try:
        said = json.loads(detail)
        if not isinstance(said, dict):
            raise ValueError("not an object")
    except ValueError as error:
        raise WebError(409, "judgement", str(error)) from error
    refuse_control("detail", said)
    wanted = Judgement(action, kind, subject, visitor.name, reason, said)
    return JSONResponse(plain(keep_judgement(house, wanted)), status_code=201)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _texts(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str)]


def _detail(form: FormData) -> dict[str, Any]:
    detail: dict[str, Any] = {}
    for name in _DETAILS:
        if name in _LIST_DETAILS and name in form:
            detail[name] = _texts(form, name)
        elif _text(form, name):
            detail[name] = _text(form, name)
    return detail


def _edit(
    house: House, visitor: Visitor, kind: str, subject: str, reason: str, form: FormData
) -> Judgement:
    """Return the judgement that a filled form for editing stands for."""
    fields = {
        key.removeprefix("field."): value
        for key, value in form.multi_items()
        if key.startswith("field.") and isinstance(value, str)
    }
    roles = list(zip(_texts(form, "role.actor"), _texts(form, "role.role"), strict=False))
    given = Given(
        fields,
        roles if "role.actor" in form else None,
        _texts(form, "span") if "span" in form else None,
    )
    if kind == "claim":
        now = values_of_claim(_load_claim(house, subject)[1])
    elif kind == "entry":
        with or_missing("entry"):
            now = values_of_entry(load_entry_row(house.record, subject))
    else:
        raise WebError(400, "judgement", kind)
    return edit_of(kind, subject, visitor.name, reason, find_changes(given, now))


def _load_claim(house: House, uid: str) -> tuple[ArticleDetail, ArticleClaim]:
    sha256 = find_articles(house.record, [uid]).get(uid)
    if sha256 is None:
        raise WebError(404, "no_claim")
    detail = load_article(house.record, sha256)
    claim = next((claim for claim in detail.claims if claim.uid == uid), None)
    if claim is None:
        raise WebError(404, "no_claim")
    return detail, claim


def _known(detail: ArticleDetail) -> dict[str, Any]:
    """Return who and what an article names, by key: the choices for its claims."""
    known = {ref.key: ref for ref in detail.keys.values() if ref.ar or ref.en}
    for claim in detail.claims:
        known.update((ref.key, ref) for ref, _ in claim.actors)
        if claim.place:
            known[claim.place.key] = claim.place
    return known


def _card(request: Request, visitor: Visitor, house: House, uid: str) -> Response:
    _, claim = _load_claim(house, uid)
    return render(
        request, visitor, house, "claim_card.html.j2", values={"claim": claim, "page": None}
    )


def _said(written: Judgement, lang: str) -> str:
    return tr("web.judged", lang, action=tr_code("action", written.action, lang), seq=written.seq)
