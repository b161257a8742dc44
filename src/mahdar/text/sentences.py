"""Sentence boundaries in news text."""

from __future__ import annotations

import re

# A full stop ends a sentence unless it stands inside a number, after a one-letter
# abbreviation («أ. ف. ب», «د. محمد») or in a row of dots that leads on.
_BREAK = re.compile(r"\n+|[!؟?]+[»”\"')\]]*|\.{2,}(?=\s*\n)|\.(?!\d|\.)[»”\"')\]]*")
_ABBREVIATION = re.compile(r"(?:^|[\s(«\"“.])[^\W\d_]$")
# Foreign initials spelt out: «بي.بي.سي», «دي.سي.ان.اس».
_INITIALS = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,4}(?:\.[^\W\d_]{1,4}){2,}(?![^\W\d_])")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of the sentences of a text, in order, without white space at the ends.

    Lines always end a sentence. Empty stretches are left out. 0..n sentences.
    """
    out: list[tuple[int, int]] = []
    start = 0
    initials = {
        at
        for name in _INITIALS.finditer(text)
        for at in range(name.start(), name.end())
        if text[at] == "."
    }
    for found in _BREAK.finditer(text):
        if found.group()[0] == ".":
            if found.start() in initials:
                continue
            before = text[max(start, found.start() - 2) : found.start()]
            if _ABBREVIATION.search(before) and text[found.end() : found.end() + 1] != "\n":
                continue
        _append_stripped(out, text, start, found.end())
        start = found.end()
    _append_stripped(out, text, start, len(text))
    return out


def _append_stripped(out: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append((start, end))
