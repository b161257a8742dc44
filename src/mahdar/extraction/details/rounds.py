"""Which round and which track talks belong to: «الجولة الرابعة», «جنيف 3», «محادثات أستانا»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mahdar.extraction.details.cues import Host
from mahdar.extraction.events.context import Context
from mahdar.model import Detail
from mahdar.text.numerals import parse_digits, parse_ordinal

_TALKS = frozenset(("NEGOTIATE", "MEET"))
_ROUND = frozenset(("جوله", "الجوله", "لجوله", "جولات", "الجولات"))
_RELATIVE = {
    "المقبله": "next",
    "القادمه": "next",
    "التاليه": "next",
    "الجديده": "new",
    "جديده": "new",
    "الاخيره": "last",
    "الماضيه": "last",
    "السابقه": "last",
    "الحاليه": "current",
    "المرتقبه": "next",
}
_WIDE = frozenset(("country", "region"))
"""A track is called by a city; «محادثات مع إيران» names a side."""
_HIGHEST_ROUND = 30
_NEAR_WORDS = 10


def iter_rounds(context: Context, hosts: Sequence[Host]) -> Iterator[tuple[int, Detail]]:
    """Yield ``round`` (a number, or next, new, last, current) and ``track`` (a place) of talks."""
    words = context.words
    for host in hosts:
        if host.kind not in _TALKS:
            continue
        first = max(context.first_of[host.first], host.first - _NEAR_WORDS)
        last = min(context.last_of[host.last], host.last + _NEAR_WORDS)
        for at in range(first, last + 1):
            if words.norm[at].lstrip("وفبل") in _ROUND or words.norm[at] in _ROUND:
                yield from _round_after(context, host, at, last)
            spot = context.at[at]
            if spot is None or spot.first != at or spot.entity.type != "LOC":
                continue
            if context.place_kinds.get(spot.entity.id) in _WIDE:
                continue
            yield from _numbered(context, host, spot.last + 1, last, spot.entity.id, spot.start)
            if at - 1 == host.last or (at - 2 == host.last and words.norm[at - 1] == "السلام"):
                yield (
                    host.number,
                    Detail("track", words.text[at], spot.start, spot.end, spot.entity.id),
                )


def _round_after(context: Context, host: Host, at: int, last: int) -> Iterator[tuple[int, Detail]]:
    words = context.words
    for after in range(at + 1, min(at + 4, last) + 1):
        ordinal = parse_ordinal(words, after)
        value = str(ordinal.value) if ordinal is not None else _RELATIVE.get(words.norm[after])
        if value is not None:
            yield host.number, Detail("round", value, words.start[at], words.end[after])
            return


def _numbered(
    context: Context, host: Host, at: int, last: int, place: str, start: int
) -> Iterator[tuple[int, Detail]]:
    """Yield the round of a track that is called by a place and a number («جنيف 3»)."""
    words = context.words
    if at > last or at in context.dated:
        return
    value = parse_digits(words.norm[at])
    if value is None or not 0 < value <= _HIGHEST_ROUND:
        return
    if at + 1 <= last and words.norm[at + 1] in ("ايام", "سنوات", "اشهر", "ساعات", "اشخاص", "+"):
        return
    yield host.number, Detail("round", str(value), start, words.end[at])
    yield host.number, Detail("track", words.text[at - 1], start, words.end[at], place)
