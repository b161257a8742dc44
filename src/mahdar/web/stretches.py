"""An article's text cut for the reading desk: paragraphs of stretches, each with its place and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mahdar.export.marking import Mark, cut_text
from mahdar.model import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch under one set of marks. ``start`` is its offset in the article, in code points."""

    start: int
    text: str
    layers: str
    refs: str


def cut_paragraphs(text: str, marks: Sequence[Mark]) -> list[list[Stretch]]:
    """Return the paragraphs of a text, blank lines left out, as stretches."""
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            span = Span(at, at + len(line))
            mine = [mark for mark in marks if mark.start < span.end and span.start < mark.end]
            paragraphs.append(_stretches(text, mine, span))
        at += len(line) + 1
    return paragraphs


def _stretches(text: str, marks: Sequence[Mark], span: Span) -> list[Stretch]:
    out, at = [], span.start
    for piece in cut_text(text, marks, span):
        layers = " ".join(dict.fromkeys(mark.layer for mark in piece.marks))
        refs = " ".join(dict.fromkeys(mark.ref for mark in piece.marks))
        out.append(Stretch(at, piece.text, layers, refs))
        at += len(piece.text)
    return out
