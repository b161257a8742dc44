"""What is done with an instrument where a text names it: invoked, breached, rejected, supported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from mahdar.extraction.events.context import Context
from mahdar.extraction.phrases import PhraseIndex, make_phrase_index
from mahdar.lexicon.tables import load_table
from mahdar.model import Instrument

_BEFORE, _AFTER = 6, 5
_ACCUSED_REACH = 7


@cache
def _uses() -> PhraseIndex:
    return make_phrase_index((row["phrase"], row["use"]) for row in load_table("instruments_uses"))


def tell_uses(context: Context, instruments: Sequence[Instrument]) -> tuple[Instrument, ...]:
    """Return instruments with what is done with them, and who is said to breach them.

    The nearest word of use within a few words counts, those before the name first; a breach is
    laid to the actor named nearest to its word, the speaker left out.
    """
    return tuple(_tell(context, instrument) for instrument in instruments)


def _tell(context: Context, instrument: Instrument) -> Instrument:
    words = context.words
    covered = words.between(instrument.start, instrument.end)
    if not len(covered):
        return instrument
    first, last = covered[0], covered[-1]
    low = max(context.first_of[first], first - _BEFORE)
    high = min(context.last_of[last], last + _AFTER)
    best: tuple[int, int, str] | None = None
    for at, end, _, use in _uses().iter_matches(words.norm, low, high):
        if first <= at <= last:
            continue
        away = first - end if at < first else at - last + _BEFORE
        if best is None or away < best[0]:
            best = (away, at, use)
    if best is None:
        return instrument
    accused = _accused(context, best[1], first, last) if best[2] == "breached" else None
    return replace(instrument, use=best[2], accused=accused)


def _accused(context: Context, word: int, first: int, last: int) -> str | None:
    speech = context.speech[word]
    speakers = set(speech.speakers) if speech is not None else set()
    low = max(context.first_of[word], word - _ACCUSED_REACH)
    high = min(context.last_of[word], word + _ACCUSED_REACH)
    best: tuple[int, str] | None = None
    for spot in context.spots_between(low, high):
        if first <= spot.first <= last or spot.entity.id in speakers:
            continue
        away = word - spot.last if spot.last < word else spot.first - word + 1
        if best is None or away < best[0]:
            best = (away, spot.entity.id)
    return best[1] if best else None
