"""The mentions before a cue in its sentence that may be whose words they are."""

from __future__ import annotations

from mahdar.extraction.statements.candidate import Candidate
from mahdar.extraction.statements.discourse import Discourse, gender_of_entity
from mahdar.extraction.statements.lexicon import is_preposition, words_in_role
from mahdar.extraction.statements.view import MentionAt, View, is_cut

_MARKS = frozenset("«»“”\"″'„‟()،,ـ")
# How far back «نقلت رويترز عن فلان قوله» may reach from the noun to its «عن».
_FARTHEST_SOURCE_WORDS = 25
_HEAD_WORDS = 4


def subject_of_sentence_so_far(
    view: View, candidate: Candidate, discourse: Discourse
) -> str | None:
    """Return whom the sentence is about when a verb without subject comes late in it.

    «وتعرض فلان للملف واتهم الجماعة ...»: nobody has spoken in the sentence yet, so the verb goes
    with the subject of the clause before it.
    """
    words, at = view.words, candidate.first
    form = candidate.form
    assert form is not None
    if discourse.turns and discourse.turns[-1].sentence == words.sentence[at]:
        return None
    first = view.clause_start(at)
    if at == first or view.quote[at] >= 0:
        return None
    for word in range(first, at):
        mention = view.mention_over(word)
        if mention is None or mention.first != word:
            continue
        before = words.norm[word - 1] if word > first else ""
        governed = is_preposition(before) or is_cut(view, mention)
        if governed and not words.text[word].startswith("و"):
            continue
        gender = discourse.genders.get(mention.entity) or gender_of_entity(view, mention.entity)
        if gender and form.number == "s" and gender != form.gender:
            continue
        if mention.type == "PER" or (mention.named and not form.conjunction):
            return mention.entity
    return None


def find_quoted_person(view: View, at: int) -> MentionAt | None:
    """Return whom «نقلت ... عن فلان قوله» quotes, looking back from the noun."""
    words = view.words
    word = at - 1
    while word >= 0 and at - word <= _FARTHEST_SOURCE_WORDS:
        if words.sentence[word] != words.sentence[at]:
            break
        if words.norm[word] in ("عن", "علي", "لسان"):
            for after in range(word + 1, at):
                mention = view.mention_over(after)
                if mention is None:
                    continue
                best = mention
                while best.last + 1 < at:
                    following = None
                    for step in range(best.last + 1, at):
                        following = view.mention_over(step)
                        if following is not None:
                            break
                    if following is None or following.type != "PER" or best.type == "PER":
                        break
                    best = following
                return best
            return None
        word -= 1
    return None


def find_subject_before(view: View, at: int) -> MentionAt | None:
    """Return the mention that stands as subject right before a verb («لكن موسكو قالت»)."""
    words = view.words
    word = at - 1
    relative = False
    steps = 0
    comma = False
    while word >= 0 and words.sentence[word] == words.sentence[at] and steps < 6:
        mention = view.mention_over(word)
        if mention is not None:
            first = mention.first
            if comma and not _begins_clause(view, first, words.sentence[at]):
                return None
            before = words.norm[first - 1] if first else ""
            governed = is_preposition(before) and words.sentence[first - 1] == words.sentence[at]
            if governed and not relative:
                # «على مشروع قرار يدين ...»: an indefinite noun is what its own clause speaks of.
                described = word == at - 1 and not mention.named
                return mention if described and not words.norm[first].startswith("ال") else None
            if not relative and words.norm[first][0] in "بل" and is_cut(view, mention):
                return _paper_of(view, mention)
            return mention
        token = words.norm[word]
        if token in words_in_role("relative"):
            relative = True
        elif token in words_in_role("auxiliary") or view.dated[word] or token in _MARKS:
            comma = comma or token in "،,"
        else:
            return None
        word -= 1
        steps += 1
    return None


def _paper_of(view: View, owner: MentionAt) -> MentionAt | None:
    """Return the text whose owner a mention is («قرار لمجلس الأمن يدعو»), None if there is none."""
    paper = view.mention_over(owner.first - 1) if owner.first else None
    if paper is None or not view.entities[paper.entity].source:
        return None
    same = view.words.sentence[paper.first] == view.words.sentence[owner.first]
    return paper if same and view.words.norm[owner.first][0] == "ل" else None


def _begins_clause(view: View, first: int, sentence: int) -> bool:
    """Tell whether a mention opens its clause («لكن فلان، ... قال»), titles before it aside."""
    words = view.words
    word = first - 1
    while word >= 0 and words.sentence[word] == sentence and first - word < 8:
        token = words.norm[word]
        if token in words_in_role("linking") or token in words_in_role("that"):
            return True
        if is_preposition(token) or token in "،,":
            return False
        word -= 1
    return word < 0 or words.sentence[word] != sentence


def join_mentions(view: View, mention: MentionAt, *, backwards: bool = True) -> tuple[str, ...]:
    """Return a mention's entity with those joined to it by «و» right beside it."""
    words = view.words
    out = [mention.entity]
    if backwards:
        here = mention
        while here.first > 0 and words.text[here.first].startswith("و"):
            if not is_cut(view, here):
                break
            before = view.mention_over(here.first - 1)
            if before is None:
                break
            out.insert(0, before.entity)
            here = before
    return tuple(dict.fromkeys(out))


def first_mention_of_sentence(view: View, at: int) -> str | None:
    """Return the first person before a cue in its sentence, else the body at the sentence's head."""
    first = view.clause_start(at)
    fallback: str | None = None
    for word in range(first, at):
        mention = view.mention_over(word)
        if mention is None or mention.first != word:
            continue
        if mention.type == "PER":
            return mention.entity
        # A body counts where it stands as the subject: at the head of the sentence.
        if fallback is None and mention.type == "ORG" and word - first <= _HEAD_WORDS:
            fallback = mention.entity
    return fallback
