"""Loaded and distancing terms, and who uses them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from spacy.tokens import Doc

from mahdar.annotation.document import require, text_of, words_of
from mahdar.annotation.names.lookup import EntityIndex
from mahdar.extraction.phrases import PhraseIndex, make_phrase_index
from mahdar.lexicon.tables import load_table
from mahdar.model import Naming, Quotation, Statement
from mahdar.text.normalize import surface_offset

# A distancing word and the name it keeps away from stand this close («ما يسمى بتنظيم ...»).
_REACH_CHARS = 40
# Quoted names longer than this are titles or slogans rather than scare quotes.
_LONGEST_SCARE_WORDS = 3


@cache
def _terms() -> PhraseIndex:
    return make_phrase_index(
        (row["term"], f"{row['kind']}|{row['of']}") for row in load_table("naming_terms")
    )


def find_naming(doc: Doc) -> tuple[Naming, ...]:
    """Return the loaded and distancing terms of an article in reading order.

    A term is the paper's own unless it stands in what somebody is quoted as saying; words that the
    paper only reports in its own phrasing («قال إن ...») are the statement's too. Scare quotes are
    quotation marks around a common noun or an act («"الإصلاحات"»); names in quotation marks, a
    habit of many papers, are none.

    Raises:
        MissingAnnotation: the document has no entities, quotations or statements.
    """
    require(doc, "entities", "quotations", "statements")
    words = words_of(doc)
    index = EntityIndex(doc._.entities)
    users = _Users(doc._.statements)
    text = text_of(doc)
    out: list[Naming] = []
    for first, last, cut, value in _terms().iter_matches(words.norm, 0, len(words) - 1):
        start = words.start[first] + (surface_offset(words.text[first], cut) if cut else 0)
        end = words.end[last]
        kind, _, place = value.partition("|")
        entity = index.entity_at(start)
        if _is_inside_name(index, start):
            continue
        entity_id = entity.id if entity is not None else None
        if kind == "distancing":
            after = next(index.iter_after(end, ceiling=end + _REACH_CHARS), None)
            before = next(index.iter_before(start, floor=max(0, start - _REACH_CHARS)), None)
            named = before if text[start:end].startswith("ال") else after
            entity_id = named.entity.id if named is not None else entity_id
        elif entity_id is None and place:
            entity_id = next((e.id for e in doc._.entities if e.kb == place), None)
        out.append(Naming(start, end, text[start:end], entity_id, users.of(start)))
    taken = {naming.start for naming in out}
    for quotation in doc._.quotations:
        if quotation.start not in taken and _is_scare(doc, quotation, index):
            out.append(
                Naming(
                    quotation.start,
                    quotation.end,
                    text[quotation.start : quotation.end],
                    None,
                    users.of(quotation.start),
                )
            )
    out.sort(key=lambda naming: (naming.start, naming.end))
    return tuple(out)


def _is_inside_name(index: EntityIndex, char: int) -> bool:
    """Tell whether a character lies inside a person's name, past its beginning («... آل سعود»)."""
    return any(
        m.kind == "named" and m.start < char and m.entity.type == "PER"
        for m in index.mentions_at(char)
    )


def _is_scare(doc: Doc, quotation: Quotation, index: EntityIndex) -> bool:
    """Tell whether quotation marks distance: a short common noun, neither name nor speech."""
    if quotation.speech or not quotation.closed:
        return False
    if index.mentions_at(quotation.start) or index.mentions_in(quotation.start, quotation.end):
        return False
    words = words_of(doc)
    inside = words.between(quotation.start, quotation.end)
    if not 1 <= len(inside) <= _LONGEST_SCARE_WORDS:
        return False
    arabic = all(words.text[at][0].isalpha() and not words.text[at].isascii() for at in inside)
    return arabic and words.norm[inside[0]].startswith("ال")


class _Users:
    """Which statement a character belongs to: the innermost content around it."""

    def __init__(self, statements: tuple[Statement, ...]) -> None:
        self.spans = sorted(
            (span.start, span.end, statement.id)
            for statement in statements
            for span in statement.content
        )
        self.starts = [start for start, _, _ in self.spans]
        self.reach: list[int] = []
        for _, end, _ in self.spans:
            self.reach.append(max(end, self.reach[-1]) if self.reach else end)

    def of(self, char: int) -> str | None:
        """Return the id of the innermost statement around a character, None for the paper."""
        at = bisect_right(self.starts, char) - 1
        while at >= 0 and self.reach[at] > char:
            if self.spans[at][1] > char:
                return self.spans[at][2]
            at -= 1
        return None
