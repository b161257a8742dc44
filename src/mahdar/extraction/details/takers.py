"""What follows a cue: actors, places, a date, a length of time, an instrument, or words.

Every taker starts at a word and looks on inside its sentence; it gives details without a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from mahdar.extraction.events.context import Context, Spot
from mahdar.lexicon.tables import load_table
from mahdar.model import Detail, Instrument
from mahdar.text.numerals import parse_number
from mahdar.text.words import Words

_SKIPPED = 1
"""Words that may stand between a cue and whom it introduces («تحت إشراف مباشر من الأمم المتحدة»)."""
_INSTRUMENT_REACH, _BEFORE_REACH = 3, 4
_ELSEWHERE = frozenset(("في", "علي", "الي", "بين", "ان", "عدم", "قبل"))
"""After these no more is told of who guarantees: «بضمان السلم الأهلي في سوريا» names no guarantor."""
_DATE_REACH = 7
_TEXT_WORDS = 18
_TITLE_WORDS = 20
_TITLE_ENDS = frozenset(
    (
        "الذي",
        "التي",
        "اللذين",
        "الذين",
        "حيث",
        "وذلك",
        "الا",
        "لكن",
        "مبينا",
        "مشيرا",
        "موكدا",
        "كما",
        "قد",
        "بعد",
    )
)
_OPENING = frozenset(("«", "“", '"', "(", "‘"))
_ITEMS_WORDS = 70
_ITEM_MIN_WORDS = 3
_STOPS = frozenset("؛.!?؟:\n")
_QUOTES = frozenset("«»“”\"″'()[]-–—")
_LINKS = frozenset(("و", "،", ",", "كل", "من", "كلا", "أيضا", "او", "كذلك", "دول", "دوله"))
_UNIT = {"hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y"}
Taker = Callable[[Context, int], list[Detail]]


@cache
def _units() -> dict[str, tuple[str, str]]:
    return {row["form"]: (row["unit"], row["number"]) for row in load_table("dates_units")}


def _detail(
    words: Words, first: int, last: int, value: str = "", entity: str | None = None
) -> Detail:
    text = value or " ".join(words.text[first : last + 1])
    return Detail("", text, words.start[first], words.end[last], entity)


def _spot_from(context: Context, word: int) -> Spot | None:
    """Return the mention that begins at a word, the widest one."""
    spot = context.at[word]
    return spot if spot is not None and spot.first == word else None


def take_actors(context: Context, at: int) -> list[Detail]:
    """Return who is named from a word on: «تركيا وروسيا وإيران», «كل من ...», «روسية»."""
    words, out = context.words, list[Detail]()
    last = context.last_of[at - 1] if at else -1
    skipped = 0
    while at <= last:
        token = words.norm[at]
        spot = _spot_from(context, at)
        if spot is not None:
            name = " ".join(words.text[spot.first : spot.last + 1])
            for entity in context.meant(spot.entity):
                out.append(Detail("", name, spot.start, spot.end, entity))
            at, skipped = spot.last + 1, 0
            if at <= last and not _continues(words, at):
                break
            continue
        demonym = context.demonym(at)
        if demonym is not None:
            out.append(_detail(words, at, at, "", demonym))
            at, skipped = at + 1, 0
            if at <= last and not _continues(words, at):
                break
            continue
        if token in _STOPS or token in _ELSEWHERE:
            break
        if token not in _LINKS and token not in _QUOTES:
            skipped += 1
            if skipped > _SKIPPED or out:
                break
        at += 1
    return out


def _continues(words: Words, at: int) -> bool:
    """Tell whether a list of names goes on at a word."""
    token = words.norm[at]
    return token in _LINKS or token in _QUOTES or (token.startswith("و") and len(token) > 2)


def take_places(context: Context, at: int) -> list[Detail]:
    """Return the places named right at a word, those joined by «و» with the first."""
    words, out = context.words, list[Detail]()
    last = context.last_of[at - 1] if at else -1
    skipped = 0
    while at <= last and skipped <= 2:
        spot = _spot_from(context, at)
        if spot is not None and spot.entity.type == "LOC":
            name = spot.entity.label.get("ar") or " ".join(words.text[spot.first : spot.last + 1])
            out.append(Detail("", name, spot.start, spot.end, spot.entity.id))
            at = spot.last + 1
            if at > last or not words.norm[at].startswith("و"):
                break
            continue
        if out or words.norm[at] in _STOPS or words.norm[at] in "،,":
            break
        at, skipped = at + 1, skipped + 1
    return out


def take_before(context: Context, at: int) -> list[Detail]:
    """Return who is named last before a verb: «وكانت مصر قد رعت ...»."""
    words = context.words
    first = max(context.first_of[at], at - _BEFORE_REACH)
    spots = [s for s in context.spots_between(first, at - 1) if s.last < at]
    if not spots:
        return []
    spot = spots[-1]
    name = " ".join(words.text[spot.first : spot.last + 1])
    return [Detail("", name, spot.start, spot.end, e) for e in context.meant(spot.entity)]


def take_date(context: Context, at: int) -> list[Detail]:
    """Return the first date that begins a few words from a word on."""
    last = min(context.last_of[at - 1] if at else -1, at + _DATE_REACH)
    for first, end, date in context.dates_between(at, last):
        if date.value != "..":
            return [_detail(context.words, first, end, date.value)]
    return []


def take_duration(context: Context, at: int) -> list[Detail]:
    """Return a length of time as an ISO 8601 duration: «خمسة أيام» P5D, «شهرين» P2M, «72 ساعة» PT72H."""
    words = context.words
    last = context.last_of[at - 1] if at else -1
    for first in range(at, min(at + 2, last) + 1):
        unit = _units().get(words.norm[first])
        if unit is not None and unit[1] in ("dual", "singular"):
            count = 2 if unit[1] == "dual" else 1
            return [_detail(words, first, first, _duration(count, unit[0]))]
        number = parse_number(words, first)
        if number is None or not 0 < number.value < 1000 or number.end > last:
            continue
        unit = _units().get(words.norm[number.end])
        if unit is not None:
            return [_detail(words, first, number.end, _duration(number.value, unit[0]))]
    return []


def _duration(count: int, unit: str) -> str:
    return f"P{'T' if unit == 'hour' else ''}{count}{_UNIT[unit]}"


def _end_of_clause(context: Context, at: int, most: int) -> int:
    """Return the last word of the clause that begins at a word: to a stop, or a comma after three words."""
    words = context.words
    last = min(context.last_of[at], at + most - 1)
    for k in range(at, last + 1):
        token = words.norm[k]
        if token in _STOPS or (token in "،," and k - at >= _ITEM_MIN_WORDS):
            return k - 1
    return last


def take_text(context: Context, at: int) -> list[Detail]:
    """Return the words of a clause from a word on."""
    if at >= context.size or (at and context.words.sentence[at] != context.words.sentence[at - 1]):
        return []
    last = _end_of_clause(context, at, _TEXT_WORDS)
    return [_detail(context.words, at, last)] if last >= at else []


def take_title(context: Context, at: int) -> list[Detail]:
    """Return what a text calls an agreement: from its noun to the first mark or relative clause."""
    words = context.words
    last = min(context.last_of[at], at + _TITLE_WORDS - 1)
    for k in range(at + 1, last + 1):
        token = words.norm[k]
        if (not words.text[k][0].isalnum() and token not in _OPENING) or token in _TITLE_ENDS:
            last = k - 1
            break
    return [_detail(words, at, last)] if last > at else []


def take_items(context: Context, at: int) -> list[Detail]:
    """Return what a text lists from a word on, parted at commas and semicolons."""
    return list(_iter_items(context, at))


def _iter_items(context: Context, at: int) -> Iterator[Detail]:
    words = context.words
    if at >= context.size or (at and words.sentence[at] != words.sentence[at - 1]):
        return
    last = min(context.last_of[at], at + _ITEMS_WORDS - 1)
    while at < last and words.norm[at] in "،,:":
        at += 1
    first = at
    for k in range(at, last + 2):
        ended = k > last or words.norm[k] in _STOPS
        if not ended and not (words.norm[k] in "،," and k - first >= _ITEM_MIN_WORDS):
            continue
        if k - first > 1:
            yield _detail(words, first, k - 1)
        if ended and (k > last or words.norm[k] != "؛"):
            return
        first = k + 1


def take_instrument(context: Context, at: int, instruments: dict[int, Instrument]) -> list[Detail]:
    """Return the instrument named within a few words.

    Args:
        context: the article's layers.
        at: the word from which on.
        instruments: first word of each instrument's name to the instrument.
    """
    last = context.last_of[at - 1] if at else -1
    for k in range(at, min(at + _INSTRUMENT_REACH, last) + 1):
        named = instruments.get(k)
        if named is not None:
            return [Detail("", named.id, named.start, named.end)]
    return []


TAKERS: dict[str, Taker] = {
    "actors": take_actors,
    "places": take_places,
    "date": take_date,
    "duration": take_duration,
    "text": take_text,
    "items": take_items,
}
