"""How far what is said reaches."""

from __future__ import annotations

from mahdar.extraction.statements.candidate import Candidate
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.sources import tells_as
from mahdar.extraction.statements.stop_features import may_stop, stop_features
from mahdar.extraction.statements.view import View
from mahdar.linear import LinearModel

# Running text without a full stop for longer than this is a broken page.
_LONGEST_RUNNING_WORDS = 400
_MARKS = frozenset("«»“”\"″'„‟ـ-–")
_STOPS = frozenset("،,؛;.…")


def find_content_end(
    view: View, candidate: Candidate, cues: dict[int, Candidate], limit: int, model: LinearModel
) -> tuple[int, bool]:
    """Return the last word of what a cue introduces, and whether it is one closed quotation.

    Args:
        view: the article.
        candidate: the cue.
        cues: every cue of the article by first word.
        limit: last word it may reach (the end of an outer content), or the last of the article.
        model: tells where running text ends what is said.
    """
    start = candidate.complement.word
    end = min(view.sentence_end[start], limit, start + _LONGEST_RUNNING_WORDS)
    quote = view.opens[start]
    if quote >= 0 and (
        view.quotations[quote].speech or candidate.complement.frame in ("quote", "colon")
    ):
        last = min(view.quote_words[quote][1], limit)
        # «فلان: «الحزب» لم يلتزم»: a name in marks only opens what is said.
        whole = view.quotations[quote].speech and candidate.complement.frame in ("quote", "colon")
        if last >= start:
            if whole or _stops_after(view, last, cues):
                return last, True
            end = max(end, min(view.sentence_end[last], limit))
            return _scan(view, candidate, cues, last + 1, end, model), False
    return _scan(view, candidate, cues, start, end, model), False


def find_resumed_end(
    view: View, candidate: Candidate, cues: dict[int, Candidate], at: int, model: LinearModel
) -> int:
    """Return the last word of what goes on at a word behind the source that interrupts it."""
    return _scan(view, candidate, cues, at, view.sentence_end[at], model)


def _stops_after(view: View, last: int, cues: dict[int, Candidate]) -> bool:
    """Tell whether the words after a closing mark no longer belong to what is said."""
    words = view.words
    after = last + 1
    while after < len(view) and words.text[after] in _MARKS:
        after += 1
    if after >= len(view) or view.line[after] != view.line[last]:
        return True
    if words.text[after][0] in "،,؛;.…:)":
        return True
    if words.sentence[after] != words.sentence[last]:
        return True
    return after in cues or words.norm[after] in words_in_role("source")


def _scan(
    view: View,
    candidate: Candidate,
    cues: dict[int, Candidate],
    at: int,
    end: int,
    model: LinearModel,
) -> int:
    inside = view.quote[candidate.first]
    start = at
    while at <= end:
        quote = view.quote[at]
        if quote >= 0 and quote != inside:
            # Quoted words inside what is said belong to it, whatever stands in them.
            first, last = view.quote_words[quote]
            if first == at and last > at:
                at = last + 1
                end = max(end, min(last, len(view) - 1)) if last > end else end
                continue
        if at > start:
            if _is_tail(view, at):
                return _trim(view, at - 1, start)
            if (at in cues or may_stop(view, at)) and (
                model.chance(stop_features(view, candidate, cues, start, at, end)) >= 0.5
            ):
                return _trim(view, at - 1, start)
        at += 1
    return _trim(view, end, start)


def _is_tail(view: View, at: int) -> bool:
    """Tell whether «على حد تعبيره», «وفق قوله», «حسب رويترز» begins at a word."""
    words = view.words
    token = words.norm[at]
    if tells_as(view, at) >= 0:
        return True
    if token not in words_in_role("source") and token not in ("علي", "بحد", "كما"):
        return False
    tails = words_in_role("tail")
    if token == "كما":
        return (
            words.norm[at + 1] in ("قال", "نقلت", "نقل", "ذكرت", "ذكر")
            if at + 1 < len(view)
            else False
        )
    reach = min(at + 3, len(view) - 1)
    if token in ("علي", "بحد"):
        return any(words.norm[word] in tails for word in range(at + 1, reach + 1)) and (
            words.norm[min(at + 1, reach)] in ("حد", "حسب", "ما")
        )
    if any(words.norm[word] in tails for word in range(at + 1, reach + 1)):
        return True
    mention = None
    for word in range(at + 1, reach + 1):
        mention = mention or view.mention_over(word)
    return mention is not None and mention.type != "LOC" and token != "وفق"


def _trim(view: View, last: int, start: int) -> int:
    words = view.words
    while last > start and (
        words.text[last] in _STOPS
        or words.text[last] in _MARKS
        or words.text[last] in "(:"
        or (words.norm[last] in words_in_role("linking") and words.norm[last] not in ("غير",))
        or words.norm[last] in ("و",)
    ):
        last -= 1
    return last
