"""How much each step of the name model's training reads: in earnest, and to see that the chain holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Limits of the steps; ``None`` is no limit.

    ``measured`` says whether the finished model is measured and written into the package; a tiny
    one is neither, it stays in the work folder.
    """

    press_articles: int | None
    vector_rounds: int
    labelled_documents: int | None
    teacher_rounds: int
    press_words: int
    base_rounds: int
    finish_rounds: int
    finish_runs: int
    measured: bool


FULL = Size(None, 6, None, 3, 360_000, 5, 3, 3, True)
TINY = Size(300, 1, 8, 1, 3_000, 1, 1, 2, False)


def size_of(tiny: bool) -> Size:
    """Return the limits of a run."""
    return TINY if tiny else FULL
