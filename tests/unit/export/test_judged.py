"""What people have judged goes along: states, corrections, codes; markings keep things in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from made_exports import READINGS, read_csv

from mahdar.export.formats import FORMATS, Exported, Request, export_record
from mahdar.store import Judgement, Record, judge, open_record
from mahdar.views import list_timeline

SECRET = "تعز"
"""A word of the two reports of the air strike and of the truce, and of nothing else."""


@pytest.fixture
def talks(record: Record, tmp_path: Path) -> Iterator[Record]:
    """A record of its own: these tests change it."""
    shutil.copyfile(record.name, tmp_path / "talks.db")
    with open_record(tmp_path / "talks.db") as made:
        yield made


Write = Callable[..., Exported]


@pytest.fixture
def write(talks: Record, tmp_path: Path) -> Write:
    def run(form: str, **asked: Any) -> Exported:
        return export_record(talks, form, tmp_path / f"out-{form}", Request(**asked))

    return run


def entry_of(talks: Record, type_: str, modality: str = "occurred") -> Any:
    (found,) = [e for e in list_timeline(talks) if (e.type, e.modality) == (type_, modality)]
    return found


def decide(talks: Record, action: str, kind: str, subject: str, **detail: Any) -> None:
    judge(talks, Judgement(action, kind, subject, who="سلمى", reason="اختبار", detail=detail))


def everything(done: Exported) -> str:
    paths = [done.out] if done.out.is_file() else sorted(done.out.iterdir())
    return "".join(p.read_text(encoding="utf-8-sig", errors="replace") for p in paths)


@pytest.mark.parametrize("form", ["plover", "acled", "ged", "geojson", "ftm", "hxl"])
def test_rejected_entries_are_not_passed_on(form: str, talks: Record, write: Write) -> None:
    attack = entry_of(talks, "ATTACK")
    assert attack.id in everything(write(form))
    decide(talks, "reject", "entry", attack.id)
    done = write(form)
    assert attack.id not in everything(done)
    assert done.left_out.counts["rejected", ""] == 1


def test_the_tables_keep_rejected_entries_and_say_so(talks: Record, write: Write) -> None:
    attack = entry_of(talks, "ATTACK")
    decide(talks, "reject", "entry", attack.id)
    rows = {row["entry"]: row for row in read_csv(write("csv").out / "entries.csv")}
    assert (rows[attack.id]["review"], rows[attack.id]["verdict"]) == ("rejected", "rejected")
    others = {row["review"] for id_, row in rows.items() if id_ != attack.id}
    assert others == {"machine_draft"}


def test_corrections_show_with_the_machines_value(talks: Record, write: Write) -> None:
    meeting = entry_of(talks, "MEET")
    (claim, *_) = meeting.fields["time"][0].claims
    decide(talks, "edit", "claim", claim, new={"time": "2015-08-04", "processes": ["syria-geneva"]})
    out = write("csv").out
    (event,) = [row for row in read_csv(out / "events.csv") if row["claim"] == claim]
    assert event["time"] == "2015-08-04"
    assert (event["review"], event["verdict"]) == ("accepted_edited", "accepted_edited")
    told = {row["field"]: row for row in read_csv(out / "corrections.csv")}
    assert (told["time"]["machine"], told["time"]["corrected"]) == ("2015-08-03", "2015-08-04")
    assert json.loads(told["processes"]["machine"]) == []
    assert json.loads(told["processes"]["corrected"]) == ["syria-geneva"]
    assert {row["claim"] for row in read_csv(out / "corrections.csv")} == {claim}


def test_admiralty_codes_are_two(talks: Record, write: Write) -> None:
    (claim, *_) = entry_of(talks, "MEET").fields["time"][0].claims
    decide(talks, "rate", "source", "sabq", reliability="C")
    decide(talks, "credit", "claim", claim, credibility=2)
    out = write("csv").out
    articles = {row["publisher"]: row["reliability"] for row in read_csv(out / "articles.csv")}
    assert articles["sabq"] == "C"
    assert articles["okaz"] == ""
    events = {row["claim"]: row["credibility"] for row in read_csv(out / "events.csv")}
    assert events[claim] == "2"
    assert set(events.values()) == {"", "2"}


def test_actors_judged_to_be_one_are_one(talks: Record, write: Write) -> None:
    decide(talks, "same", "actor", "john-kerry", **{"with": "adel-al-jubeir"})
    out = write("csv").out
    assert "adel-al-jubeir" not in everything(write("plover"))
    named = {row["actor"] for row in read_csv(out / "participants.csv")}
    assert "adel-al-jubeir" not in named
    assert "john-kerry" in named


def articles_with_secret() -> list[str]:
    return [r.article.sha256 for r in READINGS if SECRET in r.article.text]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_a_red_article_goes_out(form: str, talks: Record, write: Write) -> None:
    hidden = articles_with_secret()
    for sha in hidden:
        decide(talks, "mark", "article", sha, tlp="RED")
    done = write(form)
    written = everything(done)
    assert SECRET not in written
    assert not [sha for sha in hidden if sha in written or sha[:32] in written]
    reasons = {reason for reason, _ in done.left_out.counts}
    assert reasons & {"tlp_article", "tlp_rests"}
    shown = write(form, tlp="RED")
    assert not {r for r, _ in shown.left_out.counts if r.startswith("tlp")}
    if form not in ("ical", "parquet"):
        assert SECRET in everything(shown)


@pytest.mark.parametrize(
    ("marking", "tlp", "shown"),
    [
        ("CLEAR", "CLEAR", True),
        ("GREEN", "CLEAR", False),
        ("AMBER", "AMBER", True),
        ("AMBER+STRICT", "AMBER", False),
        ("AMBER+STRICT", "AMBER+STRICT", True),
        ("RED", "AMBER+STRICT", False),
        ("RED", "RED", True),
    ],
)
def test_circles_of_readers(
    marking: str, tlp: str, shown: bool, talks: Record, write: Write
) -> None:
    meeting = entry_of(talks, "MEET")
    decide(talks, "mark", "entry", meeting.id, tlp=marking)
    out = write("csv", tlp=tlp).out
    entries = {row["entry"]: row for row in read_csv(out / "entries.csv")}
    assert (meeting.id in entries) is shown
    if shown:
        assert entries[meeting.id]["tlp"] == marking
    claims = {row["claim"] for row in read_csv(out / "events.csv")}
    assert bool(claims & set(meeting.fields["type"][0].claims)) is shown
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["tlp"], manifest["strictest_marking"]) == (tlp, marking)


def test_a_marked_process_closes_its_entries(talks: Record, write: Write) -> None:
    planned = entry_of(talks, "MEET", "planned")
    decide(talks, "mark", "process", "yemen-un-talks", tlp="RED")
    done = write("ical")
    assert planned.id not in everything(done)
    assert done.left_out.counts["tlp_entry", ""] == 1


def test_what_is_told_in_a_marked_claims_sentence_stays_in(talks: Record, write: Write) -> None:
    """The statement and the promise inside it share their words."""
    out = write("csv").out
    (promise,) = read_csv(out / "commitments.csv")
    decide(talks, "mark", "claim", promise["claim"], tlp="RED")
    done = write("csv")
    assert read_csv(done.out / "commitments.csv") == []
    written = {p.name: p.read_text(encoding="utf-8-sig") for p in done.out.iterdir()}
    del written["articles.csv"]  # the headline: to keep that in, the article is marked
    assert not [name for name, text in written.items() if "يمنع انتشار السلاح" in text]
    assert done.left_out.counts["tlp_rests", ""] == 2
    assert "okaz" in everything(done)


def test_the_state_of_the_record_changes_with_a_judgement(talks: Record, write: Write) -> None:
    def state() -> tuple[str, int]:
        manifest = json.loads((write("jsonl").out / "manifest.json").read_text(encoding="utf-8"))
        return manifest["record"]["state"], manifest["record"]["judgements"]

    before = state()
    assert before == state()
    decide(talks, "accept", "entry", entry_of(talks, "MEET").id)
    after = state()
    assert after[0] != before[0]
    assert (before[1], after[1]) == (0, 1)
