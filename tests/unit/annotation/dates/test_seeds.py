"""How far the founding articles tell their own date, with no metadata given."""

from pathlib import Path

import pytest

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor
from mahdar.annotation.dates.edtf import parse_edtf
from mahdar.model import Anchor, Article

SEEDS = Path(__file__).resolve().parents[5] / "shared" / "press" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared folder is not beside the checkout"),
]
NLP = blank_pipeline()


def anchor_of(seed: str) -> Anchor:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    text = path.read_text(encoding="utf-8")
    doc = NLP(text)
    doc._.article = Article(id=seed, text=text, sha256="")
    return find_anchor(doc)


def test_the_current_month_between_agreement_and_post() -> None:
    anchor = anchor_of("003")
    assert (anchor.edtf, anchor.basis) == ("2016-04", "text")
    assert anchor.rejected[0].startswith("2024-11-15")


@pytest.mark.parametrize(("seed", "truth"), [("001", "2015-08"), ("002", "2016-12-27")])
def test_months_that_hold_the_true_date(seed: str, truth: str) -> None:
    anchor = anchor_of(seed)
    told, true = parse_edtf(anchor.edtf), parse_edtf(truth)
    assert told is not None
    assert true is not None
    assert told.start <= true.start <= told.end
    assert anchor.certainty < 0.5


def test_the_issue_line_loses() -> None:
    assert anchor_of("001").rejected[0].startswith("2024-05-01")


@pytest.mark.parametrize("seed", ["000", "004"])
def test_a_weekday_is_evidence_and_no_date(seed: str) -> None:
    anchor = anchor_of(seed)
    assert anchor.edtf is None
    assert anchor.evidence
