"""What ties the layers of one article together: the event at which a statement was made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mahdar.model import Event, EventType, Setting, Span, Statement

# An interview or a paper is no event of a record (annotation guide), so those settings have none.
EVENTS_OF_SETTING: dict[Setting, frozenset[EventType]] = {
    "press-conference": frozenset(("PRESS",)),
    "speech": frozenset(("PRESS", "NEGOTIATE")),
    "meeting": frozenset(("MEET", "NEGOTIATE", "VISIT")),
    "call": frozenset(("CALL",)),
}
_HAPPENED = frozenset(("occurred", "ongoing"))
# Sentences back within which an event of nobody named may still be where somebody spoke.
_NEARBY_SENTENCES = 2
# Occurrences of events looked back on for each statement: keeps long pages linear.
_MOST_BACK = 60


@dataclass(frozen=True, slots=True)
class _Place:
    """One trigger of an event that happened, with the number of its sentence."""

    start: int
    end: int
    sentence: int
    event: Event


def link_settings(
    statements: Sequence[Statement], events: Sequence[Event], sentences: Sequence[Span] = ()
) -> tuple[Statement, ...]:
    """Return statements with the press conference, meeting or call they were made at.

    An event counts if it happened, is of a kind that the statement's setting allows, and is not
    itself what the statement tells. Of those in the cue's sentence the nearest is taken; else the
    nearest one before that a speaker took part in, or that names nobody and stands close by.

    Args:
        statements: statements with their settings.
        events: the events of the same article.
        sentences: the article's sentences in order; without them it counts as one sentence.
    Returns:
        The statements in the same order; ``event`` is ``None`` where none is found.
    """
    starts = [sentence.start for sentence in sentences]
    places = sorted(
        (
            _Place(trigger.start, trigger.end, bisect_right(starts, trigger.start), event)
            for event in events
            if event.modality in _HAPPENED
            for trigger in event.triggers
        ),
        key=lambda place: place.start,
    )
    begins = [place.start for place in places]
    return tuple(
        replace(statement, event=_find_event(statement, places, begins, starts))
        for statement in statements
    )


def _find_event(
    statement: Statement, places: list[_Place], begins: list[int], starts: list[int]
) -> str | None:
    kinds = EVENTS_OF_SETTING.get(statement.setting)
    if kinds is None or not places:
        return None
    cue = statement.cue
    sentence = bisect_right(starts, cue.start)
    first = max(0, bisect_left(begins, cue.start) - _MOST_BACK)
    nearest: tuple[int, str] | None = None
    before: str | None = None
    for place in places[first : first + 2 * _MOST_BACK]:
        event = place.event
        if event.type not in kinds or _is_told(statement, place):
            continue
        if place.sentence == sentence:
            away = max(place.start - cue.end, cue.start - place.end, 0)
            if nearest is None or away < nearest[0]:
                nearest = (away, event.id)
        elif place.start < cue.start and _may_host(statement, event, sentence - place.sentence):
            before = event.id
    return nearest[1] if nearest is not None else before


def _is_told(statement: Statement, place: _Place) -> bool:
    """Tell whether an event is part of what a statement says."""
    return any(span.start <= place.start < span.end for span in statement.content)


def _may_host(statement: Statement, event: Event, sentences_back: int) -> bool:
    """Tell whether somebody may have spoken at an event of an earlier sentence."""
    if event.participants:
        return any(p.entity in statement.speakers for p in event.participants)
    return sentences_back <= _NEARBY_SENTENCES
