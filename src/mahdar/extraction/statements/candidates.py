"""Cues that do introduce something said, each with its complement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mahdar.extraction.statements.complement import Complement, Subject, read_complement
from mahdar.extraction.statements.cues import CueForm, Verb, load_cue_forms
from mahdar.extraction.statements.lexicon import is_content_head, words_in_role
from mahdar.extraction.statements.view import View

_HEADLINE_WORDS = 12
_SOURCE_WORDS = 8
_MARKS = frozenset('«»“”"″„‟')
# An object of this few words before the full stop is the rest of a name or a date.
_FEW_WORDS = 2
# Verbs that close a report («..., كما أعلنت الوزارة.»), in normal form.
_TELLING = frozenset(
    ("اعلن", "افاد", "ذكر", "قال", "نقل", "اورد", "اكد", "صرح", "اوضح", "اضاف", "كشف", "كتب", "بين")
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue by word numbers with its complement; ``form`` is None for colons and «بحسب».

    ``speech_before``: another cue stands before it in the sentence.
    """

    first: int
    last: int
    form: CueForm | None
    complement: Complement
    speech_before: bool = False

    @property
    def verb(self) -> Verb | None:
        """The reporting verb, if the cue is one."""
        return self.form.verb if self.form else None


def find_candidates(view: View) -> list[Candidate]:
    """Return the cues of an article in reading order, at most one for each start of content."""
    forms = load_cue_forms()
    norm = view.words.norm
    adverbs = words_in_role("adverb") - {"قائلا", "قائله"}
    accepted = [False] * len(view)
    found: list[Candidate] = []
    for at in range(len(view) - 1, -1, -1):
        held = forms.get(norm[at])
        if held is None or view.skipped[at] or norm[at] in adverbs:
            continue
        mention = view.mention_over(at)
        if mention is not None and mention.named:
            continue
        for form in held:
            if not _may_report(view, at, form):
                continue
            complement = read_complement(view, at, form, accepted)
            if complement is not None and _does_report(view, at, form, complement):
                # A noun of saying may stand inside a subject: it does not end the reading of one.
                accepted[at] = form.kind != "noun" or form.suffixed
                found.append(Candidate(at, at, form, complement))
                break
    found.extend(_find_headline(view))
    found.extend(_find_sources(view, found))
    found.sort(key=lambda candidate: candidate.first)
    out: list[Candidate] = []
    sentence = -1
    nearest = _nearest_to_content(found)
    for kept in found:
        candidate = kept
        here = view.words.sentence[candidate.first]
        if here == sentence:
            candidate = replace(candidate, speech_before=True)
        sentence = here
        if (
            candidate.complement.frame != "before"
            and nearest[candidate.complement.start] is not kept
        ):
            continue
        out.append(candidate)
    return out


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
    return not form.definite or (
        form.verb.lemma == "قال" and before in ("عنه", "عنها", "عنهم", "عنهما")
    )


def _asks_for_anonymity(view: View, at: int) -> bool:
    """Tell whether a verb only says that its subject would not be named («طلب عدم كشف هويته»)."""
    norm = view.words.norm
    return (
        at + 2 < len(view)
        and norm[at + 1] in ("عدم", "بعدم")
        and norm[at + 2].removeprefix("ال") in ("نشر", "كشف", "ذكر", "افصاح", "ايراد", "تعريف")
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
            return False
        if frame == "object":
            opening = view.words.norm[complement.word]
            return bool(known) and (
                form.suffixed or is_content_head(opening) or opening in load_cue_forms()
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
        if form.kind == "imperfect" and not view.mention_over(at - 1 if at else 0):
            return bool(subject.entities) or view.line[at] == 0
        if form.suffixed:
            return False
    return True


def _find_headline(view: View) -> list[Candidate]:
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


def _find_sources(view: View, cues: list[Candidate]) -> list[Candidate]:
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
        told = _tells_as(view, at, cues_at) if token == "كما" else -1
        if told < 0 and token not in sources and not (token[0] == "و" and token[1:] in sources):
            continue
        if view.skipped[at] or view.quote[at] >= 0 or (token in ("نقلا", "ونقلا") and at in inside):
            continue
        end = min(view.sentence_end[at], at + _SOURCE_WORDS)
        if any(words.norm[word] in tails for word in range(at + 1, min(end, at + 3) + 1)):
            continue
        source = -1
        last = at
        for word in range(at + 1, end + 1):
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
        if source < 0 or (told >= 0 and not _ends_after(view, last)):
            continue
        subject = Subject([view.mentions[source].entity], last=last)
        sentence_first = view.clause_start(at)
        if at == sentence_first:
            begin = last + 1
            while begin < view.sentence_end[at] and (
                not words.text[begin][0].isalnum() or words.norm[begin] in words_in_role("that")
            ):
                begin += 1
            if begin < view.sentence_end[at]:
                out.append(
                    Candidate(at, at, None, Complement("that", begin, words.start[begin], subject))
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


def _tells_as(view: View, at: int, cues: set[int]) -> int:
    """Return the verb of «..., كما أعلنت الوزارة.», which tells whose the words before it are, else -1."""
    verb = at + 1
    if verb in cues or verb >= len(view) or view.words.sentence[verb] != view.words.sentence[at]:
        return -1
    held = load_cue_forms().get(view.words.norm[verb], ())
    tells = any(
        form.kind == "perfect" and form.verb.lemma in _TELLING and not form.conjunction
        for form in held
    )
    return verb if tells and at > view.clause_start(at) + 2 else -1


def _closes_report(view: View, at: int, complement: Complement) -> bool:
    """Tell whether a verb without words of its own closes a report («..., كما أعلنت الوزارة أمس.»)."""
    words = view.words
    if not words.text[complement.word][0].isalnum():
        return True
    rest = words.norm[complement.word : view.sentence_end[complement.word] + 1]
    left = sum(token[0].isalnum() for token in rest)
    return at > 0 and words.norm[at - 1] == "كما" and left <= _FEW_WORDS


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
