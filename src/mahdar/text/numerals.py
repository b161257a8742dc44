"""Whole numbers in Arabic text: in three digit sets and in words, cardinal and ordinal.

Everything reads the normal forms of ``Words``. Numbers in words follow the written grammar: units
before tens («خمسة وعشرون»), hundreds apart or glued («ثلاث مئة», «ثلاثمائة»), scales after their
count («ثلاثة آلاف», «3 آلاف»), groups joined by «و». A number never crosses a sentence. The word
list is closed grammar, which is why it stands here and not in a lexicon table.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mahdar.text.clitics import proclitic_splits
from mahdar.text.words import Words


class Number(NamedTuple):
    """A number found in a text.

    ``value`` is whole; ``end`` is the index of the first word after it; ``cut`` counts the folded
    characters of proclitics on its first word («بثلاثة» -> 1, «للثالث» -> 1); ``definite`` tells
    whether that word carries the article («الثلاثة», «الـ3»).
    """

    value: int
    end: int
    cut: int = 0
    definite: bool = False


class NumberRange(NamedTuple):
    """Two numbers given as bounds: «3 إلى 5», «بين ثلاثة وخمسة», «3-5», «ثلاثة أو أربعة»."""

    low: int
    high: int
    end: int
    cut: int = 0


_UNITS = {
    "واحد": 1,
    "واحده": 1,
    "واحدا": 1,
    "اثنان": 2,
    "اثنين": 2,
    "اثنتان": 2,
    "اثنتين": 2,
}
_COMPOUND_UNITS = {
    "احد": 1,
    "احدي": 1,
    "اثنا": 2,
    "اثني": 2,
    "اثنتا": 2,
    "اثنتي": 2,
    "ثمان": 8,
}
_STEMS = (
    ("ثلاث", 3),
    ("اربع", 4),
    ("خمس", 5),
    ("ست", 6),
    ("سبع", 7),
    ("ثماني", 8),
    ("تسع", 9),
)
for _stem, _value in _STEMS:
    for _ending in ("", "ه", "ا"):
        _UNITS[_stem + _ending] = _value
_UNITS["ثمان"] = 8
_TENS = {
    stem + ending: value
    for stem, value in (
        ("عشر", 20),
        ("ثلاث", 30),
        ("اربع", 40),
        ("خمس", 50),
        ("ست", 60),
        ("سبع", 70),
        ("ثمان", 80),
        ("تسع", 90),
    )
    for ending in ("ون", "ين")
}
_TEN = {"عشر": 10, "عشره": 10, "عشرا": 10}
_HUNDRED_NOUNS = ("مئه", "مائه", "ميه", "مايه")
_HUNDREDS: dict[str, int] = {}
for _noun in _HUNDRED_NOUNS:
    _HUNDREDS[_noun] = 100
    for _stem, _value in (*_STEMS, ("ثمان", 8)):
        _HUNDREDS[_stem + _noun] = _value * 100
for _noun in ("مئت", "مائت", "ميت", "مايت"):
    for _ending in ("ان", "ين", "ا", "ي"):
        _HUNDREDS[_noun + _ending] = 200
_SCALES = {
    "الف": 1_000,
    "الفا": 1_000,
    "الاف": 1_000,
    "مليون": 1_000_000,
    "مليونا": 1_000_000,
    "ملايين": 1_000_000,
    "مليار": 1_000_000_000,
    "مليارا": 1_000_000_000,
    "مليارات": 1_000_000_000,
    "بليون": 1_000_000_000,
    "بليونا": 1_000_000_000,
    "تريليون": 1_000_000_000_000,
    "ترليون": 1_000_000_000_000,
}
_DUAL_SCALES = {
    "الفان": 2_000,
    "الفين": 2_000,
    "الفي": 2_000,
    "مليونان": 2_000_000,
    "مليونين": 2_000_000,
    "مليوني": 2_000_000,
    "ملياران": 2_000_000_000,
    "مليارين": 2_000_000_000,
    "ملياري": 2_000_000_000,
}
# A plural scale without a count («آلاف القتلى») names no number.
_PLURAL_SCALES = {"الاف", "ملايين", "مليارات"}
_ORDINALS = {
    form: value
    for value, forms in enumerate(
        (
            ("اول", "اولي"),
            ("ثاني", "ثانيه", "ثان"),
            ("ثالث", "ثالثه"),
            ("رابع", "رابعه"),
            ("خامس", "خامسه"),
            ("سادس", "سادسه"),
            ("سابع", "سابعه"),
            ("ثامن", "ثامنه"),
            ("تاسع", "تاسعه"),
            ("عاشر", "عاشره"),
        ),
        start=1,
    )
    for form in forms
}
_ORDINALS |= {"حادي": 1, "حاديه": 1}
_ORDINAL_HUNDREDS = {"مئه": 100, "مائه": 100, "الف": 1000}

_PLAIN = re.compile(r"\d{1,15}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u066c]\d{3})+")
_DECIMAL = re.compile(r"(\d{1,9})[.,\u066b](\d{1,6})")
_JOINERS = {"الي", "حتي", "او", "-", "–", "—", "ـ"}


class _Word(NamedTuple):
    """What one written word can be: its stem, the proclitics cut off, and how it is joined on."""

    stem: str
    cut: int
    definite: bool
    conjunction: bool


@lru_cache(maxsize=16384)
def _readings(norm: str) -> tuple[_Word, ...]:
    """Return the readings of a word in normal form whose stem is a number word."""
    out = []
    for cut, rest in proclitic_splits(norm):
        definite = rest.startswith("ال") and len(rest) > 3 and rest not in _SCALES
        for stem, has_article in (
            ((rest, False), (rest[2:], True)) if definite else ((rest, False),)
        ):
            if stem in _VOCABULARY:
                joined = cut > 0 and norm[0] == "و"
                out.append(_Word(stem, cut, has_article, joined))
    return tuple(out)


_VOCABULARY = frozenset(
    (
        *_UNITS,
        *_COMPOUND_UNITS,
        *_TENS,
        *_TEN,
        *_HUNDREDS,
        *_SCALES,
        *_DUAL_SCALES,
        *_ORDINALS,
    )
)


def is_number_word(norm: str) -> bool:
    """Tell whether a word in normal form is digits or can begin a number in words."""
    return norm[:1].isdigit() or bool(_readings(norm))


def parse_digits(norm: str) -> int | None:
    """Return the whole number that a word of digits stands for; «1,200» and «1.200» are 1200."""
    if _PLAIN.fullmatch(norm):
        return int(norm)
    if _GROUPED.fullmatch(norm):
        return int(re.sub(r"[.,\u066c]", "", norm))
    return None


def parse_number(words: Words, i: int) -> Number | None:
    """Return the cardinal number that begins at word ``i``, the longest reading.

    Bare plurals of scales («آلاف»), ordinals and decimals without a scale give ``None``;
    «1.5 مليون» gives 1500000.
    """
    last = len(words)
    if not 0 <= i < last:
        return None
    at, definite = i, False
    if words.norm[i] == "ال" and i + 1 < last and words.norm[i + 1][:1].isdigit():
        at, definite = i + 1, True
    group = _scaled_group(words, at, joined=False)
    if group is None:
        return None
    value, scale, at, cut, article, spelled = group
    while spelled and scale >= 100 and at < last and words.sentence[at] == words.sentence[i]:
        step = _joined_group(words, at)
        if step is None or step[1] >= scale or step[0] >= scale:
            break
        value, scale, at = value + step[0], step[1], step[2]
    return Number(value, at, cut, definite or article)


def parse_ordinal(words: Words, i: int) -> Number | None:
    """Return the ordinal number that begins at word ``i``: «الثالث», «الحادي والعشرين», «الثلاثين».

    Tens count as ordinals only with the article.
    """
    if not 0 <= i < len(words):
        return None
    for word in _readings(words.norm[i]):
        unit = _ORDINALS.get(word.stem)
        if unit is not None:
            after = i + 1
            if _stem_at(words, after, i) in ("عشر", "عشره") and unit < 10:
                return Number(unit + 10, after + 1, word.cut, word.definite)
            tens = _joined_stem(words, after, i)
            if tens is not None and tens[0] in _TENS and unit < 10:
                return Number(unit + _TENS[tens[0]], tens[1], word.cut, word.definite)
            if word.stem in ("حادي", "حاديه"):
                continue
            return Number(unit, after, word.cut, word.definite)
        if word.definite and word.stem in _TENS:
            return Number(_TENS[word.stem], i + 1, word.cut, True)
        if word.definite and word.stem in _ORDINAL_HUNDREDS:
            return Number(_ORDINAL_HUNDREDS[word.stem], i + 1, word.cut, True)
    return None


def parse_number_range(words: Words, i: int) -> NumberRange | None:
    """Return the two bounds that begin at word ``i``: «3 إلى 5», «بين 3 و5», «3-5», «من 3 الى 5».

    The first bound takes the second one's scale where it stands for both («3 إلى 5 آلاف»).
    """
    if not 0 <= i < len(words):
        return None
    first, between = i, False
    if words.norm[i] in ("بين", "من"):
        first, between = i + 1, words.norm[i] == "بين"
    low = parse_number(words, first)
    if low is None or low.end >= len(words) or words.sentence[low.end] != words.sentence[i]:
        return None
    at, cut = low.end, low.cut if first == i else 0
    if words.norm[at] in _JOINERS or (between and words.norm[at] == "و"):
        high = parse_number(words, at + 1)
    elif between and words.norm[at].startswith("و"):
        high = parse_number(words, at)
        if high is not None and high.cut == 0:
            high = None
    else:
        high = None
    if high is None or words.sentence[high.end - 1] != words.sentence[i]:
        return None
    bottom = low.value
    scale = _trailing_scale(words, high.end - 1)
    if scale and bottom < 1000 and bottom * scale <= high.value:
        bottom *= scale
    return NumberRange(bottom, high.value, high.end, cut) if bottom <= high.value else None


def _trailing_scale(words: Words, i: int) -> int:
    return next((_SCALES[w.stem] for w in _readings(words.norm[i]) if w.stem in _SCALES), 0)


def _stem_at(words: Words, i: int, origin: int) -> str | None:
    """Return the uncut word at ``i`` if it stands in the sentence of ``origin``."""
    if i >= len(words) or words.sentence[i] != words.sentence[origin]:
        return None
    return words.norm[i]


def _joined_stem(words: Words, i: int, origin: int) -> tuple[str, int] | None:
    """Return the number word joined by «و» at ``i`` (attached or apart) and the next index."""
    norm = _stem_at(words, i, origin)
    if norm is None:
        return None
    if norm == "و":
        following = _stem_at(words, i + 1, origin)
        if following is None:
            return None
        for word in _readings(following):
            if word.cut == 0:
                return word.stem, i + 2
        return None
    for word in _readings(norm):
        if word.conjunction and word.cut == 1:
            return word.stem, i + 1
    return None


# value, scale of its last part, next index, cut, article, in words (or with a scale word)
_Group = tuple[int, int, int, int, bool, bool]


def _joined_group(words: Words, i: int) -> _Group | None:
    norm = words.norm[i]
    if norm == "و":
        return _scaled_group(words, i + 1, joined=False) if i + 1 < len(words) else None
    if norm.startswith("و"):
        return _scaled_group(words, i, joined=True)
    return None


def _scaled_group(words: Words, i: int, *, joined: bool) -> _Group | None:
    """Return a count below a thousand with the scale word that follows it, or a bare scale."""
    norm = words.norm[i]
    decimal = _DECIMAL.fullmatch(norm)
    group = _below_thousand(words, i, joined=joined)
    if group is not None or decimal:
        after = group[1] if group is not None else i + 1
        following = _stem_at(words, after, i)
        scale = _SCALES.get(following or "")
        # A plain digit group above 999 takes no scale («2015 مليون» is two things).
        if decimal and scale:
            whole, part = decimal.groups()
            value = int(whole) * scale + int(part) * scale // 10 ** len(part)
            return value, scale, after + 1, 0, False, True
        if group is None:
            return None
        value, after, cut, article, spelled = group
        if scale and value < 100_000:
            return value * scale, scale, after + 1, cut, article, True
        return value, _scale_of(value), after, cut, article, spelled
    for word in _readings(norm):
        if joined and not (word.conjunction and word.cut == 1):
            continue
        if word.stem in _DUAL_SCALES:
            value = _DUAL_SCALES[word.stem]
            return value, value // 2, i + 1, word.cut, word.definite, True
        if word.stem in _SCALES and word.stem not in _PLURAL_SCALES:
            value = _SCALES[word.stem]
            after = i + 1
            larger = _SCALES.get(_stem_at(words, after, i) or "")
            if larger and larger > value:
                return value * larger, larger, after + 1, word.cut, word.definite, True
            return value, value, after, word.cut, word.definite, True
    return None


def _scale_of(value: int) -> int:
    return 100 if value >= 100 and value % 100 == 0 and value < 1000 else 1


def _below_thousand(
    words: Words, i: int, *, joined: bool
) -> tuple[int, int, int, bool, bool] | None:
    """Return value, next index, cut, article and whether it is in words; digits count whole."""
    norm = words.norm[i]
    plain = parse_digits(norm)
    if plain is not None:
        return None if joined else (plain, i + 1, 0, False, False)
    for word in _readings(norm):
        if joined and not (word.conjunction and word.cut == 1):
            continue
        if word.stem in _HUNDREDS:
            return _HUNDREDS[word.stem], i + 1, word.cut, word.definite, True
        unit = _UNITS.get(word.stem)
        compound = unit or _COMPOUND_UNITS.get(word.stem)
        following = _stem_at(words, i + 1, i)
        if compound is not None:
            if following in ("عشر", "عشره"):
                return compound + 10, i + 2, word.cut, word.definite, True
            tens = _joined_stem(words, i + 1, i)
            if tens is not None and tens[0] in _TENS:
                return compound + _TENS[tens[0]], tens[1], word.cut, word.definite, True
        if unit is not None:
            if following in _HUNDRED_NOUNS and unit > 2:
                return unit * 100, i + 2, word.cut, word.definite, True
            return unit, i + 1, word.cut, word.definite, True
        if word.stem in _TENS:
            return _TENS[word.stem], i + 1, word.cut, word.definite, True
        if word.stem in _TEN:
            return 10, i + 1, word.cut, word.definite, True
    return None
