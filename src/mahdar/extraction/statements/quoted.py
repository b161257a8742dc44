"""Verbs behind the quotation that they introduce: «"..."، قال فلان», «"..." هذا ما أعلنه فلان»."""

from __future__ import annotations

from mahdar.extraction.statements.candidate import Candidate
from mahdar.extraction.statements.complement import Complement
from mahdar.extraction.statements.cues import load_cue_forms
from mahdar.extraction.statements.sources import TELLING, without_object
from mahdar.extraction.statements.subject import Subject
from mahdar.extraction.statements.view import View

_SUBJECT_WORDS = 8
# Of these and some more a subject may be read over a word that looks like a cue («ومقره»).
TELLING_MORE = (TELLING | {"تابع", "روي", "لاحظ"}) - {"بين", "نقل"}
# Between a quotation and the verb behind it: «هذا ما أعلنه», «هكذا قال».
_POINTING = frozenset(
    ("هذا", "ما", "هكذا", "بهذه", "الكلمات", "هاتين", "بهاتين", "الكلمتين", "الجمله")
)
_SHORTEST_SPEECH = 3


def quotation_before(view: View, at: int) -> int:
    """Return the quotation that ends right before a verb («"..."، قال فلان», «"..." هذا ما أعلنه»), else -1.

    It begins its sentence or line, so that no other cue introduces it.
    """
    words = view.words
    word = at - 1
    while word >= 0 and (not words.text[word][0].isalnum() or words.norm[word] in _POINTING):
        if words.text[word] in ".؟!:؛":
            return -1
        word -= 1
    number = next((n for n, pair in enumerate(view.quote_words) if pair[1] == word > pair[0]), -1)
    if number < 0 or view.line[word] != view.line[at] or not view.quotations[number].closed:
        return -1
    first = view.quote_words[number][0]
    if word - first < _SHORTEST_SPEECH - 1:
        return -1
    before = first - 1
    while before >= 0 and not words.text[before][0].isalnum():
        before -= 1
    opens = before < 0 or words.sentence[before] != words.sentence[first]
    return number if opens or view.line[before] != view.line[first] else -1


def read_back(view: View, at: int) -> Candidate | None:
    """Return a verb without anything said behind it, whose words are the quotation before it."""
    norm = view.words.norm
    forms = load_cue_forms()
    held = [
        form
        for token in dict.fromkeys((norm[at], without_object(norm[at])))
        for form in forms.get(token, ())
        if form.kind in ("perfect", "imperfect") and form.verb.lemma in TELLING_MORE
    ]
    if not held or held[0].conjunction:
        return None
    number = quotation_before(view, at)
    if number < 0:
        return None
    end = min(view.sentence_end[at], at + _SUBJECT_WORDS)
    mention = next((m for m in map(view.mention_over, range(at + 1, end + 1)) if m), None)
    if mention is None:
        return None
    first, last = view.quote_words[number]
    subject = Subject([mention.entity], last=mention.last)
    return Candidate(
        at, at, held[0], Complement("before", first, view.words.start[first], subject, last)
    )
