"""Phrases of a lexicon table found in a text, attached particles before them allowed for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.words import iter_word_spans


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Phrases by their first word in normal form, the longest first; values are any strings."""

    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    def iter_matches(
        self, norm: Sequence[str], first: int, last: int
    ) -> Iterator[tuple[int, int, int, str]]:
        """Yield the longest phrase at each word from ``first`` to ``last``, without overlaps.

        Yields:
            First and last word, how many folded characters of the first word are particles, value.
        """
        at = first
        while at <= last:
            hit = self._match_at(norm, at, last)
            if hit is None:
                at += 1
                continue
            length, cut, value = hit
            yield at, at + length - 1, cut, value
            at += length

    def _match_at(self, norm: Sequence[str], at: int, last: int) -> tuple[int, int, str] | None:
        for cut, rest in proclitic_splits(norm[at]):
            for phrase, value in self.by_first.get(rest, ()):
                length = len(phrase)
                if at + length - 1 <= last and all(
                    norm[at + step] == phrase[step] for step in range(1, length)
                ):
                    return length, cut, value
        return None


def make_phrase_index(phrases: Iterable[tuple[str, str]]) -> PhraseIndex:
    """Return the index of pairs of a phrase and its value."""
    index = PhraseIndex()
    for phrase, value in phrases:
        tokens = tuple(normalize_word(phrase[a:b]) for a, b in iter_word_spans(phrase))
        if tokens:
            index.by_first.setdefault(tokens[0], []).append((tokens, value))
    for held in index.by_first.values():
        held.sort(key=lambda item: -len(item[0]))
    return index
