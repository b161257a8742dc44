"""The words of a text with their offsets: what every rule in Mahdar walks over.

A word is a run of letters with their marks, a number, or one other visible character. Letters and
digits are kept apart («جنيف3» is two words). Invisible marks between words belong to none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mahdar.text.normalize import normalize_word

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f"
_WORD = re.compile(
    rf"\d+(?:[.,\u066b\u066c:/]\d+)*"
    rf"|[^\W\d_](?:[{_INVISIBLE}]*[{_MARKS}]|[{_INVISIBLE}]*[^\W\d_])*"
    rf"|[^\s{_INVISIBLE}]"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, column by column; all columns have the same length.

    ``start`` and ``end`` are code points; ``norm`` is the normal form, never empty (a lone tatweel that stands for a dash keeps itself); ``sentence`` numbers the
    sentence each word stands in.
    """

    text: list[str]
    start: list[int]
    end: list[int]
    norm: list[str]
    sentence: list[int]

    def __len__(self) -> int:
        return len(self.text)

    def at(self, char: int) -> int:
        """Return the index of the last word that starts at or before ``char``; -1 if none."""
        return bisect_right(self.start, char) - 1

    def between(self, start: int, end: int) -> range:
        """Return the indexes of the words that overlap ``[start, end)``."""
        first = self.at(start)
        if first < 0 or self.end[first] <= start:
            first += 1
        last = first
        while last < len(self.start) and self.start[last] < end:
            last += 1
        return range(first, last)


def iter_word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of every word in reading order."""
    for found in _WORD.finditer(text):
        yield found.span()


def find_words(
    text: str, sentences: Sequence[tuple[int, int]], skip: Sequence[tuple[int, int]] = ()
) -> Words:
    """Return the words of a text, each with the number of its sentence.

    Args:
        text: any text.
        sentences: ``(start, end)`` of the sentences in order, without overlaps.
        skip: stretches whose words are left out, in order, without overlaps.
    """
    columns = Words([], [], [], [], [])
    number = 0
    gap = 0
    for start, end in iter_word_spans(text):
        while gap < len(skip) and skip[gap][1] <= start:
            gap += 1
        if gap < len(skip) and skip[gap][0] < end:
            continue
        while number + 1 < len(sentences) and start >= sentences[number][1]:
            number += 1
        word = text[start:end]
        columns.text.append(word)
        columns.start.append(start)
        columns.end.append(end)
        columns.norm.append(normalize_word(word) or word)
        columns.sentence.append(number)
    return columns
