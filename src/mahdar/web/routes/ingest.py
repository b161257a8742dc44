"""Ingest: files and pasted text in, progress live, errors with the mend."""

# No postponed annotations here: FastAPI reads them.
import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, Request, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from mahdar.cli.output import plain
from mahdar.web.errors import WebError
from mahdar.web.jobs import Inbox, JobDetail, OwnInbox
from mahdar.web.registry import require
from mahdar.web.rendering import render
from mahdar.web.security import check_token
from mahdar.web.uploads import ENDINGS, MAX_FILES, MAX_UPLOAD_BYTES, take_files, take_text
from mahdar.web.visitor import HouseDep, VisitorDep

router = APIRouter(dependencies=[Depends(require("ingest"))])
_SHOWN_JOBS = 20
_LOOK_SECONDS = 0.5
_QUIET_LOOKS = 20
"""After so many looks without news a comment is sent, so that a dead connection is noticed."""


async def inbox_of(request: Request) -> Inbox:
    """Return the application's inbox; of a team's only what the visitor brought, but for who sees all."""
    inbox: Inbox = request.app.state.inbox
    user = request.scope.get("mahdar_user")
    if request.app.state.house.team is None or (user and user.role == "admin"):
        return inbox
    return OwnInbox(inbox, user.name if user else "")


InboxDep = Annotated[Inbox, Depends(inbox_of)]
JobId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,40}$")]


@dataclass(frozen=True, slots=True)
class IngestData:
    """The newest jobs, and what may be uploaded."""

    jobs: tuple[JobDetail, ...]
    endings: tuple[str, ...]
    max_bytes: int


def load_ingest(inbox: InboxDep) -> IngestData:
    """The jobs that bring articles into the record, the newest first."""
    jobs = [inbox.find(job.id) for job in inbox.list_jobs()[:_SHOWN_JOBS]]
    return IngestData(tuple(j for j in jobs if j), ENDINGS, MAX_UPLOAD_BYTES)


@router.post("/ingest/files", dependencies=[Depends(check_token)], include_in_schema=False)
def take_upload(
    inbox: InboxDep, visitor: VisitorDep, files: Annotated[list[UploadFile], File()]
) -> Response:
    """Take uploaded files and let the work begin."""
    given = [(file.filename or "", file.file) for file in files if file.filename]
    if not given:
        raise WebError(400, "no_files")
    if len(given) > MAX_FILES:
        raise WebError(413, "too_many", str(MAX_FILES))
    folder = inbox.open_job()
    taken, refused = take_files(folder, given)
    inbox.submit(folder, visitor.name, taken, refused)
    return RedirectResponse("/ingest", status_code=303)


@router.post("/ingest/text", dependencies=[Depends(check_token)], include_in_schema=False)
def take_pasted(
    inbox: InboxDep,
    visitor: VisitorDep,
    text: Annotated[str, Form(max_length=1_000_000)] = "",
    title: Annotated[str, Form(max_length=1000)] = "",
    publisher: Annotated[str, Form(max_length=300)] = "",
    published: Annotated[str, Form(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
) -> Response:
    """Take a pasted article and let the work begin."""
    if not text.strip():
        raise WebError(400, "no_text")
    folder = inbox.open_job()
    taken = take_text(folder, text, title=title, publisher=publisher, published=published)
    inbox.submit(folder, visitor.name, taken)
    return RedirectResponse("/ingest", status_code=303)


@router.post("/ingest/{job_id}/{act}", dependencies=[Depends(check_token)], include_in_schema=False)
def steer_job(
    inbox: InboxDep, job_id: JobId, act: Annotated[str, Path(pattern="^(stop|again)$")]
) -> Response:
    """Stop a job, or let it go on."""
    _find(inbox, job_id)
    if act == "stop":
        inbox.stop(job_id)
    else:
        inbox.again(job_id)
    return RedirectResponse("/ingest", status_code=303)


@router.get("/ingest/{job_id}/row", include_in_schema=False)
def show_job(
    request: Request, visitor: VisitorDep, house: HouseDep, inbox: InboxDep, job_id: JobId
) -> Response:
    """Give one job's part of the page, for live renewal."""
    values = {"detail": _find(inbox, job_id), "page": None}
    return render(request, visitor, house, "job.html.j2", values=values)


@router.get("/api/ingest/{job_id}", tags=["data"], operation_id="job")
def give_job(inbox: InboxDep, job_id: JobId) -> JSONResponse:
    """One job with what it could not read."""
    return JSONResponse(plain(_find(inbox, job_id)))


@router.get("/ingest/{job_id}/events", include_in_schema=False)
async def stream_job(request: Request, inbox: InboxDep, job_id: JobId) -> StreamingResponse:
    """Give a job's progress as server-sent events until it ends."""
    _find(inbox, job_id)

    async def events() -> AsyncIterator[str]:
        told, quiet = "", 0
        while not await request.is_disconnected():
            detail = await asyncio.to_thread(inbox.find, job_id)
            if detail is None:
                return
            news = json.dumps(asdict(detail.job) | {"beat": 0}, ensure_ascii=False)
            if news != told:
                told, quiet = news, 0
                yield f"event: job\ndata: {news}\n\n"
            elif (quiet := quiet + 1) >= _QUIET_LOOKS:
                quiet = 0
                yield ": still here\n\n"
            if detail.job.state in ("done", "stopped", "failed"):
                yield "event: end\ndata: {}\n\n"
                return
            await asyncio.sleep(_LOOK_SECONDS)

    return StreamingResponse(
        events(), media_type="text/event-stream", headers={"x-accel-buffering": "no"}
    )


def _find(inbox: Inbox, job_id: str) -> JobDetail:
    detail = inbox.find(job_id)
    if detail is None:
        raise WebError(404, "no_job")
    return detail
