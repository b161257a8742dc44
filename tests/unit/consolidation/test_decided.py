"""What people decided, laid over claims and over merging."""

from __future__ import annotations

import pytest

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import JUDGED, cluster_claims
from mahdar.consolidation.consolidate import RULES
from mahdar.consolidation.decided import NOTHING_DECIDED, Decided
from mahdar.model import Span


def claim(uid: str, article: str = "", *, time: str | None = "2015-08-03", **more: object) -> Claim:
    values: dict[str, object] = {
        "roles": (("john-kerry", "actor"), ("sergey-lavrov", "actor")),
        "place": "doha",
        "published": "2015-08-04",
        "modality": "occurred",
    }
    return Claim(
        uid,
        article or f"article {uid}",
        "event",
        "MEET",
        (("trigger", Span(0, 5)),),
        Span(0, 20),
        time=time,
        **(values | more),  # type: ignore[arg-type]
    )


def entries(claims: list[Claim], decided: Decided = NOTHING_DECIDED) -> list[list[str]]:
    told = [decided.apply(c) for c in claims]
    made = cluster_claims(told, RULES["meeting"], Context(), decided).clusters
    return sorted(sorted(member.uid for member in cluster.members) for cluster in made)


ALIKE = [claim("a"), claim("b"), claim("c")]
OTHER_DAY = claim("d", time="2015-08-20", published="2015-08-21")


@pytest.mark.parametrize(
    ("decided", "made"),
    [
        (Decided(), [["a", "b", "c"], ["d"]]),
        (Decided(groups={"a": "a", "d": "a"}), [["a", "b", "c", "d"]]),
        (Decided(alone=frozenset({"b"})), [["a", "c"], ["b"], ["d"]]),
        (
            Decided(apart={"a": frozenset({"b", "c"}), "b": frozenset("a"), "c": frozenset("a")}),
            [["a"], ["b", "c"], ["d"]],
        ),
        (
            Decided(
                groups={"a": "a", "d": "a"},
                apart={"d": frozenset("b"), "b": frozenset("d")},
            ),
            [["a", "c", "d"], ["b"]],
        ),
        (Decided(edits={"d": {"time": "2015-08-03"}}), [["a", "b", "c", "d"]]),
        (
            Decided(recast={"b": {"john-kerry": "x"}, "c": {"sergey-lavrov": "y"}}),
            [["a"], ["b"], ["c"], ["d"]],
        ),
        (
            Decided(
                recast={"b": {"john-kerry": "x", "sergey-lavrov": "y"}},
                actors={"x": "john-kerry", "y": "sergey-lavrov"},
            ),
            [["a", "b", "c"], ["d"]],
        ),
        (Decided(groups={"a": "a", "d": "a"}, alone=frozenset("d")), [["a", "b", "c"], ["d"]]),
    ],
    ids=[
        "nothing",
        "one",
        "alone",
        "apart",
        "apart-from-the-whole-group",
        "edited",
        "somebody-else",
        "somebody-else-who-is-the-same",
        "rejected-leaves-its-group",
    ],
)
def test_merging_takes_what_was_decided(decided: Decided, made: list[list[str]]) -> None:
    assert entries([*ALIKE, OTHER_DAY], decided) == made
    assert entries([OTHER_DAY, *reversed(ALIKE)], decided) == made


def test_a_judged_claim_says_why_it_stands_there() -> None:
    decided = Decided(groups={"a": "a", "d": "a"})
    (cluster,) = cluster_claims([*ALIKE, OTHER_DAY], RULES["meeting"], Context(), decided).clusters
    why = dict(zip((m.uid for m in cluster.members), cluster.matches, strict=True))
    assert why["d"] == JUDGED


def test_edits_lie_over_the_machines_values() -> None:
    edits = {
        "time": None,
        "killed": 4,
        "roles": [["x", "actor"]],
        "processes": ["yemen"],
        "spans": [["trigger", 2, 4]],
    }
    told = Decided(edits={"a": edits}).apply(claim("a"))
    assert (told.time, told.killed, told.roles) == (None, 4, (("x", "actor"),))
    assert (told.processes, told.spans) == (("yemen",), (("trigger", Span(2, 4)),))
    untouched = claim("b")
    assert Decided(edits={"a": edits}).apply(untouched) is untouched
