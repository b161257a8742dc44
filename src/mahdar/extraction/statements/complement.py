"""What follows a reporting verb, and where what is said begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mahdar.extraction.statements.cues import CueForm, Verb
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.phrases import MARKS
from mahdar.extraction.statements.subject import ISSUED, Subject, SubjectReader
from mahdar.extraction.statements.view import View, is_cut_at
from mahdar.text.normalize import surface_offset

Frame = Literal["that", "quote", "colon", "preposition", "object", "before"]

# Between a verb and what is said the press puts titles, names, place, time and occasion: up to 24
# words in the 698 annotated statements of gold/train where the cue comes first, 19 in 99 of 100.
_FARTHEST_WORDS = 60
# Verbs after which what is said may stand bare.
_SAYING = frozenset(("قال", "اضاف", "تابع"))


@dataclass(frozen=True, slots=True)
class Complement:
    """Where what is said begins: word and character; ``subject`` was read on the way.

    ``last``: its last word where the form of the text tells it at once, else -1.
    """

    frame: Frame
    word: int
    start: int
    subject: Subject
    last: int = -1


def read_complement(
    view: View, cue: int, form: CueForm, accepted: list[bool], *, after: int | None = None
) -> Complement | None:
    """Return the complement of a reporting verb, None if the verb says nothing here.

    Args:
        view: the article.
        cue: word number of the cue.
        form: the form it is.
        accepted: words known to be cues themselves; reading stops there.
        after: last word of the cue, where it has several.
    """
    words, verb = view.words, form.verb
    at = (cue if after is None else after) + 1
    limit = min(view.sentence_end[cue], cue + _FARTHEST_WORDS, len(view) - 1)
    if view.quote[cue] >= 0:
        limit = min(limit, view.quote_words[view.quote[cue]][1])
    subject = SubjectReader(view, form, at, accepted)
    norm = words.norm
    thats = words_in_role("that")
    while at <= limit:
        token = norm[at]
        if accepted[at] and at > cue + 1 and norm[at - 1] not in thats:
            break
        if form.kind in ("perfect", "imperfect") and token in ISSUED:
            subject.issued = True
        mention = view.mention_over(at)
        if mention is not None and mention.named and mention.last > mention.first:
            # «بان كي مون» is no «بأن».
            start = -1
            if mention.first == at and is_cut_at(view, at):
                start = _preposition_start(view, at, verb, form, subject)
            if start >= 0:
                return Complement("preposition", at, start, subject.result)
            at = subject.take(at, limit)
            continue
        if token == ":":
            if verb.quote or verb.that:
                return _begin(view, "colon", at + 1, subject, limit)
            break
        if token in thats:
            if token != "فان" and (verb.that or (form.suffixed and verb.whole and token[0] == "ب")):
                return _begin(view, "that", at + 1, subject, limit)
            break
        if token == "الا" and words.text[at].startswith("أ") and verb.that:
            return _begin(view, "that", at, subject, limit)
        if token == "(" and verb.that and at < limit and norm[at + 1] in thats:
            at += 1
            continue
        if (token in MARKS or token == "(") and verb.quote:
            quote = view.opens[at + 1] if at + 1 < len(view) else -1
            if quote >= 0 and view.quotations[quote].speech and subject.result.stray < 0:
                return Complement("quote", at + 1, words.start[at + 1], subject.result)
            if quote >= 0 and view.quotations[quote].speech and not verb.object:
                return Complement("quote", at + 1, words.start[at + 1], subject.result)
        start = _preposition_start(view, at, verb, form, subject)
        if start >= 0:
            word = at if start < words.end[at] else at + 1
            if word > limit:
                break
            while word < limit and norm[word] in thats:
                word += 1
                start = words.start[word]
            return Complement("preposition", word, start, subject.result)
        at = subject.take(at, limit)
    result = subject.result
    if verb.lemma in _SAYING and form.kind == "perfect" and result.stray >= 0:
        # «وقال فلان الحل بيد السوريين»: what is said without a mark.
        alone = not norm[result.stray].startswith("و")
        if alone and (result.entities or form.conjunction):
            return Complement("object", result.stray, words.start[result.stray], result)
    if verb.object and (verb.whole or not form.suffixed):
        begin = result.stray
        if form.suffixed:
            # «اعتبرته الحكومة خطوة مهمة»: what it is called.
            ok = 0 <= begin <= limit and form.kind in ("perfect", "imperfect")
            return Complement("object", begin, words.start[begin], result) if ok else None
        alone = begin < 0 or _opens_with_b(view, begin)
        if alone and verb.whole and result.first_mention >= 0 and form.kind != "noun":
            # «واتهم إيران بالتدخل»: the one noun is whom he accuses.
            begin = result.first_mention
            result = Subject(last=begin - 1)
        if 0 <= begin <= limit:
            return Complement("object", begin, words.start[begin], result)
    return None


def _opens_with_b(view: View, word: int) -> bool:
    token = view.words.norm[word]
    return token[0] == "ب" and len(token) > 2 and token not in words_in_role("common_b")


def _begin(
    view: View, frame: Frame, word: int, subject: SubjectReader, limit: int
) -> Complement | None:
    words = view.words
    end = len(view) - 1
    thats = words_in_role("that")
    while word <= end and (words.norm[word] in thats or words.text[word] in ":،"):
        if words.norm[word] in thats:
            frame = "that"
        word += 1
    if word > end:
        return None
    if words.text[word] in MARKS and word < end:
        word += 1
    return Complement(frame, word, words.start[word], subject.result)


def _preposition_start(
    view: View, at: int, verb: Verb, form: CueForm, subject: SubjectReader
) -> int:
    """Return the character after a preposition that opens what is said at a word, else -1."""
    words = view.words
    token = words.norm[at]
    wanted = verb.prepositions
    if form.kind == "noun" and verb.object:
        wanted = wanted | {"ل"}
    if form.suffixed and form.kind in ("perfect", "imperfect") and verb.whole:
        wanted = wanted | {"ب"}
    if not wanted:
        return -1
    if token in wanted and len(token) > 1:
        if token == "عن" and subject.issued and words.norm[at - 1] in ISSUED:
            return -1
        if token == "من" and verb.person and not subject.result.entities:
            return -1
        if (
            at + 1 < len(view)
            and token == "علي"
            and words.norm[at + 1] in words_in_role("where_said")
        ):
            return -1
        mention = view.mention_over(at + 1) if at + 1 < len(view) else None
        if (
            subject.title_open
            and mention is not None
            and mention.type == "LOC"
            and mention.last + 1 < len(view)
            and words.norm[mention.last + 1] != "."
            and token in words.norm[mention.last + 1 : mention.last + 25]
        ):
            # «المبعوث الأممي إلى ليبيا ... إلى أن»
            return -1
        if token == "في" and "في" not in words_in_role("pp"):
            return -1
        return words.end[at] if at + 1 >= len(view) else words.start[at + 1]
    if token == "عما" and "عن" in wanted:
        return words.start[at + 1] if at + 1 < len(view) else -1
    if token == "مما" and "من" in wanted:
        return words.start[at + 1] if at + 1 < len(view) else -1
    if token == "ب" or token == "ل":
        if token in wanted and at + 1 < len(view):
            return words.start[at + 1]
        return -1
    if token[0] == "ب" and "ب" in wanted and len(token) > 2:
        if token in words_in_role("common_b"):
            return -1
        mention = view.mention_over(at)
        if mention is not None and mention.first < at:
            return -1
        if mention is not None and mention.first == at and not is_cut_at(view, at):
            return -1
        return words.start[at] + surface_offset(words.text[at], 1)
    if token[0] == "ل" and "ل" in wanted and len(token) > 3 and not subject.title_open:
        mention = view.mention_over(at)
        if mention is not None and (mention.first < at or mention.type != "LOC"):
            return -1
        if mention is not None and not is_cut_at(view, at):
            return -1
        if token in words_in_role("audience"):
            return -1
        return words.start[at] + surface_offset(words.text[at], 1)
    return -1
