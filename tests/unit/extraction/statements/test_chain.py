"""The chain of mouths, on sentences of our own."""

from __future__ import annotations

import pytest

from mahdar.extraction.statements import find_statements

SALEM = ("salem", "PER", ("كريم السالم", "السالم"))
NORA = ("nora", "PER", ("نورة العامري", "العامري"))
EXPERTS = ("source:experts", "ORG", ("~خبراء محليون",))
RAYA = ("raya", "ORG", ("صحيفة الراية", "الراية"))
ALL = (SALEM, NORA, EXPERTS, RAYA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "خبر\n\nوقال كريم السالم لصحيفة الراية إن الطريق مغلق. وأضاف السالم أن الجسر مغلق.",
            [("raya",), ("raya",)],
            id="a paper spoken to holds for all that one says",
        ),
        pytest.param(
            "خبر\n\nوقال خبراء محليون لصحيفة الراية إن الطريق مغلق. وقالت نورة العامري إن الجسر مفتوح.",
            [("raya",), ("raya",)],
            id="several speak to a paper in turn",
        ),
        pytest.param(
            "خبر\n\nوقال كريم السالم لصحيفة الراية إن الطريق مغلق. وقالت نورة العامري إن الجسر مفتوح.",
            [("raya",), ()],
            id="one speaks to a paper, another does not",
        ),
    ],
)
def test_chain(make_doc, text, expected):
    assert [s.via for s in find_statements(make_doc(text, ALL))] == expected


def test_source_at_the_end_of_a_text(make_doc):
    """A source that is the last word of a text is read, not stumbled over."""
    doc = make_doc("خبر\n\nالطريق مغلق بحسب صحيفة الراية", ALL)
    assert len(find_statements(doc)) <= 1
