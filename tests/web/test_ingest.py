"""Jobs: files and text into the record, errors named, progress told, work taken up again."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from workbench import Browser, make_record

from mahdar.ingest import iter_articles
from mahdar.model import Article
from mahdar.store import open_record
from mahdar.views.articles import list_articles
from mahdar.web.jobs import Failure, Inbox, Job, TakenFile, note_failure, read_job, write_job
from mahdar.web.uploads import take_text

TEXT = "قال وزير الخارجية المصري سامح شكري أمس الثلاثاء إن القاهرة ترحب باتفاق وقف إطلاق النار في ليبيا."


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox", str(tmp_path / "talks.db"))


def make_job(inbox: Inbox) -> Job:
    folder = inbox.open_job()
    return inbox.submit(folder, "salma", take_text(folder, TEXT))


def wait_for(inbox: Inbox, job_id: str, *states: str, seconds: float = 90) -> Job:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        detail = inbox.find(job_id)
        if detail and detail.job.state in states:
            return detail.job
        time.sleep(0.1)
    raise AssertionError(f"not {states} after {seconds} s: {inbox.find(job_id)}")


def test_unknown_job(inbox: Inbox) -> None:
    make_job(inbox)
    assert inbox.find("../inbox") is None
    assert inbox.find("20200101T000000-00000000") is None


def test_jobs_newest_first(inbox: Inbox) -> None:
    for stamp in ("20240101T000000-00000001", "20250101T000000-00000002"):
        folder = inbox.folder / stamp
        folder.mkdir(parents=True)
        write_job(folder, Job(stamp, "2024", "salma", (TakenFile("a.txt", 1),)))
    assert [job.id[:4] for job in inbox.list_jobs()] == ["2025", "2024"]


def test_half_written_failure_is_passed_over(inbox: Inbox) -> None:
    job = make_job(inbox)
    folder = inbox.folder / job.id
    note_failure(folder, Failure("a", None, "broken", "fetch it again"))
    with (folder / "errors.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"file": "b", "pla')
    detail = inbox.find(job.id)
    assert detail is not None
    assert [failure.file for failure in detail.failures] == ["a"]


def test_stop_and_go_on(inbox: Inbox) -> None:
    job = make_job(inbox)
    inbox.again(job.id)
    assert read_job(inbox.folder / job.id).state == "waiting"
    inbox.stop(job.id)
    assert read_job(inbox.folder / job.id).state == "stopped"
    inbox.again(job.id)
    assert read_job(inbox.folder / job.id).state == "waiting"
    inbox.stop("20200101T000000-00000000")


def test_living_worker_of_another_server_is_left_alone(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(inbox, "_begin", lambda folder, job: begun.append(job.id))
    job = make_job(inbox)
    folder = inbox.folder / job.id
    write_job(folder, replace(job, state="running", beat=time.time()))
    inbox._step()
    assert begun == []
    write_job(folder, replace(job, state="running", beat=time.time() - 60))
    inbox._step()
    assert begun == [job.id]


@pytest.mark.parametrize("title", ["", "ترحيب مصري"])
def test_pasted_text_is_an_article(title: str, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    take_text(tmp_path, TEXT, title=title, publisher="الأهرام", published="2020-10-24")
    (article,) = iter_articles([tmp_path / "files"])
    assert isinstance(article, Article)
    assert (article.title, article.publisher, article.published) == (
        title or None,
        "الأهرام",
        "2020-10-24",
    )
    assert article.text.endswith(TEXT)
    assert article.text.startswith(title)


def test_empty_paste_is_refused(tmp_path: Path) -> None:
    with make_record(tmp_path / "talks.db", []) as record:
        own = Browser(record, tmp_path / "inbox", lang="en")
        assert own.post("/ingest/text", {"text": "  \n"}).status_code == 400
        assert own.post("/ingest/text", {"text": "نص", "published": "../x"}).status_code == 400
        assert own.inbox.list_jobs() == []


def test_upload_is_read_into_the_record(tmp_path: Path) -> None:
    """The way through: a good file, a broken one, progress told, another run skips what is known."""
    with make_record(tmp_path / "talks.db", []) as record:
        own = Browser(record, tmp_path / "inbox", lang="en")
        with own.client:  # the application lives: the inbox works
            files = [
                ("files", ("خبر.txt", TEXT.encode())),
                ("files", ("broken.json", b'{"text": ')),
            ]
            assert own.post("/ingest/files", files=files).status_code == 303
            (job,) = own.inbox.list_jobs()
            job = wait_for(own.inbox, job.id, "done", "failed")
            assert (job.state, job.new, job.failed, job.problem) == ("done", 1, 1, "")
            page = own.get("/ingest").text
            assert "broken.json" in page
            detail = own.inbox.find(job.id)
            assert detail is not None
            assert detail.failures[0].mend in page
            events = own.get(f"/ingest/{job.id}/events").text
            assert "event: end" in events
            data = json.loads(events.split("data: ", 1)[1].split("\n", 1)[0])
            assert (data["state"], data["new"]) == ("done", 1)
            assert list_articles(record).total == 1
            assert own.get("/api/home").json()["counts"]["claims"] > 0


@pytest.mark.slow
def test_killed_server_and_worker_lose_nothing(tmp_path: Path) -> None:
    """Stopped in the middle of reading, a new server goes on and every article is there once."""
    path = tmp_path / "talks.db"
    make_record(path, []).close()
    lines = [
        json.dumps(
            {"text": f"{TEXT} وأضاف في البيان رقم {n} أن المشاورات مستمرة."}, ensure_ascii=False
        )
        for n in range(400)
    ]
    first = Inbox(tmp_path / "inbox", str(path))
    folder = first.open_job()
    (folder / "files" / "001").mkdir()
    (folder / "files" / "001" / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    job = first.submit(folder, "salma", [TakenFile("many.jsonl", 1)])
    first.resume()
    end = time.monotonic() + 60
    while read_job(folder).seen < 30 and time.monotonic() < end:
        time.sleep(0.02)
    assert first._worker is not None
    first._ending.set()
    first._worker.kill()
    first._worker.wait()
    middle = read_job(folder)
    assert middle.state == "running"
    write_job(folder, replace(middle, beat=middle.beat - 60))  # time passes
    second = Inbox(tmp_path / "inbox", str(path))
    second.resume()
    try:
        done = wait_for(second, job.id, "done", "failed")
    finally:
        second.leave()
    assert (done.state, done.failed) == ("done", 0)
    with open_record(path) as record:
        assert list_articles(record).total == 400
        assert not record.stale


@pytest.mark.slow
def test_bomb_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A ZIP of a few hundred kB that unpacks to more than the limit, beside a good article."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.txt", "w", force_zip64=True) as member:
            for _ in range(520):
                member.write(b"0" * 2**20)
        archive.writestr("good.txt", TEXT)
    with make_record(tmp_path / "talks.db", []) as record:
        own = Browser(record, tmp_path / "inbox", lang="en")
        with own.client:
            own.post("/ingest/files", files={"files": ("bomb.zip", packed.getvalue())})
            (job,) = own.inbox.list_jobs()
            done = wait_for(own.inbox, job.id, "done", "failed")
        assert (done.state, done.new, done.failed) == ("done", 1, 1)
        detail = own.inbox.find(job.id)
        assert detail is not None
        assert "bomb" in f"{detail.failures[0].file} {detail.failures[0].place}"
