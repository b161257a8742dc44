"""Whose words they are: subjects before and after the verb, dropped subjects, joint speakers."""

from __future__ import annotations

from dataclasses import dataclass, field

from mahdar.extraction.statements.candidates import Candidate
from mahdar.extraction.statements.cues import CueForm
from mahdar.extraction.statements.lexicon import is_preposition, words_in_role
from mahdar.extraction.statements.media import is_medium
from mahdar.extraction.statements.view import MentionAt, View, is_cut
from mahdar.text.normalize import normalize_word

_MARKS = frozenset("«»“”\"″'„‟()،,ـ")
_PRONOUN_SOURCES = frozenset(("عنه", "عنها", "عنهم", "عنهما"))
# How far back «نقلت رويترز عن فلان قوله» may reach from the noun to its «عن».
_FARTHEST_SOURCE_WORDS = 25
_HEAD_WORDS = 4
# From «عن» to the mention of whose words they are.
_FARTHEST_OWNER_WORDS = 5
_HANDING_ON = frozenset(("نقل", "نسب"))


@dataclass(frozen=True, slots=True)
class Turn:
    """One resolved statement, as later ones look back on it."""

    first: int
    sentence: int
    line: int
    speakers: tuple[str, ...]
    gender: str
    nested: bool


@dataclass(slots=True)
class Discourse:
    """What is known of the speakers up to a word; ``genders``: entity to the gender its verbs had."""

    turns: list[Turn] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)


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
        return _last_body(view, discourse)
    if subject.nominal_head >= 0 and not view.words.norm[subject.nominal_head].startswith("ال"):
        return ()
    opening = _subject_of_sentence_so_far(view, candidate, discourse)
    if opening is not None:
        return (opening,)
    return _speakers_before(view, candidate, form, discourse)


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


def _last_body(view: View, discourse: Discourse) -> tuple[str, ...]:
    """Return the last speakers of their own that are no person, else the last speakers of their own."""
    outer = [t.speakers for t in reversed(discourse.turns) if not t.nested and t.speakers]
    bodies = (who for who in outer if view.entities[who[0]].type != "PER")
    return next(bodies, outer[0] if outer else ())


def _informant(view: View, candidate: Candidate) -> str | None:
    """Return from whom a paper learnt in «وعلمت «الصحيفة» من مصادرها أن ...»."""
    for word in range(candidate.first + 1, candidate.complement.word - 1):
        if view.words.norm[word] == "من":
            mention = view.mention_over(word + 1) or view.mention_over(word + 2)
            return mention.entity if mention is not None else None
    return None


def _subject_of_sentence_so_far(
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


def _speakers_of_noun(view: View, candidate: Candidate, discourse: Discourse) -> tuple[str, ...]:
    form, subject = candidate.form, candidate.complement.subject
    assert form is not None
    if not form.suffixed and subject.entities:
        return tuple(subject.entities)
    if candidate.first and view.words.norm[candidate.first - 1] in _PRONOUN_SOURCES:
        return _speakers_before(view, candidate, form, discourse)
    quoted = find_quoted_person(view, candidate.first)
    if quoted is not None:
        return join_mentions(view, quoted, backwards=False)
    return _speakers_before(view, candidate, form, discourse)


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
    opening = _first_mention_of_sentence(view, candidate.first)
    previous = next((t for t in reversed(discourse.turns) if not t.nested and t.speakers), None)
    first = candidate.first
    opens_sentence = first == 0 or view.words.sentence[first - 1] != sentence
    if opening is not None and not opens_sentence and inside < 0:
        return (opening,)
    if previous is not None:
        return previous.speakers
    return (opening,) if opening is not None else ()


def _speakers_before(
    view: View, candidate: Candidate, form: CueForm, discourse: Discourse
) -> tuple[str, ...]:
    """Return the nearest earlier speaker that agrees with a verb without subject."""
    wanted = form.gender
    outer = next((t for t in reversed(discourse.turns) if not t.nested and t.speakers), None)
    for turn in reversed(discourse.turns):
        if turn.nested or not turn.speakers:
            continue
        if (
            form.number in ("d", "p")
            and len(turn.speakers) < 2
            and (form.number == "d" or not is_plural(view, turn.speakers[0]))
        ):
            continue
        if len(turn.speakers) == 1 and form.number == "s" and wanted:
            gender = discourse.genders.get(turn.speakers[0]) or gender_of_entity(
                view, turn.speakers[0]
            )
            if gender and gender != wanted:
                continue
        return turn.speakers
    if outer is not None and form.number not in ("d",):
        return outer.speakers
    for word in range(candidate.first - 1, -1, -1):
        mention = view.mention_over(word)
        if mention is not None and mention.type == "PER":
            return (mention.entity,)
    return ()


def is_plural(view: View, entity_id: str) -> bool:
    """Tell from its first mention whether an entity is several («مصادر», «مسؤولون»)."""
    entity = view.entities.get(entity_id)
    if entity is None:
        return False
    first = entity.mentions[0] if entity.mentions else None
    if first is None:
        return False
    head = normalize_word(view.text[first.start : first.end].split()[0])
    return head.endswith(("ون", "ين", "ات")) or head in ("مصادر", "المصادر", "قوي", "خبراء")


_MASCULINE_PLACES = frozenset(
    normalize_word(word)
    for word in [
        "العراق",
        "لبنان",
        "الأردن",
        "المغرب",
        "السودان",
        "اليمن",
        "الكرملين",
        "البنتاغون",
        "البنتاجون",
        "الفاتيكان",
    ]
)


def gender_of_entity(view: View, entity_id: str) -> str:
    """Return the grammatical gender that an entity's name shows, empty if it shows none."""
    entity = view.entities.get(entity_id)
    if entity is None or not entity.mentions:
        return ""
    for mention in entity.mentions:
        surface = view.text[mention.start : mention.end].split()
        if not surface:
            continue
        head = normalize_word(surface[0])
        if entity.type == "LOC":
            return "m" if head in _MASCULINE_PLACES else "f"
        if entity.type == "ORG":
            if head.endswith(("ه", "ات")):
                return "f"
            return "m" if head.removeprefix("ال") in words_in_role("masculine_body") else ""
        if mention.kind == "nominal":
            return "f" if head.endswith("ه") else "m"
    return ""


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


def _first_mention_of_sentence(view: View, at: int) -> str | None:
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
