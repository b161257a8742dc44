"""Dates printed on the page rather than told by the article: «نشر في», «آخر تحديث», issue lines."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mahdar.annotation.dates.edtf import Period
from mahdar.annotation.dates.frame import Frame
from mahdar.annotation.dates.grammar import Hit
from mahdar.annotation.dates.lexicon import look_up
from mahdar.annotation.dates.phrases import CalendarDate, is_absolute
from mahdar.annotation.dates.resolve import resolve_phrase
from mahdar.text.words import Words

# A stamp's line holds little more than its date: its weekday, a label, an issue number, a clock.
_LINE_WORDS = 9
# Of its words so many may be neither labels nor of time: the name of a site, a section.
_OTHER_WORDS = 1
_ANY_DAY = date(2000, 1, 1)


class Stamp(NamedTuple):
    """A printed date: its hit, its day, and whether its label says that it is of an update."""

    hit: Hit
    day: Period
    update: bool


def find_stamps(words: Words, hits: list[Hit]) -> list[Stamp]:
    """Return the dates that stand on lines of their own with a label, or with nothing else."""
    stamps: list[Stamp] = []
    for hit in hits:
        day = absolute_day(hit)
        if day is None:
            continue
        sentence = words.sentence[hit.first]
        first, end = hit.first, hit.end
        while first > 0 and words.sentence[first - 1] == sentence:
            first -= 1
            if hit.first - first > _LINE_WORDS:
                break
        while end < len(words) and words.sentence[end] == sentence:
            end += 1
            if end - hit.end > _LINE_WORDS:
                break
        around = [*range(first, hit.first), *range(hit.end, end)]
        letters = [i for i in around if words.norm[i].isalpha()]
        if len(around) > _LINE_WORDS:
            continue
        meanings = [look_up(words.norm[i]) for i in letters]
        if sum(not entries for entries in meanings) > _OTHER_WORDS:
            continue
        kinds = {entry.kind for entries in meanings for entry in entries}
        if "stamp" in kinds or "update" in kinds or not letters:
            stamps.append(Stamp(hit, day, "update" in kinds))
    return stamps


def absolute_day(hit: Hit) -> Period | None:
    """Return the single day of a hit that tells day, month and year; ``None`` for any other."""
    phrase = hit.phrase
    if not isinstance(phrase, CalendarDate) or phrase.day is None or not is_absolute(phrase):
        return None
    day = resolve_phrase(phrase, Frame(_ANY_DAY))
    return day if day is not None and day.start == day.end else None
