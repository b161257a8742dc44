"""An article's text cut at the borders of every marked span, for pages and terminals."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mahdar.model import Reading, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to show: its layer (``entity``, ``date``, ``cue`` ...), the id of what it belongs to, a note."""

    start: int
    end: int
    layer: str
    ref: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under one and the same set of marks."""

    text: str
    marks: tuple[Mark, ...]


def iter_marks(reading: Reading) -> Iterator[Mark]:
    """Yield every span of a reading as a mark; refs are ids of the reading (``e1``, ``s2``, ``v3``)."""
    for entity in reading.entities:
        for mention in entity.mentions:
            layer = f"entity {entity.type} {mention.kind}"
            yield Mark(mention.start, mention.end, layer, entity.id)
    for number, date in enumerate(reading.dates, start=1):
        yield Mark(date.start, date.end, "date", f"d{number}", date.value)
    for statement in reading.statements:
        yield Mark(statement.cue.start, statement.cue.end, "cue", statement.id)
        for content in statement.content:
            yield Mark(content.start, content.end, "content", statement.id)
    for event in reading.events:
        for trigger in event.triggers:
            yield Mark(trigger.start, trigger.end, "trigger", event.id)
    for instrument in reading.instruments:
        yield Mark(instrument.start, instrument.end, "instrument", instrument.id)
    for span in reading.noise:
        yield Mark(span.start, span.end, "noise", "noise")


def cut_text(text: str, marks: Iterable[Mark], within: Span | None = None) -> list[Piece]:
    """Return the text, or the stretch ``within``, in pieces that each carry their marks.

    Joining the pieces' texts gives the stretch back unchanged.
    """
    span = within or Span(0, len(text))
    opens: defaultdict[int, list[Mark]] = defaultdict(list)
    closes: defaultdict[int, list[Mark]] = defaultdict(list)
    borders = {span.start, span.end}
    for mark in marks:
        start, end = max(mark.start, span.start), min(mark.end, span.end)
        if start < end:
            opens[start].append(mark)
            closes[end].append(mark)
            borders.update((start, end))
    pieces: list[Piece] = []
    active: list[Mark] = []
    ordered = sorted(borders)
    for at, until in itertools.pairwise(ordered):
        for mark in closes[at]:
            active.remove(mark)
        active.extend(opens[at])
        pieces.append(Piece(text[at:until], tuple(active)))
    return pieces
