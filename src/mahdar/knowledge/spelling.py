"""Spelling of names: the units they are compared by, variants by rule, surnames, loose skeletons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from mahdar.text.normalize import normalize_word
from mahdar.text.words import Words, find_words

_FORE = {"عبد": "عبد", "ابو": "ابو", "ابي": "ابو", "ابا": "ابو"}
# Words written apart from or together with the next one («أبو ظبي»/«أبوظبي»), with proclitics.
_JOINS_NEXT = {
    proclitic + word: proclitic + usual
    for proclitic in ("", "و", "ف", "ل", "ب", "ك", "ول", "وب")
    for word, usual in _FORE.items()
}
# Words written apart from or together with the one before («حزب الله»/«حزبالله»).
_JOINS_BEFORE = frozenset(("الله", "الدين"))
_HYPHENS = frozenset("-‐‑–ـ_")
_MARKS = frozenset("\"«»“”„″‟'’‘")
_PARTICLES = frozenset(
    ("بن", "ال", "ولد", "دي", "دو", "دا", "دل", "فان", "فون", "لو", "لا", "ماك", "اوف", "در", "بو")
)
# Second parts of family names that are never a name alone («جاويش أوغلو», «حاجي زاده»).
_TAILS = frozenset(("اوغلو", "زاده", "نيا", "بور", "اوف", "يان", "باشا", "بك"))
_COMPASS = frozenset(("شمال", "جنوب", "شرق", "غرب"))
_ALIKE = {"غ": "ج", "ق": "ك", "ط": "ت", "ث": "ت", "ذ": "د", "ض": "د", "ظ": "ز", "ص": "س", "ئ": ""}
_VOWELS = frozenset("اويهءؤئ")


class Units:
    """The words of a text as names are compared by them, column by column.

    Hyphens and quotation marks are left out; «عبد», «أبو» are joined with the next word, «الله»,
    «الدين» with the one before. ``first`` and ``last`` are indexes into the words.
    """

    __slots__ = ("first", "last", "norm")

    def __init__(self, words: Words) -> None:
        norm: list[str] = []
        first: list[int] = []
        last: list[int] = []
        waiting = False
        sentence = words.sentence
        for at, word in enumerate(words.norm):
            if len(word) < 2 and (word in _HYPHENS or word in _MARKS or not word):
                continue
            if waiting:
                waiting = False
                if sentence[at] == sentence[last[-1]] and word.isalpha():
                    norm[-1] += word
                    last[-1] = at
                    continue
            if word in _JOINS_BEFORE and norm and sentence[at] == sentence[last[-1]]:
                norm[-1] += word
                last[-1] = at
                continue
            joined = _JOINS_NEXT.get(word)
            if joined is not None:
                waiting = True
                word = joined
            elif word == "ابن":
                word = "بن"
            norm.append(word)
            first.append(at)
            last.append(at)
        self.norm = norm
        self.first = first
        self.last = last


@lru_cache(maxsize=4096)
def name_units(name: str) -> tuple[str, ...]:
    """Return the units of a name in normal form, comparable with those of a text."""
    parts = name.split()
    if all(map(str.isalpha, parts)):  # no marks, digits, hyphens: four names of five, much faster
        norm = [normalize_word(part) for part in parts]
        return tuple(Units(Words(parts, [], [], norm, [0] * len(norm))).norm)
    return tuple(Units(find_words(name, [(0, len(name))])).norm)


def iter_variants(
    units: Sequence[str], *, plural: bool = False, directions: bool = False
) -> Iterator[tuple[str, ...]]:
    """Yield the units of a name and the variants that follow by rule.

    Args:
        units: as from ``name_units``.
        plural: also give the other case of a sound masculine plural («الحوثيون»/«الحوثيين»).
        directions: also give the other form of points of the compass («جنوب شرق»/«جنوب شرقي»).
    """
    yield tuple(units)
    plain = tuple(unit.replace("ؤ", "و").replace("ئ", "ي").replace("ء", "") for unit in units)
    if plain != tuple(units) and all(plain):
        yield plain
    if directions and not _COMPASS.isdisjoint(units):
        yield tuple(unit + "ي" if unit in _COMPASS else unit for unit in units)
        if len(units) > 2 and units[1] in _COMPASS:  # «جنوب شرقي آسيا»
            yield tuple(
                unit + "ي" if at == 1 and unit in _COMPASS else unit
                for at, unit in enumerate(units)
            )
    if plural:
        for ending, other in (("ون", "ين"), ("ين", "ون")):
            turned = tuple(
                unit[:-2] + other if len(unit) > 5 and unit.endswith(ending) else unit
                for unit in units
            )
            if turned != tuple(units):
                yield turned


def surname_of(units: Sequence[str]) -> tuple[str, ...]:
    """Return the units a person is called by after the full name: the last, with its particles.

    «ستافان دي ميستورا» gives («دي», «ميستورا»), «مولود جاويش أوغلو» («جاويش», «أوغلو»).
    A name of one unit has no surname: the result is empty.
    """
    if len(units) < 2:
        return ()
    start = len(units) - 1
    if units[start] in _TAILS and start > 1:
        start -= 1
    while start > 1 and units[start - 1] in _PARTICLES:
        start -= 1
    return tuple(units[start:])


@lru_cache(maxsize=65536)
def skeleton(unit: str) -> str:
    """Return what is left of a transliterated word when spellers' choices are taken away.

    Vowel letters after the first character fall, letters for one foreign sound become one
    («غ», «ج»; «ق», «ك»; «ط», «ت»), doubled letters single: «غوتيريس», «جوتيرس» -> «جترس».
    """
    out: list[str] = []
    for at, char in enumerate(unit):
        if at and char in _VOWELS:
            continue
        char = _ALIKE.get(char, char)
        if char and (not out or out[-1] != char):
            out.append(char)
    return "".join(out)
