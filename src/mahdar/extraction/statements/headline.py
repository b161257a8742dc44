"""Speakers of a headline («وزيرة ألمانية تحذر», «مسؤول: ...») whom the text below it names."""

from __future__ import annotations

from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.view import View

# Lines after the headline that may hold the words it is drawn from.
_FARTHEST_LINE = 3


def join_headline(view: View, drafts: list[Draft]) -> None:
    """Give the statements of a headline the speaker whom the first statement below it names.

    That is where the headline describes one («مسؤول ألماني: ...») who stands nowhere else, and the
    first words reported below are said with the same verb, or by one described with the same noun.
    """
    below = next(
        (d for d in drafts if view.line[d.candidate.first] > 0 and d.outer is None and d.speakers),
        None,
    )
    if below is None or view.line[below.candidate.first] > _FARTHEST_LINE:
        return
    (told,) = below.speakers[:1]
    for draft in drafts:
        if view.line[draft.candidate.first] > 0 or len(draft.speakers) != 1:
            continue
        (speaker,) = draft.speakers
        if speaker != told and _only_in_headline(view, speaker) and _agrees(view, draft, below):
            draft.speakers = below.speakers


def _only_in_headline(view: View, speaker: str) -> bool:
    """Tell whether an entity is described, never named, and only in the first line."""
    entity = view.entities[speaker]
    if entity.kb is not None or any(m.kind == "named" for m in entity.mentions):
        return False
    return all(view.line[m.first] == 0 for m in view.mentions if m.entity == speaker)


def _agrees(view: View, headline: Draft, below: Draft) -> bool:
    first, second = headline.candidate.verb, below.candidate.verb
    if first is not None and second is not None and first.lemma == second.lemma:
        return True
    return bool(_heads(view, headline.speakers[0]) & _heads(view, below.speakers[0]))


def _heads(view: View, entity: str) -> set[str]:
    """Return the first words of an entity's mentions and those right before them, without «ال»."""
    norm = view.words.norm
    out = set()
    for mention in view.mentions:
        if mention.entity == entity:
            out.add(norm[mention.first].removeprefix("ال"))
            if mention.first and mention.named:
                out.add(norm[mention.first - 1].removeprefix("ال"))
    return out
