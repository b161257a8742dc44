"""The dateline: where, and through which agencies, an article says it was filed.

It stands at the head of the body («القاهرة - أ ف ب», «سبق- وكالات:», «نيويورك (رويترز) -», «الرياض 25
شوال 1436 هـ ... واس») or alone in the last line.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from mahdar.annotation.document import text_of, words_of
from mahdar.annotation.media import is_medium_name, media_words
from mahdar.annotation.names.lookup import EntityIndex, LocatedMention
from mahdar.model import Dateline
from mahdar.text.normalize import normalize_word
from mahdar.text.words import Words

# How much of the text can hold a dateline: the title and the first lines after it.
_HEAD_CHARS = 1200
_HEAD_LINES = 4
_LONGEST_WORDS = 16
_HEADS = (
    re.compile(r"[^\n:]{2,90}?:(?=\s|$)"),
    re.compile(r"[^\n()]{0,50}\([^\n()]{2,40}\)\s*[-–—ـ:]"),
    re.compile(r"[^\n]{2,90}?\s[-–—ـ]\s[^\n–—ـ-]{1,30}?\s[-–—ـ](?=\s)"),
    re.compile(r"[^\n:،.]{2,60}(?=\n|$)"),
    re.compile(r"[^\n:،]{2,40}?\s?[-–—ـ]\s"),
)
# Words of a byline that no mention and no known word explains: a reporter's name.
_MOST_UNKNOWN_WORDS = 3


def find_dateline(doc: Doc) -> Dateline:
    """Return the article's dateline, empty if it has none.

    Raises:
        MissingAnnotation: the document has no entities.
    """
    index = EntityIndex(doc._.entities or ())
    words = words_of(doc)
    text = text_of(doc)
    for start, end in _lines_of_head(text):
        for pattern in _HEADS:
            found = pattern.match(text, start, end)
            if found is None:
                continue
            dateline = _read(words, index, start, found.end(), text)
            if dateline is not None:
                return dateline
    last = text.rstrip().rfind("\n") + 1
    if last > 0 and len(text) - last < 60:
        dateline = _read(words, index, last, len(text), text)
        if dateline is not None:
            return dateline
    return Dateline()


def _lines_of_head(text: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    at = 0
    limit = min(len(text), _HEAD_CHARS)
    while at < limit and len(out) < _HEAD_LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        start = at
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            out.append((start, end))
        at = end + 1
    # A title is no dateline; a text of one line has no title.
    return out[1:] if len(out) > 1 else out


def _read(words: Words, index: EntityIndex, start: int, end: int, text: str) -> Dateline | None:
    """Return what a stretch says if it is a dateline: place, agencies, and little else."""
    inside = [at for at in words.between(start, end) if words.text[at][0].isalnum()]
    if not inside or len(inside) > _LONGEST_WORDS:
        return None
    mentions = index.mentions_in(start, end)
    agencies: list[str] = []
    place: LocatedMention | None = None
    covered: set[int] = set()
    for mention in mentions:
        covered.update(words.between(mention.start, mention.end))
        tokens = [
            normalize_word(word) for word in re.findall(r"\w+", text[mention.start : mention.end])
        ]
        if mention.entity.type != "LOC" and is_medium_name(tokens):
            agencies.append(mention.entity.id)
        elif mention.entity.type == "LOC" and place is None:
            place = mention
    bylines = media_words("byline")
    known = bool(agencies)
    unknown = 0
    for at in inside:
        token = words.norm[at]
        if token in bylines or is_medium_name((token,)):
            known = True
        elif at not in covered and not token[0].isdigit():
            unknown += 1
    dashed = any(words.text[at] in "-–—ـ(" for at in words.between(start, end))
    if not known and not (place is not None and dashed and unknown == 0):
        return None
    calendar = _is_calendar(words, inside)
    if not calendar and (unknown > _MOST_UNKNOWN_WORDS or (unknown and not dashed)):
        return None
    return Dateline(place.entity.id if place else None, tuple(dict.fromkeys(agencies)))


def _is_calendar(words: Words, inside: list[int]) -> bool:
    """Tell whether a line carries the two dates with which the Saudi agency heads its reports."""
    return {"هـ", "ه"} & {words.norm[at] for at in inside} != set() and "م" in {
        words.norm[at] for at in inside
    }
