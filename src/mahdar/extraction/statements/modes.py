"""Direct, indirect or mixed."""

from __future__ import annotations

from bisect import bisect_left

from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.view import View
from mahdar.model import Mode


def tell_mode(view: View, draft: Draft) -> Mode:
    """Return whether a content is quoted whole, in part or not at all."""
    frame = draft.candidate.complement.frame
    if draft.quoted or frame in ("quote", "colon"):
        return "direct"
    total = max(1, draft.last - draft.first + 1)
    quoted = 0
    for first, last in _quotations_inside(view, draft):
        quoted += max(0, min(last, draft.last) - max(first, draft.first) + 1)
    if quoted >= 0.85 * total:
        return "direct"
    return "mixed" if quoted else "indirect"


def _quotations_inside(view: View, draft: Draft) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    around = view.quote[draft.candidate.first]
    starts = bisect_left(
        view.quotations, view.words.end[draft.candidate.first], key=lambda quote: quote.start
    )
    for number in range(starts, len(view.quotations)):
        first, last = view.quote_words[number]
        if first > draft.last:
            break
        if number == around or last < draft.first or first > draft.last or last < first:
            continue
        if first <= draft.candidate.first:
            continue
        mention = view.mention_over(first)
        if mention is not None and mention.last >= last and mention.first <= first:
            continue
        if out and first <= out[-1][1]:
            continue
        out.append((first, last))
    return out
