"""What a search for names gives, and the layers of names it looks in."""

from __future__ import annotations

from dataclasses import dataclass, field

from mahdar.knowledge.spelling import Units
from mahdar.text.normalize import surface_offset
from mahdar.text.words import Words

STRICT_CHARS = 5
"""Names of one unit up to this long must not contradict the letters written."""

_OPENING = frozenset("«“\"″„'‘")
_CLOSING = {"«": "»", "“": "”", '"': '"', "″": "″", "„": "“", "'": "'", "‘": "’"}
_TANWIN = "\u064b"
# What a writer may leave off a letter: hamza and madda of alef, the dots of ta marbuta and ya.
_CARELESS = {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ي": "ى"}

Head = tuple[int, str, tuple[int, ...]]
"""A way a unit can begin a name: characters cut off, the first unit, lengths in units."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A pack name found in a text: code points without proclitics, word indexes, record ids.

    ``ids`` are best first. ``weak`` names mean a record only in context (an obscure place, a word
    that is also common, a short form of an organisation). ``loose`` ones were matched in spite of
    another spelling.
    """

    start: int
    end: int
    first: int
    last: int
    ids: tuple[str, ...]
    weak: bool = False
    loose: bool = False


@dataclass(slots=True)
class Layer:
    """Names of one strength: units joined by blanks -> ids; first unit -> lengths, longest first."""

    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    memo: dict[str, tuple[Head, ...]] = field(default_factory=dict)
    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Short names of one unit -> the letters they are written with."""

    def add(self, units: tuple[str, ...], id_: str) -> None:
        """Add one spelling of a record."""
        key = " ".join(units)
        known = self.ids.get(key)
        if known is None:
            self.ids[key] = (id_,)
        elif id_ not in known:
            self.ids[key] = (*known, id_)
        lengths = self.lengths.get(units[0], ())
        if len(units) not in lengths:
            self.lengths[units[0]] = tuple(sorted((*lengths, len(units)), reverse=True))


def bare_letters(text: str) -> str:
    """Return the letters of a word as written, without marks and tatweel."""
    return "".join(char for char in text if char.isalpha() and char != "ـ")


def agrees(layer: Layer, key: str, words: Words, units: Units, at: int, cut: int) -> bool:
    """Tell whether a short name is written with its own letters, or carelessly with plainer ones.

    «أفاد» is not «آفاد», nor «مالية» «ماليه»; «ابها» may be «أبها». A word with tanwin («دوماً») is
    an adverb or a noun, never a name of a place.
    """
    if _TANWIN in words.text[units.first[at]]:
        return False
    known = layer.letters.get(key)
    if known is None or units.first[at] != units.last[at]:
        return True
    written = bare_letters(words.text[units.first[at]])[cut:]
    return any(
        len(written) == len(name)
        and all(w == n or w == _CARELESS.get(n) for w, n in zip(written, name, strict=True))
        for name in known
    ) or len(written) != len(key)


def make_match(
    words: Words,
    units: Units,
    at: int,
    n: int,
    cut: int,
    ids: tuple[str, ...],
    *,
    weak: bool = False,
    loose: bool = False,
) -> NameMatch:
    """Return a match with its surface span: past the proclitics, a mark opened inside it closed."""
    first, last = units.first[at], units.last[at + n - 1]
    start, end = words.start[first], words.end[last]
    if cut:
        start += surface_offset(words.text[first], cut)
    for inner in range(first + 1, last):
        mark = words.text[inner]
        if mark in _OPENING and last + 1 < len(words):
            if words.text[last + 1] == _CLOSING[mark] and words.start[last + 1] == end:
                last += 1
                end = words.end[last]
            break
    return NameMatch(start, end, first, last, ids, weak, loose)
