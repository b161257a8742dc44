"""Readings as one HTML page: each article right-to-left with its spans marked, its claims beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mahdar.export.marking import Piece, cut_text, iter_marks
from mahdar.export.pages import render_page
from mahdar.i18n import Language, tr
from mahdar.model import Entity, Reading, Span


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page needs of one reading."""

    reading: Reading
    paragraphs: tuple[tuple[Piece, ...], ...]
    names: dict[str, str]

    def name(self, entity_id: str | None) -> str:
        """Return an entity's display name; its id where it has none."""
        return self.names.get(entity_id or "", entity_id or "")

    def text(self, span: Span) -> str:
        """Return the characters under a span."""
        return span.of(self.reading.article.text)


def render_readings(readings: Sequence[Reading], lang: Language = "ar") -> str:
    """Return a self-contained page that shows readings with their spans marked.

    Args:
        readings: 0..n readings; the page grows with them.
        lang: language of the page's labels.
    """
    return render_page("reading.html.j2", lang, articles=[_show(r, lang) for r in readings])


def entity_name(entity: Entity, text: str, lang: Language) -> str:
    """Return the name to show for an entity: its label in the language, else as the article names it."""
    if entity.source and not any(m.kind == "named" for m in entity.mentions):
        first = entity.mentions[0]
        return f"{text[first.start : first.end]} ({tr('reading.unnamed_source', lang)})"
    label = entity.label.get(lang) or entity.label.get("ar")
    if label:
        return label
    named = [m for m in entity.mentions if m.kind == "named"] or list(entity.mentions)
    longest = max(named, key=lambda m: m.end - m.start, default=None)
    return text[longest.start : longest.end] if longest else entity.id


def _show(reading: Reading, lang: Language) -> Shown:
    text = reading.article.text
    marks = list(iter_marks(reading))
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(tuple(cut_text(text, marks, Span(at, at + len(line)))))
        at += len(line) + 1
    names = {e.id: entity_name(e, text, lang) for e in reading.entities}
    return Shown(reading, tuple(paragraphs), names)
