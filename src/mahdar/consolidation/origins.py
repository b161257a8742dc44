"""Independence of claims, counted over the origins of their chains, never over newspapers.

The origin of a claim is where its chain ends: who said it (an event told by a speaker), else the
last medium that the words came through, else the agency of the dateline, else the paper itself.
Claims of articles that are copies of one text share an origin whatever they credit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mahdar.consolidation.claims import Claim, Context

HOUSE_ARTICLES = 5
"""Datelines of one paper alone that name an agency so often: it is the paper's own desk or brand."""


def find_house_names(credits: Iterable[tuple[str, Sequence[str]]]) -> set[tuple[str, str]]:
    """Return pairs of paper and «agency» where the dateline names the paper itself.

    Papers sign their own reports («عين اليوم - جدة»). An agency serves several papers: a name that
    one paper credits again and again, and no other, is that paper's; so is one with its very id.

    Args:
        credits: of every article, the paper and what its dateline credits.
    """
    papers: dict[str, Counter[str]] = {}
    for paper, names in credits:
        for name in names:
            papers.setdefault(name, Counter())[paper] += 1
    return {
        (paper, name)
        for name, by in papers.items()
        for paper, count in by.items()
        if name == paper or (len(by) == 1 and count >= HOUSE_ARTICLES)
    }


def origin_keys(claim: Claim, context: Context) -> tuple[str, ...]:
    """Return the origins of one claim: all of them are one origin, shared with any other claim's.

    Keys are ``by:ACTOR`` for a speaker, agency or medium, ``text:ARTICLE`` for a group of copies,
    ``paper:PUBLISHER`` or ``article:KEY``.
    """
    article = context.articles.get(claim.article)
    keys: list[str] = []
    if article is not None and article.copies:
        keys.append(f"text:{article.copies}")
    through = claim.chain
    if claim.kind == "statement":
        speakers = {key for key, role in claim.roles if role == "speaker"}
        through = tuple(key for key in claim.chain if key not in speakers)
    named = [key for key in through if not context.unnamed(key)]
    if named:
        keys.append(f"by:{named[-1]}")
    elif article is not None and article.agencies:
        keys += [f"by:{agency}" for agency in article.agencies]
    elif not keys:
        publisher = article.publisher if article else None
        keys.append(f"paper:{publisher}" if publisher else f"article:{claim.article}")
    return tuple(keys)


def group_origins(claims: Sequence[Claim], context: Context) -> list[list[Claim]]:
    """Return the claims grouped by independent origin, largest group first."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    first: list[str] = []
    for claim in claims:
        keys = origin_keys(claim, context)
        for key in keys:
            parent.setdefault(key, key)
        for key in keys[1:]:
            a, b = sorted((root(keys[0]), root(key)))
            parent[b] = a
        first.append(keys[0])
    groups: dict[str, list[Claim]] = {}
    for claim, key in zip(claims, first, strict=True):
        groups.setdefault(root(key), []).append(claim)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0].uid))
