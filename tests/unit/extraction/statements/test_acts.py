"""What a statement does, told by the linear model alone and with the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np
import pytest

import mahdar.extraction.statements.acts as module
from mahdar.extraction.heads import Reported
from mahdar.extraction.statements.find import look_through, read_statements
from mahdar.extraction.statements.models import load_models
from mahdar.model import Act
from mahdar.pipeline import load_engine

TEXT = "جنيف. قال الوزير إن الطقس جميل في المدينة. وطالب المبعوث بوقف إطلاق النار."


class Sure:
    """A head that holds every statement for a threat."""

    def acts(self, states: object, said: Sequence[Reported]) -> np.ndarray:
        scores = np.zeros((len(said), len(get_args(Act))), np.float32)
        scores[:, get_args(Act).index("warn")] = 1000.0
        return scores


def test_the_linear_model_knows_every_act() -> None:
    assert set(load_models().act.labels) == set(get_args(Act))


def test_both_judges_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load_engine(network=False)
    doc = nlp(TEXT)
    alone = [s.act for s in doc._.statements]
    assert len(alone) == 2
    assert "warn" not in alone
    monkeypatch.setattr(module, "load_heads", Sure)
    _, statements = read_statements(doc, states=object())  # type: ignore[arg-type]
    assert [s.act for s in statements] == ["warn", "warn"]


def test_no_statement_no_question() -> None:
    view, candidates = look_through(load_engine(network=False)("جنيف."))
    assert candidates == []
    assert module.tell_acts(view, [], load_models().act, object()) == []  # type: ignore[arg-type]
