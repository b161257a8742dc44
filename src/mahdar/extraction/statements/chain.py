"""The chain of mouths: media, agencies and outer speakers that words came through."""

from __future__ import annotations

from mahdar.annotation.media import is_medium_name, media_words
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.view import MentionAt, View

_FARTHEST_CARRIER_WORDS = 25


def is_medium(view: View, mention: MentionAt) -> bool:
    """Tell from its name, or the noun before it, whether a mention is a medium or news agency."""
    if mention.type == "PER":
        return False
    tokens = [t for t in view.words.norm[mention.first : mention.last + 1] if t[0].isalnum()]
    if not tokens:
        return False
    before = mention.first - 1
    while before >= 0 and not view.words.text[before][0].isalnum():
        before -= 1
    head = view.words.norm[before] if before >= 0 else ""
    if mention.type == "LOC":
        return head in media_words("head")
    return is_medium_name(tokens, head)


def set_chains(view: View, drafts: list[Draft]) -> None:
    """Set ``via`` of each statement, nearest to the paper first.

    A medium that somebody spoke to holds for all he says in the article; an agency that carried
    his words holds from there on; one that «بحسب» names after a statement holds for that one.
    """
    spoken_to: dict[tuple[str, ...], str] = {}
    direct = [draft for draft in drafts if draft.outer is None and draft.speakers]
    for draft in direct:
        medium = _medium_spoken_to(view, draft)
        if medium is not None:
            spoken_to.setdefault(draft.speakers, medium)
    carried: dict[tuple[str, ...], str] = {}
    for draft in drafts:
        if draft.outer is not None:
            own = [s for s in draft.outer.speakers if s not in draft.speakers]
            draft.via = list(dict.fromkeys([*draft.outer.via, *own]))
            continue
        carrier = _carrier(view, draft)
        if carrier is not None and carrier not in draft.speakers:
            carried[draft.speakers] = carrier
        chain = [*draft.sources]
        if not chain:
            medium = spoken_to.get(draft.speakers) or carried.get(draft.speakers)
            if medium is not None:
                chain.append(medium)
        draft.via = [entity for entity in dict.fromkeys(chain) if entity not in draft.speakers]


def _medium_spoken_to(view: View, draft: Draft) -> str | None:
    """Return the medium between cue and content, or in a headline («فلان لـ«عكاظ»: ...»)."""
    for entity in draft.candidate.complement.subject.media:
        return entity
    speakers = set(draft.speakers)
    cue = draft.candidate
    if cue.form is None:
        return None
    at = cue.last + 1
    while at < draft.first:
        mention = view.mention_over(at)
        if mention is None:
            at += 1
            continue
        if mention.entity not in speakers and is_medium(view, mention):
            return mention.entity
        at = mention.last + 1
    return None


def _carrier(view: View, draft: Draft) -> str | None:
    """Return the medium of «نقلت رويترز عن فلان قوله» or «تصريحات نقلتها رويترز»."""
    words = view.words
    cue = draft.candidate
    verbs = media_words("carry")
    first = max(0, cue.first - _FARTHEST_CARRIER_WORDS)
    for at in range(first, draft.first):
        if words.sentence[at] != words.sentence[cue.first] or words.norm[at] not in verbs:
            continue
        for word in range(at + 1, min(at + 7, len(view))):
            mention = view.mention_over(word)
            if words.norm[word] == "عن":
                break
            if mention is not None:
                return mention.entity
    return None
