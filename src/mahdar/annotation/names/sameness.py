"""Do two entities of an article mean the same? The pairs worth asking about, and their features.

The weights are learned by ``training/train_coreference.py``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TypeVar

from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.profiles import Profile, Wording, make_profile
from mahdar.annotation.names.view import OPENING, View
from mahdar.linear import LinearModel, load_model

_Item = TypeVar("_Item")
_MEMORY = 12
"""Entities with a word in common that one is compared with, the latest: keeps long texts linear."""
_NEAR = 6
"""Words between mentions of two entities that stand beside each other."""
_PERSONS = 3
"""Persons most named with whom an unnamed one is compared."""
_MOST_STEMS = 4
"""Words that only one of two entities has, as many as are features."""
_PACKAGE = "mahdar.annotation.names"
# Chances, set on 216 press articles kept apart: from the first on two entities may be joined; below the
# second none of one may be in a group with any of the other.
SAME, NEVER = 0.5, 0.1
_RANK = {"kb": 3, "name": 2, "known": 1, "noun": 0}


@dataclass(frozen=True, slots=True)
class Sameness:
    """The learned weights, and the nouns that call the same people though no word is in common."""

    model: LinearModel
    partners: Mapping[str, frozenset[str]]
    same_at: float = SAME
    never_at: float = NEVER


@cache
def load_sameness() -> Sameness:
    """Return the shipped model."""
    partners: dict[str, set[str]] = {}
    for pair in load_model("partners", _PACKAGE).weights:
        one, _, two = pair.partition("|")
        partners.setdefault(one, set()).add(two)
        partners.setdefault(two, set()).add(one)
    found = {head: frozenset(others) for head, others in partners.items()}
    return Sameness(load_model("sameness", _PACKAGE), found)


def _bucket(number: int) -> str:
    return str(number) if number < 3 else "3-5" if number < 6 else "6+"


def _relation(x: frozenset[_Item], y: frozenset[_Item]) -> str:
    if not x:
        return "y" if y else "none"
    if not y:
        return "x"
    if x.isdisjoint(y):
        return "other"
    return "same" if x == y else "in" if x < y else "over" if x > y else "part"


def _owner(x: Wording, y: Profile) -> str:
    """Return how ``x`` has ``y`` within what it belongs to («نائب ميركل», «عناصر الحزب»): the longest of
    its wordings there, a name or not; empty if it has not."""
    others = x.others
    if others.isdisjoint(y.heads):
        return ""
    inside = [w for w in y.wordings if w.every <= others]
    if not inside:
        return ""
    longest = max(inside, key=lambda w: len(w.every))
    return f"{'name' if longest.named else 'noun'}{min(2, len(longest.every))}"


def _names(x: tuple[str, ...], y: tuple[str, ...]) -> str:
    """Return how two persons' names agree: their lengths, first and last words."""
    if not x or not y:
        return "none"
    return f"{min(3, len(x))}{min(3, len(y))}{x[0] == y[0]:d}{x[-1] == y[-1]:d}{x[0] in y:d}{x[-1] in y:d}"


def may_be_one(one: Profile, two: Profile) -> bool:
    """Tell whether nothing parts two entities: their types, packs, the states they are called by, or
    the sides that the same noun is of («الوفد الحكومي», «وفد الحوثيين»)."""
    if one.cluster.type != two.cluster.type or (one.cluster.kb and two.cluster.kb):
        return False
    if one.nations and two.nations and one.nations.isdisjoint(two.nations):
        return False
    if one.sides and two.sides and one.sides.isdisjoint(two.sides):
        return one.heads.isdisjoint(two.heads)
    return True


class Company:
    """The persons and bodies of an article, as candidates for being the same.

    Places, and who is made up of others («الجانبان»), are left out.
    """

    def __init__(self, view: View, clusters: Sequence[Cluster]) -> None:
        self.view = view
        found = [
            make_profile(view, c)
            for c in clusters
            if c.mentions and c.type != "LOC" and not c.members
        ]
        found.sort(key=lambda p: p.words[0])
        self.profiles = found
        self._lengths = sorted([-len(p.words) for p in found])
        self._headed = Counter([head for p in found for head in p.heads])

    def pairs(self, partners: Mapping[str, frozenset[str]]) -> Iterator[tuple[Profile, Profile]]:
        """Yield the pairs worth weighing: who is asked about, and whom that may be.

        Args:
            partners: head nouns by a head noun that may mean the same people.
        """
        for a, b in sorted(self._numbers(partners)):
            one, two = self.profiles[a], self.profiles[b]
            if may_be_one(one, two):
                yield (one, two) if _RANK[one.status] < _RANK[two.status] else (two, one)

    def _numbers(self, partners: Mapping[str, frozenset[str]]) -> set[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        holders: dict[str, deque[int]] = {}
        headed: dict[str, deque[int]] = {}
        for n, profile in enumerate(self.profiles):
            head = profile.wordings[0].head
            for other in partners.get(head, ()):
                found.update([(m, n) for m in headed.get(other, ())])
            headed.setdefault(head, deque(maxlen=_MEMORY)).append(n)
            for stem in profile.every:
                known = holders.get(stem)
                if known is None:
                    holders[stem] = deque((n,), _MEMORY)
                else:
                    found.update([(m, n) for m in known])
                    known.append(n)
        return found | self._persons_met()

    def _persons_met(self) -> set[tuple[int, int]]:
        """Return the persons who may be one without a word in common: an unnamed one and those named
        most, and two who stand beside each other (of bodies so met hardly any are one)."""
        found: set[tuple[int, int]] = set()
        persons = [(n, p) for n, p in enumerate(self.profiles) if p.cluster.type == "PER"]
        named = sorted((-len(p.words), n) for n, p in persons if p.status in ("kb", "name"))
        for n, profile in persons:
            if profile.status == "noun":
                found.update((min(m, n), max(m, n)) for _, m in named[:_PERSONS])
        places = sorted((at, n) for n, p in persons for at in p.words)
        for (at, m), (then, n) in pairwise(places):
            if m != n and then - at <= _NEAR:
                found.add((min(m, n), max(m, n)))
        return found

    def features(self, x: Profile, y: Profile) -> list[str]:
        """Return the features of the question whether ``x`` is the same as ``y``."""
        sentence = self.view.words.sentence
        wx, wy = x.wordings[0], y.wordings[0]
        status = f"{x.cluster.type}|{x.status}|{y.status}"
        heads = _relation(x.heads, y.heads)
        mods = _relation(x.stems, y.stems)
        left, right = x.every - y.every, y.every - x.every
        start = x.words[0]
        before = bisect_left(y.words, start) - 1
        if before >= 0:
            apart = sentence[start] - sentence[y.words[before]]
            gap = str(apart) if apart < 3 else "3-5" if apart < 6 else "6+"
        else:
            gap = "-1" if sentence[y.words[0]] == sentence[start] else "-2"
        definite = f"{wx.definite:d}{wy.definite:d}"
        shared = len(x.sentences & y.sentences)
        cross = f"{not x.heads.isdisjoint(y.stems):d}{not y.heads.isdisjoint(x.stems):d}"
        kind, known = wx.kind, y.cluster.kind
        both = f"{heads}|{mods}"
        rank = _bucket(bisect_left(self._lengths, -len(y.words)))
        out = [
            "bias",
            f"st={status}",
            f"cross={status}|{cross}",
            f"cross={cross}|{wx.head}",
            f"{status}|h|m={both}",
            f"{status}|mods={mods}",
            f"{status}|plain={heads}|{_relation(x.plain, y.plain)}",
            f"plain={_relation(x.plain, y.plain)}|{both}",
            f"{status}|states={_relation(x.states, y.states)}",
            f"{status}|left={min(3, len(left))}|{min(3, len(right))}",
            f"left={min(3, len(left))}|{min(3, len(right))}",
            f"gap={gap}|{heads}",
            f"gap={gap}|{x.cluster.type}",
            f"shared={min(2, shared)}|{both}",
            f"{status}|def={definite}",
            f"def={definite}|{gap}",
            f"def={definite}|{heads}",
            f"px={kind}|{y.status}|{known}",
            f"px={kind}|{both}",
            f"pl={kind}|{wy.kind}",
            f"hx={wx.head}",
            f"hx={wx.head}|{y.status}",
            f"hx={wx.head}|k={known}",
            f"hh={wx.head}|{wy.head}",
            f"rank={rank}|{kind}|{y.status}",
            f"src={x.cluster.source:d}{y.cluster.source:d}",
            f"many={wx.many:d}{wy.many:d}|{y.status}",
            f"rivals={_bucket(sum(self._headed[h] for h in x.heads))}|{heads}",
            f"hc={wx.group}|{wy.group}",
            f"hc={wx.group}|{y.status}|{known}",
        ]
        owner = _owner(wx, y)
        if owner:
            out += (f"of={owner}|{x.cluster.type}|{y.status}", f"of={owner}|{wx.head}")
        if y.status == "noun":
            out += (f"hy={wy.head}", f"hy={wy.head}|{mods}")
        if y.cluster.kb:
            out.append(f"kb={y.cluster.kb}|{wx.head}")
        if x.counts or y.counts:
            counts = _relation(x.counts, y.counts)
            out += (f"count={counts}|{heads}", f"count={counts}|{definite}")
        if x.keys & y.keys:
            out += (f"equal={definite}|{gap}", f"equal|{status}|{definite}")
        if sentence[y.words[0]] == 0:
            out.append(f"title={definite}|{both}")
        out += ["lx=" + stem for stem in sorted(left)[:_MOST_STEMS]]
        out += ["ly=" + stem for stem in sorted(right)[:_MOST_STEMS]]
        if x.cluster.type == "PER" and x.status in ("name", "kb") and y.status in ("name", "kb"):
            out.append("names=" + _names(x.cluster.units, y.cluster.units))
        return out + self._beside(x, y)

    def _beside(self, x: Profile, y: Profile) -> list[str]:
        out = set()
        ahead = y.words
        for w in x.words:
            for k in range(bisect_left(ahead, w - _NEAR), len(ahead)):
                v = ahead[k]
                if v > w + _NEAR:
                    break
                if v < w:
                    out.add("link=" + self._link(v, w))
                elif v > w:
                    out.add(f"link={self._link(w, v)}<")
        return sorted(out)

    def _link(self, a: int, b: int) -> str:
        words = self.view.words
        if words.sentence[a] != words.sentence[b]:
            return "cut"
        between = words.norm[a + 1 : b]
        if any(n in OPENING for n in between[-2:]):
            return "open"
        if "،" in between:
            return "comma"
        return "and" if self.view.classes[b].letters.startswith("و") else "near"
