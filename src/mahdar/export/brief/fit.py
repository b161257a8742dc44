"""A brief cut to its pages: how tall it prints, and which sentences go first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from mahdar.export.brief.model import Note, Section, Sentence
from mahdar.i18n import Language

# The sheet as brief.css lays it out, in millimetres; measured on print-outs by Chromium (Noto Naskh Arabic,
# Noto Serif), with some room kept free for other fonts.
_PAGE_MM = 275.0
_USED = {"ar": 0.94, "en": 0.93}
"""How much of a sheet the estimates below may fill; where no font of the style sheet is installed,
Arabic in DejaVu Sans still holds the pages at 0.98, not at 1."""
_HEAD_MM, _FOOT_MM = 24.0, 9.0
_HEADING_MM, _LINE_MM, _NOTE_LINE_MM = 6.4, 4.1, 2.75
_LINE_CHARS, _NOTE_CHARS = 122, 82
_NOTE_COLUMNS = 2
QUOTA = {
    "headline": 99,
    "contacts": 9,
    "truces": 7,
    "agreements": 5,
    "incidents": 9,
    "humanitarian": 4,
    "detainees": 3,
    "positions": 6,
    "commitments": 5,
    "doubts": 4,
    "coverage": 99,
}
"""How sections share the room: what is cut is the last sentence of the one that most exceeds its share."""


def fit_sections(sections: Sequence[Section], pages: int, lang: Language) -> list[Section]:
    """Return the sections with as many sentences as print on so many A4 pages, each by day.

    Sentences are cut from the least important on; a section keeps its first. 0 pages cut nothing.
    """
    kept = list(sections)
    while pages and measure(kept) > pages * _PAGE_MM * _USED[lang]:
        over = [
            (len(s.sentences) / QUOTA.get(s.key, 4), n) for n, s in enumerate(kept) if _may_cut(s)
        ]
        if not over:
            break
        _, n = max(over)
        section = kept[n]
        kept[n] = replace(section, sentences=section.sentences[:-1], left_out=section.left_out + 1)
    return [_by_day(section) for section in kept]


def _may_cut(section: Section) -> bool:
    return len(section.sentences) > 1 and section.sentences[-1].note is not None


def _by_day(section: Section) -> Section:
    ordered = (
        sorted(section.sentences, key=lambda s: s.day or "9999") if _may_cut(section) else None
    )
    return section if ordered is None else replace(section, sentences=tuple(ordered))


def measure(sections: Sequence[Section]) -> float:
    """Return how tall sections print with their notes, in millimetres."""
    tall = _HEAD_MM + _FOOT_MM
    notes = 0.0
    for section in sections:
        tall += _HEADING_MM
        for sentence in section.sentences:
            tall += _LINE_MM * ceil(_length(sentence) / _LINE_CHARS)
            if sentence.note is not None:
                notes += _NOTE_LINE_MM * ceil(_note_length(sentence.note) / _NOTE_CHARS)
    return tall + _HEADING_MM + notes / _NOTE_COLUMNS


def _length(sentence: Sentence) -> int:
    return len(sentence.text) + len(sentence.standing) + 8


def _note_length(note: Note) -> int:
    first, *others = note.cited
    own = sum(map(len, (first.paper, first.day, first.title, first.words, first.chain))) + 14
    own += sum(len(c.paper) + len(c.day) + 4 for c in others)
    return own + len(note.entry) + 8 + (12 if note.more else 0)


def number_notes(sections: Sequence[Section]) -> list[Section]:
    """Return the sections with their notes numbered from 1, in reading order."""
    number = 0
    out = []
    for section in sections:
        sentences = []
        for sentence in section.sentences:
            if sentence.note is not None:
                number += 1
                sentence = replace(sentence, note=replace(sentence.note, number=number))
            sentences.append(sentence)
        out.append(replace(section, sentences=tuple(sentences)))
    return out
