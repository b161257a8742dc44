"""Where it was said: press conference, meeting, call, interview, written statement, speech."""

from __future__ import annotations

from functools import cache
from typing import cast

from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.view import View
from mahdar.lexicon.tables import load_table
from mahdar.model import Setting
from mahdar.text.normalize import normalize_word

_LONGEST_PHRASE_WORDS = 3


@cache
def _phrases() -> dict[tuple[str, ...], Setting]:
    return {
        tuple(normalize_word(word) for word in row["phrase"].split()): cast(Setting, row["setting"])
        for row in load_table("statement_settings")
    }


def set_settings(view: View, drafts: list[Draft]) -> None:
    """Set the setting of each statement from the words around its cue, else from its speaker's others.

    What is said of one statement holds for those that the same speaker makes in the article
    without a word on where, the nearest before first.
    """
    explicit: list[Setting | None] = [_setting_of(view, draft) for draft in drafts]
    for number, draft in enumerate(drafts):
        here = explicit[number]
        if here is None and draft.outer is None and draft.speakers:
            here = _setting_of_speaker(drafts, explicit, number)
        if draft.to_medium and here in (None, "other", "call", "unknown"):
            here = "interview"
        draft.setting = here or "unknown"


def _setting_of_speaker(
    drafts: list[Draft], explicit: list[Setting | None], number: int
) -> Setting | None:
    speakers = drafts[number].speakers
    for others in (range(number - 1, -1, -1), range(number + 1, len(drafts))):
        for other in others:
            if (
                explicit[other] is not None
                and drafts[other].outer is None
                and drafts[other].speakers == speakers
            ):
                return explicit[other]
    return None


def _setting_of(view: View, draft: Draft) -> Setting | None:
    """Return the setting that the sentence tells outside of what is said; None if it tells none."""
    words = view.words
    cue = draft.candidate
    spans = [(cue.last, draft.first - 1)]
    if draft.outer is None:
        first = cue.first
        while first > 0 and words.sentence[first - 1] == words.sentence[cue.first]:
            first -= 1
        if view.line[cue.first] or first == 0:
            spans.append((first, cue.first - 1))
        spans.append((draft.last + 1, min(draft.last + 12, view.sentence_end[draft.last])))
    phrases = _phrases()
    best: tuple[int, Setting] | None = None
    for first, last in spans:
        for at in range(first, last + 1):
            for length in range(_LONGEST_PHRASE_WORDS, 0, -1):
                setting = phrases.get(tuple(words.norm[at : at + length]))
                if setting is None and length == 1 and words.norm[at][:1] in "وبل":
                    setting = phrases.get((words.norm[at][1:],))
                if setting is not None:
                    if best is None or length > best[0]:
                        best = (length, setting)
                    break
        if best is not None:
            return best[1]
    return None
