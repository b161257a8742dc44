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
    told = _settings_of_speakers(drafts, explicit)
    for number, draft in enumerate(drafts):
        here = explicit[number] or told[number]
        if draft.to_medium and here in (None, "other", "call", "unknown"):
            here = "interview"
        draft.setting = here or "unknown"


def _settings_of_speakers(
    drafts: list[Draft], explicit: list[Setting | None]
) -> list[Setting | None]:
    """Return for each statement the setting that its speaker's nearest other tells, earlier ones first."""
    out: list[Setting | None] = [None] * len(drafts)
    for order in (range(len(drafts)), range(len(drafts) - 1, -1, -1)):
        known: dict[tuple[str, ...], Setting] = {}
        for number in order:
            draft, here = drafts[number], explicit[number]
            if draft.outer is not None or not draft.speakers:
                continue
            if here is not None:
                known[draft.speakers] = here
            elif out[number] is None:
                out[number] = known.get(draft.speakers)
    return out


def _setting_of(view: View, draft: Draft) -> Setting | None:
    """Return the setting that the sentence tells outside of what is said; None if it tells none."""
    words = view.words
    cue = draft.candidate
    spans = [(cue.last, draft.first - 1)]
    if draft.outer is None:
        first = view.clause_start(cue.first)
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
