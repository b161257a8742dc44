"""The chain of mouths: media, agencies and outer speakers that words came through."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.annotation.media import media_words
from mahdar.extraction.statements.discourse import is_plural
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.lexicon import words_in_role
from mahdar.extraction.statements.media import is_medium
from mahdar.extraction.statements.speakers import find_handed_on
from mahdar.extraction.statements.view import MentionAt, View

_FARTHEST_CARRIER_WORDS = 25
_FARTHEST_MEDIUM_WORDS = 8


def set_chains(view: View, drafts: list[Draft]) -> None:
    """Set ``via`` of each statement, nearest to the paper first.

    A medium that somebody spoke to holds for all he says in the article, and for the persons
    after him when several spoke to it («قال خبراء لـ«الصحيفة»»). An agency that carried his words
    holds from there on; one that «بحسب» names after a statement holds for that one.
    """
    spoken_to: dict[tuple[str, ...], str] = {}
    round_of: dict[str, int] = {}
    direct = [draft for draft in drafts if draft.outer is None and draft.speakers]
    for draft in direct:
        medium = _medium_spoken_to(view, draft)
        if medium is None:
            continue
        spoken_to.setdefault(draft.speakers, medium)
        if _are_several(view, draft) or _spoke_before(spoken_to, draft.speakers, medium):
            round_of.setdefault(medium, draft.candidate.first)
    for person, medium in _media_of_talks(view):
        spoken_to.setdefault((person,), medium)
    carried: dict[tuple[str, ...], str] = {}
    brought: dict[tuple[str, ...], str] = {}
    for draft in drafts:
        if draft.outer is not None:
            own = [s for s in draft.outer.speakers if s not in draft.speakers]
            outer = [v for v in draft.outer.via if v not in draft.speakers]
            draft.via = list(dict.fromkeys([*outer, *own]))
            continue
        carrier = draft.announced or _carrier(view, draft)
        if carrier is not None and carrier not in draft.speakers:
            carried[draft.speakers] = carrier
            brought.setdefault(draft.speakers, carrier)
        chain = [*draft.sources]
        if not chain:
            draft.to_medium = draft.speakers in spoken_to
            medium = (
                spoken_to.get(draft.speakers)
                or carried.get(draft.speakers)
                or _round_medium(view, draft, round_of)
            )
            if medium is not None:
                chain.append(medium)
        draft.via = [entity for entity in dict.fromkeys(chain) if entity not in draft.speakers]
    for draft in drafts:
        if view.line[draft.candidate.first] == 0 and draft.outer is None and not draft.via:
            # The headline is drawn from what the medium brought first.
            draft.via = [brought[draft.speakers]] if draft.speakers in brought else []


def _are_several(view: View, draft: Draft) -> bool:
    form = draft.candidate.form
    several = form is not None and form.number in ("d", "p")
    return several or len(draft.speakers) > 1 or is_plural(view, draft.speakers[0])


def _spoke_before(
    spoken_to: dict[tuple[str, ...], str], speakers: tuple[str, ...], medium: str
) -> bool:
    """Tell whether somebody else spoke to a medium before."""
    return any(who != speakers and to == medium for who, to in spoken_to.items())


def _round_medium(view: View, draft: Draft, round_of: dict[str, int]) -> str | None:
    """Return the medium to which several speak in turn, for a person who speaks after them."""
    if len(draft.speakers) != 1 or view.entities[draft.speakers[0]].type != "PER":
        return None
    begun = [(at, medium) for medium, at in round_of.items() if at < draft.candidate.first]
    return max(begun)[1] if begun else None


def _medium_spoken_to(view: View, draft: Draft) -> str | None:
    """Return the medium between cue and content, or in a headline («فلان لـ«عكاظ»: ...»)."""
    for entity in draft.candidate.complement.subject.media:
        return entity
    speakers = set(draft.speakers)
    cue = draft.candidate
    if cue.form is None or find_handed_on(view, cue):
        return None
    for mention in _mentions_between(view, cue.last + 1, draft.first - 1):
        if mention.entity not in speakers and is_medium(view, mention):
            return None if _is_carried(view, cue.last + 1, mention.first) else mention.entity
    first = view.clause_start(cue.first)
    return _medium_of_talk(view, first, cue.first - 1, speakers)


def _medium_of_talk(view: View, first: int, last: int, speakers: set[str]) -> str | None:
    """Return the medium named after «في حوار», «مقابلة مع», «مقال في» in a stretch of words."""
    talk = media_words("talk")
    norm = view.words.norm
    for at in range(first, last + 1):
        token = norm[at]
        if token in talk or (token[0] in "وبل" and token[1:] in talk):
            for mention in _mentions_between(view, at + 1, min(last, at + _FARTHEST_MEDIUM_WORDS)):
                if mention.entity not in speakers and is_medium(view, mention):
                    return mention.entity
    return None


def _media_of_talks(view: View) -> list[tuple[str, str]]:
    """Return person and medium of each sentence that tells of an interview («وفي حوار أجرته معه ...»)."""
    out: list[tuple[str, str]] = []
    words = view.words
    talk = media_words("talk")
    for at, token in enumerate(words.norm):
        if token not in talk and token[1:] not in talk:
            continue
        first = view.clause_start(at)
        medium = _medium_of_talk(view, at, min(at + 12, view.sentence_end[at]), set())
        if medium is None:
            continue
        for mention in _mentions_between(
            view, first, min(view.sentence_end[at], at + _FARTHEST_CARRIER_WORDS)
        ):
            if mention.type == "PER":
                out.append((mention.entity, medium))
                break
    return out


def _mentions_between(view: View, first: int, last: int) -> Iterator[MentionAt]:
    at = first
    while at <= last:
        mention = view.mention_over(at)
        if mention is None:
            at += 1
            continue
        yield mention
        at = mention.last + 1


def _is_carried(view: View, first: int, medium: int) -> bool:
    """Tell whether «نقلته», «بحسب ما ذكرت», «نقلا عن» stands before a medium: it hands on, nobody spoke to it."""
    carrying = media_words("carry") | words_in_role("source")
    return any(token in carrying for token in view.words.norm[max(first, medium - 5) : medium])


def _carrier(view: View, draft: Draft) -> str | None:
    """Return the medium of «نقلت رويترز عن فلان قوله» or «تصريحات نقلتها رويترز»."""
    words = view.words
    cue = draft.candidate
    if cue.complement.subject.entities and find_handed_on(view, cue):
        return cue.complement.subject.entities[0]
    for named in _mentions_between(view, cue.last + 1, draft.first - 1):
        if is_medium(view, named) and _is_carried(view, cue.last + 1, named.first):
            return named.entity
    verbs = media_words("carry")
    first = max(0, cue.first - _FARTHEST_CARRIER_WORDS)
    after = range(draft.last + 1, min(draft.last + 10, view.sentence_end[draft.last]) + 1)
    for at in (*range(first, draft.first), *after):
        if (
            words.sentence[at] not in (words.sentence[cue.first], words.sentence[draft.last])
            or words.norm[at] not in verbs
        ):
            continue
        for word in range(at + 1, min(at + 7, len(view))):
            mention = view.mention_over(word)
            if words.norm[word] == "عن":
                break
            if mention is not None:
                return mention.entity
    return None
