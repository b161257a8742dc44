"""Who belongs to an arrangement: members and founders of bodies, who is listed and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.extraction.details.heads import Head
from mahdar.extraction.details.status import Stand
from mahdar.extraction.events.context import Context, Spot
from mahdar.model import Detail

_LISTED_REACH = 14
_NEAR_WORDS = 4
_FOUNDING = frozenset(("formed", "agreed", "proposed", "under-negotiation"))
_ADJECTIVES = ("مدرج", "المدرج", "مصنف", "المصنف")
_ON = frozenset(("علي", "ضمن"))
_COPULAS = frozenset(("هي", "بانها", "بانه", "هو", "تعتبر", "يعتبر"))
_NOT_DOING = frozenset(("في", "الي", "من", "بشان", "حول", "مع", "علي", "عن", "بين"))
_NOT_LISTED_AFTER = frozenset(("الي", "من", "قبل", "مع", "لدي", "امام", "بحسب"))


def _detail(context: Context, name: str, spot: Spot, entity: str) -> Detail:
    words = context.words
    text = " ".join(words.text[spot.first : spot.last + 1])
    return Detail(name, text, spot.start, spot.end, entity)


def _each(context: Context, name: str, spot: Spot) -> Iterator[Detail]:
    for entity in context.meant(spot.entity):
        yield _detail(context, name, spot, entity)


def iter_members(context: Context, head: Head, stand: Stand) -> Iterator[Detail]:
    """Yield whose a delegation is, who founds or proposes a body, between whom a channel runs."""
    if head.type == "delegation":
        for spot in context.spots_between(head.last + 1, head.name_last):
            yield from _each(context, "member", spot)
    if stand.word is None:
        return
    low = context.first_of[head.first]
    if head.type == "channel":
        for spot in context.spots_between(max(low, stand.word - 6), stand.word - 1):
            yield from _each(context, "member", spot)
        return
    if stand.status in _FOUNDING:
        yield from _iter_founders(context, head, stand.word, stand.speaker)


def _iter_founders(
    context: Context, head: Head, word: int, speaker: str | None
) -> Iterator[Detail]:
    """Yield who forms, proposes or agrees on a body: named right before the word that says so, with
    those joined to it by «و», or right after it («موسكو وواشنطن اتفقتا على آلية», «تشكيل مصر لجنة»)."""
    norm = context.words.norm
    low = max(context.first_of[head.first], word - 2 * _NEAR_WORDS)
    edge = word
    for spot in reversed(context.spots_between(low, word - 1)):
        gap = edge - spot.last - 1
        joined = edge < word and norm[edge].startswith("و") and gap == 0
        if (
            spot.last >= edge
            or spot.first >= head.first
            or not (joined or (edge == word and gap <= 1))
        ):
            continue
        before = norm[spot.first - 1] if spot.first else ""
        if before in _NOT_DOING or spot.entity.id == speaker:
            break
        yield from _each(context, "founder", spot)
        edge = spot.first
    after = context.at[word + 1] if word + 1 < context.size else None
    if after is not None and after.first == word + 1 and after.last < head.first:
        yield from _each(context, "founder", after)


def iter_listed(context: Context, head: Head, stand: Stand) -> Iterator[Detail]:
    """Yield who is listed, asked to be listed or told apart, and whose list it is."""
    words = context.words
    low = max(context.first_of[head.first], head.first - _LISTED_REACH)
    high = min(context.last_of[head.last], head.last + _LISTED_REACH)
    for spot in context.spots_between(low, high):
        if head.first <= spot.first <= head.last:
            if spot.named:
                yield from _each(context, "lister", spot)
            continue
        if not spot.named or spot.entity.type == "LOC":
            continue
        if head.type == "separation":
            if spot.first > head.last:
                yield from _each(context, "listed", spot)
            continue
        if 0 < spot.first - head.last <= 2:
            yield from _each(context, "lister", spot)
        elif _is_listed(words.norm, spot, head, stand):
            yield from _each(context, "listed", spot)


def _is_listed(norm: list[str], spot: Spot, head: Head, stand: Stand) -> bool:
    """Tell whether somebody named before a list is put on it: «إدراج X على قائمة», «X المدرج», «X هي»."""
    word = stand.word
    if word is None or spot.first > head.first:
        return False
    if spot.first > 0 and norm[spot.first - 1] in _NOT_LISTED_AFTER and norm[word] not in _COPULAS:
        return False
    if norm[word] in _ON:
        return 0 < word - spot.last <= 2
    if word < spot.first:
        return stand.status != "under-negotiation"
    return norm[word] in _COPULAS or (
        norm[word].startswith(_ADJECTIVES) and word - spot.last <= _NEAR_WORDS
    )
