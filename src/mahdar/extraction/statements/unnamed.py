"""Speakers that only the verb of saying before them tells: «وقال موظف في الإدارة إن», «وأكد مكتب فلان أن».

The names of an article and the nominals that mean them are found before statements. Who speaks without
a name or a known role is told by the verb: the noun after it is its subject. «الصندوق» goes back to the
body whose name begins with it, and a title that stands apart from its holder's name («أكد قائد المنطقة
الرابعة في مدينة كذا اللواء فلان أن») is joined to it.
"""

from __future__ import annotations

from dataclasses import replace

from mahdar.extraction.statements.candidates import Candidate
from mahdar.extraction.statements.cues import CueForm, load_cue_forms
from mahdar.extraction.statements.lexicon import is_preposition, words_in_role
from mahdar.extraction.statements.view import View, is_cut
from mahdar.model import Entity, Mention
from mahdar.text.normalize import normalize_word

_LONGEST_WORDS = 5
# Words after which a name is no longer that of the title before them.
_ENDS_TITLE = frozenset(
    normalize_word(word)
    for word in [
        "الذي", "التي", "خلال", "عقب", "بعد", "قبل", "مع", "أن", "إن", "ان", "أنه", "أنها",
        "نظيره", "لقائه", "لقاء", "لقائها", "اجتماعه", "استقباله",
    ]
)  # fmt: skip
_FARTHEST_NAME_WORDS = 18
_QUOTES = frozenset('«»“”"″„‟')
# Endings that a noun has only as a subject: sound plurals of persons («عراقيون», «المعتصمون»).
_NATIONS = "يون"
_PERSONS = "ون"


def add_unnamed_speakers(view: View, candidates: list[Candidate]) -> tuple[Entity, ...] | None:
    """Return the entities of an article with its unnamed speakers added, ``None`` if it has none.

    New ones have nominal mentions alone and are of type ORG, as the annotation guide has it; a definite
    noun goes to an entity before it that has the same head, where there is one.
    """
    found: list[tuple[int, int]] = []
    holders: dict[str, str] = {}
    for candidate in candidates:
        if candidate.form is None or candidate.form.kind not in ("perfect", "imperfect"):
            continue
        holder = _holder_of_title(view, candidate)
        if holder is not None:
            holders.setdefault(*holder)
        head = _subject_head(view, candidate)
        if head >= 0:
            found.append((head, _last_word(view, head)))
    if not found and not holders:
        return None
    return _with(view, found, holders)


def _subject_head(view: View, candidate: Candidate) -> int:
    """Return the noun after a verb of saying that is its subject without being a mention, else -1."""
    form, words = candidate.form, view.words
    if (
        form is None or form.suffixed or form.verb.needs or form.number != "s"
    ):  # a verb before its subject is in the singular
        return -1
    head = candidate.last + 1
    while head < len(view) - 1 and (
        words.text[head] in _QUOTES
        or view.dated[head]
        or words.norm[head] in words_in_role("adverb")
    ):
        head += 1
    if words.sentence[head] != words.sentence[candidate.first] or head > candidate.complement.word:
        return -1
    if view.mention_over(head) is not None or not _is_speaker(words.norm[head], form):
        return -1
    subject = candidate.complement.subject
    if subject.entities:
        # «أكد مكتب فلان»: the name belongs to whose office it is.
        owner = view.mention_over(head + 1)
        own = owner is not None and owner.entity == subject.entities[0]
        return head if own and words.norm[head] in words_in_role("belonging") else -1
    if head == candidate.complement.word and candidate.complement.frame != "object":
        return -1
    return head


def _holder_of_title(view: View, candidate: Candidate) -> tuple[str, str] | None:
    """Return the entities of a title that stands alone after a verb and of the person named after it."""
    if len(candidate.complement.subject.entities) != 1:
        return None
    entity = candidate.complement.subject.entities[0]
    holder = view.entities[entity]
    if holder.type != "PER" or holder.source or any(m.kind == "named" for m in holder.mentions):
        return None
    words = view.words
    begun = -1
    word = candidate.last + 1
    end = min(candidate.complement.word, candidate.last + _FARTHEST_NAME_WORDS)
    while word < end:
        mention = view.mention_over(word)
        if mention is None:
            speaks_for = word > 0 and words.norm[word - 1] == "باسم"
            if speaks_for and words.norm[word].removeprefix("ال") in words_in_role("office"):
                return None  # «المتحدث باسم وزير الخارجية فلان»
            if begun >= 0 and (words.norm[word] in _ENDS_TITLE or words.text[word] in ":؛"):
                return None
            word += 1
            continue
        if mention.entity == entity:
            begun = word
        elif begun >= 0 and mention.type == "PER" and mention.named:
            before = words.norm[mention.first - 1]
            apart = is_preposition(before) or is_cut(view, mention)
            return None if apart else (entity, mention.entity)
        word = mention.last + 1
    return None


def _is_speaker(token: str, form: CueForm) -> bool:
    """Tell whether a noun can be the subject of a verb of saying: its class, and that both agree."""
    definite = token.startswith("ال")
    bare = token[2:] if definite else token
    feminine = bare.endswith(("ه", "ات"))
    if bare in words_in_role("speaker_plural"):
        return form.gender == "f" or not bare.endswith("ات")
    if bare in words_in_role("speaker_body") or (
        bare in words_in_role("speaker_noun") and not definite
    ):
        return feminine == (form.gender == "f")
    quantity = bare in words_in_role("quantifier") and bare not in ("كل", "كلا")
    if quantity or token in ("بعضهم", "احدهم", "معظمهم", "اخرون", "كثيرون"):
        return form.verb.that or form.gender == "m"
    ending = _PERSONS if definite else _NATIONS
    return form.gender == "m" and len(bare) > 5 and bare.endswith(ending)


def _last_word(view: View, head: int) -> int:
    """Return the last word of the phrase that a noun heads."""
    words = view.words
    token = words.norm[head]
    quantified = token in words_in_role("quantifier")
    owned = token in words_in_role("belonging")
    last = head
    while last + 1 < len(view) and last - head < _LONGEST_WORDS:
        after = last + 1
        token = words.norm[after]
        if words.sentence[after] != words.sentence[head]:
            break
        if after == head + 1:
            first = min(after + (words.text[after] in _QUOTES), len(view) - 1)
            if view.opens[first] >= 0:
                return _name_in_marks(view, first, head)
        if not token[0].isalpha():
            break
        mention = view.mention_over(after)
        if mention is not None:
            return mention.last if quantified or (owned and after == head + 1) else last
        if token in words_in_role("that") or token in words_in_role("adverb") or view.dated[after]:
            break
        of_these = quantified and token == "من" and after == head + 1
        if (is_preposition(token) or token in words_in_role("relative")) and not of_these:
            break
        if token in load_cue_forms() or token in words_in_role("linking"):
            break
        if token[0] in "بلوف" and len(token) > 3 and not token.startswith(("بي", "لي", "وز")):
            break
        last = after
    return last


def _name_in_marks(view: View, first: int, head: int) -> int:
    """Return the last word of a name in quotation marks after a noun («مجلة «كذا»»), else the noun."""
    last = view.quote_words[view.opens[first]][1]
    return last if last - first < _LONGEST_WORDS else head


def _with(view: View, found: list[tuple[int, int]], holders: dict[str, str]) -> tuple[Entity, ...]:
    """Return the entities with the phrases found, each a mention of an earlier one or a new one, and
    with the titles of ``holders`` given to their holders."""
    entities = dict(view.entities)
    made: dict[str, str] = {}
    for head, last in found:
        token = view.words.norm[head]
        bare = token.removeprefix("ال")
        span = view.span(head, last)
        mention = Mention(span.start, span.end, "nominal")
        known = _known_name(view, head, last)
        if known is None and token.startswith("ال"):
            known = made.get(bare) or (_body_before(view, head, bare) if last == head else None)
        if known is not None:
            entity = entities[known]
            entities[known] = _with_mentions(entity, (mention,))
            continue
        number = f"e{len(entities) + 1}"
        made[bare] = number
        entities[number] = Entity(
            id=number,
            type="ORG",
            mentions=(mention,),
            key="ORG:" + " ".join(view.words.norm[head : last + 1]),
            label={"ar": " ".join(view.text[span.start : span.end].split())},
            source=not token.startswith("ال"),
        )
    for title, holder in holders.items():
        if title in entities and holder in entities:
            entities[holder] = _with_mentions(entities[holder], entities.pop(title).mentions)
    return tuple(
        replace(e, members=tuple(holders.get(m, m) for m in e.members)) if e.members else e
        for e in entities.values()
    )


def _with_mentions(entity: Entity, more: tuple[Mention, ...]) -> Entity:
    mentions = sorted((*entity.mentions, *more), key=lambda m: (m.start, m.end))
    return replace(entity, mentions=tuple(mentions))


def _known_name(view: View, head: int, last: int) -> str | None:
    """Return the organisation that stands after a noun as its name («شركة كذا», «مجلة «كذا»»)."""
    if view.words.norm[head] not in words_in_role("speaker_body"):
        return None
    mention = view.mention_over(head + 1)
    if mention is not None:
        owned = view.words.norm[head] in words_in_role("belonging")
        return mention.entity if mention.type == "ORG" and not owned else None
    name = [w for w in view.words.norm[head + 1 : last + 1] if w[0].isalnum()]
    for other in view.mentions:
        if name and other.type == "ORG" and view.words.norm[other.first : other.last + 1] == name:
            return other.entity
    return None


def _body_before(view: View, head: int, bare: str) -> str | None:
    """Return the nearest organisation before a word whose name begins with the same noun, or stands after it."""
    for mention in reversed(view.mentions):
        if mention.first >= head or mention.type != "ORG":
            continue
        norm = view.words.norm
        first = norm[mention.first]
        before = norm[mention.first - 1] if mention.first else ""
        if any(word in (bare, "ال" + bare) for word in (first, first[1:], before, before[1:])):
            return mention.entity
    return None
