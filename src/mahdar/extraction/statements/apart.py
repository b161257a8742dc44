"""Content in several pieces: interrupted quotations, sources in the middle, quotations that go on.

«"..."، قال فلان، "..."» and «ويبلغ عددهم، بحسب المرصد، سبعين ألفا» are one statement with two
spans. A quotation that is a paragraph of its own belongs to the one quoted right before it.
"""

from __future__ import annotations

from mahdar.extraction.statements.candidate import Candidate
from mahdar.extraction.statements.content import find_resumed_end
from mahdar.extraction.statements.cues import load_cue_forms
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.quoted import quotation_before
from mahdar.extraction.statements.view import View
from mahdar.linear import LinearModel

# A clause of so few words before «بحسب ...،» is not whole: it goes on behind the source.
_FEW_WORDS = 5
_COMMAS = frozenset("،,")


def find_rest(
    view: View, candidate: Candidate, cues: dict[int, Candidate], model: LinearModel
) -> tuple[int, int] | None:
    """Return the words with which a clause goes on behind the source that interrupts it, if it does."""
    words = view.words
    if candidate.first - candidate.complement.word > _FEW_WORDS + 1:
        return None
    at = candidate.complement.subject.last + 1
    end = view.sentence_end[candidate.first]
    while at < end and words.norm[at].startswith("ال"):
        at += 1  # «الحكومة المالية»: an adjective that is not part of the name
    if at >= end or words.text[at] not in _COMMAS:
        return None
    first = at + 1
    token = words.norm[first]
    joined = token[0] == "و" and len(token) > 3
    if first in cues or joined or not token[0].isalnum() or token in load_cue_forms():
        return None
    if token in words_in_role("linking") or token in words_in_role("relative"):
        return None
    last = find_resumed_end(view, candidate, cues, first, model)
    return (first, last) if last > first else None


def join_quotations(view: View, drafts: list[Draft]) -> None:
    """Give statements the quotations that no cue introduces and that stand beside theirs."""
    for draft in drafts:
        form = draft.candidate.form
        if draft.outer is None and form is not None and form.kind in ("perfect", "imperfect"):
            number = -1 if form.conjunction else quotation_before(view, draft.candidate.first)
            if draft.candidate.complement.frame != "before" and number >= 0:
                _join(view, draft, number, drafts)
    top = [draft for draft in drafts if draft.outer is None]
    for number, (first, last) in enumerate(view.quote_words):
        if last <= first or not view.quotations[number].speech or not _is_line(view, first, last):
            continue
        before = [draft for draft in top if view.line[draft.last] == view.line[first] - 1]
        if before and before[-1].quoted and _ends_line(view, _end_of(before[-1])):
            _join(view, before[-1], number, drafts)


def _end_of(draft: Draft) -> int:
    return max([draft.last, *(last for _, last in draft.apart)])


def _join(view: View, draft: Draft, number: int, drafts: list[Draft]) -> None:
    first, last = view.quote_words[number]
    for other in drafts:
        stretches = [(other.candidate.first, other.candidate.last), (other.first, other.last)]
        if any(first <= b and a <= last for a, b in (*stretches, *other.apart)):
            return
    draft.apart = (*draft.apart, (first, last))


def _is_line(view: View, first: int, last: int) -> bool:
    """Tell whether nothing but marks stands beside a stretch in its line."""
    words, line = view.words, view.line
    before, after = first - 1, last + 1
    while before >= 0 and not words.text[before][0].isalnum() and line[before] == line[first]:
        before -= 1
    alone = before < 0 or line[before] != line[first]
    return alone and _ends_line(view, after - 1)


def _ends_line(view: View, last: int) -> bool:
    words, line = view.words, view.line
    after = last + 1
    while after < len(view) and not words.text[after][0].isalnum() and line[after] == line[last]:
        after += 1
    return after >= len(view) or line[after] != line[last]
