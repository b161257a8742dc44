"""The issues of a peace process that a statement raises."""

from __future__ import annotations

from collections import Counter
from functools import cache

from mahdar.extraction.phrases import PhraseIndex, make_phrase_index
from mahdar.extraction.statements.view import View
from mahdar.lexicon.tables import load_table

_MOST_ISSUES = 4


@cache
def issue_phrases() -> PhraseIndex:
    """Return the index of the phrases that raise issues."""
    return make_phrase_index((row["phrase"], row["issue"]) for row in load_table("issues"))


def find_issues(view: View, first: int, last: int) -> tuple[str, ...]:
    """Return the issues that words ``first`` to ``last`` raise, the most mentioned first."""
    counts: Counter[str] = Counter()
    for _, _, _, issue in issue_phrases().iter_matches(view.words.norm, first, last):
        counts[issue] += 1
    return tuple(issue for issue, _ in counts.most_common(_MOST_ISSUES))
