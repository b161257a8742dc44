"""The names of zones, bodies and lists in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mahdar.extraction.events.context import Context
from mahdar.extraction.phrases import PhraseIndex, make_phrase_index
from mahdar.lexicon.tables import load_table

_MARKS = frozenset("«»“”\"″'()[]")


@dataclass(frozen=True, slots=True)
class Head:
    """A name found: words ``[first, last]``, what it names, and what must stand by it (``gate``).

    ``name_last`` is the last word of the full name: «وفد "مجموعة الرياض"»; ``called`` the name under which
    variants are one, where the table gives it.
    """

    first: int
    last: int
    kind: str
    type: str
    gate: str
    name_last: int
    called: str = ""


@cache
def _heads() -> PhraseIndex:
    return make_phrase_index(
        (row["phrase"], f"{row['kind']}|{row['type']}|{row['gate']}|{row['called']}")
        for row in load_table("arrangements_heads")
    )


def iter_heads(context: Context) -> Iterator[Head]:
    """Yield the names of the table in reading order; a body that a pack knows is an actor of its own."""
    words = context.words
    for first, last, _, value in _heads().iter_matches(words.norm, 0, len(words) - 1):
        if words.sentence[first] != words.sentence[last] or first in context.noisy:
            continue
        kind, type_, gate, called = value.split("|")
        spot = context.at[first]
        if spot is not None and spot.named and spot.entity.kb and kind != "zone":
            continue
        yield Head(first, last, kind, type_, gate, _name_end(context, last, type_), called)


def _name_end(context: Context, last: int, type_: str) -> int:
    """Return the last word of a delegation's name, with whose it is."""
    if type_ != "delegation":
        return last
    at = last + 1
    while at <= context.last_of[last] and context.words.norm[at] in _MARKS:
        at += 1
    end = context.last_of[last]
    spot = context.at[at] if at <= end else None
    if spot is None or spot.first != at or spot.entity.type == "LOC":
        return last
    closed = at > last + 1 and spot.last < end and context.words.norm[spot.last + 1] in _MARKS
    return spot.last + closed
