"""Who held a post when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mahdar.knowledge.records import Actor, Post
from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_text

Holders = dict[tuple[str, str], tuple[tuple[Post, str], ...]]


def index_posts(actors: Iterable[Actor]) -> Holders:
    """Return (title, id of state or body) -> posts with their holders' ids, latest start first."""
    found: dict[tuple[str, str], list[tuple[Post, str]]] = defaultdict(list)
    for actor in actors:
        for post in actor.posts:
            found[post.title, post.of].append((post, actor.id))
    return {
        key: tuple(sorted(held, key=lambda pair: pair[0].start or "", reverse=True))
        for key, held in found.items()
    }


def holds(post: Post, date: str | None) -> bool:
    """Tell whether a post may have been held on a date, both as exact as they are known.

    ``date`` is an EDTF day, month or year (of an interval its beginning counts); ``None`` is any
    date. A start of ``2013-02`` covers all of that month, and so does an end.
    """
    if date is None:
        return True
    day = date.split("/")[0].rstrip("~?")
    if not day[:4].isdigit():
        return True
    start, end = (post.start or "").rstrip("~?"), (post.end or "").rstrip("~?")
    if start and day[: len(start)] < start[: len(day)]:
        return False
    return not (end and day[: len(end)] > end[: len(day)])


def title_slugs() -> dict[str, str]:
    """Return the normal form of every Arabic word for a post -> its title in the packs."""
    slugs: dict[str, str] = {}
    for row in load_table("post_titles"):
        slugs.setdefault(normalize_text(row["ar"])[0], row["title"])
    return slugs
