"""Quotation marks and what stands between them.

Papers mix « », “ ”, " ", ″, { }, ‘ ’, '' and HTML's ``&quot;``, leave the closing mark out, turn a mark
round («النص«) and open a second quotation inside a first. Straight marks say nothing about their
side: it is read off the blanks around them, then off whether a quotation is open.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc

from mahdar.annotation.document import text_of, words_of
from mahdar.model import Quotation
from mahdar.text.words import Words

_MARK = re.compile(r"&quot;|&laquo;|&raquo;|&#34;|''|[«»“”„‟\"″＂〝〞‹›{}]")
_OPENING = {"«", "“", "„", "‟", "‹", "〝", "&laquo;", "{"}
_CLOSING = {"»", "”", "›", "〞", "&raquo;", "}"}
# Speech in parentheses: right behind a verb of saying («وصاحت: (لا تقتربوا من الباب)»).
_SPEECH_IN_PARENTHESES = re.compile(
    r"(?<![^\W_])[وف]?(?:قال|قالت|قالوا|يقول|تقول|يقولون|قائلا|قائلاً|قائلة|قائلين|صاح|صاحت|هتفوا|يهتفون)"
    r"\s?:?\s?\(([^()\n]{8,})\)"
)
# A quotation that only names or labels something is short.
_SPEECH_WORDS = 4
# Quotations run over a line break only this far before the mark counts as never closed.
_LONGEST_CHARS = 4000
_INTRODUCING = {"ان", "انه", "انها", "انهم", "باننا", "اننا", "انني", "قائلا", "قائله", "قال", ":"}


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Return the quotations of an article in reading order; nested ones follow their outer one."""
    text = text_of(doc)
    words = words_of(doc)
    return tuple(
        Quotation(start, end, closed, _is_speech(words, start, end))
        for start, end, closed in _pair_marks(text)
    )


def _pair_marks(text: str) -> list[tuple[int, int, bool]]:
    """Return ``(start, end, closed)`` between the marks of a text, sorted."""
    out: list[tuple[int, int, bool]] = []
    open_marks: list[tuple[int, str]] = []  # where the quotation begins, the mark that opened it
    line_ends = [found.start() for found in re.finditer(r"\n", text)] + [len(text)]
    for found in _MARK.finditer(text):
        mark, at, after = found.group(), found.start(), found.end()
        while open_marks and at - open_marks[0][0] > _LONGEST_CHARS:
            _close_at_line_end(out, text, line_ends, *open_marks.pop(0), before=at)
        if open_marks and _begins_anew(text, mark, at, after, *open_marks[-1]):
            _close_at_line_end(out, text, line_ends, *open_marks.pop(), before=at)
        if _opens(text, mark, at, after, [kind for _, kind in open_marks]):
            if open_marks and _pairs(open_marks[-1][1], mark) and mark in _OPENING:
                # A second «of the same kind» before the first was closed: the first never was,
                # unless it opened in this very line and the line closes twice.
                line_end = line_ends[bisect_right(line_ends, at - 1)]
                if text.find("\n", open_marks[-1][0], at) >= 0 or not _closes_twice(
                    text, after, line_end
                ):
                    _close_at_line_end(out, text, line_ends, *open_marks.pop(), before=at)
            open_marks.append((after, mark))
            continue
        for depth in range(len(open_marks) - 1, -1, -1):
            if _pairs(open_marks[depth][1], mark):
                start = open_marks[depth][0]
                for inner in open_marks[depth + 1 :]:
                    _close_at_line_end(out, text, line_ends, *inner, before=at)
                del open_marks[depth:]
                _append(out, text, start, at, True)
                break
    for found in _SPEECH_IN_PARENTHESES.finditer(text):
        if not any(start <= found.start(1) < end for start, end, _ in out):
            _append(out, text, found.start(1), found.end(1), True)
    for start, kind in open_marks:
        _close_at_line_end(out, text, line_ends, start, kind, before=len(text))
    out.sort(key=lambda quote: (quote[0], -quote[1]))
    return out


def _opens(text: str, mark: str, at: int, after: int, open_kinds: list[str]) -> bool:
    is_open = any(_pairs(kind, mark) for kind in open_kinds)
    before = text[at - 1] if at else "\n"
    behind = text[after] if after < len(text) else "\n"
    if mark in _OPENING:
        # «النص« : the closing mark turned round.
        turned = is_open and not before.isspace() and (behind.isspace() or behind in ".،,؛:)")
        return not turned
    if mark in _CLOSING:
        # »النص« : the opening mark turned round.
        return not is_open and before.isspace() and not behind.isspace() and behind not in ".،,"
    leans_right = (before.isspace() or before in "(:") and not behind.isspace()
    leans_left = not before.isspace() and (behind.isspace() or behind in ".،,؛:)")
    if not is_open:
        return not leans_left or before in ":(،" or _closes_later(text, mark, after)
    return leans_right and mark not in open_kinds


def _closes_later(text: str, mark: str, after: int) -> bool:
    """Tell whether a mark written against the word before it («قال فلان" نحن ...») opens after all.

    It does where the line has one more mark of the kind, and that one can only close.
    """
    end = text.find("\n", after)
    end = len(text) if end < 0 else end
    other = text.find(mark, after, end)
    if other < 0 or text.find(mark, other + len(mark), end) >= 0:
        return False
    behind = text[other + len(mark)] if other + len(mark) < len(text) else "\n"
    return not text[other - 1].isspace() and (behind.isspace() or behind in ".،,؛:)")


def _begins_anew(text: str, mark: str, at: int, after: int, start: int, kind: str) -> bool:
    """Tell whether a straight mark opens a quotation although one of its kind was never closed."""
    if mark in _OPENING or mark in _CLOSING or not _pairs(kind, mark) or after >= len(text):
        return False
    before = text[at - 1]
    leans_right = (before.isspace() or before in "(:") and not text[after].isspace()
    if not leans_right:
        return False
    return text.find("\n", start, at) >= 0 or text[max(start, at - 8) : at].rstrip().endswith(":")


def _pairs(opening: str, mark: str) -> bool:
    if mark in _OPENING or mark in _CLOSING:
        guillemets = {"«", "»", "‹", "›", "&laquo;", "&raquo;"}
        if (opening == "{") != (mark in "{}"):
            return False
        if opening in _OPENING:
            return (opening in guillemets) == (mark in guillemets)
        return mark in _CLOSING and opening in {'"', "&quot;"} and mark == "”"
    if opening in {"“", "„", "‟"}:
        return mark in {'"', "″", "''"}
    return opening not in _OPENING and opening not in _CLOSING


def _closes_twice(text: str, start: int, end: int) -> bool:
    end = min(end, start + _LONGEST_CHARS)
    return len(re.findall("[»”]", text[start:end])) > len(re.findall("[«“]", text[start:end])) + 1


def _close_at_line_end(
    out: list[tuple[int, int, bool]],
    text: str,
    line_ends: list[int],
    start: int,
    kind: str,
    *,
    before: int,
) -> None:
    """Record a quotation that nothing closed: it is taken to end with its line."""
    end = min(line_ends[bisect_right(line_ends, start - 1)], before)
    _append(out, text, start, end, False)


def _append(
    out: list[tuple[int, int, bool]], text: str, start: int, end: int, closed: bool
) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append((start, end, closed))


def _is_speech(words: Words, start: int, end: int) -> bool:
    first = words.at(start)
    if first < 0 or words.end[first] <= start:
        first += 1
    last = words.at(end - 1)
    count = sum(1 for word in words.text[first : last + 1] if word[0].isalnum())
    if count >= _SPEECH_WORDS:
        return True
    before = first - 1
    while before >= 0 and not words.text[before][0].isalnum() and words.text[before] != ":":
        before -= 1
    return count > 1 and before >= 0 and words.norm[before] in _INTRODUCING
