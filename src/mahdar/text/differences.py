"""Two texts word by word: what both say, what only one of them does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from mahdar.text.normalize import normalize_word
from mahdar.text.words import iter_word_spans

MAX_WORDS = 6000
"""Words of each text that are compared; past these the rest counts as different. Keeps a page fast."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch: ``same`` (as the first text writes it), ``first`` or ``second`` (only there)."""

    kind: Literal["same", "first", "second"]
    text: str


def compare_texts(first: str, second: str) -> Iterator[Change]:
    """Yield the stretches of two texts in order, spelling variants counted as the same.

    The stretches ``same`` and ``first`` joined give the first text back.
    """
    a, b = _pieces(first), _pieces(second)
    matcher = SequenceMatcher(
        None,
        [normalize_word(text.strip()) for text in a[:MAX_WORDS]],
        [normalize_word(text.strip()) for text in b[:MAX_WORDS]],
        autojunk=False,
    )
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(a[i:j]))
            continue
        if i < j:
            yield Change("first", "".join(a[i:j]))
        if k < m:
            yield Change("second", "".join(b[k:m]))
    if len(a) > MAX_WORDS:
        yield Change("first", "".join(a[MAX_WORDS:]))
    if len(b) > MAX_WORDS:
        yield Change("second", "".join(b[MAX_WORDS:]))


def _pieces(text: str) -> list[str]:
    """Return a text's words, each with what stands between it and the next; joined they are the text."""
    spans = list(iter_word_spans(text))
    if not spans:
        return [text] if text else []
    starts = [0, *(start for start, _ in spans[1:]), len(text)]
    return [text[starts[n] : starts[n + 1]] for n in range(len(starts) - 1)]
