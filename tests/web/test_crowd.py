"""The benchmark of a crowd at one workbench, short and small: it must notice nothing wrong here, and a loss."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import select

from mahdar.judgements import Judgement
from mahdar.store import Record, judge, tables
from mahdar.web.house import BUILT, STATIC

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(name="outcome")
def _outcome(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    pytest.importorskip("psutil", reason="NO PSUTIL: the crowd is untested")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import crowd_outcome

    return crowd_outcome


def _entry(record: Record) -> tuple[str, str]:
    e = tables.entries.c
    with record.reading() as connection:
        row = connection.execute(
            select(e.id, e.modality).where(e.modality.is_not(None)).order_by(e.id)
        ).first()
    assert row is not None
    return row.id, row.modality


def test_losses_are_noticed(own_record: Record, outcome: ModuleType) -> None:
    entry, modality = _entry(own_record)
    judge(own_record, Judgement("accept", "entry", entry, "reviewer 0", "reviewer 0, judgement 0"))
    kept = outcome.Wanted({"reviewer 0, judgement 0": "accept"}, {("entry", entry): "accepted"})
    assert outcome.find_losses(own_record, kept) == []
    for lost in (
        outcome.Wanted({"reviewer 0, judgement 0": "accept", "reviewer 1, judgement 3": "edit"}),
        outcome.Wanted({"reviewer 0, judgement 0": "reject"}),
        outcome.Wanted({}),
        outcome.Wanted(kept.reasons, {("entry", entry): "rejected"}),
        outcome.Wanted(kept.reasons, {("claim", "nobody-knows-it"): "accepted"}),
        outcome.Wanted(kept.reasons, {}, {entry: f"not {modality}"}),
    ):
        assert len(outcome.find_losses(own_record, lost)) == 1, lost


@pytest.mark.slow
def test_a_small_crowd_loses_nothing(made: Path) -> None:
    if not (STATIC / BUILT).is_file():
        pytest.skip("NO SCRIPTS (make web): no crowd can be let in")
    before = hashlib.sha256(made.read_bytes()).hexdigest()
    given = ("--readers", "4", "--reviewers", "2", "--seconds", "5", "--no-think")
    run = subprocess.run(
        [sys.executable, str(BENCHMARKS / "crowd.py"), str(made), *given],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "errors: 0; judgements lost: 0; verify: exit 0" in run.stdout
    assert "judge: edit" in run.stdout
    assert hashlib.sha256(made.read_bytes()).hexdigest() == before, "it works on a copy"
