"""Whose words they are: subjects before and after the verb, dropped subjects, joint speakers."""

from __future__ import annotations

from mahdar.extraction.statements.antecedents import (
    find_quoted_person,
    find_subject_before,
    first_mention_of_sentence,
    join_mentions,
    subject_of_sentence_so_far,
)
from mahdar.extraction.statements.candidate import Candidate
from mahdar.extraction.statements.discourse import (
    Discourse,
    gender_of_entity,
    last_body,
    speakers_before,
)
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.media import is_medium
from mahdar.extraction.statements.view import MentionAt, View

_PRONOUN_SOURCES = frozenset(("عنه", "عنها", "عنهم", "عنهما"))
# From «عن» to the mention of whose words they are.
_FARTHEST_OWNER_WORDS = 5
_HANDING_ON = frozenset(("نقل", "نسب"))


def resolve_speakers(
    view: View, candidate: Candidate, discourse: Discourse, *, nested: bool
) -> tuple[str, ...]:
    """Return the entity ids of whom the words under a cue are attributed to; empty if unknown."""
    form, subject = candidate.form, candidate.complement.subject
    if form is None:
        return tuple(subject.entities)
    if form.kind == "noun":
        return _speakers_of_noun(view, candidate, discourse)
    if form.kind == "participle":
        return _speakers_of_participle(view, candidate, discourse)
    if form.first_person:
        # «وقال فلان: نحن نطالب ...»: he speaks of himself and his own.
        return next((t.speakers for t in reversed(discourse.turns) if t.speakers), ())
    if form.verb.needs:
        return _speakers_of_paper(view, candidate, discourse)
    if (told := find_handed_on(view, candidate)) is not None:
        return (told,)
    before = find_subject_before(view, candidate.first)
    if form.suffixed and candidate.first and _is_relative(view, candidate.first - 1):
        before = None  # «زيارة الوفد التي وصفها بالناجحة»: what stands before is spoken of
    after = subject.entities
    if form.verb.lemma == "علم" and (told := _informant(view, candidate)):
        return (told,)
    if after and _is_addressee(view, candidate, before, discourse):
        after = []
    if before is not None and not form.conjunction:
        if not after or candidate.complement.frame == "object" or form.kind == "imperfect":
            return join_mentions(view, before)
        if form.number in ("d", "p"):
            return join_mentions(view, before)
    if after:
        for entity in after:
            if form.gender and len(after) == 1:
                discourse.genders[entity] = form.gender
        return tuple(after)
    if _is_the_paper(view, subject.nominal_head):
        return last_body(view, discourse)
    if subject.nominal_head >= 0 and not view.words.norm[subject.nominal_head].startswith("ال"):
        return ()
    opening = subject_of_sentence_so_far(view, candidate, discourse)
    if opening is not None:
        return (opening,)
    return speakers_before(view, candidate, form, discourse)


def _is_relative(view: View, word: int) -> bool:
    return view.words.norm[word] in words_in_role("relative") or view.words.norm[word] == "ما"


def _speakers_of_paper(view: View, candidate: Candidate, discourse: Discourse) -> tuple[str, ...]:
    """Return whose paper it is in «وجاء في بيان الوزارة أن ...»; of «البيان» the last speaker's."""
    for word in range(candidate.first + 1, min(candidate.first + 9, candidate.complement.word)):
        mention = view.mention_over(word)
        if mention is not None:
            return (mention.entity,)
    told = range(candidate.first + 1, min(candidate.first + 4, candidate.complement.word))
    if any(view.words.norm[word] in ("البيان", "بيانه", "بيانها") for word in told):
        outer = (t for t in reversed(discourse.turns) if not t.nested and t.speakers)
        return next((turn.speakers for turn in outer), ())
    return ()


def find_handed_on(view: View, candidate: Candidate) -> str | None:
    """Return whose words another hands on in «ونقلت الوكالة عن فلان أن» and «قالت صحيفة نقلا عن فلان إن»."""
    form, norm, subject = candidate.form, view.words.norm, candidate.complement.subject
    if form is None or form.kind not in ("perfect", "imperfect"):
        return None
    if candidate.complement.frame not in ("that", "quote", "colon"):
        return None
    hands_on = form.verb.lemma in _HANDING_ON
    for word in range(candidate.last + 1, candidate.complement.word - 1):
        if norm[word] in ("عن", "الي") and (hands_on or norm[word - 1] == "نقلا"):
            for after in range(
                word + 1, min(word + _FARTHEST_OWNER_WORDS, candidate.complement.word)
            ):
                mention = view.mention_over(after)
                if mention is not None:
                    hands_back = bool(subject.entities) and is_medium(view, mention)
                    return None if hands_back else mention.entity
            return None
    return None


def _is_the_paper(view: View, head: int) -> bool:
    """Tell whether a subject is «البيان», «التقرير», which speaks for who was heard last."""
    token = view.words.norm[head] if head >= 0 else ""
    return token.startswith("ال") and token[2:] in words_in_role("document")


def _informant(view: View, candidate: Candidate) -> str | None:
    """Return from whom a paper learnt in «وعلمت «الصحيفة» من مصادرها أن ...»."""
    for word in range(candidate.first + 1, candidate.complement.word - 1):
        if view.words.norm[word] == "من":
            mention = view.mention_over(word + 1) or view.mention_over(word + 2)
            return mention.entity if mention is not None else None
    return None


def _speakers_of_noun(view: View, candidate: Candidate, discourse: Discourse) -> tuple[str, ...]:
    form, subject = candidate.form, candidate.complement.subject
    assert form is not None
    if not form.suffixed and subject.entities:
        return tuple(subject.entities)
    if candidate.first and view.words.norm[candidate.first - 1] in _PRONOUN_SOURCES:
        return speakers_before(view, candidate, form, discourse)
    quoted = find_quoted_person(view, candidate.first)
    if quoted is not None:
        return join_mentions(view, quoted, backwards=False)
    return speakers_before(view, candidate, form, discourse)


def _speakers_of_participle(
    view: View, candidate: Candidate, discourse: Discourse
) -> tuple[str, ...]:
    form = candidate.form
    assert form is not None
    sentence = view.words.sentence[candidate.first]
    inside = view.quote[candidate.first]
    for turn in reversed(discourse.turns):
        if turn.sentence != sentence:
            break
        if not turn.nested and turn.speakers:
            return turn.speakers
    opening = first_mention_of_sentence(view, candidate.first)
    previous = next((t for t in reversed(discourse.turns) if not t.nested and t.speakers), None)
    first = candidate.first
    opens_sentence = first == 0 or view.words.sentence[first - 1] != sentence
    if opening is not None and not opens_sentence and inside < 0:
        return (opening,)
    if previous is not None:
        return previous.speakers
    return (opening,) if opening is not None else ()


def _is_addressee(
    view: View, candidate: Candidate, before: MentionAt | None, discourse: Discourse
) -> bool:
    """Tell whether the one mention after a verb is whom it addresses or speaks of."""
    form, subject = candidate.form, candidate.complement.subject
    assert form is not None
    verb = form.verb
    if len(subject.entities) != 1 or not (verb.person or verb.whole):
        return False
    entity = view.entities[subject.entities[0]]
    if entity.type == "PER" and before is None:
        return False
    if before is not None and not form.conjunction:
        return True
    gender = gender_of_entity(view, entity.id)
    return bool(gender and form.gender and gender != form.gender and discourse.turns)
