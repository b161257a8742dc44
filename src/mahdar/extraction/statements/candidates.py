"""Cues that do introduce something said, each with its complement."""

from __future__ import annotations

import re
from dataclasses import replace

from mahdar.extraction.statements.candidate import Candidate as Candidate
from mahdar.extraction.statements.complement import Complement, read_complement
from mahdar.extraction.statements.cues import CueForm, load_cue_forms
from mahdar.extraction.statements.lexicon import is_content_head, words_in_role
from mahdar.extraction.statements.quoted import TELLING_MORE, read_back
from mahdar.extraction.statements.sources import find_headline, find_sources
from mahdar.extraction.statements.view import View

# An object of this few words before the full stop is the rest of a name or a date.
_FEW_WORDS = 2
_MARKS = frozenset('«»“”"″„‟')


# A vowel mark that makes a perfect passive: nobody says it («طُلب منه»).
_PASSIVE = re.compile("[وف]?[\u0621-\u064a]\u064f")
# «طلب عدم ذكر اسمه», «رفض الكشف عن هويته»
_NAMING = frozenset(("نشر", "كشف", "ذكر", "افصاح", "ايراد", "تعريف"))
_IDENTITY = frozenset(
    stem + suffix
    for stem in ("اسم", "هويت", "اسماي", "اسمائ", "اسماء", "هويات")
    for suffix in ("ه", "ها", "هم", "هما")
)
# How far «القول» may stand from the «نقلت» that quotes somebody.
_HANDING_WORDS = 14


def find_candidates(view: View) -> list[Candidate]:
    """Return the cues of an article in reading order, at most one for each start of content."""
    forms = load_cue_forms()
    norm = view.words.norm
    adverbs = words_in_role("adverb") - {"قائلا", "قائله"}
    accepted = [False] * len(view)
    untold = [False] * len(view)
    found: list[Candidate] = []
    held_by: dict[int, Candidate] = {}
    read_over: list[Candidate] = []
    for at in range(len(view) - 1, -1, -1):
        held = forms.get(norm[at])
        if held is None or view.skipped[at]:
            continue
        if norm[at] in adverbs and not _says_by_noun(view, at):
            continue
        mention = view.mention_over(at)
        if mention is not None and mention.named:
            continue
        for form in held:
            if not _may_report(view, at, form):
                continue
            complement = read_complement(view, at, form, accepted)
            if complement is not None and _does_report(view, at, form, complement):
                if (
                    complement.frame == "object"
                    and not form.verb.object
                    and (candidate := _read_over(view, at, held, held_by, untold))
                ):
                    read_over.append(candidate)
                    break
                # A noun of saying may stand inside a subject: it does not end the reading of one.
                quotes = form.definite and form.verb.lemma == "قال" and not form.attached
                accepted[at] = form.kind != "noun" or form.suffixed or quotes
                held_by[complement.start] = Candidate(at, at, form, complement)
                found.append(held_by[complement.start])
                break
        else:
            if (candidate := read_back(view, at)) is not None:
                found.append(candidate)
            elif (candidate := _read_over(view, at, held, held_by, untold)) is not None:
                read_over.append(candidate)
    found.extend(find_headline(view))
    found.extend(find_sources(view, found))
    found.sort(key=lambda candidate: candidate.first)
    out: list[Candidate] = []
    sentence = -1
    nearest = _nearest_to_content(found)
    for kept in sorted([*found, *read_over], key=lambda candidate: candidate.first):
        candidate = kept
        here = view.words.sentence[candidate.first]
        if here == sentence:
            candidate = replace(candidate, speech_before=True)
        sentence = here
        if (
            candidate.complement.frame != "before"
            and candidate.over is None
            and nearest[candidate.complement.start] is not kept
        ):
            continue
        out.append(candidate)
    return out


def _read_over(
    view: View,
    at: int,
    held: tuple[CueForm, ...],
    held_by: dict[int, Candidate],
    untold: list[bool],
) -> Candidate | None:
    """Return a verb of telling with what is said behind another possible cue, which has it first."""
    for form in held:
        verb = form.verb
        if form.kind not in ("perfect", "imperfect") or verb.lemma not in TELLING_MORE:
            continue
        if form.suffixed or not _may_report(view, at, form):
            continue
        complement = read_complement(view, at, form, untold)
        if complement is None or complement.frame not in ("that", "quote", "colon"):
            continue
        over = held_by.get(complement.start)
        if over is not None and over.first > at and not _goes_on(over):
            return Candidate(at, at, form, complement, over=over)
    return None


def _goes_on(candidate: Candidate) -> bool:
    """Tell whether a cue can only go on with a speech («قوله», «قائلا», «مشيرا»)."""
    form = candidate.form
    if form is None or form.verb.lemma == "قال":
        return True
    return form.kind == "participle" and form.accusative and form.gender == "m"


def _nearest_to_content(found: list[Candidate]) -> dict[int, Candidate]:
    """Return the cue of each start of content: of several the nearest, which has it as its own.

    «وأضاف فلان قائلا إن» stays with the first verb, which has the subject.
    """
    out: dict[int, Candidate] = {}
    for candidate in found:
        start = candidate.complement.start
        verb = candidate.verb
        repeats = (
            start in out
            and verb is not None
            and verb.lemma == "قال"
            and candidate.form is not None
            and candidate.form.kind in ("participle", "noun")
        )
        if not repeats:
            out[start] = candidate
    return out


def _previous(view: View, at: int) -> str:
    """Return the word before one in the same sentence, marks left out; empty if none."""
    words = view.words
    back = at - 1
    while back >= 0 and words.sentence[back] == words.sentence[at]:
        if words.text[back][0].isalnum():
            return words.norm[back]
        back -= 1
    return ""


def _may_report(view: View, at: int, form: CueForm) -> bool:
    """Tell from what stands before a form whether it can be a cue."""
    before = _previous(view, at)
    needs = form.verb.needs
    if needs and (at + 1 >= len(view) or view.words.norm[at + 1] not in needs):
        return False
    if needs and before in ("لما", "كما", "بما", "ما", "عما", "مما"):
        return False
    if form.kind == "perfect" and _PASSIVE.match(view.words.text[at]):
        return False
    if view.words.norm[at] in words_in_role("no_cue") or _asks_for_anonymity(view, at):
        return False
    if form.kind in ("perfect", "imperfect"):
        if before in words_in_role("negation"):
            return False
        if before in ("لا", "ما", "ولا", "ولم", "ولن", "وما"):
            return form.verb.lemma in ("استبعد",)
        if form.kind == "imperfect" and before in ("ان", "بان", "لان", "كي", "لكي", "حتي", "او"):
            return False
        return not (
            form.kind == "perfect"
            and not form.conjunction
            and before in words_in_role("pp")
            and before not in ("من", "بعد")
        )
    if form.kind == "participle":
        # Without its ending («معتبر أن») only right after a comma.
        return form.accusative or view.words.text[at - 1 if at else 0] in "،,"
    if before in ("في", "وفي") or form.verb.lemma in ("صرح", "تحدث"):
        # «قال في تصريح للصحيفة إن»: the occasion, not the cue.
        return False
    if not form.definite:
        return True
    if form.verb.lemma != "قال":
        return False
    if form.attached:
        return _says_by_noun(view, at)
    return before in ("عنه", "عنها", "عنهم", "عنهما") or _is_handed_on(view, at)


def _says_by_noun(view: View, at: int) -> bool:
    """Tell whether what is said stands right after «بالقول» («واكتفى بالقول إن»)."""
    words = view.words
    if words.norm[at] not in ("بالقول", "وبالقول"):
        return False
    after = at + 1
    while after < len(view) and (words.text[after] == "،" or words.text[after] in _MARKS):
        after += 1
    return after < len(view) and (
        words.text[after] == ":" or words.norm[after] in words_in_role("that")
    )


def _is_handed_on(view: View, at: int) -> bool:
    """Tell whether «القول» stands after whom another quotes («نقلت الوكالة عن فلان القول إن»)."""
    norm = view.words.norm
    first = max(view.clause_start(at), at - _HANDING_WORDS)
    return "عن" in norm[first:at] and any(
        form.verb.lemma == "نقل"
        for word in range(first, at)
        for form in load_cue_forms().get(norm[word], ())
    )


def _asks_for_anonymity(view: View, at: int) -> bool:
    """Tell whether a verb only says that its subject would not be named («رفض الكشف عن هويته»)."""
    norm = view.words.norm
    if at + 2 >= len(view):
        return False
    if norm[at + 1] in ("عدم", "بعدم"):
        return norm[at + 2].removeprefix("ال") in _NAMING
    return norm[at + 1].removeprefix("ال") in _NAMING and any(
        token in _IDENTITY for token in norm[at + 2 : at + 6]
    )


def _does_report(view: View, at: int, form: CueForm, complement: Complement) -> bool:
    """Tell from its complement whether a form is a cue."""
    verb, frame, subject = form.verb, complement.frame, complement.subject
    if frame == "object" and _closes_report(view, at, complement):
        return False
    if form.kind == "noun":
        known = form.suffixed or (subject.entities and subject.first_mention <= at + 4)
        if frame == "quote" or frame == "colon":
            return form.suffixed and verb.lemma in ("قال", "اكد")
        if form.definite:
            return frame in ("that", "quote", "colon")
        if form.attached and not form.suffixed:
            return bool(known) and frame in ("that", "preposition")
        if frame == "object":
            opening = view.words.norm[complement.word]
            announces = verb.lemma == "اعلن" and view.words.text[complement.word][0].isalnum()
            return bool(known) and (
                form.suffixed
                or announces
                or is_content_head(opening)
                or opening in load_cue_forms()
            )
        return bool(known)
    if form.kind == "participle":
        if not form.accusative:
            return frame == "that" and complement.word <= at + 3
        if frame == "object":
            if form.gender == "m" and form.number in ("p", "d"):
                return False
            return complement.word == at + 1 or view.words.norm[at + 1] in (
                *words_in_role("pp"),
                *words_in_role("adverb"),
            )
        return True
    if frame == "object":
        if verb.person and verb.act == "demand" and not (subject.entities and subject.addressees):
            return False  # «طالب» is a student too
        if form.kind == "imperfect" and not view.mention_over(at - 1 if at else 0):
            return bool(subject.entities) or view.line[at] == 0
        if form.suffixed:
            return verb.whole and verb.act == "express"
    return True


def _closes_report(view: View, at: int, complement: Complement) -> bool:
    """Tell whether a verb without words of its own closes a report («..., كما أعلنت الوزارة أمس.»)."""
    words = view.words
    if not words.text[complement.word][0].isalnum():
        return True
    rest = words.norm[complement.word : view.sentence_end[complement.word] + 1]
    left = sum(token[0].isalnum() for token in rest)
    return at > 0 and words.norm[at - 1] == "كما" and left <= _FEW_WORDS
