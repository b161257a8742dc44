"""The day an article speaks from, and the weekdays on which its own words agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from mahdar.annotation.dates.edtf import Period
from mahdar.annotation.dates.grammar import Hit
from mahdar.annotation.dates.phrases import RelativeDay, Weekday
from mahdar.annotation.dates.resolve_relative import weekday_shift
from mahdar.annotation.dates.tense import Outlook
from mahdar.text.words import Words

# The lead of an article: its title and first two sentences.
_LEAD_SENTENCES = 3


def speaking_day(
    anchor: Period | None,
    hits: Sequence[Hit],
    words: Words | None = None,
    outlooks: Sequence[Outlook] = (),
) -> Period | None:
    """Return the day the article speaks from: its anchor, moved where its own weekdays say so.

    A paper of Thursday that writes «أمس الثلاثاء» speaks from Wednesday. The weekdays beside
    «اليوم», «أمس» and «غدا» vote; so does a bare weekday of the past in the lead that is the
    anchor's own («أعلن الحزب في بيان، الاثنين»). The anchor's own day wins a tie.
    """
    if anchor is None or anchor.start != anchor.end:
        return anchor
    votes: Counter[int] = Counter()
    here = anchor.start.weekday()
    for number, hit in enumerate(hits):
        phrase = hit.phrase
        if isinstance(phrase, RelativeDay) and phrase.weekday is not None:
            votes[weekday_shift(here + phrase.offset, phrase.weekday)] += 1
        elif (
            isinstance(phrase, Weekday)
            and words is not None
            and phrase == Weekday(here)
            and words.sentence[hit.first] < _LEAD_SENTENCES
            and outlooks[number].side <= 0
        ):
            votes[0] += 1
    if not votes:
        return anchor
    best = max(votes.items(), key=lambda vote: (vote[1], vote[0] == 0))[0]
    try:
        day = anchor.start + timedelta(days=best)
    except OverflowError:  # the first or last week that a date can be of
        return anchor
    return Period(day, day)


def agree_on_weekdays(hits: Sequence[Hit], outlooks: Sequence[Outlook]) -> list[Outlook]:
    """Return the outlooks with those of unsaid weekdays taken from the same weekday elsewhere.

    An article that has «سيجتمع المجلس الأربعاء» means the same Wednesday by «تصويت الأربعاء», unless
    it tells of a past one too.
    """
    sides: dict[int, set[int]] = {}
    for hit, outlook in zip(hits, outlooks, strict=True):
        if isinstance(hit.phrase, Weekday) and hit.phrase.direction is None:
            sides.setdefault(hit.phrase.weekday, set()).add(outlook.side)
    return [
        Outlook(1)
        if isinstance(hit.phrase, Weekday)
        and hit.phrase.direction is None
        and outlook.side == 0
        and not outlook.planned
        and 1 in sides[hit.phrase.weekday]
        and -1 not in sides[hit.phrase.weekday]
        else outlook
        for hit, outlook in zip(hits, outlooks, strict=True)
    ]
