"""How much each step of the name model's training reads: in earnest, and to see that the chain holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Limits of the steps; ``None`` is no limit. Rounds are over what a step reads.

    ``measured`` says whether the finished model is measured and written into the package; a tiny
    one is neither, it stays in the work folder.
    """

    press_articles: int | None
    vector_rounds: int
    adapt_articles: int | None
    adapt_rounds: int
    labelled_documents: int | None
    teachers: int
    teacher_rounds: int
    press_words: int
    base_rounds: int
    finish_rounds: int
    finish_runs: int
    measured: bool


FULL = Size(
    press_articles=None,
    vector_rounds=6,
    adapt_articles=None,
    adapt_rounds=7,
    labelled_documents=None,
    teachers=3,
    teacher_rounds=9,
    press_words=5_500_000,
    base_rounds=5,
    finish_rounds=1,
    finish_runs=4,
    measured=True,
)
TINY = Size(
    press_articles=300,
    vector_rounds=1,
    adapt_articles=10,
    adapt_rounds=1,
    labelled_documents=4,
    teachers=2,
    teacher_rounds=1,
    press_words=3_000,
    base_rounds=1,
    finish_rounds=1,
    finish_runs=2,
    measured=False,
)


def size_of(tiny: bool) -> Size:
    """Return the limits of a run."""
    return TINY if tiny else FULL
