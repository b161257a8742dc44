"""People and goods counted in measures of aid and custody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from mahdar.extraction.details.cues import Host
from mahdar.extraction.events.context import Context
from mahdar.lexicon.tables import load_table
from mahdar.model import Detail
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.numerals import parse_number, parse_number_range

_NEAR_WORDS = 14
"""Words on each side of a trigger in which its figures stand."""
_LONGEST_NUMBER = 5
_YEARS = range(1900, 2100)


@cache
def _nouns() -> dict[str, tuple[tuple[str, str, frozenset[str]], ...]]:
    out: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
    for row in load_table("details_counted"):
        value = (row["name"], row["category"], frozenset(row["of"].split(";")))
        out.setdefault(normalize_word(row["word"]), []).append(value)
    return {word: tuple(values) for word, values in out.items()}


def _lookup(norm: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    nouns = _nouns()
    for _, rest in proclitic_splits(norm):
        found = nouns.get(rest) or (nouns.get(rest[2:]) if rest.startswith("ال") else None)
        if found:
            return found
    return ()


def iter_counted(context: Context, hosts: Sequence[Host]) -> Iterator[tuple[int, Detail]]:
    """Yield who and what is counted near aid and custody, with the number of the event.

    A figure gives ``persons``, ``beneficiaries`` (both numbers of people) or ``quantity`` («30 trucks»);
    the noun gives the ``category``, with or without a figure. A range gives both bounds.
    """
    words = context.words
    for host in hosts:
        first = max(context.first_of[host.first], host.first - _NEAR_WORDS)
        last = min(context.last_of[host.last], host.last + _NEAR_WORDS)
        for at in range(first, last + 1):
            for name, category, of in _lookup(words.norm[at]):
                if host.kind not in of:
                    continue
                figures, begin = _figures(context, at, first)
                start, end = words.start[begin], words.end[at]
                if name == "quantity":
                    for figure in figures:
                        yield host.number, Detail(name, f"{figure} {category}", start, end)
                    continue
                for figure in figures:
                    yield host.number, Detail(name, str(figure), start, end)
                if category == "persons" and not figures:
                    continue  # «شخص» without a figure tells nothing
                kind = "category" if name == "persons" else "beneficiary_category"
                yield host.number, Detail(kind, category, words.start[at], end)


def _figures(context: Context, noun: int, first: int) -> tuple[tuple[int, ...], int]:
    """Return the figures that end right before a noun, and the word they begin at."""
    words = context.words
    for begin in range(max(first, noun - _LONGEST_NUMBER), noun):
        bounds = parse_number_range(words, begin)
        if bounds is not None and bounds.end == noun:
            return (bounds.low, bounds.high), begin
        number = parse_number(words, begin)
        if number is not None and number.end == noun and number.value not in _YEARS:
            return (number.value,), begin
    return (), noun
