"""The sentences that are shown for a claim's spans, and where the spans stand in them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mahdar.model import Span
from mahdar.views.entry import GAP, find_passages, place_marks

TEXT = "جملة أولى. جملة ثانية. جملة ثالثة. جملة رابعة."
SENTENCES = [Span(0, 10), Span(11, 22), Span(23, 34), Span(35, 46)]


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        pytest.param([Span(5, 9)], [(0, 10)], id="one"),
        pytest.param([Span(5, 9), Span(11, 15)], [(0, 22)], id="neighbours"),
        pytest.param([Span(36, 39), Span(2, 4)], [(0, 10), (35, 46)], id="apart, unordered"),
        pytest.param([Span(5, 30)], [(0, 34)], id="over three"),
        pytest.param([], [], id="none"),
    ],
)
def test_passages(spans: list[Span], shown: list[tuple[int, int]]) -> None:
    passages = find_passages(TEXT, spans, SENTENCES)
    assert [(p.start, p.end) for p in passages] == shown
    assert all(TEXT[p.start : p.end] == p.text for p in passages)


def test_a_text_without_stops_is_shown_in_part() -> None:
    text = "كلمة " * 100_000
    (passage,) = find_passages(text, [Span(250_000, 250_004)], [Span(0, len(text))])
    assert passage.start < 250_000 < passage.end
    assert len(passage.text) < 1000


@given(
    st.lists(st.tuples(st.integers(0, 45), st.integers(1, 20)), max_size=5),
    st.lists(st.integers(1, 45), max_size=6, unique=True),
)
def test_marks_show_the_spans(raw: list[tuple[int, int]], cuts: list[int]) -> None:
    spans = [Span(start, min(len(TEXT), start + size)) for start, size in raw]
    edges = [0, *sorted(cuts), len(TEXT)]
    sentences = [Span(a, b) for a, b in pairwise(edges)]
    passages = find_passages(TEXT, spans, sentences)
    shown = GAP.join(p.text for p in passages)
    marks = list(place_marks(passages, [("trigger", span) for span in spans]))
    assert [shown[m.start : m.end] for m in marks] == [span.of(TEXT) for span in spans]
