"""Times of day: «الساعة 11:59 مساءً بتوقيت اليمن», «العاشرة والنصف صباحا»."""

from __future__ import annotations

import re

from mahdar.annotation.dates.lexicon import norm_at
from mahdar.text.numerals import parse_number, parse_ordinal
from mahdar.text.words import Words

_FIGURES = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
_MORNING = frozenset(("صباحا", "صباح", "فجرا", "فجر", "ص"))
_EVENING = frozenset(("مساء", "ليلا", "عصرا", "م", "ظهرا", "مسا", "عصر", "ظهر", "ليل"))
_MINUTES = {"والنصف": 30, "ونصف": 30, "والربع": 15, "وربع": 15, "والثلث": 20, "وثلث": 20}
_ZONES = frozenset(("بتوقيت", "بالتوقيت", "توقيت", "التوقيت"))
# Words a zone's name may run over: «بتوقيت مكة المكرمة», «بالتوقيت المحلي», «بتوقيت غرينتش».
_ZONE_WORDS = 2
_ZONE_ENDS = frozenset(("المكرمه", "المتحده", "الصيفي", "الشرقي", "الاوروبي", "العالمي", "العربيه"))


def parse_clock(words: Words, i: int, sentence: int) -> tuple[str, int] | None:
    """Return a time of day that begins with «الساعة» at word ``i`` as ``HH:MM`` with its zone as written.

    Returns:
        The time and the index after it; ``None`` where no hour follows.
    """
    at = i + 1
    norm = norm_at(words, at, sentence)
    minute = 0
    if found := _FIGURES.fullmatch(norm):
        hour, minute, at = int(found[1]), int(found[2]), at + 1
    else:
        number = (parse_ordinal(words, at) or parse_number(words, at)) if norm else None
        if number is None:
            return None
        hour, at = number.value, number.end
        following = norm_at(words, at, sentence)
        if following in _MINUTES:
            minute, at = _MINUTES[following], at + 1
        elif following == "الا" and norm_at(words, at + 1, sentence).startswith("ربع"):
            hour, minute, at = hour - 1, 45, at + 2
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    half = norm_at(words, at, sentence)
    if half in ("من", "بعد", "قبل") and norm_at(words, at + 1, sentence) in (
        *_MORNING,
        *_EVENING,
        "الظهر",
    ):
        half = norm_at(words, at + 1, sentence)
        if half == "الظهر":
            at += 2
            hour += 12 * (hour < 12 and norm_at(words, at - 2, sentence) == "بعد")
            half = ""
    elif half in _MORNING or half in _EVENING:
        # A part of the day with its day after it («مساء الأحد») is left to the date.
        at += words.text[at].endswith("ً") or half.endswith("ا") or half in ("ص", "م")
        if half == "مساء" and norm_at(words, at, sentence) == "مساء":
            at += 1
    if (half in _EVENING and half != "ليلا" and hour < 12) or (half == "ليلا" and 6 <= hour < 12):
        hour += 12
    elif hour == 12 and half in (*_MORNING, "ليلا"):
        hour = 0
    zone, at = _parse_zone(words, at, sentence)
    return f"{hour % 24:02d}:{minute:02d}{zone}", at


def _parse_zone(words: Words, i: int, sentence: int) -> tuple[str, int]:
    at = i + (norm_at(words, i, sentence) == "(")
    head = norm_at(words, at, sentence)
    if head not in _ZONES:
        return "", i
    end = at + 1
    while end < at + 1 + _ZONE_WORDS:
        norm = norm_at(words, end, sentence)
        if not norm.isalpha() or (end > at + 1 and norm not in _ZONE_ENDS):
            break
        end += 1
    zone = " " + " ".join(words.text[at:end])
    return zone, end + (at > i and norm_at(words, end, sentence) == ")")
