"""When an article can have been written at all, by what it names: the packs' dated posts and instruments.

Used only where no metadata tell. An article that names an agreement is not older than it; one that
gives a person a post was written while the post was held, as far as the packs know the dates.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mahdar.annotation.dates.edtf import parse_edtf
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.posts import title_slugs
from mahdar.knowledge.records import Post
from mahdar.model import Span
from mahdar.text.words import Words

# A title stands so many words before the name it belongs to («وزير الخارجية الأمريكي جون كيري»).
_TITLE_REACH = 5
_PEER = frozenset(
    prefix + peer for prefix in ("", "و", "ل", "ب") for peer in ("نظيره", "نظيرته", "نظيرها")
)
_FORMER = frozenset(("السابق", "السابقه", "الاسبق", "الراحل", "سابقا"))


class Bounds(NamedTuple):
    """Earliest and latest day, ``None`` where open, and the names they rest on."""

    first: date | None = None
    last: date | None = None
    evidence: tuple[Span, ...] = ()


def find_bounds(words: Words, knowledge: Knowledge) -> Bounds:
    """Return the days between which an article that names these posts and instruments was written."""
    first: date | None = None
    last: date | None = None
    evidence: list[Span] = []
    titles = title_slugs()
    said: frozenset[str] = frozenset()
    for match in knowledge.find_names(words):
        if len(match.ids) != 1:
            continue
        name = match.ids[0]
        span = Span(match.start, match.end)
        instrument = knowledge.instruments.get(name)
        if instrument is not None:
            made = parse_edtf(instrument.date)
            if made is not None and (first is None or made.start > first):
                first = made.start
                evidence.append(span)
            continue
        actor = knowledge.actors.get(name)
        if actor is None or not actor.posts:
            continue
        before = words.norm[max(0, match.first - _TITLE_REACH) : match.first]
        if _FORMER & set(before):
            continue
        # «نظيره» holds the post that was said last («وزير الخارجية … ونظيره الألماني»).
        here = _titles_in(before, titles)
        if not here and _PEER & set(before):
            here = said
        said = here or said
        start, end = _held(actor.posts, here)
        if start is not None and (first is None or start > first):
            first = start
            evidence.append(span)
        if end is not None and (last is None or end < last):
            last = end
            evidence.append(span)
    return Bounds(first, last, tuple(evidence))


def _titles_in(before: list[str], titles: dict[str, str]) -> frozenset[str]:
    """Return the posts that the words before a name say."""
    return frozenset(
        titles[" ".join(before[i:j])]
        for i in range(len(before))
        for j in range(i + 1, len(before) + 1)
        if " ".join(before[i:j]) in titles
    )


def _held(posts: tuple[Post, ...], said: frozenset[str]) -> tuple[date | None, date | None]:
    """Return from when to when a person held a post that was said; ``None`` where not known."""
    held = [post for post in posts if post.title in said]
    if not held:
        return None, None
    starts = [parse_edtf(post.start) for post in held]
    ends = [parse_edtf(post.end) for post in held]
    start = min((p.start for p in starts if p is not None), default=None)
    end = max((p.end for p in ends if p is not None), default=None)
    return (start if all(starts) else None), (end if all(ends) else None)
