"""Grammar of years, and of the adjectives that say on which side of now a time lies."""

from __future__ import annotations

import re
from typing import NamedTuple

from mahdar.annotation.dates.lexicon import (
    entry_at,
    is_kind,
    look_up,
    norm_at,
)
from mahdar.annotation.dates.phrases import Parsed, Phrase, RelativeUnit, Years
from mahdar.text.numerals import parse_number
from mahdar.text.words import Words


class YearTail(NamedTuple):
    """What follows a month to say its year; ``same``: the one told before («من السنة نفسها»)."""

    end: int
    year: int | None = None
    offset: int | None = None
    hijri: bool = False
    same: bool = False


# Years that a bare four-digit number may be; news names few others without «عام».
FIRST_YEAR, LAST_YEAR = 1700, 2100
# Numbers that after «من» and «إلى» are years far more often than counts.
_NEAR_YEARS = (1950, 2050)
# Of words in «ا» that are no counted nouns: «عندما», «بها», «لدينا», «هذا», «إلا».
_UNCOUNTED_ENDINGS = ("ما", "ها", "نا", "ذا", "ايضا")
_UNCOUNTED = frozenset(("الا", "مثلا", "فعلا", "اصلا", "حالا", "كاملا"))
# Told by two figures of their year.
_WARS = frozenset(("حرب", "لحرب", "وحرب", "بحرب", "نكسه", "نكبه", "انتفاضه", "اجتياح"))
_FIRST_WAR = 40
_AGREEMENTS = frozenset(("اتفاق", "اتفاقيه", "معاهده", "بيان", "اعلان", "مبادره", "دستور", "هدنه"))
HIJRI_YEARS = range(1300, 1501)
_GREGORIAN_ERAS = frozenset(("م", "ميلادي", "ميلاديه", "للميلاد"))
_HIJRI_ERAS = frozenset(("ه", "هجري", "هجريه", "للهجره"))
TO = frozenset(("-", "–", "—", "/", "الي", "حتي", "و", "او", "وحتي", "ولغايه", "لغايه"))
_CLOSING = frozenset(('"', "”", "»"))
COMMAS = frozenset((",", "،"))


def parse_direction(words: Words, i: int, sentence: int) -> tuple[int, int, int] | None:
    """Return direction, steps and the next index: «الماضي» (-1, 1), «قبل الماضي» (-1, 2)."""
    found = entry_at(words, i, sentence, "direction")
    if found is not None:
        return found[0].value, 1, found[1]
    norm = norm_at(words, i, sentence)
    if norm in _CLOSING:
        found = entry_at(words, i + 1, sentence, "direction")  # «"بداية الأسبوع" المقبل»
        return (found[0].value, 1, found[1]) if found is not None else None
    if norm == "ما" and norm_at(words, i + 1, sentence) in ("قبل", "بعد"):
        i, norm = i + 1, norm_at(words, i + 1, sentence)  # «الجمعة ما قبل الماضية»
    if norm in ("قبل", "بعد"):
        found = entry_at(words, i + 1, sentence, "direction")
        if found is not None and found[0].value == (-1 if norm == "قبل" else 1):
            return found[0].value, 2, found[1]
    return None


def parse_era(words: Words, i: int, sentence: int) -> tuple[int, bool | None]:
    """Return the index after an era and whether it is Hijri (``None``: no era)."""
    norm = norm_at(words, i, sentence)
    if norm in _GREGORIAN_ERAS:
        return i + 1, False
    if norm in _HIJRI_ERAS:
        return i + 1, True
    return i, None


def parse_year_number(
    words: Words, i: int, sentence: int, *, named: bool = False
) -> YearTail | None:
    """Return a year in digits (or words after «عام») with its era.

    ``named``: «عام» stands before it, which lets any year of three or four digits pass, and two
    digits for the 20th century («عام 67»).
    """
    norm = norm_at(words, i, sentence)
    if norm == "ال" and norm_at(words, i + 1, sentence).isdigit():
        i, norm = i + 1, norm_at(words, i + 1, sentence)
    if norm.isdigit() and len(norm) <= 4:
        value, end = int(norm), i + 1
    elif named and norm and not norm[0].isdigit():
        number = parse_number(words, i)
        if number is None or not 1000 <= number.value <= LAST_YEAR:
            return None
        value, end = number.value, number.end
    else:
        return None
    end, hijri = parse_era(words, end, sentence)
    if norm_at(words, end, sentence) == "قبل" and norm_at(words, end + 1, sentence) == "الميلاد":
        return None  # years before our era have no EDTF here
    if hijri is None:
        hijri = value in HIJRI_YEARS
    if hijri:
        return YearTail(end, value, hijri=True) if 1 <= value <= 1600 else None
    if named and len(norm) == 2 and value >= 40:
        after = norm_at(words, end, sentence)
        return (
            None if after in ("%", "٪", "في") or _is_counted(after) else YearTail(end, 1900 + value)
        )
    if (100 if named else FIRST_YEAR) <= value <= LAST_YEAR and len(norm) != 2:
        return YearTail(end, value)
    return None


def parse_year_tail(words: Words, i: int, sentence: int) -> YearTail | None:
    """Return the year said after a month: «2013», «من العام الماضي», «/2013», «هذا العام»."""
    at = i
    norm = norm_at(words, at, sentence)
    if norm in COMMAS or norm in ("/", "-", "–"):
        following = norm_at(words, at + 1, sentence)
        if norm in COMMAS and following == "من":
            return parse_year_tail(words, at + 1, sentence)  # «في يونيو، من العام المقبل»
        return parse_year_number(words, at + 1, sentence) if len(following) == 4 else None
    if norm == "من":
        at += 1
    same = is_kind(words, at, sentence, "same")
    this = same or norm_at(words, at, sentence) in ("هذا", "هذه")
    found = entry_at(words, at + this, sentence, "unit", cut=norm[:1] == "ل")
    if found is not None and found[0].detail == "year" and found[0].value == 1:
        entry, after = found
        if same or (entry.definite and is_kind(words, after, sentence, "itself")):
            return YearTail(after + (not same), same=True)
        if this:
            return YearTail(after, offset=0)
        year = parse_year_number(words, after, sentence, named=True)
        if year is not None:
            return year
        direction = parse_direction(words, after, sentence)
        if direction is not None and entry.definite:
            return YearTail(direction[2], offset=direction[0] * direction[1])
        return None
    if at == i:
        year = parse_year_number(words, at, sentence)
        # «9 مايو 2000 جندي» is no year, «مايو 2015» is.
        if year is not None and len(norm_at(words, at, sentence)) == 4:
            return year
    return None


def spelled_year(words: Words, i: int, sentence: int) -> YearTail | None:
    """Return the year in figures that spells out a direction: «العام الماضي 2014», «(2014)»."""
    at = i + (norm_at(words, i, sentence) == "(")
    if len(norm_at(words, at, sentence)) != 4:
        return None
    year = parse_year_number(words, at, sentence)
    if year is None or at == i:
        return year
    closed = norm_at(words, year.end, sentence) == ")"
    return year._replace(end=year.end + 1) if closed else None


def parse_year_phrase(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a year named as such: «عام 2014», «العام الماضي», «عامي 2012 و2013», «سنة 1436هـ»."""
    found = entry_at(words, i, sentence, "unit", cut=True)
    if found is None or found[0].detail != "year":
        return None
    entry, at = found
    if (pair := _slashed_years(norm_at(words, at, sentence))) is not None:
        return pair, at + 1
    first = parse_year_number(words, at, sentence, named=True)
    if first is None or first.year is None:
        if entry.definite and entry.value == 1:
            direction = parse_direction(words, at, sentence)
            if direction is not None:
                spelled = spelled_year(words, direction[2], sentence)
                if spelled is not None and spelled.year is not None:
                    return Years(spelled.year, spelled.year, spelled.hijri), spelled.end
                return RelativeUnit("year", direction[0] * direction[1]), direction[2]
        return None
    last, end = first, first.end
    if _is_before_our_era(words, end, sentence):
        return None  # «عامي 1320 و1318 قبل الميلاد»
    while norm_at(words, end, sentence) in TO - {"او"}:
        step = parse_year_number(words, end + 1, sentence)
        if step is None or step.year is None or step.year <= (last.year or 0):
            break
        last, end = step, step.end
    phrase: Phrase = Years(first.year, last.year or first.year, first.hijri)
    return phrase, end


def parse_bare_year(words: Words, i: int, sentence: int) -> Parsed | None:
    """Return a year or two that stand without «عام», where what is around lets them be years."""
    norm = norm_at(words, i, sentence)
    if (pair := _slashed_years(norm)) is not None:
        return pair, i + 1
    if len(norm) == 2 and norm.isdigit() and norm_at(words, i - 1, sentence) in _WARS:
        year = 1900 + int(norm)  # «حرب 94»
        return (Years(year, year), i + 1) if int(norm) >= _FIRST_WAR else None
    if len(norm) != 4 or not norm.isdigit():
        return None
    first = parse_year_number(words, i, sentence)
    if first is None or first.year is None:
        return None
    end, last = first.end, first.year
    between = norm_at(words, i - 1, sentence) == "بين"
    joiner = norm_at(words, end, sentence)
    if joiner in TO:
        step = parse_year_number(words, end + 1, sentence)
        if (
            step is not None
            and step.year is not None
            and last < step.year <= last + 200
            # «في 2003 و2012» names two years, «2012 و2013» one stretch.
            and (joiner != "و" or step.year == last + 1 or between)
            and (joiner != "/" or step.year <= last + 20)
        ):
            end, last = step.end, step.year
    if not _year_fits(words, i, end, sentence, era=end > i + 1 and last == first.year):
        return None
    return Years(first.year, last, first.hijri), end


def _is_before_our_era(words: Words, i: int, sentence: int) -> bool:
    """Tell whether the rest of two years says that they are before our era."""
    at = i + 2 * (norm_at(words, i, sentence) == "و" and norm_at(words, i + 1, sentence).isdigit())
    return norm_at(words, at, sentence) == "قبل" and norm_at(words, at + 1, sentence) == "الميلاد"


def _slashed_years(norm: str) -> Years | None:
    """Return the two years of «2018/2019» written as one word."""
    found = re.fullmatch(r"(\d{4})/(\d{4})", norm)
    if found is None or int(found[2]) != int(found[1]) + 1:
        return None
    return Years(int(found[1]), int(found[2]), int(found[1]) in HIJRI_YEARS)


def _year_fits(words: Words, i: int, end: int, sentence: int, *, era: bool) -> bool:
    """Tell whether a bare number can be a year by the words around it."""
    before, after = norm_at(words, i - 1, sentence), norm_at(words, end, sentence)
    round_number = words.norm[i].endswith("00")
    if era:
        return True
    if before in ("(", "[") and after in (")", "]", "-", "–", ",", "،"):
        # «عام (1423)» and «(1434 / 1435)» are Hijri years, «(1449) طلقة» is none.
        alone = end == i + 1 and not is_kind(words, i - 2, sentence, "unit", cut=True)
        return not alone or int(words.norm[i]) not in HIJRI_YEARS
    if not before:
        return after in ("-", "–", ":", "")
    if before == ":" and after in ("-", "–"):
        return True  # the first line of a chronology
    if end == i + 3 and norm_at(words, i + 1, sentence) in ("-", "–") and not before.isdigit():
        return True
    if is_kind(words, i - 1, sentence, "year_head", cut=True):
        return not _is_counted(after)
    if before in ("و", "او", "ثم") and _is_near_year(norm_at(words, i - 2, sentence)):
        return _is_near_year(words.norm[i]) and not _is_counted(after)  # «في 2003 و2012»
    named = norm_at(words, i - 2, sentence).lstrip("وفبل") in _AGREEMENTS and before.isalpha()
    if named or before.lstrip("وفبل") in _AGREEMENTS:
        # «اتفاق القاهرة 2011», «دستور 2012»
        return _is_near_year(words.norm[i]) and not _is_counted(after)
    if not is_kind(words, i - 1, sentence, "scope") and before not in ("وفي", "ومنذ"):
        return False
    if before in ("من", "الي", "بين") and end == i + 1:
        near = _is_near_year(words.norm[i])
        if after not in ("", ".", "،", ",", "الي", "حتي", "و", ")") and not near:
            return False
        return not (round_number or _is_counted(after))
    # «في 2000 قرية»: a counted noun follows; round numbers need punctuation or the end after them.
    return not (_is_counted(after) or (round_number and after.isalpha()))


def _is_near_year(norm: str) -> bool:
    """Tell whether a number is a year far more often than a count."""
    return norm.isdigit() and _NEAR_YEARS[0] <= int(norm) <= _NEAR_YEARS[1]


def _is_counted(norm: str) -> bool:
    """Tell whether a word may be an indefinite noun that a number counts."""
    if look_up(norm) and any(e.kind == "unit" and not e.definite for e in look_up(norm)):
        return True
    if norm in ("%", "٪"):
        return True
    if norm in _UNCOUNTED or norm.endswith(_UNCOUNTED_ENDINGS):
        return False
    return len(norm) > 3 and norm.endswith("ا")
