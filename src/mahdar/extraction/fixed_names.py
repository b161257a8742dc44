"""Look-up of many fixed names in the words of a text, by normal form, proclitics aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.words import Words, iter_word_spans


class NameFound(NamedTuple):
    """A name found: first and last word index, folded proclitic characters cut off, its ids."""

    first: int
    last: int
    cut: int
    ids: tuple[str, ...]


class FixedNames:
    """Names with the ids they may mean; longest match first, left to right, no overlaps.

    Made for thousands of names: a look-up costs a few dictionary reads per word.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._lengths: dict[str, list[int]] = {}
        for name, id_ in names:
            key = tuple(normalize_word(name[a:b]) for a, b in iter_word_spans(name))
            if not key:
                continue
            held = self._ids.get(key, ())
            if id_ not in held:
                self._ids[key] = (*held, id_)
            lengths = self._lengths.setdefault(key[0], [])
            if len(key) not in lengths:
                lengths.append(len(key))
                lengths.sort(reverse=True)

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, words: Words) -> Iterator[NameFound]:
        """Yield the names in a text; a name never crosses a sentence."""
        norms, sentence = words.norm, words.sentence
        at = 0
        while at < len(norms):
            found = self._longest_at(norms, sentence, at)
            if found is None:
                at += 1
            else:
                yield found
                at = found.last + 1

    def _longest_at(self, norms: list[str], sentence: list[int], at: int) -> NameFound | None:
        found: NameFound | None = None
        for cut, rest in proclitic_splits(norms[at]):
            for length in self._lengths.get(rest, ()):
                last = at + length - 1
                if found is not None and last <= found.last:
                    break
                if last < len(norms) and sentence[last] == sentence[at]:
                    ids = self._ids.get((rest, *norms[at + 1 : last + 1]))
                    if ids is not None:
                        found = NameFound(at, last, cut, ids)
                        break
        return found
