"""The index of all pack names and the search for them in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mahdar.knowledge.match import (
    STRICT_CHARS,
    Head,
    Layer,
    NameMatch,
    agrees,
    bare_letters,
    make_match,
)
from mahdar.knowledge.spelling import Units, iter_variants, name_units, skeleton
from mahdar.lexicon.tables import load_table
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import surface_offset
from mahdar.text.words import Words

__all__ = ["NameIndex", "NameMatch", "order_ids"]

_MEMO = 100_000  # word forms remembered; a year of press has about 300,000
_GLUED_CHARS = 7  # shorter joins of two words are words of their own too often
_LOOSE_CHARS = 5  # consonants a loose match must rest on
_FIRM_CHARS = 3  # shorter names of one unit are never firm

Closing = tuple[int, int, tuple[str, ...]]
"""A unit that ends a name and goes on: the name's characters, where the next name begins, its ids."""


class NameIndex:
    """All names of the loaded packs, firm and weak, with the loose spellings of foreign persons."""

    def __init__(self) -> None:
        self.firm = Layer()
        self.weak = Layer()
        self.silent = Layer()
        self.loose: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._loose_first: set[str] = set()
        self.tails: dict[str, tuple[str, ...]] = {}
        self._glued_heads = frozenset(row["head"] for row in load_table("glued_heads"))
        self._glued_memo: dict[str, tuple[int, tuple[str, ...]] | None] = {}
        self._closing: dict[str, list[tuple[str, ...]]] = {}
        self._closing_memo: dict[str, tuple[Closing, ...]] = {}
        traps = load_table("name_traps")
        self.blocked = frozenset(row["form"] for row in traps if row["kind"] == "form")
        self.words = frozenset(row["form"] for row in traps if row["kind"] == "word")
        for row in traps:
            if row["kind"] == "phrase":
                self.firm.add(tuple(row["form"].split()), "")

    def add(
        self,
        name: str,
        id_: str,
        *,
        strength: int = 2,
        plural: bool = False,
        directions: bool = False,
    ) -> None:
        """Add a name with its variants by rule, and its glued form if it is firm and long enough.

        ``strength`` is 2 for firm names, 1 for weak ones, 0 for those that are only looked up whole.
        """
        units = name_units(name)
        if not units:
            return
        common = len(units) == 1 and (len(units[0]) < _FIRM_CHARS or units[0] in self.words)
        if strength == 2 and common:
            strength = 1
        layer = (self.silent, self.weak, self.firm)[strength]
        if len(units) == 1 and len(units[0]) <= STRICT_CHARS:
            written = bare_letters(name)
            layer.letters[units[0]] = (*layer.letters.get(units[0], ()), written)
        for variant in iter_variants(units, plural=plural, directions=directions):
            layer.add(variant, id_)
            if 1 < len(variant) < 4 and strength == 2:
                glued = "".join(variant)
                if len(glued) >= _GLUED_CHARS and glued.isalpha():
                    layer.add((glued,), id_)
                if len(variant[-1]) >= _FIRM_CHARS and not variant[-1].startswith("ابو"):
                    self._closing.setdefault(variant[-1], []).append(variant)

    def add_loose(self, name: str, id_: str) -> None:
        """Add a person's full name under its skeleton, for other transliterations of it."""
        units = name_units(name)
        bones = tuple(map(skeleton, units))
        if len(units) < 2 or sum(map(len, bones)) < _LOOSE_CHARS or not all(bones):
            return
        known = self.loose.get(bones, ())
        if id_ not in known:
            self.loose[bones] = (*known, id_)
        self._loose_first.add(bones[0])

    def add_tail(self, name: str, id_: str) -> None:
        """Let a one-word name be found behind a frequent word whose blank was lost («بدورمصر»)."""
        units = name_units(name)
        if len(units) == 1 and len(units[0]) >= _FIRM_CHARS and units[0] not in self.words:
            self.tails.setdefault(units[0], (id_,))

    def lookup(self, name: str) -> tuple[str, ...]:
        """Return the ids that a whole name stands for, firm ones first; empty if none."""
        key = " ".join(name_units(name))
        found = (i for layer in (self.firm, self.weak, self.silent) for i in layer.ids.get(key, ()))
        return tuple(dict.fromkeys(id_ for id_ in found if id_))

    def _heads(self, layer: Layer, unit: str) -> tuple[Head, ...]:
        """Return the ways a unit can begin a name: characters cut off, first unit, lengths."""
        heads = layer.memo.get(unit)
        if heads is None:
            found: list[Head] = []
            for cut, rest in proclitic_splits(unit):
                lengths = layer.lengths.get(rest)
                if lengths is None:
                    continue
                if cut and unit in self.blocked:
                    lengths = tuple(n for n in lengths if n > 1)
                if lengths:
                    found.append((cut, rest, lengths))
            heads = tuple(found)
            if len(layer.memo) > _MEMO:
                layer.memo.clear()
            layer.memo[unit] = heads
        return heads

    def find(self, words: Words, *, weak: bool = False) -> list[NameMatch]:
        """Return the names in a text in reading order, the longest ones, without overlaps.

        Args:
            words: the words of a text.
            weak: also give weak names where no firm one stands.
        """
        units = Units(words)
        taken = bytearray(len(units.norm))
        found = self._pass(self.firm, words, units, taken)
        found += self._loose_pass(words, units, taken)
        found += self._glued_pass(words, units, taken)
        found += self._closing_pass(words, units, taken)
        if weak:
            found += self._pass(self.weak, words, units, taken)
        found.sort(key=lambda match: match.start)
        return found

    def _pass(self, layer: Layer, words: Words, units: Units, taken: bytearray) -> list[NameMatch]:
        """Return the names of one layer that stand on free units, and take those."""
        found: list[NameMatch] = []
        norm, memo, ids = units.norm, layer.memo, layer.ids
        last, sentence = units.last, words.sentence
        size, at = len(norm), 0
        while at < size:
            unit = norm[at]
            heads = memo.get(unit)
            if heads is None:
                heads = self._heads(layer, unit)
            if not heads or taken[at]:
                at += 1
                continue
            best: tuple[int, int, tuple[str, ...]] | None = None
            for cut, rest, lengths in heads:
                for n in lengths:
                    if (best and n <= best[0]) or at + n > size:
                        continue
                    key = rest if n == 1 else " ".join((rest, *norm[at + 1 : at + n]))
                    hit = ids.get(key)
                    if (
                        hit
                        and (n > 1 or agrees(layer, rest, words, units, at, cut))
                        and sentence[last[at + n - 1]] == sentence[last[at]]
                        and not (n > 1 and any(taken[at + 1 : at + n]))
                    ):
                        best = (n, cut, hit)
                        break
            if best is None:
                at += 1
                continue
            n, cut, hit = best
            if hit[0]:
                found.append(make_match(words, units, at, n, cut, hit, weak=layer is self.weak))
            taken[at : at + n] = b"\1" * n
            at += n
        return found

    def _glued_pass(self, words: Words, units: Units, taken: bytearray) -> list[NameMatch]:
        """Return names glued to a frequent word before them; the span is the name's part alone."""
        found: list[NameMatch] = []
        memo = self._glued_memo
        for at, unit in enumerate(units.norm):
            if taken[at] or len(unit) < _GLUED_CHARS - 2:
                continue
            if unit not in memo:
                if len(memo) > _MEMO:
                    memo.clear()
                memo[unit] = self._split_glued(unit)
            split = memo[unit]
            if split is not None and units.first[at] == units.last[at]:
                found.append(make_match(words, units, at, 1, split[0], split[1], loose=True))
                taken[at] = 1
        return found

    def _closing_pass(self, words: Words, units: Units, taken: bytearray) -> list[NameMatch]:
        """Return names of several units whose last one is glued to what follows.

        Of «الولايات المتحدةوروسيا» both names are given, of «مجلس الأمنفي» the name alone: what is
        left of the word must be a one-word name or a frequent word.
        """
        found: list[NameMatch] = []
        memo = self._closing_memo
        for at, unit in enumerate(units.norm):
            if len(unit) < _GLUED_CHARS - 2 or not at or taken[at] or taken[at - 1]:
                continue
            closings = memo.get(unit)
            if closings is None:
                if len(memo) > _MEMO:
                    memo.clear()
                closings = memo[unit] = self._closings_of(unit)
            if closings and units.first[at] == units.last[at]:
                found += self._close(closings, words, units, taken, at)
        return found

    def _closings_of(self, unit: str) -> tuple[Closing, ...]:
        """Return the ways a unit may be the end of a name and something more, longest end first."""
        found: list[Closing] = []
        for cut in range(len(unit) - 2, _FIRM_CHARS - 1, -1):
            if unit[:cut] not in self._closing:
                continue
            rest = unit[cut:]
            for more, bare in proclitic_splits(rest):
                if ids := self.tails.get(bare):
                    found.append((cut, cut + more, ids))
                    break
            else:
                if rest in self._glued_heads:
                    found.append((cut, 0, ()))
        return tuple(found)

    def _close(
        self,
        closings: tuple[Closing, ...],
        words: Words,
        units: Units,
        taken: bytearray,
        at: int,
    ) -> list[NameMatch]:
        norm, last = units.norm, units.last[at]
        for cut, next_name, next_ids in closings:
            for name in self._closing[norm[at][:cut]]:
                begin = at - len(name) + 1
                if (
                    begin < 0
                    or any(taken[begin:at])
                    or tuple(norm[begin + 1 : at]) != name[1:-1]
                    or words.sentence[units.first[begin]] != words.sentence[last]
                ):
                    continue
                opening = [c for c, bare in proclitic_splits(norm[begin]) if bare == name[0]]
                ids = self.firm.ids.get(" ".join(name))
                if not opening or not ids or not ids[0]:
                    continue
                match = make_match(words, units, begin, len(name), opening[0], ids, loose=True)
                start, written = words.start[last], words.text[last]
                found = [replace(match, end=start + surface_offset(written, cut))]
                if next_ids:
                    behind = start + surface_offset(written, next_name)
                    tail = NameMatch(behind, words.end[last], last, last, next_ids, loose=True)
                    found.append(tail)
                taken[begin : at + 1] = b"\1" * len(name)
                return found
        return []

    def _split_glued(self, unit: str) -> tuple[int, tuple[str, ...]] | None:
        for cut in range(2, len(unit) - _FIRM_CHARS + 1):
            ids = self.tails.get(unit[cut:])
            if ids is not None and unit[:cut] in self._glued_heads:
                return cut, ids
        return None

    def _loose_pass(self, words: Words, units: Units, taken: bytearray) -> list[NameMatch]:
        """Return persons whose full name stands in another transliteration, two or three units."""
        found: list[NameMatch] = []
        norm, first_bones = units.norm, self._loose_first
        for at in range(len(norm) - 1):
            if taken[at] or taken[at + 1] or skeleton(norm[at]) not in first_bones:
                continue
            for n in (4, 3, 2):
                if at + n > len(norm) or any(taken[at : at + n]):
                    continue
                hit = self.loose.get(tuple(map(skeleton, norm[at : at + n])))
                if hit and words.sentence[units.last[at + n - 1]] == words.sentence[units.last[at]]:
                    found.append(make_match(words, units, at, n, 0, hit, loose=True))
                    taken[at : at + n] = b"\1" * n
                    break
        return found


def order_ids(
    index: NameIndex, rank: dict[str, int], orders: Iterable[tuple[str, tuple[str, ...]]]
) -> None:
    """Put the ids of shared names in order: by an explicit order, else by rank, highest first.

    What a firm name means only in context follows what it means firmly: «الشرق الأوسط» the region,
    then the newspaper.
    """
    explicit = {" ".join(name_units(name)): ids for name, ids in orders}
    for layer in (index.firm, index.weak, index.silent):
        for key, ids in layer.ids.items():
            if len(ids) < 2:
                continue
            first = explicit.get(key, ())
            layer.ids[key] = tuple(
                sorted(
                    ids,
                    key=lambda id_: (
                        first.index(id_) if id_ in first else len(first),
                        -rank.get(id_, 0),
                    ),
                )
            )
    for key, ids in index.firm.ids.items():
        weak = index.weak.ids.get(key)
        if weak and ids[0]:
            index.firm.ids[key] = tuple(dict.fromkeys((*ids, *weak)))
