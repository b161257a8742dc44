"""Cues that are no verb with its words behind it: «بحسب فلان», «كما أعلنت الوزارة», colon headlines."""

from __future__ import annotations

from mahdar.extraction.statements.candidate import Candidate
from mahdar.extraction.statements.complement import Complement
from mahdar.extraction.statements.cues import load_cue_forms
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.subject import Subject
from mahdar.extraction.statements.view import View

_HEADLINE_WORDS = 12
_SOURCE_WORDS = 8
_MARKS = frozenset('«»“”"″„‟')
# Verbs that close a report («..., كما أعلنت الوزارة.»), in normal form.
TELLING = frozenset(
    ("اعلن", "افاد", "ذكر", "قال", "نقل", "اورد", "اكد", "صرح", "اوضح", "اضاف", "كشف", "كتب", "بين")
)
# «كما», «حسبما» open a clause that tells the source; the others do before «ما».
_AS = frozenset(("كما", "حسبما", "وفقما", "مثلما"))
_AS_WHAT = frozenset(("علي", "وفق", "حسب", "بحسب", "وفقا", "طبقا"))
_SPEAKER_ROLES = ("speaker_noun", "speaker_plural", "speaker_body", "title", "quantifier")


def find_headline(view: View) -> list[Candidate]:
    """Return the colon headlines («لافروف: ...») of the first line and of lines that begin alike."""
    words = view.words
    for at in range(min(len(view), _HEADLINE_WORDS)):
        if view.line[at] > 0:
            break
        if words.text[at] == ":" and at > 0:
            if at + 1 >= len(view) or view.line[at + 1] > 0:
                break
            subject = Subject(last=at - 1)
            for word in range(at):
                mention = view.mention_over(word)
                if mention is not None and mention.first == word:
                    before = words.norm[word - 1] if word else ""
                    to = words.norm[word].startswith("ل") and words.norm[word] != "لافروف"
                    if before in ("ل", "لـ") or (to and subject.entities):
                        subject.media.append(mention.entity)
                    elif not subject.entities or mention.type == "PER":
                        subject.entities = [mention.entity]
            start = at + 1
            while start + 1 < len(view) and not words.text[start][0].isalnum():
                start += 1
            return [Candidate(0, at, None, Complement("colon", start, words.start[start], subject))]
    return []


def find_sources(view: View, cues: list[Candidate]) -> list[Candidate]:
    """Return «بحسب», «وفقا ل», «نقلا عن» with the source that follows them."""
    words = view.words
    out: list[Candidate] = []
    # «قالت صحيفة نقلا عن فلان إن» is one cue.
    inside = {at for cue in cues for at in range(cue.last + 1, cue.complement.word)}
    cues_at = {cue.first for cue in cues}
    sources = words_in_role("source")
    tails = words_in_role("tail")
    for at in range(len(view) - 1):
        token = words.norm[at]
        told = tells_as(view, at)
        if told in cues_at:
            told = -1
        if told < 0 and token not in sources and not (token[0] == "و" and token[1:] in sources):
            continue
        if view.skipped[at] or view.quote[at] >= 0 or (token in ("نقلا", "ونقلا") and at in inside):
            continue
        end = min(view.sentence_end[at], at + _SOURCE_WORDS)
        if any(words.norm[word] in tails for word in range(at + 1, min(end, at + 3) + 1)):
            continue
        source = -1
        last = max(at, told)
        for word in range(last + 1, end + 1):
            mention = view.mention_over(word)
            if mention is not None:
                source = view.mention[word]
                last = mention.last
                if (
                    mention.type == "PER"
                    or mention.last + 1 > end
                    or not view.mention_over(mention.last + 1)
                ):
                    break
            elif words.text[word] in "،,." or (source >= 0):
                break
        if source >= 0 and view.mentions[source].type != "PER":
            source, last = _holder_of_title(view, source, last, end)
        if source < 0 and not (told >= 0 and _may_speak(words.norm[min(told + 1, len(view) - 1)])):
            continue
        if token == "كما" and not _ends_after(view, last):
            continue
        subject = Subject([view.mentions[source].entity] if source >= 0 else [], last=last)
        sentence_first = view.clause_start(at)
        if at == sentence_first:
            begin = last + 1
            while begin < view.sentence_end[at] and (
                not words.text[begin][0].isalnum() or words.norm[begin] in words_in_role("that")
            ):
                begin += 1
            if begin < view.sentence_end[at]:
                out.append(
                    Candidate(
                        at,
                        max(at, told),
                        None,
                        Complement("that", begin, words.start[begin], subject),
                    )
                )
        else:
            out.append(
                Candidate(
                    at,
                    max(at, told),
                    None,
                    Complement("before", sentence_first, words.start[sentence_first], subject),
                )
            )
    return out


def _holder_of_title(view: View, source: int, last: int, end: int) -> tuple[int, int]:
    """Return the person named right after a title and rank («قائد القوات اللواء فلان»), else the source."""
    at = last + 1
    if at < end and view.words.norm[at].removeprefix("ال") in words_in_role("rank"):
        mention = view.mention_over(at + 1)
        if mention is not None and mention.type == "PER" and mention.named:
            return view.mention[at + 1], mention.last
    return source, last


def tells_as(view: View, at: int) -> int:
    """Return the verb of «..., كما أعلنت الوزارة.», «حسبما ذكرته», «على ما أفاد», else -1.

    Such a clause tells whose the words before it are.
    """
    norm, sentence = view.words.norm, view.words.sentence
    token = norm[at]
    verb = at + 1
    if token in _AS_WHAT and verb < len(view) and norm[verb] in ("ما", "لما"):
        verb += 1
    elif token not in _AS:
        return -1
    if verb >= len(view) or sentence[verb] != sentence[at]:
        return -1
    forms = load_cue_forms()
    held = forms.get(norm[verb], ()) or forms.get(without_object(norm[verb]), ())
    tells = any(
        form.kind == "perfect" and form.verb.lemma in TELLING and not form.conjunction
        for form in held
    )
    return verb if tells and (token != "كما" or at > view.clause_start(at) + 2) else -1


def without_object(norm: str) -> str:
    """Return a verb without the pronoun of «ما ذكره», «ما أوردته»."""
    return norm[:-1] if norm.endswith("ه") and len(norm) > 3 else norm


def _may_speak(norm: str) -> bool:
    """Tell whether a noun may be a speaker without a name («مصدر», «سكان»)."""
    bare = norm.removeprefix("ال")
    return any(bare in words_in_role(role) for role in _SPEAKER_ROLES)


def _ends_after(view: View, last: int) -> bool:
    """Tell whether the sentence ends, or pauses, after a word or a date, place or occasion behind it."""
    words = view.words
    after = last + 1
    while after < len(view) and (words.text[after] in _MARKS or view.dated[after]):
        after += 1
    if after < len(view) and words.norm[after].startswith("ال"):
        after += 1  # «الحكومة المالية»: an adjective that is not part of the name
    if after >= len(view) or words.sentence[after] != words.sentence[last]:
        return True
    return words.text[after] in ".،,؛" or words.norm[after] in words_in_role("pp")
