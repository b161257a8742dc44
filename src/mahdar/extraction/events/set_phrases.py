"""Set phrases whose words mean something else than alone: «وقف إطلاق النار» holds no shooting."""

from __future__ import annotations

from functools import cache, lru_cache

from mahdar.lexicon.tables import load_table
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.words import Words

# Words that «*» may stand for.
_GAP = 2

Pattern = tuple[tuple[tuple[str, bool], ...], frozenset[str]]


@cache
def load_phrases() -> dict[str, tuple[Pattern, ...]]:
    """Return the phrases by first word: the other words, each with whether a gap may precede it,
    and the event types the phrase allows its words."""
    found: dict[str, list[Pattern]] = {}
    for row in load_table("events_phrases"):
        words: list[tuple[str, bool]] = []
        gap = False
        for word in row["phrase"].split():
            if word == "*":
                gap = True
                continue
            words.append((_bare(normalize_word(word)), gap))
            gap = False
        types = frozenset(row["types"].split(";")) - {"-"}
        found.setdefault(words[0][0], []).append((tuple(words[1:]), types))
    return {word: tuple(patterns) for word, patterns in found.items()}


def _bare(norm: str) -> str:
    return norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm


@lru_cache(maxsize=32768)
def _openings(norm: str) -> tuple[Pattern, ...]:
    """Return the patterns that a word may open."""
    phrases = load_phrases()
    out: list[Pattern] = []
    for form in _shapes(norm):
        out.extend(phrases.get(form, ()))
    return tuple(out)


@lru_cache(maxsize=32768)
def _shapes(norm: str) -> frozenset[str]:
    return frozenset(_bare(rest) for _, rest in proclitic_splits(norm)) | {norm}


def find_allowed_types(words: Words) -> dict[int, frozenset[str]]:
    """Return the types that the words of set phrases may name; words outside them are not listed.

    Of phrases that overlap the one that opens first counts, of those that open together the longest.
    """
    out: dict[int, frozenset[str]] = {}
    norms = words.norm
    for at, norm in enumerate(norms):
        if at in out:
            continue
        best = -1
        types: frozenset[str] = frozenset()
        for tail, allowed in _openings(norm):
            last = _match(words, at, tail)
            if last > best:
                best, types = last, allowed
        for k in range(at, best + 1):
            out[k] = types
    return out


def _match(words: Words, at: int, tail: tuple[tuple[str, bool], ...]) -> int:
    """Return the index of the last word of a phrase that opens at a word, -1 if it does not."""
    here = at
    for word, gap in tail:
        for k in range(here + 1, here + 2 + (_GAP if gap else 0)):
            if k >= len(words.norm) or words.sentence[k] != words.sentence[at]:
                return -1
            if word in _shapes(words.norm[k]):
                here = k
                break
        else:
            return -1
    return here
